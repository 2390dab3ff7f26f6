import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath, headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import type { FieldChange } from '../outcome';
import { fingerprintOf, fingerprintText } from '../sourceLink/fingerprint';
import { lastSentOf } from '../sourceLink/keptFingerprint';
import { headerChanges } from './header';
import { pairLines } from './linePairs';
import { withoutIdleTax } from './untaxed';

/**
 * What may count as sent of a document that somebody else has posted: what the record says, where
 * the document says the same. Undefined where they differ, or where it is known what was sent.
 */
export function agreedFingerprint(
	definition: DocumentDefinition,
	given: Draft,
	document: XeroDocument,
): string | undefined {
	const draft = withoutIdleTax(definition, given, document);
	if (lastSentOf(textOf(document.fields.url), draft.source)) return undefined;
	const saysTheSame =
		headerChanges(definition, draft, document, '').every(isHidden(definition)) &&
		isOfContact(draft, document) &&
		areLinesAlike(definition, draft, document);
	return saysTheSame ? fingerprintText(fingerprintOf(definition, draft)) : undefined;
}

/** Xero does not show it, so there is nothing to disagree with. */
function isHidden({ fields }: DocumentDefinition) {
	const known = fieldsByPath(fields);
	return ({ field, before }: FieldChange) =>
		before === undefined && known.get(field)?.mayNotBeShown === true;
}

function isOfContact(draft: Draft, { contactName }: XeroDocument): boolean {
	const name = headerText(draft, 'contact.name');
	return (
		name === undefined || contactName === undefined || foldText(name) === foldText(contactName)
	);
}

function areLinesAlike(
	{ lineFields }: DocumentDefinition,
	{ lines = [] }: Draft,
	document: XeroDocument,
): boolean {
	if (!lineFields) return true;
	const pairs = pairLines(lineFields, lines, document.lines ?? []);
	return pairs.every(({ pair, differing }) => pair !== undefined && differing.length === 0);
}
