import type { Clock } from '../../clock';
import { instantText } from '../../dates';
import type { KnackClient } from '../../knack/client';
import { failed, ok, type Result } from '../../result';
import { isServiceFaultError, ServiceFaultError, type ServiceFault } from '../../serviceFault';
import type { Issue } from '../../issue';
import { isRecord } from '../../sync/map/sampleShape';
import { draftFromValues } from '../../sync/map/draftFromValues';
import type { Draft } from '../../sync/draft';
import type { Outcome } from '../../sync/outcome';
import { writeOutcomesBack, type WriteBackTarget } from '../../sync/outcomeWriteBack';
import { previewDocuments, upsertDocuments, type UpsertReport } from '../../sync/upsert';
import { faultIssue } from '../../sync/writeBack';
import type { XeroClient } from '../../xero/client';
import type { OrganisationSettings } from '../../xero/settings';
import type { ItemParameters } from './itemParameters';
import { mapRecords } from './mapRecords';
import type { RunParameters } from './runParameters';

/** What the run reaches outside of itself. */
export interface RunPorts {
	readonly clock: Clock;
	/** IANA zone of the workflow. */
	readonly timeZone: string;
	/** A client for an organisation; without its id for the only one. Throws ServiceFaultError. */
	xero(organisation: string | undefined): Promise<XeroClient>;
	settings(client: XeroClient): Promise<OrganisationSettings>;
	knack(): Promise<KnackClient>;
	onProgress(done: number, total: number): void;
}

export interface RunResult {
	/** In the order of the first item of each. */
	readonly outcomes: readonly Outcome[];
	readonly calls: { readonly reads: number; readonly writes: number };
	/** In a preview: write calls that carrying it out would take. */
	readonly expectedCalls: number;
	/** Why a service stopped serving before the last record. */
	readonly stopped: readonly ServiceFault[];
	/** Documents that are as they should be, but whose Knack record could not be told. */
	readonly notWrittenBack: number;
}

/**
 * Brings items into Xero, organisation by organisation, and tells Knack. Every item is in exactly
 * one outcome. Throws ServiceFaultError when no organisation at all can be reached.
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
	let expectedCalls = 0;
	let reads = 0;
	let writes = 0;
	let done = 0;
	const at = instantText(ports.clock.now());
	const groups = byOrganisation(items.filter(({ issues }) => issues.length === 0));
	for (const item of items.filter(({ issues }) => issues.length > 0)) {
		outcomes.push(unsentOutcome(run, item, 'blocked', item.issues, at));
	}
	for (const [organisation, own] of groups) {
		const before = done;
		const onProgress = (count: number) => ports.onProgress(before + count, items.length);
		const sent = await orFault(
			async () => await sendTo(run, organisation, own, { ...ports, knack, onProgress }),
		);
		if (sent.ok) {
			const { report, calls } = sent.value;
			outcomes.push(...report.outcomes);
			expectedCalls += report.expectedCalls;
			reads += calls.reads;
			writes += calls.writes;
			if (report.stopped) stopped.push(report.stopped);
		} else {
			faults.push(sent.failure);
			stopped.push(sent.failure);
			const issues = [faultIssue(sent.failure)];
			outcomes.push(...own.map((item) => unsentOutcome(run, item, 'failed', issues, at)));
		}
		done += own.length;
	}
	const [fault] = faults;
	if (fault && faults.length === groups.size) throw new ServiceFaultError(fault);
	const told = await tellKnack(run, outcomes, items, knack);
	return {
		outcomes: [...told.outcomes].sort((a, b) => firstItem(a) - firstItem(b)),
		calls: { reads, writes },
		expectedCalls,
		stopped,
		notWrittenBack: told.troubles,
	};
}

/** The records of one organisation, planned and (unless it is a preview) written. */
async function sendTo(
	run: RunParameters,
	organisation: string | undefined,
	items: readonly ItemParameters[],
	ports: RunPorts,
): Promise<{ report: UpsertReport; calls: RunResult['calls'] }> {
	const client = await ports.xero(organisation);
	const settings = await ports.settings(client);
	const drafts = await draftsOf(run, items, settings, ports);
	const send = run.isPreview ? previewDocuments : upsertDocuments;
	const { clock, onProgress } = ports;
	const context = { client, settings, clock, onProgress };
	const report = await send(context, run.definition, drafts, run.upsert);
	const outcomes = report.outcomes.map((outcome, index) => saidOnce(outcome, drafts[index]));
	return { report: { ...report, outcomes }, calls: client.calls() };
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

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
	let made: Promise<Value> | undefined;
	return async () => await (made ??= make());
}

