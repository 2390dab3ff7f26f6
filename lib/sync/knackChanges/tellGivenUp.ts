import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import { writeBack } from '../writeBack';
import type { PolledChanges } from './pollChanges';
import { MOST_TIMES } from './unsyncedRecords';

const MESSAGE = `The workflow was given this record ${MOST_TIMES} times, over several days, and nothing says what became of it: it has neither a Xero ID nor a message. Look at the workflow's executions in n8n for what stopped it, such as a failed step, or calls to Xero that were used up each day. Then empty this field: the record goes again.`;

/**
 * Writes onto records that were handed on often enough what to do: the workflow has not, and cannot
 * where it dies each time. With that they are not handed on any more. Gives what could not be
 * written; it is tried again with the next poll. Throws ServiceFaultError where the app cannot be
 * read.
 */
export async function tellGivenUp(
	client: KnackClient,
	{ table, settings, givenUp }: PolledChanges,
): Promise<readonly Issue[]> {
	const field = settings.untilSynced?.messageField;
	if (field === undefined || givenUp.length === 0) return [];
	const requests = givenUp.map((record) => ({
		recordId: record.id,
		record,
		values: { [field]: MESSAGE },
	}));
	const results = await writeBack(client, table, requests);
	return results.flatMap((result) =>
		result.outcome === 'blocked' || result.outcome === 'failed' ? result.issues : [],
	);
}
