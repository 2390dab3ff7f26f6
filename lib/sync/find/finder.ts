import { NEVER_GIVES_WAY, type GiveWay } from '../../giveWay';
import type { XeroClient } from '../../xero/client';
import type { ContactsAndDays } from '../../xero/contactDocuments';
import type { XeroDocument } from '../../xero/documents/definition';
import type { RuleSeverities } from '../check/check';
import type { ContactRow, Row } from '../row';
import { ContactIndex } from './contactIndex';
import { DocumentIndex } from './documentIndex';
import { findContactsMadeSince } from './contactsMadeSince';
import type { KnownContact } from './evidence';
import { CONTACT_OF_DOCUMENT, findContact } from './findContact';
import type { FindContext } from './findContext';
import { findDocument, type DocumentLens } from './findDocument';
import { contactOfDraft, lookUpContacts, lookUpDocuments } from './lookUp';
import type { Match } from './matching';
import { holdNamesakeRecords, holdNamesakes } from './namesakes';
import { holdNewOfRenamed } from './renamedContacts';
import { resolveTwins } from './resolveTwins';
import { holdKeysOfOthers, holdShared } from './sharedDocuments';
import { soughtAmong } from './sought';
import { findSuccessors, followCorrections } from './successors';

/** What differs between those who look: upsert, change of status, adopt, reading back. */
export interface Lens extends DocumentLens {
	/** Whether the record's values go over those of a contact that is there. */
	readonly overwritesContacts?: boolean;
	/** Whether archived contacts will do, and whether names written nearly alike do. */
	readonly takesArchived?: boolean;
	readonly takesSimilarNames?: boolean;
	/** Whether what is found is written to: then no document may be two records'. */
	readonly isForWriting?: boolean;
	/** Whether several that fit stay side by side, for one who knows which of them is its own. */
	readonly leavesTwins?: boolean;
	/** Where all that is looked for was made or changed since a moment of Xero's clock. */
	readonly changedSinceMs?: number;
	/** Whether lines are not looked at, so that none is read alone. */
	readonly leavesLinesOut?: boolean;
	/** What is read in the same call, where there is room for it. */
	readonly besides?: ContactsAndDays;
	/** What is known of a row's contact, where another way than its `contact` tells. */
	readonly contactOf?: (row: Row) => KnownContact;
}

/** Finds the contacts of the run; sets each one's `match`. Throws ServiceFaultError. */
export async function findContactRows(
	client: XeroClient,
	rows: readonly ContactRow[],
	severities: RuleSeverities,
	overwrites: boolean,
	giveWay: GiveWay = NEVER_GIVES_WAY,
): Promise<ContactIndex> {
	const index = new ContactIndex();
	const wanted = rows.map((row) => row.wanted);
	for (const contact of await lookUpContacts(client, wanted, giveWay)) {
		index.add(contact);
		await giveWay();
	}
	for (const row of rows) {
		row.match = findContact(index, row.wanted, { severities, ...CONTACT_OF_DOCUMENT, overwrites });
		await giveWay();
	}
	await giveWay();
	holdNamesakes(rows, overwrites, severities);
	await giveWay();
	return index;
}

/**
 * Finds what each row is in Xero; sets its `match`. Throws ServiceFaultError.
 * @returns the documents of the lens' `besides`; undefined where they were not read
 */
export async function findRows(
	context: FindContext,
	rows: readonly Row[],
	lens: Lens = {},
): Promise<readonly XeroDocument[] | undefined> {
	if (!context.definition.isContact) return await findDocumentRows(context, rows, lens);
	await findContactDrafts(context, rows, lens);
	return undefined;
}

async function findContactDrafts(
	{ client, severities, giveWay }: FindContext,
	rows: readonly Row[],
	{ overwritesContacts = true, takesArchived, takesSimilarNames, isForWriting }: Lens,
): Promise<void> {
	const wanted = rows.map(({ draft }) => contactOfDraft(draft));
	const index = new ContactIndex(await lookUpContacts(client, wanted));
	for (const row of rows) {
		row.match = findContact(index, contactOfDraft(row.draft), {
			field: 'name',
			severities,
			overwrites: overwritesContacts,
			takesArchived,
			takesSimilarNames,
		});
	}
	if (!isForWriting) return;
	await holdShared(rows, severities, giveWay);
	holdNamesakeRecords(rows, severities);
}

const NOT_SOUGHT: Match = { kind: 'missing', issues: [] };

async function findDocumentRows(
	context: FindContext,
	rows: readonly Row[],
	lens: Lens,
): Promise<readonly XeroDocument[] | undefined> {
	const { client, definition, severities, giveWay = NEVER_GIVES_WAY } = context;
	await findSuccessors(context, rows);
	await giveWay();
	const successors = rows.filter(({ replaces }) => replaces !== undefined);
	const known = rows.filter(({ replaces }) => replaces === undefined);
	const isSought = ({ contact, draft }: Row) =>
		draft.id !== undefined ||
		lens.contactOf !== undefined ||
		contact?.match?.kind !== 'stopped' ||
		contact.match.archived !== undefined;
	// A document whose contact is unclear is not looked for: it cannot be told whose it is.
	for (const row of known) row.match = NOT_SOUGHT;
	await giveWay();
	const open = known.filter(isSought);
	const drafts = open.map(({ draft }) => draft);
	const index = new DocumentIndex(definition);
	await giveWay();
	const { changedSinceMs, besides, leavesLinesOut } = lens;
	const { known: present } = context;
	const looking = { changedSinceMs, besides, leavesLinesOut, giveWay, known: present };
	const { documents, others } = await lookUpDocuments(client, definition, drafts, looking);
	for (const document of documents) {
		index.add(document);
		await giveWay();
	}
	await findContactsMadeSince(context, open, documents, lens.overwritesContacts ?? false);
	const soughtBy = soughtAmong(context, rows, lens.contactOf);
	await giveWay();
	for (const row of open) {
		row.match = findDocument(index, soughtBy(row), severities, lens);
		await giveWay();
	}
	const judge = (row: Row, document: XeroDocument) => {
		const sought = { ...soughtBy(row), draft: { ...row.draft, id: document.id } };
		return findDocument(new DocumentIndex(definition, [document]), sought, severities, lens);
	};
	await followCorrections(context, open, index, judge, lens);
	if (!lens.leavesTwins) await resolveTwins(context, [...open, ...successors], index);
	if (!lens.isForWriting) return others;
	await giveWay();
	holdNewOfRenamed(definition, open, severities);
	await giveWay();
	await holdShared(open, severities, giveWay);
	await holdKeysOfOthers(definition, open, severities, giveWay);
	await giveWay();
	return others;
}
