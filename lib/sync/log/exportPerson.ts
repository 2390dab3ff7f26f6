import { detailsOf } from './recordHistory';
import type { PersonRow } from './personRows';

/** What the log holds of a person, for that person: one for each row, in the order of time. */
export function exportPerson(
	rows: readonly PersonRow[],
): ReadonlyArray<Readonly<Record<string, unknown>>> {
	return rows
		.map(({ row, groups }) => {
			const { personal = {} } = row;
			const values = groups.map((group) => [group, personal[group]?.values ?? {}]);
			const details: Record<string, unknown> = detailsOf(row);
			details.personalValues = Object.fromEntries(values);
			return { at: row.entry.at, details };
		})
		.sort((a, b) => a.at.localeCompare(b.at))
		.map(({ details }) => details);
}
