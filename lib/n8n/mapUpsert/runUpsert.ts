import { instantText } from '../../dates';
import { grouped } from '../../grouped';
import { failed, ok, type Result } from '../../result';
import type { Issue } from '../../issue';
import { isServiceFaultError, ServiceFaultError, type ServiceFault } from '../../serviceFault';
import { afterWrite, foreseeAfterWriting } from '../../sync/afterWrite/afterWrite';
import { LATE_RULES } from '../../sync/check/rules/lateRules';
import type { Outcome } from '../../sync/outcome';
import type { Draft } from '../../sync/draft';
import { holdOtherKinds, type OtherKind } from '../../sync/find/otherDocument';
import {
	previewDocuments,
	upsertDocuments,
	type UpsertContext,
	type UpsertReport,
} from '../../sync/upsert';
import { isPassing, notSent } from '../../sync/words/notSent';
import { faultIssue } from '../../sync/writeBack';
import { adoptDrafts, linkedBy } from './adoptDrafts';
import { loggingOf } from './earlyOutcomes';
import type { XeroClient } from '../../xero/client';
import { afterWritingOf } from './filesOfItems';
import { changeStatuses } from './changeStatuses';
import type { ItemParameters } from './itemParameters';
import { prepareDrafts } from './prepareDrafts';
import type { RunParameters } from './runParameters';
import type { RunPorts } from './runPorts';
import { runFor, valuesFor } from './runFor';
import { saidOnce, unsentOutcome } from './settledOutcomes';
import { holdSeveralKinds } from './severalKinds';
import { emptyUsedTokens } from './usedTokens';
import { tellKnack } from '../../sync/tellKnack';

export interface RunResult {
	/** In the order of the first item of each. */
	readonly outcomes: readonly Outcome[];
	readonly calls: { readonly reads: number; readonly writes: number };
	/** In a preview: write calls that carrying it out would take. */
	readonly expectedCalls: number;
	/** Calls that Xero's day has left, of the organisation that has the fewest; if Xero told. */
	readonly dayRemaining?: number;
	/** Why a service stopped serving before the last record. */
	readonly stopped: readonly ServiceFault[];
	/** Names of the organisations in Xero that the run reached. */
	readonly organisations: readonly string[];
	/** Documents that are as they should be, but whose Knack record could not be told. */
	readonly notWrittenBack: number;
}

/**
 * Brings items into Xero, organisation by organisation, and tells Knack. Every item is in exactly
 * one outcome; what a service's limits keep back is held. Throws ServiceFaultError when no
 * organisation at all can be reached for another cause.
 */
