import { randomUUID } from 'crypto';

/**
 * What this process wrote into Knack lately, so that the Knack Trigger does not take it for a
 * person's edit. It serves the common case of one process and costs no request; fields chosen as
 * written by the sync serve the others (several workers, a restart in between).
 */

/** Records that are remembered; the least recent are forgotten first. */
const MOST_RECORDS = 20_000;

interface OwnValue {
	/** As it was sent. */
	readonly value: unknown;
	/** Counts the writes of this process. */
	readonly number: number;
}

interface OwnRecord {
	readonly fields: ReadonlyMap<string, OwnValue>;
	/** Whether this process made the record. */
	readonly created: boolean;
}

/** A point in the order of this process's writes. */
export interface OwnWriteMoment {
	/** Tells processes apart: numbers of another process mean nothing here. */
	readonly process: string;
	readonly number: number;
}

const thisProcess = randomUUID();
let lastNumber = 0;

/** Least recent first. */
const written = new Map<string, OwnRecord>();

function placeOf(applicationId: string, table: string, recordId: string): string {
	return `${applicationId}/${table}/${recordId}`;
}

function remember(
	place: string,
	fields: Readonly<Record<string, unknown>>,
	created: boolean,
): void {
	lastNumber += 1;
	const before = written.get(place);
	const now = Object.entries(fields).map(([key, value]): [string, OwnValue] => [
		key,
		{ value, number: lastNumber },
	]);
	written.delete(place);
	written.set(place, {
		fields: new Map([...(before?.fields ?? []), ...now]),
		created: created || (before?.created ?? false),
	});
	for (const oldest of written.keys()) {
		if (written.size <= MOST_RECORDS) break;
		written.delete(oldest);
	}
}

/**
 * Remembers values by field key, in the form in which they were sent to Knack. Call it before they
 * are sent: a poll may read them before the answer comes.
 */
export function rememberOwnWrite(
	applicationId: string,
	table: string,
	recordId: string,
	fields: Readonly<Record<string, unknown>>,
): void {
	remember(placeOf(applicationId, table, recordId), fields, false);
}

/** Remembers a record that this process made. */
export function rememberOwnCreate(
	applicationId: string,
	table: string,
	recordId: string,
	fields: Readonly<Record<string, unknown>>,
): void {
	remember(placeOf(applicationId, table, recordId), fields, true);
}

/**
 * The values that this process last wrote into the fields of a record, as they were sent; empty
 * when it wrote none. A field that holds another value by now was edited by someone else. With
 * `since`, only what was written after that moment: a person may later bring a value back that
 * the sync once wrote, and that is an edit.
 */
export function ownWrites(
	applicationId: string,
	table: string,
	recordId: string,
	since?: OwnWriteMoment,
): Readonly<Record<string, unknown>> {
	const known = written.get(placeOf(applicationId, table, recordId));
	const after = since?.process === thisProcess ? since.number : 0;
	const found: Record<string, unknown> = {};
	for (const [key, { value, number }] of known?.fields ?? []) {
		if (number > after) found[key] = value;
	}
	return found;
}

/** Whether this process made the record. */
export function isOwnCreate(applicationId: string, table: string, recordId: string): boolean {
	return written.get(placeOf(applicationId, table, recordId))?.created ?? false;
}

/** Now, in the order of this process's writes. */
export function ownWriteMoment(): OwnWriteMoment {
	return { process: thisProcess, number: lastNumber };
}
