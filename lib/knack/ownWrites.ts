import { randomUUID } from 'crypto';

import type { KnackRecord } from './app';

/** Records of an app that are remembered; the least recent are forgotten first. */
const MOST_RECORDS = 20_000;

type Fields = Readonly<Record<string, unknown>>;

interface OwnRecord {
	readonly fields: ReadonlyMap<string, { readonly value: unknown; readonly number: number }>;
	/** Undefined where somebody else made it. */
	readonly created: Created | undefined;
}

interface Created {
	/** Of the write that made it. */
	readonly number: number;
	/** What Knack filled in by itself, such as the default of a status. */
	readonly filledIn: Fields;
}

/** A point in the order of a process's writes. */
export interface OwnWriteMoment {
	/** Tells processes apart: numbers of another process mean nothing here. */
	readonly process: string;
	readonly number: number;
}

/**
 * What this process wrote into one Knack app lately, so that the Knack Trigger does not take it for
 * a person's edit. It serves the common case of one process and costs no request; fields chosen as
 * written by the sync serve the others (several workers, a restart in between). Values are by field
 * key, in the form in which they were sent to Knack.
 */
export interface OwnWrites {
	remember(table: string, recordId: string, fields: Fields): void;
	/** A record that was made with these fields, as Knack answered it. */
	rememberCreate(table: string, record: KnackRecord, fields: Fields): void;
	/**
	 * The values that were last written into the fields of a record; empty when none were. A field
	 * that holds another value by now was edited by someone else. With `since`, only what was written
	 * after that moment: a person may later bring a value back that the sync once wrote, and that is
	 * an edit.
	 */
	valuesOf(table: string, recordId: string, since?: OwnWriteMoment): Fields;
	/** Whether this process made the record; with `since`, whether it did so after that moment. */
	isOwnCreate(table: string, recordId: string, since?: OwnWriteMoment): boolean;
	/**
	 * What Knack filled in by itself when this process made the record, in the form in which Knack shows
	 * it: what is missing and was not written was blank.
	 */
	filledInOf(table: string, recordId: string): Fields;
	/** Now, in the order of the writes. */
	moment(): OwnWriteMoment;
}

export function createOwnWrites(): OwnWrites {
	const process = randomUUID();
	/** Least recent first. */
	const written = new Map<string, OwnRecord>();
	let lastNumber = 0;

	const placeOf = (table: string, recordId: string): string => `${table}/${recordId}`;

	const note = (place: string, fields: Fields, filledIn?: Fields): void => {
		lastNumber += 1;
		const number = lastNumber;
		const before = written.get(place);
		const now = Object.entries(fields).map(([key, value]) => [key, { value, number }] as const);
		written.delete(place);
		written.set(place, {
			fields: new Map([...(before?.fields ?? []), ...now]),
			created: filledIn ? { number, filledIn } : before?.created,
		});
		for (const oldest of written.keys()) {
			if (written.size <= MOST_RECORDS) break;
			written.delete(oldest);
		}
	};

	const numberOf = (since?: OwnWriteMoment): number =>
		since?.process === process ? since.number : 0;

	return {
		remember(table, recordId, fields) {
			note(placeOf(table, recordId), fields);
		},
		rememberCreate(table, record, fields) {
			note(placeOf(table, record.id), fields, filledInBy(record, fields));
		},
		valuesOf(table, recordId, since) {
			const after = numberOf(since);
			const own = written.get(placeOf(table, recordId))?.fields ?? [];
			return Object.fromEntries(
				[...own].flatMap(([key, { value, number }]) => (number > after ? [[key, value]] : [])),
			);
		},
		isOwnCreate: (table, recordId, since) =>
			(written.get(placeOf(table, recordId))?.created?.number ?? 0) > numberOf(since),
		filledInOf: (table, recordId) => written.get(placeOf(table, recordId))?.created?.filledIn ?? {},
		moment: () => ({ process, number: lastNumber }),
	};
}

/** What a new record has beside what was written: few values, so that many records can be kept. */
function filledInBy(record: KnackRecord, fields: Fields): Fields {
	const isFilledIn = ([key, value]: [string, unknown]): boolean =>
		key !== 'id' && !(key.replace(/_raw$/, '') in fields) && value !== '' && value !== null;
	return Object.fromEntries(Object.entries(record).filter(isFilledIn));
}
