import type { KnackField, KnackRecord } from '../../knack/app';
import type { KnackFilters } from '../../knack/client';
import { ignoresTime } from '../../knack/fields/dateCodecs';
import type { RecordChange } from './changeSettings';
import type { ChangeState } from './changeState';
import {
	appTime,
	comesTwice,
	editedMoment,
	isMakingStamp,
	overlapMinutes,
	shiftedMoment,
} from './editedMoment';
import type { Finding, PollContext } from './pollContext';
import { isOwnCreate } from './pollContext';
import { layoutFor, MOST_RECORDS, RecordMarks } from './recordMarks';
import { editOf } from './snapshotRecords';

/** Pages that the first poll reads, to know what records look like before they are edited. */
const FIRST_PAGES = 10;

/** Pages of a later poll that hold nothing new; an import may have stamped the whole table at once. */
const OVERLAP_PAGES = 3;

/** Knack's clocks and those of browsers may differ by so much. */
const CLOCK_GRACE_MINUTES = 10;

const MINUTE_MS = 60_000;

/** Records that share a few minutes and can still be remembered one by one. */
const MOST_TOGETHER = 20_000;

interface Candidate extends RecordChange {
	readonly edited: string;
	/** Orders records that were edited in the same minute. */
	readonly place: string;
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
	const candidates = found.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
	const given = candidates.slice(0, settings.mostChanges);
	const left = candidates.slice(settings.mostChanges);
	const waiting = new Set(left.map(({ record }) => record.id));
	const latestEdit = context.hinted ? previous?.latestEdit : latestEditOf(context, field, records);
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
			editedSeen: context.hinted
				? previous?.editedSeen
				: later(
						previous?.editedSeen,
						nextSeen({ ...context, latestEdit }, field, records, { given, left }),
					),
			latestEdit,
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
	const { settings, app, previous } = context;
	const edited = editedMoment(record, field) ?? '';
	const place = `${edited} ${record.id}`;
	if (marks.has(record.id)) {
		const change = editOf(context, marks, record);
		return change && { ...change, edited, place };
	}
	if (!previous && settings.startFrom.kind === 'now') return undefined;
	if (edited === '' || edited < floor) return undefined;
	const isSeen = place <= (previous?.editedSeen ?? '') && !comesTwice(edited, app.timeZone);
	if (isSeen || isMakingStamp(record, field, app.timeZone)) return undefined;
	return isOwnCreate(context, record) ? undefined : { record, event: 'updated', edited, place };
}

/** The first poll's floor: nothing, unless older edits are asked for. */
function startFloor({ settings, app }: PollContext): string {
	const { startFrom } = settings;
	return startFrom.kind === 'since' ? appTime(startFrom.seconds * 1_000, app.timeZone) : '';
}

/** From the latest edit down to the floor. */
async function latestRecords(
	context: PollContext,
	field: KnackField,
	floor: string | undefined,
): Promise<KnackRecord[]> {
	const { client, table, settings, previous } = context;
	const filters = withoutBlanks(settings.filters, field);
	let pages = 0;
	let read = 0;
	let together: string | undefined;
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
			read += page.length;
			together ??= openFrom(latestOf(context, moments));
			// The first poll reads further, to know what records look like before they are edited, and
			// all those to whose minutes later edits may belong.
			if (floor === undefined) {
				return pages < FIRST_PAGES || (read <= MOST_TOGETHER && (last ?? '') >= together);
			}
			const isNew = (last ?? '') >= (previous?.editedSeen ?? '');
			const isWanted = pages < OVERLAP_PAGES || isNew;
			return sorted && isWanted && moments.every((moment) => moment >= floor);
		},
	);
	return sorted ? found : await client.records(table.key, { filters });
}

function later(before = '', now: string): string {
	return before > now ? before : now;
}

/** The latest that a clock can have shown by now; a date in the future was typed by hand. */
function latestOf({ nowMs, app }: PollContext, moments: readonly string[]): string {
	const now = shiftedMoment(appTime(nowMs, app.timeZone), 1);
	return moments.reduce((most, one) => (one > most && one <= now ? one : most), '');
}

/**
 * Up to where unknown records count as seen, since more may have been stamped within hours than can
 * be remembered. Some minutes are left open, for clocks that differ, unless too many records share
 * them.
 */
function nextSeen(
	context: PollContext & { readonly latestEdit: LatestEdit | undefined },
	field: KnackField,
	records: readonly KnackRecord[],
	{ given, left }: { given: readonly Candidate[]; left: readonly Candidate[] },
): string {
	const moments = records.flatMap((record) => editedMoment(record, field) ?? []);
	const [oldestLeft] = left;
	if (oldestLeft) {
		const { edited } = oldestLeft;
		const together = moments.filter((moment) => moment === edited).length;
		return together > MOST_TOGETHER ? (given.at(-1)?.place ?? edited) : edited;
	}
	const { latestEdit } = context;
	if (!latestEdit) return '';
	const { edited: latest } = latestEdit;
	const open = openFrom(latest);
	const together = moments.filter((moment) => moment >= open).length;
	return together > MOST_TOGETHER || isOver(context, field, latestEdit) ? `${latest}~` : open;
}

type LatestEdit = NonNullable<ChangeState['latestEdit']>;

/** Undefined where no record was edited. */
function latestEditOf(
	context: PollContext,
	field: KnackField,
	records: readonly KnackRecord[],
): LatestEdit | undefined {
	const moments = records.flatMap((record) => editedMoment(record, field) ?? []);
	const edited = latestOf(context, moments);
	const { nowMs, previous } = context;
	const before = previous?.latestEdit;
	if (edited === '') return before;
	const isSame = before?.edited === edited && before.sinceMs <= nowMs;
	return isSame ? before : { edited, sinceMs: nowMs };
}

/**
 * Whether no edit can be stamped like the latest any more; Knack stamps the hour after midnight 00:00.
 * It must have been seen for as long as such stamps are given, too: this computer's clock may be ahead.
 */
function isOver(
	{ nowMs, app }: PollContext,
	field: KnackField,
	{ edited, sinceMs }: LatestEdit,
): boolean {
	const minutes = ignoresTime(field) ? 24 * 60 : edited.includes('T00:') ? 60 : 1;
	const isPast =
		appTime(nowMs, app.timeZone) > shiftedMoment(edited, minutes + CLOCK_GRACE_MINUTES);
	return isPast && nowMs - sinceMs > minutes * MINUTE_MS;
}

/** Some minutes before the latest edit; "" where there is none. */
function openFrom(latest: string): string {
	return latest === '' ? '' : shiftedMoment(latest, -CLOCK_GRACE_MINUTES);
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
