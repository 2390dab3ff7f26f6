import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { containing } from '../../foldText';
import type { KnackField, KnackTable } from '../../knack/app';
import { tableOrFault } from '../../knack/fieldSuccessors';
import { fieldLabel, findField } from '../../knack/tables';
import { fieldsFor, fieldsToMatchBy, soundsLike } from '../../sync/payments/fieldFit';
import type { MatchKey } from '../../sync/payments/locateRecords';
import type { PaymentField } from '../../sync/payments/paymentValues';
import { connectKnack } from '../knackConnection';
import { optionsInWords, searchInWords } from '../pickerWords';
import { FIELDS_TO_WRITE, TABLE } from './nodeParameters';

const PATIENCE_MS = 20_000;

/** The lists of one form share a reading; what was just made in Knack shows soon. */
const APP_AGE_MS = 10_000;

async function chosenTable(context: ILoadOptionsFunctions): Promise<KnackTable | undefined> {
	const options = { patienceMs: PATIENCE_MS, appMaxAgeMs: APP_AGE_MS };
	const client = await connectKnack(context, options);
	const chosen = TABLE.read(context.getNodeParameter('table', ''), { parameters: {} });
	return chosen === undefined ? undefined : tableOrFault(await client.app(), chosen);
}

async function ofTable(
	context: ILoadOptionsFunctions,
	list: (table: KnackTable) => INodePropertyOptions[],
): Promise<INodePropertyOptions[]> {
	return await optionsInWords(context, async () => {
		const table = await chosenTable(context);
		return table ? list(table) : [];
	});
}

type ListMethod = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

function targetList(target: PaymentField): ListMethod {
	return async function (this: ILoadOptionsFunctions) {
		return await ofTable(this, (table) => optionsOf(table, fieldsFor(table, target), target));
	};
}

function matchList(key: MatchKey): ListMethod {
	return async function (this: ILoadOptionsFunctions) {
		return await ofTable(this, (table) => optionsOf(table, fieldsToMatchBy(table, key), key));
	};
}

function optionsOf(
	table: KnackTable,
	fields: readonly KnackField[],
	target: PaymentField | MatchKey,
): INodePropertyOptions[] {
	return fields.map((field) => ({
		name: fieldLabel(table, field),
		value: field.key,
		description: soundsLike(field, target)
			? `${typeWords(field.type)}, looks like the right one`
			: typeWords(field.type),
	}));
}

/** "Short Text" of `short_text`. */
export function typeWords(type: string): string {
	return type
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}

/** Lists of fields for every value that can be written, by `get` and the value's name. */
export const targetLists = {
	getPaymentStatusFields: targetList('paymentStatus'),
	getAmountPaidFields: targetList('amountPaid'),
	getAmountDueFields: targetList('amountDue'),
	getAmountCreditedFields: targetList('amountCredited'),
	getInvoiceTotalFields: targetList('invoiceTotal'),
	getLastPaymentDateFields: targetList('lastPaymentDate'),
	getFullyPaidDateFields: targetList('fullyPaidDate'),
	getDaysOverdueFields: targetList('daysOverdue'),
	getInvoiceStatusFields: targetList('invoiceStatus'),
	getInvoiceNumberFields: targetList('invoiceNumber'),
	getInvoiceLinkFields: targetList('invoiceLink'),
	getMessageFields: targetList('message'),
};

export const matchLists = {
	getInvoiceIdMatchFields: matchList('invoiceId'),
	getInvoiceNumberMatchFields: matchList('invoiceNumber'),
	getRepeatingInvoiceMatchFields: matchList('repeatingInvoiceId'),
	getReferenceMatchFields: matchList('reference'),
};

/** The options of the field chosen for the payment status; none where it is no choice. */
export async function searchStatusWords(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await searchInWords(this, async () => {
		const given = this.getNodeParameter('fieldsToWrite', {});
		const { paymentStatus } = FIELDS_TO_WRITE.read(given, { parameters: {} });
		const table = await chosenTable(this);
		const field =
			table && paymentStatus !== undefined ? findField(table, paymentStatus) : undefined;
		const found = containing(field?.options ?? [], filter, (option) => option);
		return { results: found.map((option) => ({ name: option, value: option })) };
	});
}
