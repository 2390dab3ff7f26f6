import { contentHash } from '../../hash';
import type { Issue } from '../../issue';
import type { InvoiceDealtWith } from './changesState';
import type { HistorySettings } from './historyFields';
import { HISTORY_FIELDS, historyRows, historyValue } from './historyRows';
import { settlementHash } from './invoiceSnapshot';
import type { InvoiceSnapshot } from './invoiceSnapshot';
import type { PaymentSettings } from './paymentSettings';
import { PAYMENT_FIELDS, paymentValue } from './paymentValues';
import type { PaymentFacts } from './paymentValues';
import type { WrittenPayment } from './untilAtRest';

/** What the next run needs to know of it. */
export function memoryOf(settings: PaymentSettings, payment: WrittenPayment): InvoiceDealtWith {
	const { settled } = payment;
	const { snapshot } = settled.facts;
	const ending = endingOf(payment);
	return {
		id: snapshot.id,
		updatedAtMs: snapshot.updatedAtMs,
		fingerprint: fingerprintOf(settings, settled.facts),
		ending,
		...(ending === 'done' ? {} : { told: toldOf(settled.issues) }),
	};
}

function endingOf({ settled, history, isOpen }: WrittenPayment): InvoiceDealtWith['ending'] {
	const { outcome } = settled;
	if (outcome === 'failed' || history?.isOpen || isOpen) return 'failed';
	const isWritten = outcome === 'updated' || outcome === 'unchanged';
	return isWritten && (history?.issues ?? []).length === 0 ? 'done' : 'attention';
}

/** The same for the same troubles. */
export function toldOf(issues: readonly Issue[]): string {
	return contentHash(issues.map(({ code, field, message }) => [code, field, message])).slice(0, 16);
}

/**
 * Equal as long as the same would be written for the invoice, and Xero has not touched it since.
 * The second counts too: a run whose memory was lost may have told Knack of something that has been
 * undone by now, and then the invoice looks as it did before while Knack does not.
 */
export function fingerprintOf(settings: PaymentSettings, facts: PaymentFacts): string {
	const writes = PAYMENT_FIELDS.flatMap((target) => {
		const field = settings.targets[target];
		return field ? [[field.key, paymentValue(target, field, facts)]] : [];
	});
	const { snapshot } = facts;
	const rows = settings.history ? [historyPrint(settings.history, snapshot)] : [];
	return contentHash([settlementHash(snapshot), snapshot.updatedAtMs, writes, ...rows]).slice(
		0,
		16,
	);
}

/** Where the history goes and what its rows say. */
function historyPrint(history: HistorySettings, snapshot: InvoiceSnapshot): unknown {
	const { table, key, record, targets, whenRemoved } = history;
	return [
		[table.key, key.key, record.key, whenRemoved],
		...historyRows(snapshot).map((row) => [
			row.key,
			...HISTORY_FIELDS.flatMap((target) => {
				const field = targets[target];
				return field ? [[field.key, historyValue(target, field, row, '')]] : [];
			}),
		]),
	];
}
