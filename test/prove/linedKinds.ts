import { SALES_CREDIT_NOTE } from '../../lib/xero/documents/salesCreditNote';
import { SUPPLIER_CREDIT_NOTE } from '../../lib/xero/documents/supplierCreditNote';
import { BANK_TRANSACTION } from '../../lib/xero/documents/bankTransaction';
import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import { PURCHASE_ORDER } from '../../lib/xero/documents/purchaseOrder';
import { QUOTE } from '../../lib/xero/documents/quote';
import type { Ledger } from '../../sandbox/xero/ledger';
import type { DocumentRow } from '../../sandbox/xero/model';
import { content, draftOf, UNIT_PRICE, type Kind, type KnackOrder } from './kind';

interface Lined {
	readonly name: string;
	readonly definition: DocumentDefinition;
	readonly isSale: boolean;
	/** The field by which the record is found again. */
	readonly identity: string;
	/** What it needs besides. */
	readonly fields?: FieldValues;
	/** Whether it is in the books at once, and bears the link by which it is known who changed it. */
	readonly isPosted?: boolean;
	rows(ledger: Ledger): readonly DocumentRow[];
}

/** A document with lines, known by its number or by its reference. */
function linedKind({ name, definition, isSale, identity, fields, isPosted, rows }: Lined): Kind {
	const key = (order: KnackOrder) => `DOC-${order.number}`;
	return {
		name,
		definition,
		isPosted,
		draft: (order, index) => ({
			...draftOf(
				definition,
				order,
				index,
				{
					'contact.name': order.customer,
					[identity]: key(order),
					date: '2026-11-20',
					...fields,
				},
				order.quantities.map((quantity, line) => ({
					description: `Line ${line + 1}`,
					quantity: String(quantity),
					unitAmount: UNIT_PRICE,
					accountCode: isSale ? '200' : '429',
					taxType: isSale ? 'OUTPUT2' : 'INPUT2',
				})),
			),
			...(isPosted
				? { source: { table: 'object_1', knackRecordId: `record${order.number}` } }
				: {}),
		}),
		expected: (order) => ({ key: key(order), content: content(order.quantities) }),
		ledger: (sandbox) =>
			rows(sandbox.xero.organisation())
				.filter((row) => !['VOIDED', 'DELETED'].includes(row.status))
				.map((row) => ({
					key: (identity === 'reference' ? row.reference : row.number) ?? '',
					content: `${row.totals.total.toFixed(2)} ${row.lines
						.map((line) => line.quantity.toNumber())
						.sort()
						.join(',')}`,
				})),
	};
}

function credits(type: string) {
	return (ledger: Ledger) => ledger.creditNotes.filter((row) => row.type === type);
}

const SALES_CREDIT = {
	definition: SALES_CREDIT_NOTE,
	isSale: true,
	rows: credits('ACCRECCREDIT'),
};
const QUOTES = {
	definition: QUOTE,
	isSale: true,
	rows: (ledger: Ledger) => ledger.quotes.all(),
};
const ORDERS = {
	definition: PURCHASE_ORDER,
	isSale: false,
	rows: (ledger: Ledger) => ledger.purchaseOrders.all(),
};

export const LINED_KINDS: readonly Kind[] = [
	linedKind({ ...SALES_CREDIT, name: 'sales credit note', identity: 'creditNoteNumber' }),
	linedKind({ ...SALES_CREDIT, name: 'sales credit note by reference', identity: 'reference' }),
	linedKind({
		name: 'supplier credit note',
		definition: SUPPLIER_CREDIT_NOTE,
		isSale: false,
		identity: 'creditNoteNumber',
		rows: credits('ACCPAYCREDIT'),
	}),
	linedKind({ ...QUOTES, name: 'quote', identity: 'quoteNumber' }),
	linedKind({ ...QUOTES, name: 'quote by reference', identity: 'reference' }),
	linedKind({ ...ORDERS, name: 'purchase order', identity: 'purchaseOrderNumber' }),
	linedKind({ ...ORDERS, name: 'purchase order by reference', identity: 'reference' }),
	...(['SPEND', 'RECEIVE'] as const).map((type) =>
		linedKind({
			name: `bank transaction by reference: ${type}`,
			definition: BANK_TRANSACTION,
			isSale: type === 'RECEIVE',
			identity: 'reference',
			fields: { type, 'bankAccount.code': '090' },
			isPosted: true,
			rows: (ledger: Ledger) => ledger.bankTransactions.all(),
		}),
	),
];
