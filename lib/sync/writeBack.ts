import type { Issue } from '../issue';
import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../knack/app';
import type { KnackClient } from '../knack/client';
import { decodeField, decodeWritten } from '../knack/fields/codecs';
import { isBlank } from '../knack/fields/fieldValue';
import { shownText } from '../knack/fields/shownValue';
import { echoDifferences, encodeRecord } from '../knack/recordWriting';
import { textToHtml } from '../knack/html';
import { fieldLabel, findField } from '../knack/tables';
import type { ServiceFault } from '../serviceFault';
import type { FieldChange } from './outcome';
import type { NotWritten, Written } from './knackRecords/writeRecord';
import { updateOne } from './knackRecords/writeRecord';
import { writesInPool } from './knackRecords/writesInPool';

export { faultIssue } from './words/faultIssue';

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
		Object.entries(values)
			.filter(([key, value]) => !isBlank(value) || options.mayClear?.has(key) === true)
			.map(([key, value]) => [key, isRichText(table, key) ? asHtml(value) : value]),
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

function isRichText(table: KnackTable, name: string): boolean {
	return findField(table, name)?.type === 'rich_text';
}

/** What is written back is text; a rich text field takes HTML. */
function asHtml(value: unknown): unknown {
	return typeof value === 'string' ? textToHtml(value) : value;
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
 * ServiceFaultError only when the app's structure cannot be read. `beforeWriting` is awaited where
 * anything differs.
 */
export async function writeBack(
	client: KnackClient,
	table: KnackTable,
	requests: readonly WriteBackRequest[],
	beforeWriting?: () => Promise<void>,
): Promise<WriteBackResult[]> {
	const app = await client.app();
	const planned = requests.map((request) => {
		const plan = planWriteBack(app, table, request.record, request.values, request);
		return { request, plan, foreseen: foreseenResult(plan) };
	});
	const due = planned.filter(({ foreseen }) => foreseen.outcome === 'updated');
	if (due.length > 0) await beforeWriting?.();
	const done = await writesInPool(
		due,
		async ({ request, plan }) => await updateOne(client, table, request.recordId, plan.fields),
	);
	const results = new Map(due.map((one, index) => [one, done[index]]));
	return planned.map((one) => {
		const written = results.get(one);
		return written ? resultOf(one.plan, written) : one.foreseen;
	});
}

/** What carrying out a plan gives as long as Knack takes it. */
export function foreseenResult({ fields, changes, issues }: WriteBackPlan): WriteBackResult {
	if (issues.length > 0) return { outcome: 'blocked', issues };
	if (Object.keys(fields).length === 0) return { outcome: 'unchanged' };
	return { outcome: 'updated', changes };
}

function resultOf({ changes }: WriteBackPlan, done: Written | NotWritten): WriteBackResult {
	if (done.kind === 'failed') {
		const { issues, fault, isRefused } = done;
		return isRefused
			? { outcome: 'blocked', issues }
			: { outcome: 'failed', issues, ...(fault && { fault }) };
	}
	const { warnings, record } = done;
	if (warnings.length > 0) return { outcome: 'failed', issues: warnings };
	return { outcome: 'updated', changes, record };
}
