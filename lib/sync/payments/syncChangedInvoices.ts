import type { XeroClient } from '../../xero/client';
import { readChangedInvoices } from './changedInvoices';
import { nextChangesState, readChangesState } from './changesState';
import type { ChangesState } from './changesState';
import { fingerprintOf } from './paymentMemory';
import type { PaymentOutcome } from './paymentOutcome';
import type { PaymentContext, PaymentSettings } from './paymentSettings';
import { paymentFactsOf, syncPayments } from './syncPayments';
import type { PaymentReport } from './syncPayments';

export interface ChangedInvoicesSettings extends PaymentSettings {
	readonly documentType: 'salesInvoice' | 'bill';
	/** Whose invoices and which table: a state of anything else is not used. */
	readonly scope: string;
	/** Where the first run starts, epoch milliseconds; 0 reads everything there is. */
	readonly firstRunFromMs: number;
	/** All unpaid invoices are looked at after so many days; 0 never. */
	readonly fullCheckDays: number;
}

export interface ChangedInvoicesReport extends Omit<PaymentReport, 'dealtWith'> {
	readonly outcomes: readonly PaymentOutcome[];
	/** To be kept for the next run; as it was after a preview. */
	readonly state: ChangesState | undefined;
	/** Invoices that Xero told of. */
	readonly read: number;
	/** Of these, how many Knack has already as they are. */
	readonly known: number;
	/** How many need a person, who was told in an earlier run. */
	readonly toldBefore: number;
	/** False when there is more to read in the next run. */
	readonly complete: boolean;
}

/**
 * Brings to Knack what changed in Xero since the run that left the stored state. Nothing is lost
 * when a run ends early: the state is what the caller keeps after this returns, and only what was
 * dealt with moves it on. Throws ServiceFaultError when a service cannot be read.
 */
export async function syncChangedInvoices(
	client: XeroClient,
	context: PaymentContext,
	settings: ChangedInvoicesSettings,
	stored: unknown,
): Promise<ChangedInvoicesReport> {
	const before = readChangesState(stored, settings.scope);
	const nowMs = context.clock.now();
	const changed = await readChangedInvoices(client, {
		documentType: settings.documentType,
		state: before,
		nowMs,
		today: context.today,
		firstRunFromMs: settings.firstRunFromMs,
		countsDays: settings.targets.daysOverdue !== undefined,
		fullCheckDays: settings.fullCheckDays,
	});
	// A full check compares with Knack as well, where somebody may have edited what was written.
	const known = new Map(changed.fullCheckMs === undefined ? before?.known : []);
	const news = changed.snapshots.filter((snapshot) => {
		const facts = paymentFactsOf(context, settings, snapshot);
		return known.get(snapshot.id) !== fingerprintOf(settings, facts);
	});
	const { outcomes, dealtWith, stopped } = await syncPayments(
		context,
		settings,
		news.map((snapshot) => ({ snapshot, itemIndexes: [] })),
	);
	const told = new Map((before?.waiting ?? []).map((entry) => [entry.id, entry.told]));
	const fresh = outcomes.filter((outcome, index) => {
		const invoice = dealtWith[index];
		const isOld = invoice?.ending === 'attention' && told.get(invoice.id) === invoice.told;
		return settings.preview || !isOld || hasWritten(outcome);
	});
	const state = settings.preview
		? before
		: nextChangesState(before, {
				scope: settings.scope,
				nowMs,
				updatedThroughMs: changed.updatedThroughMs,
				overdueThrough: changed.overdueThrough,
				fullCheckMs: changed.fullCheckMs,
				dealtWith,
			});
	return {
		outcomes: fresh,
		...(stopped ? { stopped } : {}),
		state,
		read: changed.snapshots.length,
		known: changed.snapshots.length - news.length,
		toldBefore: outcomes.length - fresh.length,
		complete: changed.complete,
	};
}

/** Trouble with the payment history alone does not keep an invoice from being written. */
function hasWritten({ outcome, history }: PaymentOutcome): boolean {
	const { created = 0, updated = 0, removed = 0 } = history ?? {};
	return outcome === 'updated' || created + updated + removed > 0;
}
