import { amountText } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { headerText, textOf } from '../check/draftValues';
import type { Draft } from '../draft';
import { readSourceMark } from '../sourceLink/sourceMark';

/** What a person calls a record: by its number or reference, else by its document, else its contact. */
export function recordName(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument | undefined,
): string {
	const names = [
		headerText(draft, definition.numberPath),
		headerText(draft, 'reference'),
		document?.number,
		headerText(draft, 'contact.name'),
	];
	return names.find((name) => name !== undefined) ?? draft.source.knackRecordId ?? '';
}

/** What a person calls a document. */
export function documentName({ type }: DocumentDefinition, document: XeroDocument): string {
	return document.number ?? textOf(document.fields.reference) ?? `${type} ${document.id}`;
}

/** "Bill of 2026-11-20, for Acme Ltd, 120.00 GBP", and whose record it names where none is given. */
export function documentInWords({ label }: DocumentDefinition, document: XeroDocument): string {
	const { amounts, contactName, fields } = document;
	const mark = readSourceMark(textOf(fields.url));
	return [
		`${label} of ${textOf(fields.date) ?? 'no date'}`,
		...(contactName === undefined ? [] : [`for ${contactName}`]),
		...(amounts ? [`${amountText(amounts.total, amounts.currency)} ${amounts.currency}`] : []),
		...(mark ? [`made from the record ${mark.recordId}, which is not among the items`] : []),
	].join(', ');
}
