import { isSameText } from '../../foldText';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { headerText, textOf } from '../check/draftValues';
import type { LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import { isFoundByLink, keyName } from './decidingKey';
import type { Doubt } from './decisionTable';
import { documentLabel } from './documentIndex';
import type { Evidence, Sought } from './evidence';
import { statusName } from '../status/statusName';

interface Words {
	readonly rule: LateRule;
	readonly message: string;
	readonly fix: string;
}

/** Why a person has to look at a document that may be the record's, both sides in words. */
export function wordsOfDoubt(doubt: Doubt, sought: Sought, evidence: Evidence): Words {
	return WORDS[doubt](sought, evidence);
}

const WORDS: Readonly<Record<Doubt, (sought: Sought, evidence: Evidence) => Words>> = {
	gone: (sought, { document }) => ({
		rule: LATE_RULES.documentGone,
		message: `The ${nameOf(sought.definition, { ...document, status: undefined })} was ${statusName(sought.definition, document.status ?? '').toLowerCase()} in Xero. It is not posted again by itself.${otherwiseSaid(sought, document)}`,
		fix: isFoundByLink(sought.definition)
			? 'To post it again, make a new record of it in Knack, without the id that this one keeps, and run that.'
			: 'To post it again, give the record a new number or reference and clear the id kept in Knack.',
	}),
	contactRenamed: ({ definition, contact }, { document, identity }) => ({
		rule: LATE_RULES.contactRenamed,
		message: `The record names ${wordsOfContact(contact)}, which Xero does not have, and the ${nameOf(definition, document)} ${identity === 'own' ? 'is the record’s' : 'may be the record’s'}.`,
		fix: `If the customer was renamed in Xero, write "${document.contactName ?? ''}" in Knack, or keep its Contact ID there. If it is another customer, add it in Xero first${identity === 'own' ? '' : `, or give the record a ${identity} of its own`}.`,
	}),
	ofAnother: ({ definition, draft }, evidence) => {
		const { identity, document, against } = evidence;
		const value = headerText(draft, evidence.by);
		const own = identity === 'own';
		return {
			rule: own
				? LATE_RULES.keyOfAnother
				: identity === 'reference'
					? LATE_RULES.contradicted
					: against.has('otherContact') || against.has('contactUnknown')
						? LATE_RULES.numberOfOtherContact
						: LATE_RULES.keyOfAnother,
			message: own
				? `The ${nameOf(definition, document)} is kept as this record’s, but ${sidesOf(evidence)}.`
				: `"${value ?? ''}" is already on the ${nameOf(definition, document)}; ${sidesOf(evidence)}.`,
			fix: own
				? 'Clear the id on the record that it does not belong to.'
				: identity === 'number'
					? against.has('contactUnknown')
						? `Give the record another number in Knack. If the customer was renamed in Xero, write "${document.contactName ?? ''}" in Knack.`
						: 'Give the record another number in Knack, or correct its customer.'
					: `Give the record a ${keyName(definition, evidence.by)} of its own in Knack, or a number. If both are meant to be posted, set this rule to Warn in the node.`,
		};
	},
	contradicted: ({ definition, draft }, evidence) => {
		const { identity, document } = evidence;
		return {
			rule: identity === 'reference' ? LATE_RULES.contradicted : LATE_RULES.keyOfAnother,
			message: `"${headerText(draft, evidence.by) ?? ''}" is on the ${nameOf(definition, document)}; ${sidesOf(evidence)}.`,
			fix: `If it is the record’s own, keep its Xero ID in Knack. If not, give the record another ${keyName(definition, evidence.by)}.`,
		};
	},
};

function nameOf(definition: DocumentDefinition, document: XeroDocument): string {
	return `${definition.label.toLowerCase()} ${documentLabel(definition, document)}`;
}

/** What the record says of its key and contact by now, where that is not what the document has. */
function otherwiseSaid({ definition, draft }: Sought, document: XeroDocument): string {
	const differing = [
		...definition.keys.map(({ path }) => [headerText(draft, path), document.fields[path]] as const),
		[headerText(draft, 'contact.name'), document.contactName] as const,
	].flatMap(([ours, theirs]) =>
		ours === undefined || isSameText(ours, textOf(theirs) ?? '') ? [] : [`"${ours}"`],
	);
	return differing.length === 0 ? '' : ` The record now says ${differing.join(', ')}.`;
}

function wordsOfContact({ name }: Sought['contact']): string {
	return name === undefined ? 'a contact' : `the contact "${name}"`;
}

/** What speaks against it, and what for it. */
function sidesOf({ speaksFor, speaksAgainst }: Evidence): string {
	const sides = speaksAgainst.join(' and ');
	return speaksFor.length === 0 ? sides : `${sides}, though it has ${speaksFor.join(' and ')}`;
}
