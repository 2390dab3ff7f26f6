import { isSameText } from '../../foldText';
import type { XeroDocument } from '../../xero/documents/definition';
import { isStopping, issueOf } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import {
	contactLabel,
	isActive,
	type ContactIndex,
	type ContactKey,
	type WantedContact,
} from './contactIndex';
import {
	differs,
	isNamedApart,
	isNamedAs,
	isSomebodyElse,
	KEYS,
	numberOf,
	type ContactLens,
	type Looking,
	type Stop,
} from './lookingForContact';
import { contactFound, type Match, type Matched } from './matching';
import { alsoMergedAway, merged, ofAnotherMerged, ofMergedNumber } from './mergedContacts';
import { sharedWords } from './names';
import { isNumberOfSomeAlone, ofNumberOfSome } from './numberOfSome';
import { withItsEmail } from './otherEmail';

export const CONTACT_OF_DOCUMENT = { field: 'contact.name', overwrites: false } as const;

/**
 * Finds the one contact that a record means, from the surest sign down: the id kept in Knack, the
 * contact number, the name as Xero compares it, the name as people write it, the e-mail address.
 * What contradicts is asked on every rung. Whatever is not certain is held with its candidates.
 */
export function findContact(index: ContactIndex, wanted: WantedContact, lens: ContactLens): Match {
	const { severities, field } = lens;
	const stop: Stop = (rule, message, fix, found) => {
		const issues = issueOf(rule, { field, message, fix }, severities, {
			candidates: found.map((contact) => ({ id: contact.id, label: contactLabel(contact) })),
		});
		// Where the user has lowered the rule, the record is taken for a contact of its own.
		return { kind: issues.some(isStopping) ? 'stopped' : 'missing', issues };
	};
	const looking: Looking = { index, wanted, lens, stop };
	if (wanted.id !== undefined) return byId(looking, wanted.id);
	const byNumber = only(looking, 'number');
	const byName = only(looking, 'name');
	if (byNumber) {
		const led = contactFound(byNumber);
		if (led && isNumberOfSomeAlone(looking, led)) return ofNumberOfSome(looking, led);
		if (byNumber.kind !== 'matched') return byNumber;
		const bearers = index.bearersOf('number', wanted.contactNumber);
		const [bearer] = bearers;
		if (bearer && bearers.every((each) => isSomebodyElse(wanted, each))) {
			return contradictedTwice(wanted, bearer, 'Contact Code', stop);
		}
		const { document, isThroughMerge } = byNumber;
		if (
			bearer &&
			isThroughMerge &&
			[...bearers, document].every((each) => isNamedApart(wanted, each))
		) {
			return ofMergedNumber(looking, bearer, document);
		}
		const owner = ownerOfEmail(looking, document);
		if (owner) return ofAnothersEmail(looking, document, owner);
		if (byName?.kind !== 'matched' || byName.document.id === document.id) {
			const isOfAnotherName = isThroughMerge && bearers.every((each) => isNamedApart(wanted, each));
			return wanted.isEmailOfAnother || isOfAnotherName
				? withItsEmail(looking, byNumber)
				: byNumber;
		}
		return contradictory(numberOf(wanted), document, 'name', byName.document, stop);
	}
	if (byName) {
		if (byName.kind !== 'matched') return byName;
		return ofAnotherMerged(looking, byName) ?? confirmed(looking, byName);
	}
	return bySimilarName(looking) ?? byEmail(looking);
}

function byId(looking: Looking, id: string): Match {
	const { index, wanted, lens, stop } = looking;
	const kept = index.get(id);
	if (!kept) {
		return stop(
			LATE_RULES.idUnknown,
			`The Contact ID kept in Knack (${id}) is not in this organisation.`,
			'Clear the Contact ID on the Knack record, or check that the right organisation is chosen.',
			[],
		);
	}
	if (!isActive(kept)) return ofArchived(looking, kept, 'id');
	const isThroughMerge = !isSameText(kept.id, id);
	if (lens.overwrites && isThroughMerge && !isNamedAs(wanted, kept)) {
		return merged(wanted, 'Contact ID', kept, stop);
	}
	if (lens.overwrites && isSomebodyElse(wanted, kept)) {
		return contradictedTwice(wanted, kept, 'Contact ID', stop);
	}
	const ofNumber = index
		.find('number', wanted.contactNumber)
		.find((contact) => isActive(contact) && contact !== kept);
	if (ofNumber) return contradictory(numberOf(wanted), ofNumber, 'Contact ID', kept, stop);
	return { kind: 'matched', document: kept, by: 'id', isThroughMerge, issues: [] };
}

