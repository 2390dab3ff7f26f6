import type { KnackClient, KnackQuery } from './client';

/**
 * The same client, which answers a question that was asked before as it did then and costs no
 * second call. For one short piece of work: what is compared in it and what is handed on are the
 * same reading. Pages that are read for as long as they are wanted, and the app, are not kept.
 */
export function readingOnce(client: KnackClient): KnackClient {
	const answers = new Map<string, Promise<unknown>>();
	const once = async <Answer>(asked: unknown[], ask: () => Promise<Answer>): Promise<Answer> => {
		const question = JSON.stringify(asked);
		const known = answers.get(question) as Promise<Answer> | undefined;
		if (known) return await known;
		const answer = ask();
		answers.set(question, answer);
		return await answer;
	};
	return {
		...client,
		records: async (table: string, query: KnackQuery = {}) =>
			await once(['records', table, query], async () => await client.records(table, query)),
		wholeTable: async (table, mostPages) =>
			await once(
				['wholeTable', table, mostPages],
				async () => await client.wholeTable(table, mostPages),
			),
		count: async (table, filters) =>
			await once(['count', table, filters], async () => await client.count(table, filters)),
		record: async (table, id) =>
			await once(['record', table, id], async () => await client.record(table, id)),
	};
}
