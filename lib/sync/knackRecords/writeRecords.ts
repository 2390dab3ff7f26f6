import { foldText } from '../../foldText';
import type { KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import type { Found } from './lookUpRecords';
import { ambiguousMatch, matchRecords } from './matchRecords';
import type { PreparedWrite, RecordWrite, WriteAim } from './preparedWrites';
import { prepareWrites } from './preparedWrites';
import type { NotWritten, Written } from './writeRecord';
import { createOne, updateOne } from './writeRecord';
import { writesInPool } from './writesInPool';

export type RecordWriteResult =
	| Written
	/** The record was not written, or nobody can say whether it was. */
	| NotWritten
	/** Left alone because another record of the run failed. */
	| { readonly kind: 'notTried' };

export interface WriteRecordsOptions {
	/** Whether an empty value empties its field; otherwise it leaves the field alone. */
	readonly clearsBlanks?: boolean;
	/**
	 * Whether one bad record ends the run: then all are checked before the first is written. Otherwise
	 * the others are written all the same.
	 */
	readonly stopsAtFirst?: boolean;
}

/**
 * Creates, updates, or creates or updates records of one table, and gives one result for each, in
 * order. A create whose answer never came is not sent again. Throws ServiceFaultError when the app's
 * structure or the records to match cannot be read.
 */
export async function writeRecords(
	client: KnackClient,
	table: KnackTable,
	writes: readonly RecordWrite[],
	aim: WriteAim,
	options: WriteRecordsOptions = {},
): Promise<RecordWriteResult[]> {
	const { clearsBlanks = false, stopsAtFirst = false } = options;
	const app = await client.app();
	const prepared = await prepareWrites(client, app, table, writes, { aim, clearsBlanks });
	const ready = prepared.filter(({ issues }) => issues.length === 0);
	const isWritten = ready.length === prepared.length || !stopsAtFirst;
	const done = isWritten ? await carryOut(client, table, ready, aim, stopsAtFirst) : [];
	const results = new Map(ready.map((one, index) => [one, done[index]]));
	return prepared.map((one) => {
		if (one.issues.length > 0) return { kind: 'failed', issues: one.issues };
		return results.get(one) ?? NOT_TRIED;
	});
}

const NOT_TRIED: RecordWriteResult = { kind: 'notTried' };

async function carryOut(
	client: KnackClient,
	table: KnackTable,
	ready: readonly PreparedWrite[],
	aim: WriteAim,
	stopsAtFirst: boolean,
): Promise<RecordWriteResult[]> {
	if (ready.length === 0) return [];
	const write = await writerFor(client, table, ready, aim);
	return await writesInPool(ready, write, {
		lineOf: ({ group }) => group,
		...(stopsAtFirst && { restAfter: ({ kind }) => (kind === 'failed' ? NOT_TRIED : undefined) }),
	});
}

type Writer = (prepared: PreparedWrite) => Promise<RecordWriteResult>;

async function writerFor(
	client: KnackClient,
	table: KnackTable,
	ready: readonly PreparedWrite[],
	aim: WriteAim,
): Promise<Writer> {
	if (aim.kind === 'create') return async ({ fields }) => await createOne(client, table, fields);
	if (aim.kind === 'update') {
		return async ({ recordId = '', fields }) => await updateOne(client, table, recordId, fields);
	}
	return await matchingWriter(client, table, ready, aim);
}

async function matchingWriter(
	client: KnackClient,
	table: KnackTable,
	ready: readonly PreparedWrite[],
	{ matchField }: Extract<WriteAim, { kind: 'createOrUpdate' }>,
): Promise<Writer> {
	const asked = ready.map(({ match }) => match?.written);
	const find = await matchRecords(client, table, matchField, asked);
	/** Records of this run, which a later item with the same value updates. */
	const made = new Map<string, KnackRecord>();
	return async ({ fields, match }) => {
		const text = match?.text ?? '';
		const own = made.get(foldText(text));
		const found: Found<KnackRecord> = own ? { kind: 'one', found: own } : find(text);
		if (found.kind === 'many') {
			const issue = ambiguousMatch(table, matchField, text, found.candidates);
			return { kind: 'failed', issues: [issue] };
		}
		const lookAgain = async () =>
			(await matchRecords(client, table, matchField, [match?.written]))(text);
		const result =
			found.kind === 'one'
				? await updateOne(client, table, found.found.id, fields, found.found)
				: await createOne(client, table, fields, lookAgain);
		if (result.kind === 'written') made.set(foldText(text), result.record);
		return result;
	};
}
