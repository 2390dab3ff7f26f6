import type { Draft } from '../../lib/sync/draft';
import type { FieldValues } from '../../lib/xero/documents/definition';

/** The record of a person's week, with these lines. */
export function hours(lines: readonly FieldValues[], fields: FieldValues = {}): Draft {
	return {
		type: 'timesheet',
		itemIndexes: [0],
		fields: { employeeID: 'ida.berg@example.com', startDate: '2026-11-20', ...fields },
		lines: lines.map((each) => ({ fields: each })),
		source: { table: 'object_1', knackRecordId: 'record-1' },
		issues: [],
	};
}
