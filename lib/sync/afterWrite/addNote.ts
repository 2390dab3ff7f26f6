import { contentHash } from '../../hash';
import { beginning, wellFormed } from '../../texts';
import { listIn } from '../../xero/answers';
import { readList } from '../../xero/pages';
import { addressOf, NOT_NEEDED, problem, settledStep, type LookedAt, type Written } from './step';

const LONGEST = 2500;
const NOTES = 'HistoryRecords';

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
	const isThere = async () => {
		const { elements } = await readList(client, { path: historyOf(written) }, NOTES);
		return elements.some((record) => String(record.Details).trim() === details);
	};
	if (!written.isNew && (await isThere())) return NOT_NEEDED;
	return {
		operation,
		carryOut: async () =>
			await settledStep(
				await client.write({
					method: 'PUT',
					path: historyOf(written),
					body: { [NOTES]: [{ Details: details }] },
					idempotencyKey: `knack-xero-note-${contentHash({ id: written.id, details })}`,
				}),
				(body) => listIn(body, NOTES) !== undefined,
				isThere,
			),
	};
}

function historyOf(written: Written): string {
	return `${addressOf(written)}/History`;
}