/** The one contact in use that a key leads to; undefined where it leads to none. */
function only(looking: Looking, key: ContactKey): Match | undefined {
	const { index, wanted, stop } = looking;
	const { field, by } = KEYS[key];
	const found = index.find(key, wanted[field]);
	const active = found.filter(isActive);
	const [first, another] = active;
	if (first && !another) return ledTo(looking, key, first);
	if (another) {
		return stop(
			LATE_RULES.contactAmbiguous,
			`${active.length} contacts in Xero fit: ${active.map(contactLabel).join('; ')}.`,
			'Merge them in Xero, or keep the right one’s Contact ID or Contact Code in Knack.',
			active,
		);
	}
	return found[0] && ofArchived(looking, found[0], by);
}

/** The contact that a key leads to, itself or by the merge of another one. */
function ledTo(looking: Looking, key: ContactKey, to: XeroDocument): Match {
	const { index, wanted, lens, stop } = looking;
	const { field, by, sign } = KEYS[key];
	const value = wanted[field];
	const isThroughMerge = !index.bearersOf(key, value).includes(to);
	if (isThroughMerge && lens.overwrites) {
		return merged(wanted, field === 'name' ? sign : `${sign} ${value ?? ''}`, to, stop);
	}
	return (
		alsoMergedAway(looking, key, to) ?? {
			kind: 'matched',
			document: to,
			by,
			isThroughMerge,
			issues: [],
		}
	);
}

function ofArchived({ wanted, lens, stop }: Looking, contact: XeroDocument, by: string): Match {
	if (lens.takesArchived) return { kind: 'matched', document: contact, by, issues: [] };
	const { issues } = stop(
		LATE_RULES.contactArchived,
		`The contact ${String(contact.fields.name ?? contact.id)}${differs(wanted.name, contact.fields.name) ? `, to which "${wanted.name ?? ''}" leads,` : ''} is archived in Xero, so nothing can be posted to it.`,
		'Restore the contact in Xero (Contacts, Archived) and change something on the record in Knack, by which it goes again; or give the record another contact.',
		[contact],
	);
	return { kind: 'stopped', issues, archived: contact };
}

function contradictory(
	sign: string,
	contact: XeroDocument,
	otherSign: string,
	other: XeroDocument,
	stop: Stop,
): Match {
	return stop(
		LATE_RULES.contactContradicted,
		`The record’s ${sign} is that of ${contactLabel(contact)}; its ${otherSign} is that of ${contactLabel(other)}.`,
		`Correct the ${sign} or the ${otherSign} in Knack, or merge the two contacts in Xero.`,
		[contact, other],
	);
}

function contradictedTwice(
	wanted: WantedContact,
	contact: XeroDocument,
	sign: string,
	stop: Stop,
): Match {
	return stop(
		LATE_RULES.contactContradicted,
		`The record’s ${sign} is that of ${contactLabel(contact)}; its name is ${wanted.name ?? ''} and its e-mail address ${wanted.emailAddress ?? ''}.`,
		`Correct the ${sign} in Knack. If it is the same contact, let its name or its e-mail address be the same in Knack and in Xero.`,
		[contact],
	);
}

/**
 * A new name under a known number is an edit; not where the e-mail address is that of another contact,
 * since then the number may have been given to somebody else.
 */
function ownerOfEmail({ index, wanted }: Looking, contact: XeroDocument): XeroDocument | undefined {
	if (!isNamedApart(wanted, contact)) return undefined;
	const owners = index.find('email', wanted.emailAddress).filter(isActive);
	return owners.includes(contact) ? undefined : owners[0];
}

