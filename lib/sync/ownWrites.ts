/**
 * What this process wrote into Knack lately, so that the Knack Trigger does not take it for a
 * person's edit. It serves the common case of one process and costs no request; fields chosen as
 * written by the sync serve the others (several workers, a restart in between).
 */

/** Records that are remembered; the least recent are forgotten first. */
const MOST_RECORDS = 20_000;

/** Values as they were sent, by field key, of each record; least recent first. */
const written = new Map<string, Readonly<Record<string, unknown>>>();

function placeOf(applicationId: string, table: string, recordId: string): string {
	return `${applicationId}/${table}/${recordId}`;
}

/** Remembers values by field key, in the form in which they were sent to Knack. */
export function rememberOwnWrite(
	applicationId: string,
	table: string,
	recordId: string,
	fields: Readonly<Record<string, unknown>>,
): void {
	const place = placeOf(applicationId, table, recordId);
	const before = written.get(place);
	written.delete(place);
	written.set(place, { ...before, ...fields });
	for (const oldest of written.keys()) {
		if (written.size <= MOST_RECORDS) break;
		written.delete(oldest);
	}
}

/**
 * The values that this process last wrote into the fields of a record, as they were sent; empty
 * when it wrote none. A field that holds another value by now was edited by someone else.
 */
export function ownWrites(
	applicationId: string,
	table: string,
	recordId: string,
): Readonly<Record<string, unknown>> {
	return written.get(placeOf(applicationId, table, recordId)) ?? {};
}
