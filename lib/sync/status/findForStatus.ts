import type { Issue } from '../../issue';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { issueOf, type RuleSeverities } from '../check/check';
import { textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { STRATEGIES } from '../documents';
import { isOnItsWay } from '../documents/strategy';
import type { Draft } from '../draft';
import { ContactIndex, contactLabel, matchContact, wantedContact } from '../match/contactMatch';
import { DocumentIndex, matchDocument } from '../match/documentMatch';
import { contactOfDraft, lookUpContacts, lookUpDocuments } from '../match/lookUp';
import type { Match } from '../match/matching';
import { foldText } from '../match/names';
import type { UpsertContext } from '../prepare';

export interface Found {
	readonly draft: Draft;
	/** Undefined for a record that is not looked up: skipped, or amiss already. */
	readonly match?: Match;
}

/**
 * Finds the documents that the drafts name, by the same ladder as an upsert, in bulk. Those that
 * are voided or deleted are found too, since that may be what is wanted. Where a record names no
 * contact, a reference counts across all contacts. Throws ServiceFaultError.
 */
export async function findForStatus(
	context: UpsertContext,
	definition: DocumentDefinition,
	given: readonly Draft[],
	severities: RuleSeverities,
): Promise<Found[]> {
	const { client } = context;
	const completed = await STRATEGIES[definition.type]?.complete(context, given, severities);
	const drafts = completed?.drafts ?? given;
	const open = drafts.filter(isOnItsWay);
	if (definition.type === 'contact') {
		const index = new ContactIndex(await lookUpContacts(client, open.map(contactOfDraft)));
		return drafts.map((draft) => ({
			draft,
			match: isOnItsWay(draft) ? matchAnyContact(index, draft, severities) : undefined,
		}));
	}
	const contactOf = (draft: Draft) => wantedContact(draft.fields, 'contact.');
	const named = definition.hasContact
		? open.filter(
				(draft) =>
					draft.id === undefined &&
					Object.values(contactOf(draft)).some((value) => value !== undefined),
			)
		: [];
	const contacts = new ContactIndex(await lookUpContacts(client, named.map(contactOf)));
	const documents = await lookUpDocuments(client, definition, open);
	const ofContact = new DocumentIndex(definition, documents);
	const anyContact: DocumentDefinition = {
		...definition,
		hasContact: false,
		keys: definition.keys.map((key) => ({ ...key, withinContact: false })),
	};
	const isNamed = new Set(named);
	return drafts.map((draft): Found => {
		if (!isOnItsWay(draft)) return { draft };
		const contact = isNamed.has(draft)
			? matchContact(contacts, contactOf(draft), severities)
			: undefined;
		if (contact?.kind === 'stopped') return { draft, match: contact };
		const contactId = contact?.kind === 'matched' ? contact.document.id : undefined;
		const matchAs = (as: DocumentDefinition) =>
			matchDocument(ofContact, as, draft, contactId, severities);
		const as = contact ? definition : anyContact;
		const match = matchAs(as);
		const isGone =
			match.kind === 'stopped' && match.issues.some(({ code }) => code === 'XERO_DOCUMENT_GONE');
		return { draft, match: isGone ? matchAs({ ...as, goneStatuses: [] }) : match };
	});
}

/** Archived contacts too: that may be what is wanted. */
function matchAnyContact(index: ContactIndex, draft: Draft, severities: RuleSeverities): Match {
	const match = matchContact(index, contactOfDraft(draft), severities, 'name');
	if (match.kind === 'matched' && match.by === 'similarName') {
		return { kind: 'stopped', issues: onlySimilar(match.document, severities) };
	}
	if (match.kind !== 'stopped') return match;
	const archived = match.issues.find(({ code }) => code === LATE_RULES.contactArchived.code);
	const [only] = archived?.candidates ?? [];
	const document = only && index.get(only.id);
	if (!document) return match;
	const agrees = (sign: string) =>
		foldText(textOf(document.fields[sign]) ?? '') === foldText(textOf(draft.fields[sign]) ?? '');
	const by =
		draft.id === undefined
			? (['contactNumber', 'name'].find(
					(sign) => draft.fields[sign] !== undefined && agrees(sign),
				) ?? 'emailAddress')
			: 'id';
	return { kind: 'matched', document, by, issues: [] };
}

/** Good enough to post an invoice to, which can be moved; not to archive somebody. */
function onlySimilar(document: XeroDocument, severities: RuleSeverities): readonly Issue[] {
	const label = contactLabel(document);
	return issueOf(
		LATE_RULES.contactLooksAlike,
		{
			field: 'name',
			message: `The name is written nearly as ${label}, which is not enough to change a status.`,
			fix: 'Keep the Contact ID or Contact Number in Knack, or write the name as in Xero.',
		},
		severities,
		{ candidates: [{ id: document.id, label }] },
	);
}
