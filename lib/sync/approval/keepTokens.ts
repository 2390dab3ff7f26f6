import type { KnackClient } from '../../knack/client';
import { findField, findTable } from '../../knack/tables';
import { faultOr } from '../../serviceFault';
import { writeBack, type WriteBackRequest } from '../writeBack';

/** What a Knack record is to keep: a token, or nothing of one that was used. */
export interface TokenToKeep {
	/** Key or name. */
	readonly table: string;
	readonly recordId: string;
	readonly token: string;
}

/**
 * Writes tokens into a field of their records, or empties it. Returns why a record does not keep what
 * it should, by its id; never rejects for what Knack answers.
 */
export async function keepTokens(
	client: KnackClient,
	tokens: readonly TokenToKeep[],
	fieldName: string,
): Promise<ReadonlyMap<string, string>> {
	const troubles = new Map<string, string>();
	for (const tableName of new Set(tokens.map(({ table }) => table))) {
		const own = tokens.filter(({ table }) => table === tableName);
		const written = await faultOr(keepIn(client, tableName, own, fieldName));
		own.forEach(({ recordId }, index) => {
			const why = written.ok ? written.value[index] : written.failure.message;
			if (why !== undefined) troubles.set(recordId, why);
		});
	}
	return troubles;
}

/** For each token why it is not kept. */
async function keepIn(
	client: KnackClient,
	tableName: string,
	tokens: readonly TokenToKeep[],
	fieldName: string,
): Promise<ReadonlyArray<string | undefined>> {
	const table = findTable(await client.app(), tableName);
	const field = table && findField(table, fieldName);
	if (!field) return tokens.map(() => `Knack has no field "${fieldName}" in "${tableName}".`);
	const requests = tokens.map(({ recordId, token }): WriteBackRequest => {
		const values = { [field.key]: token };
		if (token !== '') return { recordId, values };
		// What stands there is known: a token, which is to be emptied.
		const record = { id: recordId, [field.key]: 'a token' };
		return { recordId, record, values, mayClear: new Set([field.key]) };
	});
	const results = await writeBack(client, table, requests);
	return results.map((result) => ('issues' in result ? result.issues[0]?.message : undefined));
}
