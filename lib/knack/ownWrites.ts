import { randomUUID } from 'crypto';

/** Records of an app that are remembered; the least recent are forgotten first. */
const MOST_RECORDS = 20_000;

type Fields = Readonly<Record<string, unknown>>;

interface OwnRecord {
	readonly fields: ReadonlyMap<string, { readonly value: unknown; readonly number: number }>;
	/** The number of the write that made it; undefined where somebody else did. */
	readonly created: number | undefined;
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
	rememberCreate(table: string, recordId: string, fields: Fields): void;
	/**
	 * The values that were last written into the fields of a record; empty when none were. A field
	 * that holds another value by now was edited by someone else. With `since`, only what was written
	 * after that moment: a person may later bring a value back that the sync once wrote, and that is
	 * an edit.
	 */
	valuesOf(table: string, recordId: string, since?: OwnWriteMoment): Fields;
	/** Whether this process made the record; with `since`, whether it did so after that moment. */
	isOwnCreate(table: string, recordId: string, since?: OwnWriteMoment): boolean;
	/** Now, in the order of the writes. */
	moment(): OwnWriteMoment;
}

export function createOwnWrites(): OwnWrites {
	const process = randomUUID();
	/** Least recent first. */
	const written = new Map<string, OwnRecord>();
	let lastNumber = 0;

	const placeOf = (table: string, recordId: string): string => `${table}/${recordId}`;

	const note = (place: string, fields: Fields, created: boolean): void => {
		lastNumber += 1;
		const number = lastNumber;
		const before = written.get(place);
		const now = Object.entries(fields).map(([key, value]) => [key, { value, number }] as const);
		written.delete(place);
		written.set(place, {
			fields: new Map([...(before?.fields ?? []), ...now]),
			created: created ? number : before?.created,
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
			note(placeOf(table, recordId), fields, false);
		},
		rememberCreate(table, recordId, fields) {
			note(placeOf(table, recordId), fields, true);
		},
		valuesOf(table, recordId, since) {
			const after = numberOf(since);
			const own = written.get(placeOf(table, recordId))?.fields ?? [];
			return Object.fromEntries(
				[...own].flatMap(([key, { value, number }]) => (number > after ? [[key, value]] : [])),
			);
		},
		isOwnCreate: (table, recordId, since) =>
			(written.get(placeOf(table, recordId))?.created ?? 0) > numberOf(since),
		moment: () => ({ process, number: lastNumber }),
	};
}
