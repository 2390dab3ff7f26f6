import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import type { OwnWriteMoment } from '../../knack/ownWrites';
import { fieldLabel } from '../../knack/tables';
import type { ChangeSettings, RecordChange } from './changeSettings';
import type { ChangeState } from './changeState';
import { parseChangeState, scopeOf } from './changeState';
import { findCreated } from './createdRecords';
import { findStartedToMatch } from './matchingRecords';
import { findByModifiedDate } from './modifiedRecords';
import { momentsAfterHint, momentsAfterPoll } from './ownWriteMoments';
import type { SettingsFor } from './openTable';
import { openTable } from './openTable';
import type { Finding, HintedReading, PollContext } from './pollContext';
import { findBySnapshot } from './snapshotRecords';
import { withUnsynced } from './unsyncedReading';
import { watchedFieldsOf } from './watchedFields';

export interface PolledChanges {
	/** Oldest first, each record once. */
	readonly changes: readonly RecordChange[];
	/** To be remembered for the next poll, whether or not there are changes. */
	readonly state: ChangeState;
	readonly table: KnackTable;
	readonly app: KnackApp;
	/** Fields whose name differs from the label that items keep carrying: label to present name. */
	readonly renamed: Readonly<Record<string, string>>;
	/** Whether this was a first poll: what is there counts as seen, unless it is told where to start. */
	readonly isBaseline: boolean;
	/** Whether changes were left for the next poll. */
	readonly leftOver: boolean;
	/** Records that were handed on often enough, and still do not say what became of them. */
	readonly givenUp: readonly KnackRecord[];
	/** As they were found in the app. */
	readonly settings: ChangeSettings;
}

export interface PollRequest {
	readonly client: KnackClient;
	readonly settings: ChangeSettings | SettingsFor;
	/** What the last poll gave as its state, as it was stored. */
	readonly stored: unknown;
	readonly nowMs: number;
	/** Take the fields' present names as labels, as when a workflow is activated. */
	readonly refreshLabels?: boolean;
	/**
	 * Where a first poll starts that is none: the memory is gone, though the trigger ran before. Epoch
	 * seconds.
	 */
	readonly resumeFromSeconds?: number;
}

/**
 * Looks once for changes. Reads only; starting again from an older state gives again what was
 * found since then, and starting from the returned one gives nothing twice. Throws
 * ServiceFaultError when Knack cannot be read and ChangeSettingsError when the settings do not fit.
 */
export async function pollChanges(request: PollRequest): Promise<PolledChanges> {
	return await pollAll(await openPoll(request));
}

export async function pollAll(poll: Poll): Promise<PolledChanges> {
	const { client } = poll.context;
	const before = client.calls().reads;
	const finding = await findChanges(poll.context);
	return concludePoll(poll, finding, client.calls().reads - before);
}

/** A poll that has begun, of the table or of hinted records: what it works on, and what was written by then. */
export interface Poll {
	readonly context: PollContext;
	readonly scope: string;
	readonly now: OwnWriteMoment;
	readonly refreshLabels: boolean;
}

export async function openPoll(request: PollRequest): Promise<Poll> {
	const { client, nowMs } = request;
	const remembered = parseChangeState(request.stored);
	const open = await openTable(client, request.settings, remembered);
	const { app, table } = open;
	const settings = remembered ? open.settings : resumed(open.settings, request);
	const scope = scopeOf(client.applicationId, settings);
	const previous = remembered?.scope === scope ? remembered : undefined;
	const context: PollContext = {
		client,
		app,
		table,
		settings,
		watched: watchedFieldsOf(table, settings),
		previous,
		nowMs,
	};
	const now = client.ownWrites.moment();
	return { context, scope, now, refreshLabels: request.refreshLabels ?? false };
}

function resumed(settings: ChangeSettings, { resumeFromSeconds: seconds }: PollRequest) {
	return seconds === undefined
		? settings
		: { ...settings, startFrom: { kind: 'since' as const, seconds } };
}

