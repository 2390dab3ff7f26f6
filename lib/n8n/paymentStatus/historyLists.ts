import { NodeOperationError } from 'n8n-workflow';
import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { containing } from '../../foldText';
import type { KnackApp, KnackTable } from '../../knack/app';
import { fieldLabel, inboundConnections, tableLabel } from '../../knack/tables';
import { historyFieldsFor, soundsLikeHistory } from '../../sync/payments/historyFields';
import type { HistoryField } from '../../sync/payments/historyRows';
import { openTable } from '../knackPickers';
import { optionsInWords, searchInWords, toChoose } from '../pickerWords';
import { typeWords } from './fieldLists';

/** The tables that are connected to the one whose records take the payment status. */
export async function searchHistoryTables(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const open = await openTable(this);
		if (!open) {
			return toChoose('Choose a Knack Table above first');
		}
		const { app, table } = open;
		const connected = new Map(
			inboundConnections(app, table.key).map((inbound) => [inbound.table.key, inbound.table]),
		);
		if (connected.size === 0) {
			throw new NodeOperationError(this.getNode(), `No table is connected to ${table.name}`, {
				description: `Add a table such as Payments in Knack, with a connection field to ${table.name} and a Short Text field for the Xero payment ID.`,
			});
		}
		return { results: tableChoices(app, [...connected.values()], filter) };
	});
}

function tableChoices(
	app: KnackApp,
	tables: readonly KnackTable[],
	filter: string | undefined,
): Array<{ name: string; value: string }> {
	const named = tables.map((table) => ({ name: tableLabel(app, table), value: table.key }));
	return containing(named, filter, ({ name }) => name);
}

type ListMethod = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

function historyList(target: HistoryField | 'key' | 'record'): ListMethod {
	return async function (this: ILoadOptionsFunctions) {
		return await optionsInWords(this, async () => {
			const history = await openTable(this, 'historyTable');
			const records = await openTable(this);
			if (!history || !records) return [];
			const { table } = history;
			return historyFieldsFor(table, target, records.table).map((field) => ({
				name: fieldLabel(table, field),
				value: field.key,
				description: soundsLikeHistory(field, target)
					? `${typeWords(field.type)}, looks like the right one`
					: typeWords(field.type),
			}));
		});
	};
}

/** Lists of fields of the payment history's table, by `get` and the value's name. */
export const historyLists = {
	getHistoryRecordFields: historyList('record'),
	getHistoryKeyFields: historyList('key'),
	getHistoryDateFields: historyList('date'),
	getHistoryAmountFields: historyList('amount'),
	getHistoryCurrencyFields: historyList('currency'),
	getHistoryKindFields: historyList('kind'),
	getHistoryReferenceFields: historyList('reference'),
	getHistoryStatusFields: historyList('status'),
	getHistoryLinkFields: historyList('link'),
};
