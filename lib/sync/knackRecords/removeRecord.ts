import type { Issue } from '../../issue';
import type { KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import type { ServiceFault } from '../../serviceFault';
import { refusalIssues } from '../words/knackWriteIssues';
import { faultIssue } from '../writeBack';
import { recordIdIssue } from './preparedWrites';

export type RemovalResult =
	| { readonly kind: 'deleted' }
	| {
			readonly kind: 'failed';
			readonly issues: readonly Issue[];
			readonly fault?: ServiceFault;
	  };

/** Deletes one record of the table. */
export async function removeRecord(
	client: KnackClient,
	table: KnackTable,
	recordId: string,
): Promise<RemovalResult> {
	if (!/^[0-9a-f]{24}$/i.test(recordId)) {
		return { kind: 'failed', issues: [recordIdIssue(recordId, table)] };
	}
	const answer = await client.remove(table.key, recordId);
	switch (answer.kind) {
		case 'deleted':
			return answer;
		case 'refused':
			return { kind: 'failed', issues: refusalIssues(table, answer) };
		case 'stopped':
			return { kind: 'failed', issues: [faultIssue(answer.fault)], fault: answer.fault };
		case 'unknown':
			return {
				kind: 'failed',
				issues: [
					{
						code: 'KNACK_NO_ANSWER',
						severity: 'block',
						message: 'Knack did not say whether the record was deleted.',
						fix: 'Run it again: a record that is gone is said to be gone.',
						vendorMessage: answer.reason,
					},
				],
			};
	}
}