function byOrganisation(
	items: readonly ItemParameters[],
): Map<string | undefined, ItemParameters[]> {
	const groups = new Map<string | undefined, ItemParameters[]>();
	for (const item of items) {
		const group = groups.get(item.organisation);
		if (group) group.push(item);
		else groups.set(item.organisation, [item]);
	}
	return groups;
}

async function draftsOf(
	run: RunParameters,
	items: readonly ItemParameters[],
	settings: OrganisationSettings,
	{ timeZone, knack }: Pick<RunPorts, 'timeZone' | 'knack'>,
): Promise<Draft[]> {
	const records = await mapRecords(run, items, settings.trackingCategories, knack);
	return records.map((record) => {
		const draft = draftFromValues(run.definition, record, {
			timeZone,
			blankPolicy: run.blankPolicy,
			defaults: run.defaults,
			lineDefaults: run.lineDefaults,
			settings,
		});
		return record.skipReason === undefined ? draft : { ...draft, skipReason: record.skipReason };
	});
}

/**
 * A value that could not be read is missing to every later check as well; what those say of the
 * same field only repeats it.
 */
function saidOnce(outcome: Outcome, draft: Draft | undefined): Outcome {
	const fields = new Set(draft?.issues.map(({ field }) => field));
	const repeated = outcome.issues.filter(
		(issue) =>
			issue.field !== undefined && fields.has(issue.field) && !draft?.issues.includes(issue),
	);
	if (repeated.length === 0) return outcome;
	return { ...outcome, issues: outcome.issues.filter((issue) => !repeated.includes(issue)) };
}

/** The outcome of an item that never became a draft: its expressions or its organisation failed. */
function unsentOutcome(
	{ definition }: RunParameters,
	item: ItemParameters,
	outcome: 'blocked' | 'failed',
	issues: readonly Issue[],
	at: string,
): Outcome {
	const label = definition.label.toLowerCase();
	const verb = outcome === 'blocked' ? 'Did not write' : 'Could not write';
	return {
		outcome,
		document: { type: definition.type },
		source: item.source,
		changes: [],
		issues,
		summary: `${verb} ${label}: ${issues[0]?.message ?? ''}`,
		sync: { key: `${definition.type}:item ${item.index + 1}`, contentHash: '', calls: 0, at },
		itemIndexes: [item.index],
	};
}

/** Writes outcomes back where the node is set to; what fails there becomes a warning of its outcome. */
async function tellKnack(
	run: RunParameters,
	outcomes: readonly Outcome[],
	items: readonly ItemParameters[],
	knack: () => Promise<KnackClient>,
): Promise<{ outcomes: readonly Outcome[]; troubles: number }> {
	const fields = run.writeBackFields;
	if (!fields || Object.values(fields).every((field) => !field)) return { outcomes, troubles: 0 };
	const byIndex = new Map(items.map((item) => [item.index, item]));
	const targets = outcomes.flatMap((outcome) => targetsOf(outcome, byIndex));
	const issues = new Map<Outcome, readonly Issue[]>();
	const told = async () => await writeOutcomesBack(await knack(), run.definition, targets, fields);
	// Whatever goes wrong here must not lose the outcomes: the documents are in Xero by now.
	const troubles = await told().then(ok, (error: unknown) => failed(knackFault(error)));
	if (troubles.ok) {
		troubles.value.forEach((found, { outcome }) =>
			issues.set(outcome, [...(issues.get(outcome) ?? []), ...found]),
		);
	} else {
		// What is in Xero stays in Xero: the run says so, and the next one tells Knack.
		const issue: Issue = { ...faultIssue(troubles.failure), severity: 'warn' };
		targets.forEach(({ outcome }) => issues.set(outcome, [issue]));
	}
	return {
		outcomes: outcomes.map((outcome) => {
			const found = issues.get(outcome);
			return found ? { ...outcome, issues: [...outcome.issues, ...found] } : outcome;
		}),
		troubles: issues.size,
	};
}

function knackFault(error: unknown): ServiceFault {
	if (isServiceFaultError(error)) return error.fault;
	return {
		service: 'knack',
		cause: 'unavailable',
		message: error instanceof Error ? error.message : String(error),
		fix: 'Look at the Knack API credential of the node, and run it again.',
	};
}

/** The Knack records of an outcome: one, or one for each line where items are lines. */
function targetsOf(
	outcome: Outcome,
	items: ReadonlyMap<number, ItemParameters>,
): WriteBackTarget[] {
	if (outcome.outcome === 'skipped') return [];
	const targets = new Map<string, WriteBackTarget>();
	for (const index of outcome.itemIndexes) {
		const item = items.get(index);
		const recordId = item?.source.knackRecordId;
		if (!item || recordId === undefined || item.knackTable === undefined) continue;
		const shown = isRecord(item.json) ? item.json : {};
		targets.set(recordId, { outcome, table: item.knackTable, recordId, shown });
	}
	return [...targets.values()];
}
