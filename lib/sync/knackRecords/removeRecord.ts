import type { KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { noAnswerIssue } from '../words/knackWriteIssues';
import { recordIdIssue } from './preparedWrites';
import type { NotWritten } from './writeRecord';
import { refusedBy, stoppedBy } from './writeRecord';

export type RemovalResult = { readonly kind: 'deleted' } | NotWritten;

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
			return refusedBy(table, answer);
		case 'stopped':
			return stoppedBy(answer.fault);
		case 'unknown': {
			const issue = noAnswerIssue(answer.reason, {
				message: 'Knack did not say whether the record was deleted.',
				fix: 'Run it again: a record that is gone is said to be gone.',
			});
			return { kind: 'failed', issues: [issue] };
		}
	}
}
