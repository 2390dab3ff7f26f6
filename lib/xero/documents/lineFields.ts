import { perObject } from '../../perObject';
import { LineItem } from '../../vendor/xeroModels';
import type { DocumentLine, FieldDefinition, WireElement, LinesMember } from './definition';
import { TAXABILITIES } from './fieldChoices';
import { modelFields } from './modelFields';
import type { FieldFacts } from './modelFields';
import { readTracking } from './tracking';
import { readFields } from './reading';
import { elementsOf } from './wireSlots';

const LINE: Readonly<Record<string, FieldFacts>> = {
	description: {
		label: 'Description',
		kind: 'multilineText',
		usual: true,
		maxLength: 4000,
		alsoCalled: ['line description', 'details', 'work', 'product', 'service', 'item description'],
	},
	quantity: {
		label: 'Quantity',
		kind: 'quantity',
		usual: true,
		places: 4,
		alsoCalled: ['qty', 'hours', 'units', 'count', 'amount of units'],
	},
	unitAmount: {
		label: 'Unit Price',
		kind: 'unitPrice',
		usual: true,
		places: 4,
		alsoCalled: ['price', 'unit amount', 'rate', 'unit cost', 'price each', 'hourly rate'],
	},
	accountCode: {
		label: 'Account',
		kind: 'account',
		usual: true,
		alsoCalled: ['account code', 'nominal code', 'gl code', 'ledger account'],
	},
	taxType: {
		label: 'Tax Rate',
		kind: 'taxType',
		usual: true,
		alsoCalled: ['tax', 'vat', 'gst', 'tax type', 'vat rate', 'gst rate', 'tax code'],
	},
	itemCode: {
		label: 'Item',
		kind: 'item',
		maxLength: 30,
		alsoCalled: ['item code', 'sku', 'product code'],
	},
	discountRate: {
		label: 'Discount Rate',
		kind: 'percentage',
		places: 4,
		zeroIsNone: true,
		alsoCalled: ['discount', 'discount %', 'discount percent'],
	},
	discountAmount: { label: 'Discount Amount', kind: 'money', zeroIsNone: true },
	lineAmount: {
		label: 'Line Amount',
		kind: 'money',
		places: 2,
		alsoCalled: ['line total', 'amount'],
	},
	taxAmount: {
		label: 'Tax Amount',
		kind: 'money',
		places: 2,
		alsoCalled: ['vat amount', 'gst amount'],
	},
	accountID: { label: 'Account ID', kind: 'id' },
	taxability: {
		label: 'Taxability',
		kind: 'choice',
		choices: TAXABILITIES,
		mayNotBeShown: true,
	},
	salesTaxCodeId: { label: 'Sales Tax Code', kind: 'quantity', places: 0, mayNotBeShown: true },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const LINE_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	lineItemID: 'the id of the line',
	item: 'read only; itemCode chooses the item',
	tracking: 'tracking.<category>',
	repeatingInvoiceID: 'read only',
	taxBreakdown: 'computed by Xero where sales tax is automatic',
};

/** Bills and credit notes take no discounts (Invoices endpoint, DiscountRate). */
const DISCOUNTS: ReadonlySet<string> = new Set(['discountRate', 'discountAmount']);

function tableWithout(names: ReadonlySet<string>): Record<string, FieldFacts> {
	return Object.fromEntries(Object.entries(LINE).filter(([name]) => !names.has(name)));
}

export const SALES_LINE_FIELDS: readonly FieldDefinition[] = modelFields(LineItem, LINE);

/**
 * Quotes and purchase orders: no `unitdp`, and no document says whether a price keeps four places
 * or two. Purchase orders carry discounts too (recorded: price 1000, DiscountRate 10, total 900),
 * although the OpenAPI file has them on sales invoices only.
 */
export const ORDER_LINE_FIELDS: readonly FieldDefinition[] = SALES_LINE_FIELDS.map((field) =>
	field.path === 'unitAmount' ? { ...field, leastPlaces: 2 } : field,
);

export const PURCHASE_LINE_FIELDS: readonly FieldDefinition[] = modelFields(
	LineItem,
	tableWithout(DISCOUNTS),
);

/** The fields without the account's id; made once for all lines of a document type. */
const withoutAccountId = perObject((fields: readonly FieldDefinition[]) =>
	fields.filter((field) => field.path !== 'accountID'),
);

/**
 * A line of Xero's answer: its id, its values, and its tracking by category name. Of an account's
 * code and id only the code is kept, since the id of the old account, sent back along with a new
 * code, would contradict it.
 */
function readLine(
	{ idName }: LinesMember,
	fields: readonly FieldDefinition[],
	line: WireElement,
): DocumentLine {
	const id = idName === undefined ? undefined : line[idName];
	const hasCode = typeof line.AccountCode === 'string' && line.AccountCode !== '';
	const values = readFields(hasCode ? withoutAccountId(fields) : fields, line);
	Object.assign(values, readTracking(line));
	return typeof id === 'string' && id !== '' ? { id, fields: values } : { fields: values };
}

/** Lists without paging leave the lines out altogether, which is not "no lines". */
export function readLines(
	member: LinesMember,
	fields: readonly FieldDefinition[],
	element: WireElement,
): readonly DocumentLine[] | undefined {
	const lines = element[member.name];
	return Array.isArray(lines)
		? elementsOf(lines).map((line) => readLine(member, fields, line))
		: undefined;
}
