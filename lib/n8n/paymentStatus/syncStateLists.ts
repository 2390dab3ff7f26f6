import { NodeOperationError } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { containing } from '../../foldText';
import { tableLabel } from '../../knack/tables';
import { syncStateField } from '../../sync/payments/syncState';
import { openTable } from '../knackPickers';
import { searchInWords, toChoose } from '../pickerWords';

/** The tables that can keep how far runs over changes have come. */
export async function searchSyncStateTables(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const open = await openTable(this);
		if (!open) {
			return toChoose('Choose a Knack Table above first');
		}
		const { app, table: records } = open;
		const fitting = app.tables.filter((table) => table !== records && syncStateField(table));
		if (fitting.length === 0) {
			throw new NodeOperationError(this.getNode(), 'No table of Knack can keep the place', {
				description:
					'Add a table named Sync State in Knack, with a Paragraph Text field named State. Nothing else is needed in it.',
			});
		}
		const named = fitting.map((table) => ({ name: tableLabel(app, table), value: table.key }));
		return { results: containing(named, filter, ({ name }) => name) };
	});
}
