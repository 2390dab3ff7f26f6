import type { JsonObject } from './json';
import type { Ledger, LedgerChange } from './ledger';
import type { TwinSettings } from './settings';
import { instantString } from './xeroDates';

/** One change as a webhook event tells of it: only ids, and for some categories a little data. */
export interface WebhookEvent {
	readonly resourceUrl: string;
	readonly resourceId: string;
	readonly tenantId: string;
	readonly tenantType: 'ORGANISATION';
	readonly eventCategory: string;
	readonly eventType: 'CREATE' | 'UPDATE';
	readonly eventDateUtc: string;
	readonly data?: JsonObject;
}

const PATHS: Readonly<Record<string, string>> = {
	invoice: 'Invoices',
	contact: 'Contacts',
	creditNote: 'CreditNotes',
	payment: 'Payments',
	prepayment: 'Prepayments',
	overpayment: 'Overpayments',
};

const CATEGORIES: Readonly<Record<string, string>> = {
	invoice: 'INVOICE',
	contact: 'CONTACT',
	creditNote: 'CREDITNOTE',
	prepayment: 'PREPAYMENT',
	overpayment: 'OVERPAYMENT',
};

/** The event for a change, or nothing for what Xero sends no webhooks about. */
export function eventFor(
	ledger: Ledger,
	change: LedgerChange,
	settings: TwinSettings,
	nowMs: number,
): WebhookEvent | undefined {
	const path = PATHS[change.what];
	const category =
		change.what === 'payment' ? settings.paymentEventCategory : CATEGORIES[change.what];
	if (path === undefined || category === undefined || category === '') return undefined;
	return {
		resourceUrl: `https://api.xero.com/api.xro/2.0/${path}/${change.id}`,
		resourceId: change.id,
		tenantId: change.tenantId,
		tenantType: 'ORGANISATION',
		eventCategory: category,
		eventType: change.action === 'created' ? 'CREATE' : 'UPDATE',
		eventDateUtc: new Date(nowMs).toISOString().slice(0, -1),
		data: eventData(ledger, change),
	};
}

function eventData(ledger: Ledger, { what, id }: LedgerChange): JsonObject | undefined {
	if (what === 'creditNote') {
		const row = ledger.creditNotes.get(id);
		return row && { Type: row.type, Status: row.status };
	}
	if (what === 'prepayment' || what === 'overpayment') {
		const row = ledger.credits(what).get(id);
		return (
			row && {
				Type: row.type,
				Status: row.status,
				UpdatedDateUTCString: instantString(row.updatedMs),
			}
		);
	}
	return undefined;
}
