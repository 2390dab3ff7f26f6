import type { XeroDocument } from '../../xero/documents/definition';
import type { RuleSeverities } from '../check/check';
import { issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactLabel, type ContactIndex, type WantedContact } from '../find/contactIndex';
import { CONTACT_OF_DOCUMENT, findContact } from '../find/findContact';
import type { Match } from '../find/matching';

/** The contact whose documents may be adopted. */
export type AdoptableContact =
	| {
			readonly kind: 'known';
			readonly contactId: string;
			/** Archived contacts of the very same name or number. */
			readonly namesakeIds: readonly string[];
	  }
	| { readonly kind: 'missing' }
	| Extract<Match, { kind: 'stopped' }>;

/**
 * Finds a record's contact as an upsert does, except that an archived one will do: nothing is
 * posted to it, and what was posted before it was archived is there.
 */
export function adoptableContact(
	index: ContactIndex,
	wanted: WantedContact,
	severities: RuleSeverities,
): AdoptableContact {
	const match = findContact(index, wanted, { ...CONTACT_OF_DOCUMENT, severities });
	const namesakes = archivedOf(index, wanted);
	if (match.kind === 'matched') {
		const contactId = match.document.id;
		const namesakeIds = namesakes.map(({ id }) => id).filter((id) => id !== contactId);
		return { kind: 'known', contactId, namesakeIds };
	}
	if (match.kind === 'missing') return { kind: 'missing' };
	if (!match.issues.some(({ code }) => code === LATE_RULES.contactArchived.code)) return match;
	const [only] = namesakes;
	if (only && namesakes.length === 1) {
		return { kind: 'known', contactId: only.id, namesakeIds: [] };
	}
	return {
		kind: 'stopped',
		issues: issueOf(
			LATE_RULES.contactAmbiguous,
			{
				field: 'contact.name',
				message: `${namesakes.length} archived contacts in Xero fit: ${namesakes.map(contactLabel).join('; ')}.`,
				fix: 'Keep the right one’s Contact ID or Contact Code in Knack.',
			},
			severities,
			{ candidates: namesakes.map((each) => ({ id: each.id, label: contactLabel(each) })) },
		),
	};
}

function archivedOf(index: ContactIndex, wanted: WantedContact): XeroDocument[] {
	const kept = wanted.id === undefined ? undefined : index.get(wanted.id);
	const found = [
		...(kept ? [kept] : []),
		...index.find('number', wanted.contactNumber),
		...index.find('name', wanted.name ?? textName(kept)),
		...(wanted.name === undefined ? index.find('email', wanted.emailAddress) : []),
	];
	const archived = found.filter(({ status }) => status === 'ARCHIVED');
	const byId = new Map(archived.map((contact) => [contact.id, contact]));
	// Where the id is kept, it alone says which of several archived ones is meant.
	return kept?.status === 'ARCHIVED' ? [kept] : [...byId.values()];
}

function textName(contact: XeroDocument | undefined): string | undefined {
	const name = contact?.fields.name;
	return typeof name === 'string' ? name : undefined;
}
