import type { Issue } from '../../issue';
import type { KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { echoDifferences } from '../../knack/recordWriting';
import { faultOr } from '../../serviceFault';
import type { ServiceFault } from '../../serviceFault';
import { faultIssue } from '../words/faultIssue';
import { noAnswerIssue, notKeptIssues, refusalIssues } from '../words/knackWriteIssues';
import type { Found } from './lookUpRecords';

export interface Written {
	readonly kind: 'written';
	readonly outcome: 'created' | 'updated' | 'unchanged';
	/** As Knack has it now. */
	readonly record: KnackRecord;
	/** Values that Knack took and did not keep. */
	readonly warnings: readonly Issue[];
}

export interface NotWritten {
	readonly kind: 'failed';
	readonly issues: readonly Issue[];
	/** Set when nothing more of the run can be written. */
	readonly fault?: ServiceFault;
	/** Whether Knack said no to this record, so that sending it again would be in vain. */
	readonly isRefused?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Creates a record. An answer that never came leaves open whether it is there: `lookAgain` can tell,
 * where records are matched by a field. The create is never sent a second time.
 */
export async function createOne(
	client: KnackClient,
	table: KnackTable,
	fields: Fields,
	lookAgain?: () => Promise<Found<KnackRecord>>,
): Promise<Written | NotWritten> {
	const answer = await client.create(table.key, fields);
	if (answer.kind === 'accepted') return written('created', table, fields, answer.record);
	if (answer.kind === 'stopped') return stoppedBy(answer.fault);
	if (answer.kind === 'refused') {
		// No record can be gone that is not there yet: Knack's own words say more.
		return refusedBy(table, { ...answer, status: 400 });
	}
	const seen = lookAgain && (await faultOr(lookAgain()));
	if (seen?.ok && seen.value.kind === 'one') {
		const record = seen.value.found;
		client.ownWrites.rememberCreate(table.key, record, fields);
		return written('created', table, fields, record);
	}
	return {
		kind: 'failed',
		issues: [openCreate(table, answer.reason, lookAgain !== undefined)],
		...(seen && !seen.ok ? { fault: seen.failure } : {}),
	};
}

function openCreate(table: KnackTable, reason: string, isMatched: boolean): Issue {
	return {
		code: 'KNACK_CREATE_OPEN',
		severity: 'hold',
		message: `Knack did not answer, so the record may or may not be in ${table.name}. It was not sent again.`,
		fix: isMatched
			? 'Run it again: the record is looked for first, so that it is not made twice.'
			: `Look in ${table.name} before you run it again. With Create or Update a repeat is safe, because the record is looked for first.`,
		vendorMessage: reason,
	};
}

/** Updates a record; with what it held before, only what differs is sent, or nothing. */
export async function updateOne(
	client: KnackClient,
	table: KnackTable,
	recordId: string,
	fields: Fields,
	before?: KnackRecord,
): Promise<Written | NotWritten> {
	const differing = before && new Set(echoDifferences(table, fields, before));
	/** What Knack does not show as it is written counts as different. */
	const unseen = new Set(
		table.fields
			.filter(({ type }) => ['password', 'user_roles'].includes(type))
			.map(({ key }) => key),
	);
	const sent = differing
		? Object.fromEntries(
				Object.entries(fields).filter(([key]) => differing.has(key) || unseen.has(key)),
			)
		: fields;
	if (before && Object.keys(sent).length === 0) {
		return { kind: 'written', outcome: 'unchanged', record: before, warnings: [] };
	}
	const answer = await client.update(table.key, recordId, sent);
	switch (answer.kind) {
		case 'accepted':
			return written('updated', table, sent, answer.record);
		case 'refused':
			return refusedBy(table, answer);
		case 'stopped':
			return stoppedBy(answer.fault);
		case 'unknown':
			return await readBack(client, table, recordId, sent, answer.reason);
	}
}

/** The record itself says whether an update without an answer took effect. */
async function readBack(
	client: KnackClient,
	table: KnackTable,
	recordId: string,
	sent: Fields,
	reason: string,
): Promise<Written | NotWritten> {
	const read = await faultOr(client.record(table.key, recordId));
	const record = read.ok ? read.value : undefined;
	if (record && echoDifferences(table, sent, record).length === 0) {
		return written('updated', table, sent, record);
	}
	const issue = noAnswerIssue(reason, {
		message: 'Knack did not answer, and the record does not show the values yet.',
		fix: 'Run it again: nothing is written twice.',
	});
	return { kind: 'failed', issues: [issue], ...(read.ok ? {} : { fault: read.failure }) };
}

function written(
	outcome: 'created' | 'updated',
	table: KnackTable,
	sent: Fields,
	record: KnackRecord,
): Written {
	return { kind: 'written', outcome, record, warnings: notKeptIssues(table, sent, record) };
}

export function stoppedBy(fault: ServiceFault): NotWritten {
	return { kind: 'failed', issues: [faultIssue(fault)], fault };
}

export function refusedBy(
	table: KnackTable,
	refusal: Parameters<typeof refusalIssues>[1],
): NotWritten {
	return { kind: 'failed', issues: refusalIssues(table, refusal), isRefused: true };
}
