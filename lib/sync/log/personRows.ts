import { isSameText } from '../../foldText';
import { countOf } from '../../texts';
import type { LogKey } from './logKey';
import { groupsWith, type PersonalGroup } from './personalValues';
import { isSigned, type LogRow, type SignedRow } from './logRow';

/** A row that holds something of a person, and in which groups of values. */
export interface PersonRow {
	readonly row: SignedRow;
	readonly groups: readonly PersonalGroup[];
}

/**
 * The rows that hold a person: by name, e-mail address, the id of the contact in Xero, or that of the
 * record in Knack. Rows that are not as they were written are left out: Verify Log tells of them.
 */
export function personRows(rows: readonly LogRow[], person: string, key: LogKey): PersonRow[] {
	return rows.flatMap((row) => {
		const { personal } = row;
		if (!personal || !isSigned(row, key)) return [];
		const { content } = row.entry;
		const isOwnRecord =
			content.kind === 'record' && isSameText(content.source.knackRecordId ?? '', person);
		const groups = new Set(groupsWith(person, personal));
		if (isOwnRecord && personal.record) groups.add('record');
		return groups.size === 0 ? [] : [{ row, groups: [...groups] }];
	});
}

/** Says how many rows nobody can look into, since they are not as a run with this key has written them. */
export function notLookedAt(rows: readonly LogRow[], key: LogKey): string[] {
	const skipped = rows.filter((row) => !isSigned(row, key)).length;
	if (skipped === 0) return [];
	return [
		`${countOf(skipped, 'row')} signed with another key, or changed since, could not be looked at. Where the API key or the Sync Log Secret was changed, enter the former one as Sync Log Secret and run it again.`,
	];
}