/** What a poll gives and leaves behind. `calls` it took to find the changes. */
export function concludePoll(poll: Poll, finding: Finding, calls: number): PolledChanges {
	const { app, table, settings, previous, nowMs, hinted } = poll.context;
	const labels = labelsOf(table, poll.refreshLabels ? undefined : previous?.labels);
	const named = hinted && previous;
	// While changes wait, "made since the last poll" keeps meaning the poll that saw them first.
	const keepsPollTime = named ?? (finding.leftOver && previous);
	const catchesUp = named
		? named.catchingUp
		: finding.leftOver && (!previous || previous.catchingUp);
	return {
		changes: finding.changes,
		table,
		app,
		renamed: renamedFields(table, labels),
		isBaseline: previous === undefined,
		leftOver: finding.leftOver,
		givenUp: finding.givenUp ?? [],
		settings,
		state: {
			version: 1,
			scope: poll.scope,
			tableName: table.name,
			labels,
			types: { ...previous?.types, ...typesOf(table) },
			polledAtMs: keepsPollTime ? keepsPollTime.polledAtMs : nowMs,
			lookedAtMs: Math.max(nowMs, previous?.lookedAtMs ?? 0),
			pollCalls: named ? named.pollCalls : calls,
			...(catchesUp && { catchingUp: true }),
			...(named
				? momentsAfterHint(named, hintedIds(hinted), poll.now)
				: momentsAfterPoll(previous, poll.now)),
			...(named && keptParts(named)),
			...finding.state,
		},
	};
}

function hintedIds({ records, others }: HintedReading): string[] {
	return [...new Set([...records.map(({ id }) => id), ...others])];
}

/** A way of looking that says nothing of a part leaves it as it was. */
function keptParts(state: ChangeState) {
	const { created, marks, editedFloor, editedSeen, latestEdit } = state;
	const { matching, retryMarks, unsynced } = state;
	return { created, marks, editedFloor, editedSeen, latestEdit, matching, retryMarks, unsynced };
}

export async function findChanges(context: PollContext): Promise<Finding> {
	const finding = await findByTrigger(context);
	return await withUnsynced(context, finding);
}

async function findByTrigger(context: PollContext): Promise<Finding> {
	const { settings, table } = context;
	const { triggerOn } = settings;
	if (triggerOn === 'startsToMatch') return await findStartedToMatch(context);
	if (triggerOn === 'created') return await findCreated(context);
	const modified = table.fields.find(({ key }) => key === settings.modifiedField);
	if (!modified) return await findBySnapshot(context);
	if (triggerOn === 'updated') return await findByModifiedDate(context, modified);
	return await findCreatedOrModified(context, modified);
}

/** Two calls: new records by their ids, and edits of the others by their date. */
async function findCreatedOrModified(context: PollContext, field: KnackField): Promise<Finding> {
	const edited = await findByModifiedDate(context, field);
	const created = await findCreated(context);
	const isNew = new Set(created.changes.map(({ record }) => record.id));
	return {
		changes: [...created.changes, ...edited.changes.filter(({ record }) => !isNew.has(record.id))],
		leftOver: created.leftOver || edited.leftOver,
		state: { ...edited.state, ...created.state },
	};
}

function typesOf(table: KnackTable): Record<string, string> {
	return Object.fromEntries(table.fields.map(({ key, type }) => [key, type]));
}

/** Labels stay as they were, so that a field renamed in Knack does not break what maps it. */
function labelsOf(
	table: KnackTable,
	before: Readonly<Record<string, string>> | undefined,
): Record<string, string> {
	const labels: Record<string, string> = {};
	for (const field of table.fields) labels[field.key] = fieldLabel(table, field);
	if (!before) return labels;
	const merged = { ...labels, ...before };
	const taken = new Map<string, string>();
	for (const { key } of table.fields) {
		const label = merged[key] ?? key;
		// A new field may bear the name that a renamed one had.
		if (taken.has(label) && before[key] === undefined) merged[key] = `${label} (${key})`;
		else taken.set(label, key);
	}
	return merged;
}

function renamedFields(
	table: KnackTable,
	labels: Readonly<Record<string, string>>,
): Record<string, string> {
	const renamed: Record<string, string> = {};
	for (const field of table.fields) {
		const label = labels[field.key];
		const present = fieldLabel(table, field);
		if (label !== undefined && label !== present && label !== `${field.name} (${field.key})`) {
			renamed[label] = present;
		}
	}
	return renamed;
}
