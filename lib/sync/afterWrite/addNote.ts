import { contentHash } from '../../hash';
import { beginning, wellFormed } from '../../texts';
import { readList } from '../../xero/pages';
import { addressOf, NOT_NEEDED, problem, stepResult, type LookedAt, type Written } from './step';

const LONGEST = 2500;

/** A note for the document's history, unless it has the same one. Throws ServiceFaultError. */
export async function noteStep(
	written: Written,
	note: string,
	operation = 'Add a note',
): Promise<LookedAt> {
	const details = beginning(wellFormed(note.trim()), LONGEST);
	if (details === '') return NOT_NEEDED;
	const { client, definition } = written;
	if (!definition.can.keepHistory) return problem(`Xero keeps no notes for ${definition.plural}.`);
	if (!written.isNew) {
		const request = { path: historyOf(written) };
		const { elements } = await readList(client, request, 'HistoryRecords');
		if (elements.some((record) => String(record.Details).trim() === details)) return NOT_NEEDED;
	}
	return {
		operation,
		carryOut: async () =>
			stepResult(
				await client.write({
					method: 'PUT',
					path: historyOf(written),
					body: { HistoryRecords: [{ Details: details }] },
					idempotencyKey: `knack-xero-note-${contentHash({ id: written.id, details })}`,
				}),
			),
	};
}

function historyOf(written: Written): string {
	return `${addressOf(written)}/History`;
}
