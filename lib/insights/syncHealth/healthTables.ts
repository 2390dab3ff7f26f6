import { dayInZone, readInstant, type CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import type { KnackApp, KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { plainValue } from '../../knack/fields/shownValue';
import { createdSeconds, recordTitle } from '../../knack/recordView';
import { findField, findTable } from '../../knack/tables';
import { parseDecimal, type Decimal } from '../../money';
import { DECISION_FIELDS, STATES } from '../../sync/compare/decisions';
import { subjectOfKey } from '../../sync/compare/difference';
import { rowOf } from '../../sync/log/logRow';
import { findLogTable, lackingFields } from '../../sync/log/logTable';
import { writeBackPlaces } from '../../sync/writeBackFit';
import { DOCUMENT_TYPES } from '../../xero/documents';
import { InsightInputError } from '../inputError';

/** Where the sync has told records what became of them; fields left out are found by their names. */
export interface HealthInput {
	readonly table: string;
	readonly xeroIdField?: string;
	readonly messageField?: string;
	/** Field with what a record is worth, for what costs most. */
	readonly amountField?: string;
	/** The table that Compare keeps differences in. */
	readonly differencesTable?: string;
	readonly logTable?: string;
}

/** A record as far as the sync has told it. */
export interface SyncedRecord {
	readonly id: string;
	readonly title: string;
	readonly createdAtMs: number;
	readonly isInXero: boolean;
	/** The trouble in words; empty where there is none. */
	readonly message: string;
	readonly amount: Decimal | undefined;
}

/** Throws InsightInputError where a table or field is not there, and ServiceFaultError. */
export async function readRecords(
	client: KnackClient,
	input: HealthInput,
): Promise<readonly SyncedRecord[]> {
	const app = await client.app();
	const table = tableOf(app, input.table, 'Knack Table');
	const xeroId = fieldOf(table, input.xeroIdField, 'xeroId', 'Xero ID');
	const message = fieldOf(table, input.messageField, 'message', 'Message');
	const amount =
		input.amountField === undefined ? undefined : namedField(table, input.amountField, 'Amount');
	return (await client.records(table.key)).map((record) => ({
		id: record.id,
		title: recordTitle(record, table),
		createdAtMs: createdSeconds(record.id) * 1_000,
		isInXero: textIn(record, xeroId) !== '',
		message: textIn(record, message),
		amount: amount && amountOf(record, table, amount),
	}));
}

/** Undefined where there is none; what cannot be read is no nothing. Throws InsightInputError. */
function amountOf(record: KnackRecord, table: KnackTable, field: KnackField): Decimal | undefined {
	const text = textIn(record, field);
	const amount = parseDecimal(text);
	if (amount || text === '') return amount;
	throw new InsightInputError(
		`${field.name} of ${recordTitle(record, table)} in ${table.name} is "${text}", which is no number.`,
		'Mend the record in Knack, or choose a field that holds numbers.',
	);
}

function tableOf(app: KnackApp, name: string, parameter: string): KnackTable {
	const table = findTable(app, name);
	if (table) return table;
	throw new InsightInputError(
		`The Knack app ${app.name} has no table "${name}".`,
		`Choose the table again under ${parameter}: it was renamed or deleted in Knack.`,
	);
}

function namedField(table: KnackTable, name: string, parameter: string): KnackField {
	const field = findField(table, name);
	if (field) return field;
	throw new InsightInputError(
		`The table ${table.name} has no field "${name}".`,
		`Choose the field again under ${parameter}.`,
	);
}

/** The field that was named, or the one whose name says that Write Back to Knack fills it. */
function fieldOf(
	table: KnackTable,
	named: string | undefined,
	part: 'xeroId' | 'message',
	label: string,
): KnackField {
	if (named !== undefined) return namedField(table, named, `${label} Field`);
	for (const definition of DOCUMENT_TYPES) {
		const likely = writeBackPlaces(definition, table).find((place) => place.part === part)?.likely;
		if (likely) return likely;
	}
	throw new InsightInputError(
		`It is not plain which field of ${table.name} Write Back to Knack fills as ${label}.`,
		`Name it under ${label} Field. Where there is none, add one in Knack and choose it for ${label} under Write Back to Knack in Map & Upsert to Xero.`,
	);
}

function textIn(record: KnackRecord, field: KnackField | undefined): string {
	const value = field ? plainValue(decodeField(record, field)) : undefined;
	if (value === undefined || value === null || typeof value === 'object') return '';
	return String(value).trim();
}

/** Records of which Compare found a difference that nobody has decided. Throws as `readRecords`. */
export async function readDrifted(
	client: KnackClient,
	name: string | undefined,
): Promise<ReadonlyMap<string, string>> {
	if (name === undefined) return new Map();
	const table = tableOf(await client.app(), name, 'Differences Table');
	const [key, state, summary] = [
		DECISION_FIELDS.key,
		DECISION_FIELDS.state,
		DECISION_FIELDS.summary,
	].map((label) => findField(table, label));
	if (!key || !state) {
		throw new InsightInputError(
			`The table ${table.name} has no field ${key ? DECISION_FIELDS.state : DECISION_FIELDS.key}.`,
			'Choose the table that Compare writes under Differences Table.',
		);
	}
	const drifted = new Map<string, string>();
	for (const record of await client.records(table.key)) {
		const { subject } = subjectOfKey(textIn(record, key)) ?? {};
		const isOpen = foldText(textIn(record, state)) === foldText(STATES.open);
		if (subject !== undefined && isOpen) drifted.set(subject, textIn(record, summary));
	}
	return drifted;
}

/** What a log says of a record: since when its trouble lasts, and whether it was a failure. */
export interface LoggedTrouble {
	readonly since: CalendarDate;
	readonly isFailure: boolean;
}

const LOG_FIELDS = { recordId: 'Knack Record ID', when: 'When', outcome: 'Outcome' } as const;
const TROUBLE: ReadonlySet<string> = new Set(['held', 'blocked', 'failed']);

/** What a row of the log tells of a record. */
interface LoggedOutcome {
	readonly id: string;
	readonly atMs: number;
	/** By Knack's clock, to the second. */
	readonly createdMs: number;
	/** Id of the row itself. */
	readonly row: string;
	/** Undefined where the table is no Sync Log. */
	readonly run: string | undefined;
	readonly number: number | undefined;
	readonly outcome: string;
}

/** The older first; the rows of a run are numbered in the order in which they were written. */
function byAge(one: LoggedOutcome, other: LoggedOutcome): number {
	const apart = one.atMs - other.atMs || one.createdMs - other.createdMs;
	if (apart !== 0) return apart;
	const isOfOneRun = one.run !== undefined && one.run === other.run;
	const inRun = isOfOneRun ? (one.number ?? 0) - (other.number ?? 0) : 0;
	return inRun || (one.row < other.row ? -1 : 1);
}

/** The trouble that records have by their last rows in a log. Throws as `readRecords`. */
export async function readTroubles(
	client: KnackClient,
	name: string | undefined,
	zone: string,
): Promise<ReadonlyMap<string, LoggedTrouble>> {
	const found = new Map<string, LoggedTrouble>();
	if (name === undefined) return found;
	const app = await client.app();
	const table = tableOf(app, name, 'Log Table');
	const log = lackingFields(table).length === 0 ? findLogTable(app, table.key) : undefined;
	const [recordId, when, outcome] = Object.values(LOG_FIELDS).map((label) =>
		namedField(table, label, 'Log Table'),
	);
	const rows = (await client.records(table.key))
		.map((record): LoggedOutcome => {
			const { at, run, number } = { ...(log && rowOf(record, log).entry) };
			const createdMs = createdSeconds(record.id) * 1_000;
			return {
				id: textIn(record, recordId),
				// The column When keeps minutes alone.
				atMs: readInstant(at) ?? readInstant(textIn(record, when), zone) ?? createdMs,
				createdMs,
				row: record.id,
				run,
				number,
				outcome: foldText(textIn(record, outcome)),
			};
		})
		.sort(byAge);
	for (const row of rows) {
		if (!TROUBLE.has(row.outcome)) found.delete(row.id);
		else {
			const since = found.get(row.id)?.since ?? dayInZone(row.atMs, zone);
			found.set(row.id, { since, isFailure: row.outcome === 'failed' });
		}
	}
	return found;
}
