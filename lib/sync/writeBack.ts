import { faultResult } from '../faultResult';
import type { Issue } from '../issue';
import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { decodeField, decodeWritten } from '../knack/fields/codecs';
import { isBlank } from '../knack/fields/fieldValue';
import { shownText } from '../knack/fields/shownValue';
import { echoDifferences, encodeRecord } from '../knack/recordWriting';
import { fieldLabel } from '../knack/tables';
import type { ServiceFault } from '../serviceFault';
import type { FieldChange } from './outcome';
import { rememberOwnWrite } from './ownWrites';
import { notKeptIssues, refusalIssues } from './words/knackWriteIssues';

/** How many records are written at the same time; the client keeps Knack's pace. */
const AT_ONCE = 5;

/**
 * Values by field key, clean: text, numbers or decimal text, booleans, dates as `YYYY-MM-DD` or
 * `YYYY-MM-DDTHH:mm`, lists, `{url, label}` for links. Null, "" and [] mean that nothing is there;
 * undefined leaves the field alone.
 */
export type WriteBackValues = Readonly<Record<string, unknown>>;

export interface WriteBackOptions {
	/** Fields that may be emptied. In all others a blank never goes over a value. */
	readonly mayClear?: ReadonlySet<string>;
}

export interface WriteBackPlan {
	/** What differs, by field key, as Knack takes it; empty when nothing is to be written. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** The same for a person, by field label. */
	readonly changes: readonly FieldChange[];
	/** Why the values cannot be written; then nothing of the record is. */
	readonly issues: readonly Issue[];
}

/**
 * Compares values with what the record holds, and writes nothing. A record that is not given
 * (undefined) counts as holding nothing.
 */
export function planWriteBack(
	app: KnackApp,
	table: KnackTable,
	record: KnackRecord | undefined,
	values: WriteBackValues,
	options: WriteBackOptions = {},
): WriteBackPlan {
	const meant = Object.fromEntries(
		Object.entries(values).filter(
			([key, value]) => !isBlank(value) || options.mayClear?.has(key) === true,
		),
	);
	const { fields, issues } = encodeRecord(app, table, meant);
	if (issues.length > 0) return { fields: {}, changes: [], issues };
	const present = record ?? { id: '' };
	const different = new Set(echoDifferences(table, fields, present));
	const changed = Object.entries(fields).filter(([key]) => different.has(key));
	return {
		fields: Object.fromEntries(changed),
		changes: changed.flatMap(([key, value]) => {
			const field = table.fields.find((candidate) => candidate.key === key);
			return field ? [changeOf(table, field, present, value)] : [];
		}),
		issues: [],
	};
}

function changeOf(
	table: KnackTable,
	field: KnackField,
	record: KnackRecord,
	value: unknown,
): FieldChange {
	const before = shownText(decodeField(record, field));
	const after = shownText(decodeWritten(value, field));
	return {
		field: fieldLabel(table, field),
		...(before === undefined ? {} : { before }),
		...(after === undefined ? {} : { after }),
	};
}

export interface WriteBackRequest extends WriteBackOptions {
	readonly recordId: string;
	/** As it was read in this run; without it the values are written without comparing. */
	readonly record?: KnackRecord;
	readonly values: WriteBackValues;
}

export type WriteBackResult =
	| {
			readonly outcome: 'updated';
			readonly changes: readonly FieldChange[];
			/** As Knack has it now, where it said so. */
			readonly record?: KnackRecord;
	  }
	| { readonly outcome: 'unchanged' }
	/** Something about the record or the field must be mended; nothing was written. */
	| { readonly outcome: 'blocked'; readonly issues: readonly Issue[] }
	/** Not written for now, or not kept as it was written. */
	| {
			readonly outcome: 'failed';
			readonly issues: readonly Issue[];
			/** Set when nothing more of this run can be written. */
			readonly fault?: ServiceFault;
	  };

/**
 * Writes values into records of one table: one request for each record that differs, with only the
 * fields that differ, and reads Knack's answer to see that they were kept. Gives one result for
 * each request, in order, and goes on past a record that cannot be written. Throws
 * ServiceFaultError only when the app's structure cannot be read.
 */
export async function writeBack(
	client: KnackClient,
	table: KnackTable,
	requests: readonly WriteBackRequest[],
): Promise<WriteBackResult[]> {
	const app = await client.app();
	const results: WriteBackResult[] = [];
	const line = requests.entries();
	let stopped: ServiceFault | undefined;
	const work = async (): Promise<void> => {
		for (const [index, request] of line) {
			const plan = planWriteBack(app, table, request.record, request.values, request);
			if (plan.issues.length > 0) {
				results[index] = { outcome: 'blocked', issues: plan.issues };
			} else if (Object.keys(plan.fields).length === 0) {
				results[index] = { outcome: 'unchanged' };
			} else if (stopped) {
				results[index] = stoppedResult(stopped);
			} else {
				const result = await writeRecord(client, table, request.recordId, plan);
				if (result.outcome === 'failed') stopped ??= result.fault;
				results[index] = result;
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, work));
	return results;
}

async function writeRecord(
	client: KnackClient,
	table: KnackTable,
	recordId: string,
	plan: WriteBackPlan,
): Promise<WriteBackResult> {
	// Before it is sent, so that a poll in between does not take it for a person's edit.
	rememberOwnWrite(client.applicationId, table.key, recordId, plan.fields);
	const answer = await client.update(table.key, recordId, plan.fields);
	switch (answer.kind) {
		case 'accepted':
			return keptResult(table, plan, answer.record);
		case 'refused':
			return { outcome: 'blocked', issues: refusalIssues(table, answer) };
		case 'stopped':
			return stoppedResult(answer.fault);
		case 'unknown':
			return await readBack(client, table, recordId, plan, answer.reason);
	}
}

function keptResult(table: KnackTable, plan: WriteBackPlan, record: KnackRecord): WriteBackResult {
	const issues = notKeptIssues(table, plan.fields, record);
	if (issues.length > 0) return { outcome: 'failed', issues };
	return { outcome: 'updated', changes: plan.changes, record };
}

/** An answer that never came says nothing: the record itself does. */
async function readBack(
	client: KnackClient,
	table: KnackTable,
	recordId: string,
	plan: WriteBackPlan,
	reason: string,
): Promise<WriteBackResult> {
	const noAnswer: Issue = {
		code: 'KNACK_NO_ANSWER',
		severity: 'block',
		message: 'Knack did not answer, and the record does not show the values yet.',
		fix: 'Run it again: nothing is written twice.',
		vendorMessage: reason,
	};
	const read = await faultResult(async () => await client.record(table.key, recordId));
	if (!read.ok) return { outcome: 'failed', issues: [noAnswer], fault: read.failure };
	const record = read.value;
	return record && echoDifferences(table, plan.fields, record).length === 0
		? { outcome: 'updated', changes: plan.changes, record }
		: { outcome: 'failed', issues: [noAnswer] };
}

function stoppedResult(fault: ServiceFault): WriteBackResult {
	return { outcome: 'failed', issues: [faultIssue(fault)], fault };
}

/** A fault of a whole service as the issue of one record. */
export function faultIssue(fault: ServiceFault): Issue {
	const cause = fault.cause.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase();
	return {
		code: `${fault.service.toUpperCase()}_${cause}`,
		severity: 'block',
		message: fault.message,
		fix: fault.fix,
		...(fault.vendorMessage === undefined ? {} : { vendorMessage: fault.vendorMessage }),
	};
}