export async function runUpsert(
	run: RunParameters,
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<RunResult> {
	const knack = once(ports.knack);
	const outcomes: Outcome[] = [];
	const faults: ServiceFault[] = [];
	const stopped: ServiceFault[] = [];
	const organisations: string[] = [];
	let expectedCalls = 0;
	let reads = 0;
	let writes = 0;
	let dayRemaining = Infinity;
	let done = 0;
	const at = instantText(ports.clock.now());
	for (const item of items.filter(({ issues }) => issues.length > 0)) {
		outcomes.push(unsentOutcome(item, 'blocked', item.issues, at));
	}
	const open = items.filter(({ issues }) => issues.length === 0);
	const held = await holdSeveralKinds(run, open, { ...ports, knack });
	held.forEach((issues, item) => outcomes.push(unsentOutcome(item, 'held', issues, at)));
	const groups = byOrganisationAndKind(open.filter((item) => !held.has(item)));
	for (const own of groups) {
		const [{ organisation, definition }] = own;
		const before = done;
		const onProgress = (count: number) => ports.onProgress(before + count, items.length);
		const sent = await orFault(
			async () =>
				await sendTo(runFor(run, definition), organisation, own, { ...ports, knack, onProgress }),
		);
		if (sent.ok) {
			const { report, calls } = sent.value;
			const name = sent.value.organisation;
			if (!organisations.includes(name)) organisations.push(name);
			outcomes.push(...report.outcomes);
			expectedCalls += report.expectedCalls;
			reads += calls.reads;
			writes += calls.writes;
			dayRemaining = Math.min(dayRemaining, sent.value.dayRemaining ?? Infinity);
			if (report.stopped) stopped.push(report.stopped);
		} else {
			stopped.push(sent.failure);
			if (!isPassing(sent.failure)) faults.push(sent.failure);
			const { outcome, issues } = isPassing(sent.failure)
				? notSent(sent.failure, run.upsert.ruleSeverities)
				: { outcome: 'failed' as const, issues: [faultIssue(sent.failure)] };
			outcomes.push(...own.map((item) => unsentOutcome(item, outcome, issues, at)));
		}
		done += own.length;
	}
	ports.guard.settle(outcomes);
	const [fault] = faults;
	if (fault && faults.length === groups.length) throw new ServiceFaultError(fault);
	const written = await tellOfAll(run, withEveryItem(outcomes, items, at), items, knack);
	const told = await emptyUsedTokens(run, written, items, knack);
	return {
		outcomes: [...told.outcomes].sort((a, b) => firstItem(a) - firstItem(b)),
		calls: { reads, writes },
		expectedCalls,
		...(dayRemaining < Infinity ? { dayRemaining } : {}),
		stopped,
		organisations,
		notWrittenBack: told.troubles,
	};
}

/**
 * Every item comes out exactly once. Where that should ever fail, the item is told so by an outcome
 * of its own: what was posted for the others must not be lost with it.
 */
function withEveryItem(
	outcomes: readonly Outcome[],
	items: readonly ItemParameters[],
	at: string,
): Outcome[] {
	const seen = new Set<number>();
	const once = outcomes.filter(({ itemIndexes }) => {
		const isNew = itemIndexes.some((index) => !seen.has(index));
		itemIndexes.forEach((index) => seen.add(index));
		return isNew;
	});
	const lost = items.filter(({ index }) => !seen.has(index));
	return [...once, ...lost.map((item) => unsentOutcome(item, 'failed', [LOST_ITEM], at))];
}

const LOST_ITEM: Issue = {
	code: LATE_RULES.internal.code,
	severity: 'block',
	message: 'The item came to no outcome, which is a fault of this package.',
	fix: 'Look in Xero whether its document is there, run the item again, and report this.',
};

interface Sent {
	readonly report: UpsertReport;
	/** Its name in Xero. */
	readonly organisation: string;
}

/** The records of one organisation, planned and (unless it is a preview) written, with what goes with them. */
async function sendTo(
	run: RunParameters,
	organisation: string | undefined,
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<Sent & Pick<RunResult, 'calls' | 'dayRemaining'>> {
	const client = ports.guard.watch(await ports.xero(organisation));
	const sent = await reportOf(run, items, client, ports);
	return { ...sent, calls: client.calls(), dayRemaining: client.dayRemaining() };
}

async function reportOf(
	run: RunParameters,
	items: readonly ItemParameters[],
	client: XeroClient,
	ports: RunPorts,
): Promise<Sent> {
	if (run.operation === 'changeStatus') {
		const { report, drafts, settings } = await changeStatuses(run, items, client, ports);
		const outcomes = report.outcomes.map((outcome, index) => saidOnce(outcome, drafts[index]));
		ports.log?.tell(outcomes);
		return { report: { ...report, outcomes }, organisation: settings.organisation.name };
	}
	const { settings, drafts: mapped } = await prepareDrafts(run, items, client, ports);
	const { clock, turns, history, guard, onProgress, tell, approval } = ports;
	const lookedUpAtMs = clock.now();
	const shared = {
		...{ clock, turns, history, guard, onProgress, tell },
		...(approval ? { approval } : {}),
	};
	const linked = linkedBy(run.writeBackFields?.xeroId, items, ports.knack);
	const context = { ...shared, ...linked, client, settings, lookedUpAtMs };
	const drafts = await withoutOtherKinds(run, context, mapped, items, ports);
	const logged = { ...context, ...loggingOf(run, ports.log, items, drafts) };
	const report = run.adopt
		? await adoptDrafts(run, context, drafts, items, ports.knack)
		: await (run.isPreview ? previewDocuments : upsertDocuments)(
				logged,
				run.definition,
				drafts,
				optionsFor(run),
			);
	const said = report.outcomes.map((outcome, index) => saidOnce(outcome, drafts[index]));
	const wishOf = afterWritingOf(run, items, ports.files, guard);
	const goOn = run.isPreview ? foreseeAfterWriting : afterWrite;
	const outcomes = await goOn(logged, run.definition, said, wishOf, run.upsert);
	ports.log?.tell(outcomes);
	const organisation = settings.organisation.name;
	if (!run.isPreview) return { report: { ...report, outcomes }, organisation };
	// Each of them is a call of its own.
	const expectedCalls = report.expectedCalls + operationCount(outcomes) - operationCount(said);
	return { report: { ...report, outcomes, expectedCalls }, organisation };
}

function operationCount(outcomes: readonly Outcome[]): number {
	return outcomes.reduce((sum, { operations = [] }) => sum + operations.length, 0);
}

/** Records that a rule makes something of, held where they are in Xero as something else. */
async function withoutOtherKinds(
	run: RunParameters,
	context: UpsertContext,
	drafts: readonly Draft[],
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<readonly Draft[]> {
	const { count, kinds } = run.documentRules;
	if (count === 0) return drafts;
	const others: OtherKind[] = [];
	for (const definition of kinds.filter((each) => each !== run.definition)) {
		const asOther = items.map((item) => ({
			...item,
			definition,
			...(item.values ? { values: valuesFor(item.values, run.definition, definition) } : {}),
		}));
		const { drafts: own } = await prepareDrafts(
			// The settings are as fresh as they have to be by now.
			{ ...runFor(run, definition), isPreview: false },
			asOther,
			context.client,
			ports,
		);
		others.push({ definition, drafts: own });
	}
	return await holdOtherKinds(context, drafts, others, run.upsert);
}

/** An item that is a line is not the record of its document, so the document bears no link to it. */
function optionsFor({ upsert, lineSource }: RunParameters): RunParameters['upsert'] {
	return lineSource === 'itemPerLine' ? { ...upsert, sourceLink: false } : upsert;
}

/** The value, or the fault of the service that could not give it. */
async function orFault<Value>(make: () => Promise<Value>): Promise<Result<Value, ServiceFault>> {
	return await make().then(ok, async (error: unknown) =>
		isServiceFaultError(error) ? failed(error.fault) : await Promise.reject(error),
	);
}

function firstItem(outcome: Outcome): number {
	return Math.min(...outcome.itemIndexes);
}

/** What makes a thing when it is first asked for, and gives the same from then on. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return async () => await (made ??= make());
}

/** The items of each organisation, those of one kind of document together. */
function byOrganisationAndKind(
	items: readonly ItemParameters[],
): Array<readonly [ItemParameters, ...ItemParameters[]]> {
	const keyOf = ({ organisation = '', definition }: ItemParameters) =>
		`${definition.type} ${organisation}`;
	return [...grouped(items.map((item) => [keyOf(item), item] as const)).values()];
}

/** Tells Knack of the outcomes, each as the kind of document that it is. */
async function tellOfAll(
	run: RunParameters,
	outcomes: readonly Outcome[],
	items: readonly ItemParameters[],
	knack: RunPorts['knack'],
): Promise<Awaited<ReturnType<typeof tellKnack>>> {
	const all: Outcome[] = [];
	let troubles = 0;
	const { kinds } = run.documentRules;
	for (const definition of kinds.length > 0 ? kinds : [run.definition]) {
		const own = outcomes.filter(({ document }) => document.type === definition.type);
		const told = await tellKnack(runFor(run, definition), own, items, knack);
		all.push(...told.outcomes);
		troubles += told.troubles;
	}
	return { outcomes: all, troubles };
}
