import type { KnackField, KnackRecord } from '../../knack/app';
import type { KnackFilters } from '../../knack/client';
import type { RecordChange } from './changeSettings';
import {
	appTime,
	editedMoment,
	isMakingStamp,
	overlapMinutes,
	shiftedMoment,
} from './editedMoment';
import type { Finding, PollContext } from './pollContext';
import { layoutFor, MOST_RECORDS, RecordMarks } from './recordMarks';
import { editOf } from './snapshotRecords';

/** Pages that the first poll reads, to know what records look like before they are edited. */
const FIRST_PAGES = 10;

interface Candidate extends RecordChange {
	readonly edited: string;
}

/**
 * Edits by a date field that Knack's rules keep at the time of the last edit: one call as a rule,
 * sorted by it from the latest down. The field only finds the candidates; what counts as an edit is
 * decided by comparing, so that two edits within a minute are both seen and a window that is read
 * twice gives nothing twice.
 */
export async function findByModifiedDate(
	context: PollContext,
	field: KnackField,
): Promise<Finding> {
	const { settings, previous, watched, table } = context;
	const marks = new RecordMarks(table, previous?.marks);
	const floor = previous?.editedFloor ?? startFloor(context);
	const isBaseline = !previous && settings.startFrom.kind === 'now';
	const records =
		context.hinted?.matching ??
		(await latestRecords(context, field, isBaseline ? undefined : floor));
	const layout = layoutFor(watched, Math.max(marks.size, Math.min(records.length, MOST_RECORDS)));
	const found = records.flatMap((record) => judge(context, field, marks, record, floor) ?? []);
	const candidates = found.sort((a, b) => (a.edited < b.edited ? -1 : a.edited > b.edited ? 1 : 0));
	const given = candidates.slice(0, settings.mostChanges);
	const left = candidates.slice(settings.mostChanges);
	const waiting = new Set(left.map(({ record }) => record.id));
	for (const record of [...records].reverse()) {
		if (!waiting.has(record.id)) marks.mark(record, layout);
	}
	return {
		changes: given.map(({ record, event, changedFields }) => ({ record, event, changedFields })),
		leftOver: left.length > 0,
		state: {
			marks: marks.pack(),
			// Edits of records that were not polled now may be older than those of the hinted ones.
			editedFloor: context.hinted ? floor : nextFloor(context, field, records, floor, left),
		},
	};
}

function judge(
	context: PollContext,
	field: KnackField,
	marks: RecordMarks,
	record: KnackRecord,
	floor: string,
): Candidate | undefined {
	const edited = editedMoment(record, field) ?? '';
	if (marks.has(record.id)) {
		const change = editOf(context, marks, record);
		return change && { ...change, edited };
	}
	if (!context.previous && context.settings.startFrom.kind === 'now') return undefined;
	if (edited === '' || edited < floor) return undefined;
	if (isMakingStamp(record, field, context.app.timeZone)) return undefined;
	const { client, settings } = context;
	const isOurs = client.ownWrites.isOwnCreate(settings.table, record.id);
	return isOurs ? undefined : { record, event: 'updated', edited };
}

/** The first poll's floor: nothing, unless older edits are asked for. */
function startFloor({ settings, app }: PollContext): string {
	const { startFrom } = settings;
	return startFrom.kind === 'since' ? appTime(startFrom.seconds * 1_000, app.timeZone) : '';
}

/** From the latest edit down to the floor. */
async function latestRecords(
	{ client, table, settings }: PollContext,
	field: KnackField,
	floor: string | undefined,
): Promise<KnackRecord[]> {
	const filters = withoutBlanks(settings.filters, field);
	let pages = 0;
	let last: string | undefined;
	let sorted = true;
	const found = await client.pages(
		table.key,
		{ filters, sortField: field.key, sortOrder: 'desc' },
		(page) => {
			pages += 1;
			const moments = page.flatMap((record) => editedMoment(record, field) ?? []);
			sorted &&= isDescending(last === undefined ? moments : [last, ...moments]);
			last = moments.at(-1) ?? last;
			// The first poll reads further, to know what records look like before they are edited.
			if (floor === undefined) return pages < FIRST_PAGES;
			return sorted && moments.every((moment) => moment >= floor);
		},
	);
	return sorted ? found : await client.records(table.key, { filters });
}

function isDescending(moments: readonly string[]): boolean {
	return moments.every((moment, index) => moment <= (moments[index - 1] ?? moment));
}

/** Records without the date were never edited; left out where the filter can be added to. */
function withoutBlanks(filters: KnackFilters | undefined, field: KnackField): KnackFilters {
	const rule = { field: field.key, operator: 'is not blank' };
	if (!filters || filters.rules.length === 0) return { match: 'and', rules: [rule] };
	if (filters.match === 'or' && filters.rules.length > 1) return filters;
	return { match: 'and', rules: [...filters.rules, rule] };
}

/**
 * The latest edit seen, less the overlap. A date in the future (typed by hand) does not count: it
 * would hide all edits until then.
 */
function nextFloor(
	{ nowMs, app }: PollContext,
	field: KnackField,
	records: readonly KnackRecord[],
	floor: string,
	left: readonly Candidate[],
): string {
	const soon = shiftedMoment(appTime(nowMs, app.timeZone), 60);
	const latest = records
		.flatMap((record) => editedMoment(record, field) ?? [])
		.filter((moment) => moment <= soon)
		.reduce((most, moment) => (moment > most ? moment : most), '');
	const reached = latest === '' ? floor : shiftedMoment(latest, -overlapMinutes(field));
	const oldestLeft = left.reduce((least, { edited }) => (edited < least ? edited : least), '9999');
	const next = reached > floor ? reached : floor;
	return oldestLeft < next ? oldestLeft : next;
}
