import type { XeroClient } from '../../xero/client';
import { documentOfType } from '../../xero/documents';
import { readChangedInvoices } from './changedInvoices';
import { nextChangesState, readChangesState } from './changesState';
import type { ChangesState, InvoiceDealtWith } from './changesState';
import { unreadableInvoice } from './invoicesOfItems';
import type { UnreadableInvoice } from './invoiceSnapshot';
import { fingerprintOf, toldOf } from './paymentMemory';
import type { PaymentOutcome } from './paymentOutcome';
import type { PaymentContext, PaymentSettings } from './paymentSettings';
import { hasWritten, withoutInvoice } from './paymentOutcome';
import { paymentFactsOf, syncPayments } from './syncPayments';
import type { PaymentReport } from './syncPayments';

export interface ChangedInvoicesSettings extends PaymentSettings {
	readonly documentType: string;
	/** Whose invoices and which table: a state of anything else is not used. */
	readonly scope: string;
	/** Where the first run starts, epoch milliseconds; 0 reads everything there is. */
	readonly firstRunFromMs: number;
	/** All unpaid invoices are looked at after so many days; 0 never. */
	readonly fullCheckDays: number;
}

/** What earlier runs left. */
export interface ChangesMemory {
	/** The state of the last run, if it is known. */
	readonly stored: unknown;
	/**
	 * Which of these troubles a person was told of in an earlier run, whichever process it ran in, where
	 * that can be known; all of them count as told from now on.
	 */
	toldBefore(troubles: readonly string[]): Promise<ReadonlySet<string>>;
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
	memory: ChangesMemory,
): Promise<ChangedInvoicesReport> {
	const before = readChangesState(memory.stored, settings.scope);
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
	const report = await syncPayments(
		context,
		settings,
		news.map((snapshot) => ({ snapshot, itemIndexes: [] })),
	);
	const { stopped } = report;
	const unread = changed.unreadable.map((one) => unreadOf(one, context, settings));
	const dealtWith = [...report.dealtWith, ...unread.flatMap((one) => one.dealtWith ?? [])];
	const told = settings.preview ? new Set() : await troublesTold(before, dealtWith, memory);
	const isNews = (outcome: PaymentOutcome, invoice: InvoiceDealtWith | undefined) =>
		!invoice || !told.has(troubleOf(invoice)) || hasWritten(outcome);
	const fresh = [
		...report.outcomes.filter((outcome, index) => isNews(outcome, report.dealtWith[index])),
		...unread.filter((one) => isNews(one.outcome, one.dealtWith)).map(({ outcome }) => outcome),
	];
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
		read: changed.snapshots.length + changed.unreadable.length,
		known: changed.snapshots.length - news.length,
		toldBefore: report.outcomes.length + unread.length - fresh.length,
		complete: changed.complete,
	};
}

/** What a person is told of an invoice that cannot be read; it is tried again as far as it has an ID. */
function unreadOf(
	invoice: UnreadableInvoice,
	context: PaymentContext,
	{ documentType, table }: ChangedInvoicesSettings,
): { readonly outcome: PaymentOutcome; readonly dealtWith?: InvoiceDealtWith } {
	const label = documentOfType(documentType)?.label ?? '';
	const issue = unreadableInvoice({ label }, invoice);
	const { id, updatedAtMs } = invoice;
	const outcome = withoutInvoice(issue, {
		documentType,
		sought: id ?? invoice.number,
		table: table.key,
		itemIndexes: [],
		calls: context.xeroCalls(),
		nowMs: context.clock.now(),
	});
	if (id === undefined) return { outcome };
	const told = toldOf([issue]);
	return { outcome, dealtWith: { id, updatedAtMs, fingerprint: '', ending: 'attention', told } };
}

/** The troubles of this run that need a person and of which one was told before. */
async function troublesTold(
	before: ChangesState | undefined,
	dealtWith: readonly InvoiceDealtWith[],
	memory: ChangesMemory,
): Promise<ReadonlySet<string>> {
	const troubles = dealtWith.filter(({ ending }) => ending === 'attention').map(troubleOf);
	const waiting = new Set((before?.waiting ?? []).map(troubleOf));
	const others = troubles.filter((trouble) => !waiting.has(trouble));
	return new Set([
		...troubles.filter((trouble) => waiting.has(trouble)),
		...(await memory.toldBefore(others)),
	]);
}

function troubleOf({ id, told }: { readonly id: string; readonly told?: string }): string {
	return `${id} ${told ?? ''}`;
}
