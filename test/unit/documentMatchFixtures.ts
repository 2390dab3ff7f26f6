import { decimal } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import { DocumentIndex } from '../../lib/sync/find/documentIndex';
import type { KnownContact, Sought } from '../../lib/sync/find/evidence';
import { findDocument, type DocumentLens } from '../../lib/sync/find/findDocument';
import type {
	DocumentAmounts,
	FieldValues,
	XeroDocument,
} from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { invoiceDraft } from './syncFixtures';

export const ACME: KnownContact = { kind: 'known', contactId: 'acme', name: 'Acme Limited' };
export const UNKNOWN: KnownContact = { kind: 'unknown', name: 'Acme Limited' };
export const OWN_LINK = 'https://builder.knack.com/?knack=-.object_2.r1';
export const LINK_OF_ANOTHER = 'https://builder.knack.com/?knack=-.object_2.r2';

export function amounts(total: string, currency = 'GBP', more: Partial<DocumentAmounts> = {}) {
	return {
		currency,
		subTotal: decimal(total),
		totalTax: decimal(0),
		total: decimal(total),
		...more,
	};
}

/** An invoice of Acme that agrees with the record in nothing but its reference. */
export function invoice(fields: FieldValues = {}, more: Partial<XeroDocument> = {}): XeroDocument {
	const { invoiceNumber } = fields;
	return {
		type: 'salesInvoice',
		id: 'one',
		...(typeof invoiceNumber === 'string' ? { number: invoiceNumber } : {}),
		status: 'AUTHORISED',
		contactId: 'acme',
		contactName: 'Acme Limited',
		fields: { reference: 'ORD-1', date: '2026-09-01', ...fields },
		lines: [{ fields: { description: 'Paint', quantity: '1', unitAmount: '7' } }],
		amounts: amounts('7'),
		...more,
	};
}

export function record(fields: FieldValues = {}, more: Partial<Draft> = {}): Draft {
	const { invoiceNumber: _, ...rest } = invoiceDraft().fields;
	return invoiceDraft({}, [{}], {
		fields: { ...rest, reference: 'ORD-1', ...fields },
		source: { table: 'object_2', knackRecordId: 'r1' },
		...more,
	});
}

export interface Scene {
	readonly xero: readonly XeroDocument[];
	readonly draft?: Draft;
	readonly contact?: KnownContact;
	readonly lens?: DocumentLens;
	readonly keptByAnother?: readonly string[];
	readonly total?: DocumentAmounts;
}

export function matchIn({ xero, draft = record(), contact = ACME, lens, ...more }: Scene) {
	const sought: Sought = {
		definition: SALES_INVOICE,
		draft,
		contact,
		amounts: () => more.total ?? amounts('25.2'),
		keptByAnother: (id) => more.keptByAnother?.includes(id) ?? false,
	};
	return findDocument(new DocumentIndex(SALES_INVOICE, xero), sought, {}, lens);
}

export const SAME_DAY: FieldValues = { date: '2026-11-01' };
export const SAME_LINE = [
	{ fields: { description: 'labour', quantity: '2.0', unitAmount: '10.50' } },
];
export const ALIKE = { lines: SAME_LINE, amounts: amounts('25.20') };
