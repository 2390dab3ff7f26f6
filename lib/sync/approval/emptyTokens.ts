import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import { findField, findTable } from '../../knack/tables';
import { faultOr } from '../../serviceFault';
import { writeBack } from '../writeBack';

/** A Knack record that keeps a token. */
export interface TokenPlace {
	/** Key or name. */
	readonly table: string;
	readonly recordId: string;
}

/**
 * Empties the field that kept a token, in each of the records. Returns why one could not be, by its
 * record; never throws for what Knack answers.
 */
export async function emptyTokens(
	client: KnackClient,
	places: readonly TokenPlace[],
	fieldName: string,
): Promise<ReadonlyMap<string, Issue>> {
	const troubles = new Map<string, Issue>();
	for (const tableName of new Set(places.map(({ table }) => table))) {
		const own = places.filter(({ table }) => table === tableName);
		const emptied = await faultOr(emptyIn(client, tableName, own, fieldName));
		const whyNone = emptied.ok ? emptied.value : emptied.failure.message;
		own.forEach(({ recordId }, index) => {
			const why = typeof whyNone === 'string' ? whyNone : whyNone[index];
			if (why !== undefined) troubles.set(recordId, notEmptied(why));
		});
	}
	return troubles;
}

/** Why each could not be emptied, or all of them. */
async function emptyIn(
	client: KnackClient,
	tableName: string,
	places: readonly TokenPlace[],
	fieldName: string,
): Promise<string | ReadonlyArray<string | undefined>> {
	const table = findTable(await client.app(), tableName);
	const field = table && findField(table, fieldName);
	if (!field) return `Knack has no field "${fieldName}" in "${tableName}".`;
	const requests = places.map(({ recordId }) => ({
		recordId,
		// What stands there is known: a token, which is to be emptied.
		record: { id: recordId, [field.key]: 'a token' },
		values: { [field.key]: '' },
		mayClear: new Set([field.key]),
	}));
	const results = await writeBack(client, table, requests);
	return results.map((result) => ('issues' in result ? result.issues[0]?.message : undefined));
}

function notEmptied(why: string): Issue {
	return {
		code: 'KNACK_APPROVAL_NOT_KEPT',
		severity: 'warn',
		message: `The used token was not emptied. ${why}`,
		fix: 'Empty the field in Knack. Until then the token is good for what it was given for, and for nothing else.',
	};
}
