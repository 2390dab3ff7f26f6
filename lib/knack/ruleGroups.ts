import { inAddress } from '../texts';
import type { KnackClient, KnackFilterRule } from './client';
import type { KnackRecord } from './app';

/** Filters travel in the address, encoded; servers cut addresses from 8,000 characters on. */
const LONGEST_FILTER = 6_000;

/** Conditions in groups that fit into an address; each group costs a call. */
export function ruleGroups(rules: readonly KnackFilterRule[]): KnackFilterRule[][] {
	const groups: KnackFilterRule[][] = [];
	let room = 0;
	for (const rule of rules) {
		const length = inAddress(JSON.stringify(rule)).length + 3;
		if (length > room) {
			groups.push([]);
			room = LONGEST_FILTER;
		}
		groups.at(-1)?.push(rule);
		room -= length;
	}
	return groups;
}

/** Records that meet at least one condition of the groups, each once. Throws ServiceFaultError. */
export async function recordsOfGroups(
	client: Pick<KnackClient, 'records'>,
	table: string,
	groups: ReadonlyArray<readonly KnackFilterRule[]>,
): Promise<KnackRecord[]> {
	const found = new Map<string, KnackRecord>();
	for (const rules of groups) {
		const records = await client.records(table, { filters: { match: 'or', rules } });
		for (const record of records) found.set(record.id, record);
	}
	return [...found.values()];
}

/** The conditions that a field is one of the values. */
export function isOneOf(field: string, values: readonly string[]): KnackFilterRule[] {
	return [...new Set(values)].map((value) => ({ field, operator: 'is', value }));
}