function ofAnothersEmail(
	{ wanted, stop }: Looking,
	contact: XeroDocument,
	owner: XeroDocument,
): Match {
	return stop(
		LATE_RULES.contactContradicted,
		`The record’s ${numberOf(wanted)} is that of ${contactLabel(contact)}; its name is ${wanted.name ?? ''}, and its e-mail address is that of ${contactLabel(owner)}.`,
		'Correct the Contact Code or the e-mail address in Knack. If the contact has a new name, write that name in Xero too.',
		[contact, owner],
	);
}

/** A contact of the record's name, held against its number and e-mail address. */
function confirmed(looking: Looking, match: Matched): Match {
	const { wanted, stop } = looking;
	const { document } = match;
	if (differs(wanted.contactNumber, document.fields.contactNumber)) {
		return stop(
			LATE_RULES.contactContradicted,
			differs(wanted.name, document.fields.name)
				? `"${wanted.name ?? ''}" leads to ${contactLabel(document)} in Xero, into which it was merged; the number that goes with that name in this run is ${wanted.contactNumber ?? ''}.`
				: `Xero has ${contactLabel(document)}; the record’s number is ${wanted.contactNumber ?? ''}, so it is somebody else of the same name, and Xero does not keep two contacts of one name.`,
			'Write the name in Knack so that the two differ, or correct the Contact Code if it is the same contact.',
			[document],
		);
	}
	return withItsEmail(looking, match);
}

/**
 * Same name but for accents, punctuation or "Ltd"; taken only where nothing speaks against it. A
 * record with a contact number that nobody has is then a contact of its own.
 */
function bySimilarName(looking: Looking): Match | undefined {
	const { index, wanted, lens, stop } = looking;
	const { takesSimilarNames = true } = lens;
	const found = index.find('loose', wanted.name).filter(isActive);
	const [first] = found;
	if (!first) return undefined;
	const isContradicted =
		differs(wanted.emailAddress, first.fields.emailAddress) ||
		differs(wanted.contactNumber, first.fields.contactNumber);
	if (found.length === 1 && !takesSimilarNames) {
		// Good enough to post an invoice to, which can be moved; not to archive somebody.
		return stop(
			LATE_RULES.contactLooksAlike,
			`The name is written nearly as ${contactLabel(first)}, which is not enough to change a status.`,
			'Keep the Contact ID or Contact Code in Knack, or write the name as in Xero.',
			found,
		);
	}
	if (found.length === 1 && !isContradicted) return ledTo(looking, 'loose', first);
	if (wanted.contactNumber !== undefined) return { kind: 'missing', issues: [] };
	return stop(
		found.length > 1 ? LATE_RULES.contactAmbiguous : LATE_RULES.contactLooksAlike,
		`"${wanted.name ?? ''}" looks like ${found.map(contactLabel).join('; ')}.`,
		'If it is the same contact, write its name in Knack as in Xero; if not, give it a Contact Code.',
		found,
	);
}

function byEmail(looking: Looking): Match {
	const { index, wanted, lens, stop } = looking;
	const { severities, field } = lens;
	const { name } = wanted;
	if (name === undefined) {
		return (
			only(looking, 'email') ??
			stop(
				LATE_RULES.contactUnknown,
				'No contact in Xero fits, and without a name none can be created.',
				'Map Contact Name to the Knack field with the customer’s name.',
				[],
			)
		);
	}
	const active = index.find('email', wanted.emailAddress).filter(isActive);
	const alike = active.filter(
		(contact) => sharedWords(name, String(contact.fields.name ?? '')) >= 0.3,
	);
	if (alike.length > 0 && wanted.contactNumber === undefined) {
		return stop(
			LATE_RULES.contactLooksAlike,
			`"${name}" has the e-mail address of ${alike.map(contactLabel).join('; ')}, and nearly its name.`,
			'If it is the same contact, write its name in Knack as in Xero; if not, give it a Contact Code.',
			alike,
		);
	}
	const issues =
		active.length === 0
			? []
			: issueOf(
					LATE_RULES.contactSharesEmail,
					{
						field,
						message: `${active.map(contactLabel).join('; ')} has the same e-mail address.`,
						fix: 'Check in Xero whether this is the same contact; merge them if so.',
					},
					severities,
				);
	return { kind: 'missing', issues };
}
