import type { KnackRecord } from '../../knack/app';
import { createdSeconds } from '../../knack/recordView';
import type { RecordChange } from './changeSettings';
import { ChangeSettingsError } from './changeSettings';
import type { Finding, PollContext } from './pollContext';
import { byCreation, isOwnCreate, ownFields } from './pollContext';
import { layoutFor, MOST_RECORDS, RecordMarks } from './recordMarks';

/** Knack's clock and ours may differ by so much when a record's age is judged. */
const CLOCK_GRACE_MS = 60_000;

/** What is made while a poll is under way may be read by it or not. */
const READING_MS = 2_000;

/**
 * Edits by comparing every record that matches with what it was at the last poll. It also sees
 * batch updates, imports and changed roll-ups, which stamp no date and fire no event in Knack.
 */
export async function findBySnapshot(context: PollContext): Promise<Finding> {
	const { client, table, settings, previous, watched } = context;
	const { hinted } = context;
	const records =
		hinted?.matching ?? (await client.records(table.key, { filters: settings.filters }));
	if (records.length > MOST_RECORDS) throw tooMany(context, records.length);
	const marks = new RecordMarks(table, previous?.marks);
	const layout = layoutFor(watched, hinted ? marks.size + records.length : records.length);
	const changes = byCreation(records.flatMap((record) => judge(context, marks, record) ?? []));
	const given = changes.slice(0, settings.mostChanges);
	const left = new Set(changes.slice(settings.mostChanges).map(({ record }) => record.id));
	for (const record of records) if (!left.has(record.id)) marks.mark(record, layout);
	if (hinted) marks.forget(hinted.others);
	else marks.keepOnly(new Set(records.map(({ id }) => id)));
	return {
		changes: given,
		leftOver: left.size > 0,
		state: { marks: marks.pack() },
		...(!hinted && { matching: records.filter(({ id }) => !left.has(id)) }),
	};
}

function judge(
	context: PollContext,
	marks: RecordMarks,
	record: KnackRecord,
): RecordChange | undefined {
	if (!marks.has(record.id)) return judgeUnknown(context, record);
	const { settings } = context;
	if (settings.triggerOn === 'created') return undefined;
	return editOf(context, marks, record);
}

/** A record that was read before: an edit when a field that counts differs, not by our own hand. */
export function editOf(
	context: PollContext,
	marks: RecordMarks,
	record: KnackRecord,
): RecordChange | undefined {
	const watched = new Set(context.watched.map(({ key }) => key));
	const changed = marks.changesOf(record);
	// A coarse mark does not tell which field it was; better an event too many than one too few.
	if (changed === 'something') return { record, event: 'updated' };
	const counted = changed.filter((key) => watched.has(key));
	if (counted.length === 0) return undefined;
	const own = ownFields(context, record);
	const byPeople = counted.filter((key) => !own.has(key));
	return byPeople.length === 0 ? undefined : { record, event: 'updated', changedFields: byPeople };
}

/**
 * A record that was not read before is new, or was edited so that the filter lets it through. It is
 * new without a filter, and when it was made since the last poll. Where new ones do not count, one
 * that was made shortly before it is an edited one: the last poll had it before it, and an edit that
 * is lost is worse than a new record that is told as edited.
 */
function judgeUnknown(context: PollContext, record: KnackRecord): RecordChange | undefined {
	const { settings, previous, client } = context;
	if (isOwnCreate(context, record)) return undefined;
	if (!previous || previous.catchingUp) return judgeFirst(context, record);
	const madeMs = createdSeconds(record.id) * 1_000;
	const graceMs = settings.triggerOn === 'updated' ? -READING_MS : CLOCK_GRACE_MS;
	const isNew = !settings.filters || madeMs >= previous.polledAtMs - graceMs;
	const isOurs = client.ownWrites.isOwnCreate(settings.table, record.id);
	if (!isNew || isOurs) return { record, event: 'updated' };
	return settings.triggerOn === 'updated' ? undefined : { record, event: 'created' };
}

function judgeFirst({ settings }: PollContext, record: KnackRecord): RecordChange | undefined {
	const { startFrom, triggerOn } = settings;
	if (startFrom.kind === 'now') return undefined;
	if (startFrom.kind === 'since' && createdSeconds(record.id) < startFrom.seconds) return undefined;
	return { record, event: triggerOn === 'updated' ? 'updated' : 'created' };
}

function tooMany({ table }: PollContext, count: number): ChangeSettingsError {
	return new ChangeSettingsError(
		`The table ${table.name} has ${count.toLocaleString('en')} records to compare; ${MOST_RECORDS.toLocaleString('en')} can be remembered.`,
		'Choose a Modified Date Field, or set a filter that leaves fewer records.',
	);
}
