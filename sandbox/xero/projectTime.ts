import type { Call } from './call';
import { NOT_FOUND, Refusal, type Answer } from './failures';
import type { Input } from './input';
import type { JsonObject } from './json';
import type { TimeEntryRow } from './projectModel';
import { invalid, pageOf, readProjectInput, utcInstant } from './projectRequests';
import { projectOf } from './projectTotals';

const BASE = '/Projects/:id/Time';
const WRITE = ['projects'];
const READ = ['projects.read'];
const LONGEST_MINUTES = 59_940;

export const timeRoutes = [
	{ method: 'GET' as const, path: BASE, scopes: READ, handle: listTime },
	{
		method: 'POST' as const,
		path: BASE,
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const entry = readEntry(call, readProjectInput(call), undefined);
			call.ledger.timeEntries.put(entry.timeEntryId, entry);
			// 200, not 201 as elsewhere in this API.
			return { status: 200, json: renderEntry(entry) };
		},
	},
	{
		method: 'GET' as const,
		path: `${BASE}/:timeEntryId`,
		scopes: READ,
		handle: (call: Call): Answer => ({ status: 200, json: renderEntry(entryOf(call)) }),
	},
	{
		method: 'PUT' as const,
		path: `${BASE}/:timeEntryId`,
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const entry = readEntry(call, readProjectInput(call), unlocked(entryOf(call)));
			call.ledger.timeEntries.put(entry.timeEntryId, entry);
			return { status: 204 };
		},
	},
	{
		method: 'DELETE' as const,
		path: `${BASE}/:timeEntryId`,
		scopes: WRITE,
		handle: (call: Call): Answer => {
			call.ledger.timeEntries.delete(unlocked(entryOf(call)).timeEntryId);
			return { status: 204 };
		},
	},
];

function listTime(call: Call): Answer {
	const { projectId } = projectOf(call);
	const userId = call.query('userId')?.toLowerCase();
	const taskId = call.query('taskId')?.toLowerCase();
	const states = call.queryList('states')?.map((state) => state.toUpperCase());
	const after = call.query('dateAfterUtc');
	const before = call.query('dateBeforeUtc');
	const chargeable = call.query('isChargeable');
	const rows = call.ledger.timeEntries.filter((entry) => {
		const charges = call.ledger.tasks.get(entry.taskId)?.chargeType !== 'NON_CHARGEABLE';
		return (
			entry.projectId === projectId &&
			(userId === undefined || entry.userId === userId) &&
			(taskId === undefined || entry.taskId === taskId) &&
			(!states || states.includes(entry.status)) &&
			(chargeable === undefined || charges === (chargeable === 'true')) &&
			(after === undefined || entry.dateUtc > utcInstant(after, 'dateAfterUtc')) &&
			(before === undefined || entry.dateUtc < utcInstant(before, 'dateBeforeUtc'))
		);
	});
	return pageOf(call, rows.map(renderEntry));
}

function entryOf(call: Call): TimeEntryRow {
	const { projectId } = projectOf(call);
	const entry = call.ledger.timeEntries.get(call.param('timeEntryId').toLowerCase());
	if (!entry || entry.projectId !== projectId) throw new Refusal(NOT_FOUND);
	return entry;
}

function unlocked(entry: TimeEntryRow): TimeEntryRow {
	if (entry.status !== 'ACTIVE') {
		throw invalid('model.TimeEntryId', 'A locked or invoiced time entry cannot be changed.');
	}
	return entry;
}

function readEntry(call: Call, input: Input, existing: TimeEntryRow | undefined): TimeEntryRow {
	const project = projectOf(call);
	if (project.status === 'CLOSED') throw invalid('model.ProjectId', 'The project is closed.');
	const userId = input.trimmed('userId')?.toLowerCase() ?? '';
	const taskId = input.trimmed('taskId')?.toLowerCase() ?? '';
	if (!call.ledger.users.has(userId)) throw invalid('model.UserId', 'The UserId is not valid.');
	if (call.ledger.tasks.get(taskId)?.projectId !== project.projectId) {
		throw invalid('model.TaskId', 'The TaskId is not valid.');
	}
	const minutes = input.decimal('duration');
	if (!minutes || minutes.lt(1) || minutes.gt(LONGEST_MINUTES) || !minutes.round(0).eq(minutes)) {
		throw invalid('model.Duration', 'The field Duration must be between 1 and 59940.');
	}
	const date = input.text('dateUtc');
	if (date === undefined) throw invalid('model.DateUtc', 'The DateUtc field is required.');
	return {
		timeEntryId: existing?.timeEntryId ?? call.guid(),
		projectId: project.projectId,
		taskId,
		userId,
		dateUtc: utcInstant(date, 'model.DateUtc'),
		dateEnteredUtc: existing?.dateEnteredUtc ?? new Date(call.now()).toISOString(),
		durationMinutes: minutes.toNumber(),
		description: input.text('description'),
		status: 'ACTIVE',
	};
}

function renderEntry(entry: TimeEntryRow): JsonObject {
	return {
		timeEntryId: entry.timeEntryId,
		userId: entry.userId,
		projectId: entry.projectId,
		taskId: entry.taskId,
		dateUtc: entry.dateUtc,
		dateEnteredUtc: entry.dateEnteredUtc,
		duration: entry.durationMinutes,
		description: entry.description ?? null,
		status: entry.status,
	};
}
