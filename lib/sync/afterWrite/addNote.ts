import { contentHash } from '../../hash';
import { listIn } from '../../xero/answers';
import { WITHOUT_HISTORY } from './possibleSteps';
import { addressOf, NOT_NEEDED, problem, stepResult, type StepResult, type Written } from './step';

const LONGEST = 2500;

/** Adds a note to the document's history, unless it has the same one. Throws ServiceFaultError. */
export async function addNote(written: Written, note: string): Promise<StepResult> {
	const details = note.trim().slice(0, LONGEST);
	if (details === '') return NOT_NEEDED;
	const { client, definition } = written;
	if (WITHOUT_HISTORY.has(definition.type))
		return problem(`Xero keeps no notes for ${definition.plural}.`);
	const path = `${addressOf(written)}/History`;
	if (!written.isNew) {
		const records = listIn(await client.read({ path }), 'HistoryRecords') ?? [];
		if (records.some((record) => String(record.Details).trim() === details)) return NOT_NEEDED;
	}
	const answer = await client.write({
		method: 'PUT',
		path,
		body: { HistoryRecords: [{ Details: details }] },
		idempotencyKey: `knack-xero-note-${contentHash({ id: written.id, details })}`,
	});
	return stepResult(answer);
}
