import { foldText } from '../../foldText';
import type { CalendarDate } from '../../dates';
import type { KnackField } from '../../knack/app';
import { amountText } from '../../money';
import type { Decimal } from '../../money';
import type { InvoiceSnapshot } from './invoiceSnapshot';
import { optionFor } from './paymentWording';

type HistoryKind = 'payment' | 'creditNote' | 'prepayment' | 'overpayment' | 'refund';

/** One payment, or one credit applied, of an invoice: a row of the payment history. */
export interface HistoryRow {
	/** What stands in the Payment ID field; the same whenever the row is looked at. */
	readonly key: string;
	readonly kind: HistoryKind;
	/** Xero's id of the payment or of the credit. */
	readonly documentId: string;
	readonly date?: CalendarDate;
	/** In the invoice's currency. */
	readonly amount: Decimal;
	readonly currency: string;
	/** A payment's reference, a credit note's number. */
	readonly reference?: string;
}

/**
 * The rows that an invoice has in Xero now. A payment is for one invoice, so its id tells it from
 * all others; a credit may be spread over several invoices, and each has its own part of it.
 */
export function historyRows(snapshot: InvoiceSnapshot): HistoryRow[] {
	const { id: invoiceId, currency } = snapshot;
	return [
		...snapshot.payments.map(
			({ id, date, amount, reference }): HistoryRow => ({
				key: id,
				// Money that went back stands with a minus.
				kind: amount.lt(0) ? 'refund' : 'payment',
				documentId: id,
				date,
				amount,
				currency,
				reference,
			}),
		),
		...snapshot.credits.map(
			({ kind, id, date, amount, number }): HistoryRow => ({
				key: `${id}${BETWEEN_IDS}${invoiceId}`,
				kind,
				documentId: id,
				date,
				amount,
				currency,
				reference: number,
			}),
		),
	];
}

const BETWEEN_IDS = ' on ';

const PAYMENT_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Whose row a key is, as far as the key tells. */
export function ownerOfKey(key: string, invoiceId: string): 'invoice' | 'somePayment' | 'other' {
	const text = foldText(key);
	if (text.endsWith(`${BETWEEN_IDS}${invoiceId.toLowerCase()}`)) return 'invoice';
	return PAYMENT_ID.test(text) ? 'somePayment' : 'other';
}

/** What can be written into a field of a history row. */
export const HISTORY_FIELDS = [
	'date',
	'amount',
	'currency',
	'kind',
	'reference',
	'status',
	'link',
] as const;

export type HistoryField = (typeof HISTORY_FIELDS)[number];

/** First what it is called here, then what Knack builders tend to call it. */
const KIND_WORDS: Readonly<Record<HistoryKind, readonly [string, ...string[]]>> = {
	payment: ['Payment', 'Receipt', 'Money In'],
	creditNote: ['Credit Note', 'Credit'],
	prepayment: ['Prepayment', 'Deposit', 'Credit'],
	overpayment: ['Overpayment', 'Credit'],
	refund: ['Refund', 'Money Out'],
};

const STATUS_WORDS = {
	recorded: ['Recorded', 'Received', 'Active', 'Authorised', 'Authorized', 'Live', 'Paid'],
	removed: ['Removed', 'Deleted', 'Voided', 'Void', 'Reversed', 'Cancelled', 'Canceled'],
} as const;

/** What a field of the row is to hold, clean; null where Xero has nothing for it. */
export function historyValue(
	target: HistoryField,
	field: KnackField,
	row: HistoryRow,
	url: string,
): unknown {
	switch (target) {
		case 'date':
			return row.date ?? null;
		case 'amount':
			return amountText(row.amount, row.currency);
		case 'currency':
			return row.currency === '' ? null : row.currency;
		case 'kind':
			return wordsFor(KIND_WORDS[row.kind], field);
		case 'reference':
			return row.reference ?? null;
		case 'status':
			return standingValue('recorded', field);
		case 'link':
			return field.type === 'link' ? { url, label: row.reference ?? 'Open in Xero' } : url;
	}
}

/** What the Status field says; a yes/no field tells whether the payment stands. */
export function standingValue(standing: 'recorded' | 'removed', field: KnackField): unknown {
	if (field.type === 'boolean') return standing === 'recorded';
	return wordsFor(STATUS_WORDS[standing], field);
}

/** Words that no option has stay as they are, so that the check can say which option is missing. */
function wordsFor(words: readonly string[], { options }: KnackField): string {
	return (options && optionFor(words, options)) ?? words[0] ?? '';
}
