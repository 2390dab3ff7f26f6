import type { KnackRecord } from '../../knack/app';
import { createdSeconds } from '../../knack/recordView';
import type { RecordChange } from './changeSettings';
import { ChangeSettingsError } from './changeSettings';
import type { CompactId } from './compactIds';
import { compactId, packIds, unpackIds } from './compactIds';
import type { Finding, PollContext } from './pollContext';
import { ownWritesSince } from './ownWriteMoments';
import { byCreation, isMadeToMatch, ownFields } from './pollContext';
import { RetriedRecords } from './retriedRecords';
import { UnsyncedRecords } from './unsyncedRecords';

/** Ids of matching records that are remembered. */
const MOST_MATCHING = 40_000;

/**
 * Records that the filter lets through and did not at the last poll, whoever or whatever brought
 * them there. One that leaves and comes back between two polls is not seen to have left. With a field for
 * what is wrong, also those that were mended since; with one for the Xero ID, those that are not in
 * Xero yet, of which the reading tells without a call of its own.
 */
export async function findStartedToMatch(context: PollContext): Promise<Finding> {
	const { client, table, settings, previous } = context;
	if (!settings.filters || settings.filters.rules.length === 0) {
		throw new ChangeSettingsError(
			'Record Starts to Match needs a filter.',
			'Add at least one condition, such as "Status is Completed".',
		);
	}
	const { hinted } = context;
	const records =
		hinted?.matching ?? (await client.records(table.key, { filters: settings.filters }));
	if (records.length > MOST_MATCHING) throw tooMany(context, records.length);
	const before = previous?.matching === undefined ? undefined : unpackIds(previous.matching);
	const entered = records
		.filter((record) =>
			before ? !before.has(compactId(record.id)) : isWantedAtFirst(context, record),
		)
		.filter((record) => !isOwnDoing(context, record));
	const isEntered = new Set(entered.map(({ id }) => id));
	const retries = RetriedRecords.open(context);
	const stayed = records.filter(({ id }) => !isEntered.has(id));
	const changes = byCreation<RecordChange>([
		...entered.map((record) => ({ record, event: 'startedToMatch' as const })),
		...((await retries?.edited(stayed)) ?? []),
	]);
	const given = changes.slice(0, settings.mostChanges);
	const left = changes.slice(settings.mostChanges);
	const waiting = new Set(
		left.filter(({ event }) => event === 'startedToMatch').map(({ record }) => record.id),
	);
	const matching = records.filter(({ id }) => !waiting.has(id));
	const unsynced = UnsyncedRecords.open(context);
	const again = unsynced?.due(given, hinted ? [] : matching) ?? [];
	const handedOn = [...given, ...again].map(({ record }) => record);
	return {
		changes: [...given, ...again],
		leftOver: left.length > 0,
		state: {
			matching: packIds(stillMatching(context, before, matching)),
			...(await retries?.remember(handedOn, matching)),
			...unsynced?.remember(handedOn, hinted ? undefined : matching),
		},
		givenUp: unsynced?.givenUp,
	};
}

/** Of records that were not polled now, what was known of them stays. */
function stillMatching(
	{ hinted }: PollContext,
	before: ReadonlySet<CompactId> | undefined,
	matching: readonly KnackRecord[],
): Set<CompactId> {
	const known = new Set(hinted ? before : []);
	for (const id of hinted?.others ?? []) known.delete(compactId(id));
	for (const { id } of matching) known.add(compactId(id));
	return known;
}

function isWantedAtFirst({ settings }: PollContext, record: KnackRecord): boolean {
	const { startFrom } = settings;
	if (startFrom.kind === 'since') return createdSeconds(record.id) >= startFrom.seconds;
	return startFrom.kind === 'all';
}

/**
 * The sync itself made it match: by making the record, or by writing a field of the filter. A record
 * that was made before the last poll but one, and did not match then, is not matching from its making.
 */
function isOwnDoing(context: PollContext, record: KnackRecord): boolean {
	const { client, settings, previous } = context;
	const since = ownWritesSince(previous, record.id);
	const isNew = client.ownWrites.isOwnCreate(settings.table, record.id, since);
	if (isNew && isMadeToMatch(context, record)) return true;
	const own = ownFields(context, record);
	return (settings.filters?.rules ?? []).some(({ field }) => own.has(field));
}

function tooMany({ table }: PollContext, count: number): ChangeSettingsError {
	return new ChangeSettingsError(
		`${count.toLocaleString('en')} records of ${table.name} match the filter; ${MOST_MATCHING.toLocaleString('en')} can be remembered.`,
		'Add a condition that leaves fewer, such as "Xero Invoice ID is blank", or a date of the last months.',
	);
}
