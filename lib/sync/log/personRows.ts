import { isSameText } from '../../foldText';
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
