import { updateOne } from '../knackRecords/writeRecord';
import type { LogTarget } from './chain';
import { columnFields } from './columnValues';
import { carryOutNoted, type NotedResult } from './notedWork';
import type { PersonRow } from './personRows';
import { personalText, withoutGroups, type PersonalValues } from './personalValues';

/** Rows that one tombstone tells of: its text has to fit a field. */
const ROWS_IN_TOMBSTONE = 100;

/**
 * Takes the values and the salts of a person out of rows; what is signed stays, with digests that
 * nobody can read any more.
 */
export async function erasePerson(
	target: LogTarget,
	rows: readonly PersonRow[],
	by: PersonalValues,
): Promise<NotedResult> {
	return await carryOutNoted(target, {
		about: 'Erase Personal Values',
		past: 'erased',
		parts: rows,
		atOnce: ROWS_IN_TOMBSTONE,
		tombstone: (part) => ({
			kind: 'erasure',
			rows: part.map(({ row, groups }) => ({
				run: row.entry.run,
				number: row.entry.number,
				groups: [...groups],
			})),
		}),
		by,
		writes: (part) => part,
		carryOut: async (each) => await eraseRow(target, each),
	});
}

async function eraseRow(
	{ knack, log }: LogTarget,
	{ row, groups }: PersonRow,
): ReturnType<typeof updateOne> {
	const left = withoutGroups(row.personal ?? {}, groups);
	const { fields, filled } = columnFields(log, row.entry, left);
	// A column that was filled and has nothing left to say, such as the link to a contact.
	const emptied = Object.fromEntries(
		Object.entries(log.columns)
			.filter(([column]) => {
				const isNamed = (names: Iterable<string>) => [...names].includes(column);
				return isNamed(row.entry.columns) && !isNamed(filled);
			})
			.map(([, { key }]) => [key, '']),
	);
	return await updateOne(
		knack,
		log.table,
		row.record.id,
		{ ...emptied, ...fields, [log.core.personal.key]: personalText(left) },
		row.record,
	);
}
