import { foldText } from '../../foldText';
import { amountText } from '../../money';
import type { KnackField } from '../../knack/app';
import type { InvoiceSnapshot } from './invoiceSnapshot';
import type { PaymentState } from './paymentState';

/** What can be written into a field of the Knack record. */
export const PAYMENT_FIELDS = [
	'paymentStatus',
	'amountPaid',
	'amountDue',
	'amountCredited',
	'invoiceTotal',
	'lastPaymentDate',
	'fullyPaidDate',
	'daysOverdue',
	'invoiceStatus',
	'invoiceNumber',
	'invoiceLink',
	'message',
] as const;

export type PaymentField = (typeof PAYMENT_FIELDS)[number];

/** The fields of the Knack table that the user chose for them. */
export type PaymentTargets = Readonly<Partial<Record<PaymentField, KnackField>>>;

export interface PaymentFacts {
	readonly snapshot: InvoiceSnapshot;
	readonly state: PaymentState;
	/** The user's words for the state. */
	readonly label: string;
	/** What the status field is to say; undefined where it has no word for the state. */
	readonly value: string | undefined;
	/** The invoice's page in Xero. */
	readonly url: string;
}

/**
 * What a target field is to hold, clean; null where Xero has nothing for it. A message is there
 * only while something is the matter, so that a settled record shows none.
 */
export function paymentValue(
	target: PaymentField,
	field: KnackField,
	facts: PaymentFacts,
): unknown {
	const { snapshot, state } = facts;
	switch (target) {
		case 'paymentStatus':
			// A yes/no field tells whether the money is there.
			if (field.type === 'boolean') return state.state === 'paid' || state.state === 'overpaid';
			return facts.value;
		case 'amountPaid':
			return amountText(state.paid, state.currency);
		case 'amountDue':
			return amountText(state.due, state.currency);
		case 'amountCredited':
			return amountText(state.credited, state.currency);
		case 'invoiceTotal':
			return amountText(state.total, state.currency);
		case 'lastPaymentDate':
			return state.lastPaymentDate ?? null;
		case 'fullyPaidDate':
			return state.fullyPaidDate ?? null;
		case 'daysOverdue':
			return state.daysOverdue;
		case 'invoiceStatus':
			return invoiceStatusWords(snapshot.status, field.options);
		case 'invoiceNumber':
			return snapshot.number ?? null;
		case 'invoiceLink':
			return field.type === 'link'
				? { url: facts.url, label: snapshot.number ?? 'Open in Xero' }
				: facts.url;
		case 'message':
			return null;
	}
}

/** What people call the statuses of Xero's API; first the word that Map & Upsert writes as well. */
const ON_SCREEN: Readonly<Record<string, readonly string[]>> = {
	DRAFT: ['Draft'],
	SUBMITTED: ['Awaiting Approval', 'Submitted'],
	AUTHORISED: ['Approved', 'Awaiting Payment', 'Authorised', 'Authorized'],
	PAID: ['Paid'],
	VOIDED: ['Voided', 'Void'],
	DELETED: ['Deleted'],
};

/** The option of a choice field that says the same as Xero's status, else the word for it. */
function invoiceStatusWords(status: string, options: readonly string[] = []): string {
	const meant = [status, ...(ON_SCREEN[status] ?? [])].map(foldText);
	const option = options.find((each) => meant.includes(foldText(each)));
	return option ?? ON_SCREEN[status]?.[0] ?? status;
}
