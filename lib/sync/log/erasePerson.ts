import type { ServiceFault } from '../../serviceFault';
import { updateOne } from '../knackRecords/writeRecord';
import { writesInPool } from '../knackRecords/writesInPool';
import { createChain, type LogTarget } from './chain';
import { columnFields } from './columnValues';
import type { PersonRow } from './personRows';
import { personalText, withoutGroups, type PersonalValues } from './personalValues';

/** Rows that one tombstone tells of: its text has to fit a field. */
const ROWS_IN_TOMBSTONE = 100;

export interface Erasure {
	/** Rows whose values are gone. */
	readonly erased: number;
	/** Why others, or the chain of the erasure itself, could not be written. */
	readonly troubles: readonly string[];
}

/**
 * Takes the values and the salts of a person out of rows; what is signed stays, with digests that
 * nobody can read any more. A tombstone is written first, so that Verify Log knows of it whatever
 * happens after. Once a tombstone cannot be written, nothing is erased.
 */
export async function erasePerson(
	target: LogTarget,
	rows: readonly PersonRow[],
	by: PersonalValues,
): Promise<Erasure> {
	if (rows.length === 0) return { erased: 0, troubles: [] };
	const chain = createChain(target, 'Erase Personal Values');
	const troubles = new Set<string>();
	let erased = 0;
	for (let from = 0; from < rows.length; from += ROWS_IN_TOMBSTONE) {
		const part = rows.slice(from, from + ROWS_IN_TOMBSTONE);
		const told = part.map(({ row, groups }) => ({
			run: row.entry.run,
			number: row.entry.number,
			groups: [...groups],
		}));
		const tombstone = await chain.add({ kind: 'erasure', rows: told }, by);
		if (tombstone.kind === 'lost') {
			troubles.add(`Nothing more was erased, since it could not be noted. ${tombstone.why}`);
			break;
		}
		const done = await writesInPool(part, async (each) => await eraseRow(target, each));
		for (const result of done) {
			if (result.kind === 'written') erased += 1;
			else result.issues.forEach(({ message, fix }) => troubles.add(`${message} ${fix}`));
		}
	}
	const closing = await chain.add({
		kind: 'closing',
		rows: chain.rows,
		unwritten: [],
		unwrittenCount: 0,
	});
	if (closing.kind === 'lost') troubles.add(notClosedWords(closing.why));
	return { erased, troubles: [...troubles] };
}

export function notClosedWords(why: string): string {
	return `The chain of this run could not be closed: Verify Log will say so. ${why}`;
}

async function eraseRow(
	{ knack, log }: LogTarget,
	{ row, groups }: PersonRow,
): Promise<Awaited<ReturnType<typeof updateOne>> & { readonly fault?: ServiceFault }> {
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
