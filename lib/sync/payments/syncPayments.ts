import { recordTitle } from '../../knack/recordView';
import type { ServiceFault } from '../../serviceFault';
import { watchedKnack } from '../guard/watchedKnack';
import { foreseenResult, planWriteBack, writeBack } from '../writeBack';
import type { WriteBackRequest, WriteBackResult } from '../writeBack';
import { claimRecords } from './claimRecords';
import type { Claim } from './claimRecords';
import type { InvoiceDealtWith } from './changesState';
import { historyRows } from './historyRows';
import type { InvoiceSnapshot } from './invoiceSnapshot';
import { locateRecords } from './locateRecords';
import { guardClaims } from './guardPayments';
import { historyLeftOpen, syncHistory } from './paymentHistory';
import type { HistoryReport } from './paymentHistory';
import { claimBesideOthers } from './otherBearers';
import { memoryOf } from './paymentMemory';
import { paymentOutcomeOf } from './paymentOutcome';
import type { PaymentOutcome, PaymentSettled } from './paymentOutcome';
import type { PaymentContext, PaymentRequest, PaymentSettings } from './paymentSettings';
import { paymentStateOf } from './paymentState';
import { PAYMENT_FIELDS, paymentValue } from './paymentValues';
import { isOfSubscription, speakingInvoices } from './subscriptions';
import type { PaymentFacts } from './paymentValues';
import { paymentWords } from './paymentWording';
import { untilAtRest } from './untilAtRest';
import type { WrittenPayment, WrittenPayments } from './untilAtRest';

export interface PaymentReport {
	/** One for each request, in order. */
	readonly outcomes: readonly PaymentOutcome[];
	/** The same for the memory of "what changed". */
	readonly dealtWith: readonly InvoiceDealtWith[];
	/** Why the run ended before its last record, when it did. */
	readonly stopped?: ServiceFault;
}

/**
 * Brings the payment status of each invoice into its Knack record, writing only what differs. Every
 * request gets exactly one outcome. Throws ServiceFaultError only as long as nothing was written.
 */
export async function syncPayments(
	context: PaymentContext,
	settings: PaymentSettings,
	requests: readonly PaymentRequest[],
): Promise<PaymentReport> {
	if (settings.preview) {
		return reportOf(context, settings, await writePayments(context, settings, requests));
	}
	const { knack, clock, turns } = context;
	const nameOf = ({ snapshot }: PaymentRequest): string =>
		[knack.applicationId, settings.table.key, snapshot.id].join('/');
	const latest = (request: PaymentRequest): PaymentRequest => ({
		...request,
		snapshot: turns.latestReading(nameOf(request), request.snapshot, clock.now()),
	});
	// Noted before the turn comes, for whoever is ahead in the line.
	const noted = requests.map(latest);
	const written = await turns.inTurn(
		noted.map(nameOf),
		async () =>
			await untilAtRest(
				context,
				noted,
				async (due) => await writePayments(context, settings, due.map(latest)),
			),
	);
	return reportOf(context, settings, written);
}

function reportOf(
	context: PaymentContext,
	settings: PaymentSettings,
	{ payments, stopped }: WrittenPayments,
): PaymentReport {
	const run = { calls: context.xeroCalls(), nowMs: context.clock.now() };
	return {
		outcomes: payments.map(({ settled }) => paymentOutcomeOf(settled, run)),
		dealtWith: payments.map((payment) => memoryOf(settings, payment)),
		...(stopped ? { stopped } : {}),
	};
}

