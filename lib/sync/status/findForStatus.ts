import type { DocumentDefinition } from '../../xero/documents/definition';
import { shareContacts } from '../contacts';
import type { Draft } from '../draft';
import { findContactRows, findRows, type Lens } from '../find/finder';
import { complete } from '../references/complete';
import { isOpen, type Row } from '../row';
import type { UpsertContext, UpsertOptions } from '../upsertContext';

/**
 * Finds the documents that the drafts name, by the same finder as an upsert, in bulk. Those that
 * are voided, deleted or archived are found too, since that may be what is wanted. Where a record
 * names no contact, a reference counts across all contacts. Throws ServiceFaultError.
 * @param lens what differs for who looks for another reason
 */
export async function findForStatus(
	context: UpsertContext,
	definition: DocumentDefinition,
	given: readonly Draft[],
	{ ruleSeverities: severities }: UpsertOptions,
	lens: Lens = {},
): Promise<Row[]> {
	const { client, settings } = context;
	const completed = await complete(context, definition, given, severities);
	const rows = completed.drafts.map((draft): Row => ({ draft }));
	const open = rows.filter(isOpen);
	if (definition.hasContact) {
		const named = open.filter(({ draft }) => draft.id === undefined);
		await findContactRows(client, await shareContacts(named), severities, false);
	}
	await findRows({ client, definition, settings, severities }, open, {
		takesGone: true,
		contactMustAgree: true,
		takesArchived: true,
		takesSimilarNames: false,
		overwritesContacts: false,
		...lens,
	});
	for (const row of open) {
		if (row.contact?.match?.kind === 'stopped') row.match = row.contact.match;
	}
	return rows;
}
