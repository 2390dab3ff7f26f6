import type { KnackRecord } from '../../knack/app';
import type { KnackFilterRule } from '../../knack/client';
import { createdSeconds } from '../../knack/recordView';
import type { UntilSynced } from './changeSettings';
import type { Finding, PollContext } from './pollContext';
import { UnsyncedRecords } from './unsyncedRecords';

/** Knack is asked for records that are not in Xero once in so many polls, where that is a call. */
const POLLS_A_LOOK = 6;

/** Knack's clock and ours may differ by so much when a record's age is judged. */
const GRACE_SECONDS = 60;

/**
 * Adds records that are not in Xero yet to what a poll found. Where the poll has not read all that
 * match, they are asked for, one call more in six polls as a rule. Throws ServiceFaultError.
 */
export async function withUnsynced(context: PollContext, finding: Finding): Promise<Finding> {
	// Of those that start to match the finding itself tells.
	if (context.settings.triggerOn === 'startsToMatch') return finding;
	const unsynced = UnsyncedRecords.open(context);
	if (!unsynced) return finding;
	const matching = finding.matching ?? (await askedFor(context, unsynced, finding));
	const again = unsynced.due(finding.changes, (matching ?? []).filter(wasPolled(context)));
	const changes = [...finding.changes, ...again];
	const handedOn = changes.map(({ record }) => record);
	const state = { ...finding.state, ...unsynced.remember(handedOn, matching) };
	return { ...finding, changes, state, givenUp: unsynced.givenUp };
}

/** Undefined where it is not their turn, or others wait already. */
async function askedFor(
	context: PollContext,
	unsynced: UnsyncedRecords,
	{ leftOver }: Finding,
): Promise<readonly KnackRecord[] | undefined> {
	const { settings, hinted } = context;
	const { untilSynced } = settings;
	if (!untilSynced || hinted || leftOver) return undefined;
	const { pollsSince } = unsynced;
	if (pollsSince !== undefined && pollsSince + 1 < POLLS_A_LOOK) return undefined;
	return await bareRecords(context, untilSynced);
}

/** Those made since the last poll are new ones, which the trigger hands on as such. */
function wasPolled({ previous }: PollContext): (record: KnackRecord) => boolean {
	const latest = previous ? previous.polledAtMs / 1_000 - GRACE_SECONDS : 0;
	return ({ id }) => createdSeconds(id) < latest;
}

/** Knack's filters know either "and" or "or": with "or" each condition is asked for alone. */
async function bareRecords(
	{ client, table, settings }: PollContext,
	{ xeroIdField, messageField }: UntilSynced,
): Promise<readonly KnackRecord[]> {
	const { match, rules = [] } = settings.filters ?? {};
	const blank = [xeroIdField, messageField].map((field) => ({ field, operator: 'is blank' }));
	const groups: ReadonlyArray<readonly KnackFilterRule[]> =
		match === 'or' ? rules.map((rule) => [rule]) : [rules];
	const found = new Map<string, KnackRecord>();
	for (const group of groups.length > 0 ? groups : [[]]) {
		const filters = { match: 'and' as const, rules: [...group, ...blank] };
		for (const record of await client.records(table.key, { filters })) found.set(record.id, record);
	}
	return [...found.values()];
}