async function writePayments(
	given: PaymentContext,
	settings: PaymentSettings,
	requests: readonly PaymentRequest[],
): Promise<WrittenPayments> {
	const context = { ...given, knack: watchedKnack(given.knack, given.guard) };
	const app = await context.knack.app();
	const facts = requests.map(({ snapshot }) => paymentFactsOf(context, settings, snapshot));
	const located = await locateRecords(
		context.knack,
		settings.table,
		settings.match,
		requests.map(({ snapshot, recordId }) => ({ invoice: snapshot, recordId })),
	);
	const claimed = claimRecords(
		settings.table,
		requests.map(({ snapshot }) => snapshot),
		located,
		settings,
	);
	const snapshots = requests.map(({ snapshot }) => snapshot);
	const speaking = await speakingInvoices(context, settings, snapshots, claimed);
	const firstOf = new Map<string, number>();
	const wanted = claimed.flatMap((claim, index) => {
		const fact = facts[index];
		if (claim.kind !== 'record' || !fact) return [];
		const first = firstOf.get(claim.record.id);
		if (first !== undefined) return [];
		firstOf.set(claim.record.id, index);
		const other = speaking.get(index);
		const told = other ? paymentFactsOf(context, settings, other) : fact;
		const request = writeBackRequest(settings, told, claim, fact.snapshot);
		return [{ index, request }];
	});
	const foresee = ({ request }: (typeof wanted)[number]) =>
		foreseenResult(planWriteBack(app, settings.table, request.record, request.values, request));
	const wantedAt = new Map(wanted.map((each) => [each.index, each]));
	const foreseen = (index: number) => {
		const each = wantedAt.get(index);
		return each && foresee(each).outcome;
	};
	const alone = await claimBesideOthers(
		context,
		settings,
		{ invoices: snapshots, located, claims: claimed },
		(index) => foreseen(index) !== 'unchanged' || hasRows(settings, snapshots[index]),
	);
	const claims = await guardClaims(given.guard, alone, (index) => foreseen(index) === 'updated');
	const due = wanted.filter(({ index }) => claims[index]?.kind === 'record');
	const results = settings.preview
		? due.map(foresee)
		: await writeBack(
				context.knack,
				settings.table,
				due.map(({ request }) => request),
				context.beforeWriting,
			);
	if (!settings.preview) await writeMessages(context, settings, due, results);
	const stopped = results.find((result) => result.outcome === 'failed' && result.fault);
	const histories = await historiesOf(context, settings, requests, claims, stopped !== undefined);

	const resultOf = new Map(due.map(({ index }, position) => [index, results[position]]));
	const resultFor = (index: number, claim: Claim): WriteBackResult | undefined => {
		const first = claim.kind === 'record' ? firstOf.get(claim.record.id) : undefined;
		const result = resultOf.get(first ?? index);
		// What invoices of one subscription share is written once.
		return first !== index && result?.outcome === 'updated' ? undefined : result;
	};
	const payments = requests.flatMap((request, index): WrittenPayment[] => {
		const fact = facts[index];
		const claim = claims[index];
		if (!fact || !claim) return [];
		const history = histories.get(index);
		const settled = settle(settings, request, fact, claim, resultFor(index, claim));
		const isShared = claim.kind === 'record' && isOfSubscription(settings, fact.snapshot, claim.by);
		return [{ settled: withHistory(settled, history), isShared, ...(history ? { history } : {}) }];
	});
	return { payments, ...(stopped?.outcome === 'failed' ? { stopped: stopped.fault } : {}) };
}

/** The state of an invoice today, in the user's words. */
export function paymentFactsOf(
	context: PaymentContext,
	settings: PaymentSettings,
	snapshot: InvoiceSnapshot,
): PaymentFacts {
	const state = paymentStateOf(snapshot, context.today);
	const options = settings.targets.paymentStatus?.options;
	const words = paymentWords(state.state, settings.words, options);
	return { snapshot, state, ...words, url: context.linkOf(snapshot) };
}

