import type { DocumentDefinition } from '../../../lib/xero/documents/definition';
import { BILL } from '../../../lib/xero/documents/bill';
import { SALES_INVOICE } from '../../../lib/xero/documents/salesInvoice';
import { CONTACT } from '../../../lib/xero/documents/contact';
import { SALES_CREDIT_NOTE } from '../../../lib/xero/documents/salesCreditNote';
import { SUPPLIER_CREDIT_NOTE } from '../../../lib/xero/documents/supplierCreditNote';
import { PURCHASE_ORDER } from '../../../lib/xero/documents/purchaseOrder';
import { QUOTE } from '../../../lib/xero/documents/quote';
import { creditNotes } from '../../../sandbox/xero/credits';
import { invoices } from '../../../sandbox/xero/invoices';
import type { DocumentRow } from '../../../sandbox/xero/model';
import { purchaseOrders } from '../../../sandbox/xero/purchaseOrders';
import { quotes } from '../../../sandbox/xero/quotes';
import type { Resource } from '../../../sandbox/xero/resource';

/** What a person's hands need of one kind of document in Xero. */
type Screen = Pick<Resource<DocumentRow>, 'path' | 'idName' | 'rows' | 'save'>;

/** A document type with one way of identifying its records: what a world is made of. */
export interface Family {
	readonly name: string;
	readonly definition: DocumentDefinition;
	readonly isSale: boolean;
	/** What the records bear: a number, a reference, or both. A contact's are its name and code. */
	readonly bears: ReadonlyArray<'number' | 'reference'>;
	/** Whether Xero keeps the number to one document, whoever's it is. */
	readonly isNumberUnique: boolean;
	/** Has Xero's `Url`, where a mark of the record can stand. */
	readonly hasUrl: boolean;
	/** Can be approved, paid and sent by a person. */
	readonly isInvoice: boolean;
	/** `Type` of its elements, where the endpoint has several. */
	readonly wireType?: string;
	/** Undefined for contacts, whose ledger is the contacts themselves. */
	readonly screen?: Screen;
}

const INVOICE = {
	definition: SALES_INVOICE,
	isSale: true,
	isNumberUnique: true,
	hasUrl: true,
	isInvoice: true,
	wireType: 'ACCREC',
	screen: invoices,
} as const;
const PLAIN = { hasUrl: false, isInvoice: false } as const;
const SALES_CREDIT = {
	...PLAIN,
	definition: SALES_CREDIT_NOTE,
	isSale: true,
	isNumberUnique: true,
	wireType: 'ACCRECCREDIT',
	screen: creditNotes,
} as const;
const QUOTES = {
	...PLAIN,
	definition: QUOTE,
	isSale: true,
	isNumberUnique: true,
	screen: quotes,
} as const;
const ORDERS = {
	...PLAIN,
	definition: PURCHASE_ORDER,
	isSale: false,
	isNumberUnique: true,
	screen: purchaseOrders,
} as const;

export const CONTACTS: Family = {
	...PLAIN,
	name: 'contact',
	definition: CONTACT,
	isSale: true,
	bears: [],
	isNumberUnique: true,
};

export const FAMILIES: readonly Family[] = [
	{ ...INVOICE, name: 'sales invoice by number', bears: ['number'] },
	{ ...INVOICE, name: 'sales invoice by reference', bears: ['reference'] },
	{ ...INVOICE, name: 'sales invoice by number and reference', bears: ['number', 'reference'] },
	{
		...INVOICE,
		name: 'bill',
		definition: BILL,
		isSale: false,
		bears: ['number'],
		isNumberUnique: false,
		wireType: 'ACCPAY',
	},
	{ ...SALES_CREDIT, name: 'sales credit note by number', bears: ['number'] },
	{ ...SALES_CREDIT, name: 'sales credit note by reference', bears: ['reference'] },
	{
		...PLAIN,
		name: 'supplier credit note',
		definition: SUPPLIER_CREDIT_NOTE,
		isSale: false,
		bears: ['number'],
		isNumberUnique: false,
		wireType: 'ACCPAYCREDIT',
		screen: creditNotes,
	},
	{ ...QUOTES, name: 'quote by number', bears: ['number'] },
	{ ...QUOTES, name: 'quote by reference', bears: ['reference'] },
	{ ...ORDERS, name: 'purchase order by number', bears: ['number'] },
	{ ...ORDERS, name: 'purchase order by reference', bears: ['reference'] },
	CONTACTS,
];