function writeBackRequest(
	settings: PaymentSettings,
	facts: PaymentFacts,
	claim: Extract<Claim, { kind: 'record' }>,
	own: InvoiceSnapshot,
): WriteBackRequest {
	const values: Record<string, unknown> = {};
	const mayClear = new Set<string>();
	const isShared = isOfSubscription(settings, own, claim.by);
	const [key, id] = isShared
		? (['repeatingInvoiceId', own.repeatingInvoiceId] as const)
		: (['invoiceId', own.id] as const);
	const idField = settings.match[key];
	// An id that is there already is this invoice's, or the record would not have been taken.
	if (idField && settings.fillInvoiceId && claim.by !== key) values[idField.key] = id;
	for (const target of PAYMENT_FIELDS) {
		const field = settings.targets[target];
		if (!field) continue;
		values[field.key] = paymentValue(target, field, facts);
		if (settings.clearWhenNone || target === 'message') mayClear.add(field.key);
	}
	return { recordId: claim.record.id, record: claim.record, values, mayClear };
}

function hasRows({ history }: PaymentSettings, invoice: InvoiceSnapshot | undefined): boolean {
	return history !== undefined && invoice !== undefined && historyRows(invoice).length > 0;
}

/** What became of the payment history, by the index of the request. */
async function historiesOf(
	context: PaymentContext,
	{ history, preview }: PaymentSettings,
	requests: readonly PaymentRequest[],
	claims: readonly Claim[],
	isStopped: boolean,
): Promise<ReadonlyMap<number, HistoryReport>> {
	if (!history) return new Map();
	const wanted = claims.flatMap((claim, index) => {
		const snapshot = requests[index]?.snapshot;
		return claim.kind === 'record' && snapshot
			? [{ index, snapshot, recordId: claim.record.id }]
			: [];
	});
	const reports = isStopped
		? wanted.map(() => historyLeftOpen())
		: await syncHistory(context, history, wanted, preview);
	return new Map(wanted.flatMap(({ index }, at) => (reports[at] ? [[index, reports[at]]] : [])));
}

/** Tells the record itself why it was not written, where the user chose a field for that. */
async function writeMessages(
	context: PaymentContext,
	settings: PaymentSettings,
	due: ReadonlyArray<{ readonly request: WriteBackRequest }>,
	results: readonly WriteBackResult[],
): Promise<void> {
	const field = settings.targets.message;
	if (!field) return;
	const messages = due.flatMap(({ request }, position) => {
		const result = results[position];
		if (result?.outcome !== 'blocked') return [];
		const text = result.issues.map(({ message, fix }) => `${message} ${fix}`).join('\n');
		return [{ ...request, values: { [field.key]: text } }];
	});
	if (messages.length > 0) await writeBack(context.knack, settings.table, messages);
}

function settle(
	settings: PaymentSettings,
	request: PaymentRequest,
	facts: PaymentFacts,
	claim: Claim,
	result: WriteBackResult | undefined,
): PaymentSettled {
	const base = {
		facts,
		table: settings.table.key,
		changes: [],
		issues: [],
		itemIndexes: request.itemIndexes,
	};
	if (claim.kind === 'skip') return { ...base, outcome: 'skipped', skipReason: claim.reason };
	if (claim.kind === 'attention') {
		return { ...base, outcome: claim.outcome, issues: [claim.issue], recordId: request.recordId };
	}
	const found = {
		...base,
		recordId: claim.record.id,
		recordTitle: recordTitle(claim.record, settings.table),
		by: claim.by,
	};
	switch (result?.outcome) {
		case undefined:
		case 'unchanged':
			return { ...found, outcome: 'unchanged' };
		case 'updated':
			return {
				...found,
				outcome: settings.preview ? 'wouldUpdate' : 'updated',
				changes: result.changes,
			};
		case 'blocked':
		case 'failed': {
			const isStopped = result.outcome === 'failed' && result.fault?.cause === 'stopped';
			return { ...found, outcome: isStopped ? 'held' : result.outcome, issues: result.issues };
		}
	}
}

function withHistory(settled: PaymentSettled, history: HistoryReport | undefined): PaymentSettled {
	if (!history) return settled;
	return {
		...settled,
		issues: [...settled.issues, ...history.issues],
		history: history.counts,
	};
}
