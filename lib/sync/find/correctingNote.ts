import { DOCUMENT_TYPES } from '../../xero/documents';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { correctionToken } from '../sourceLink/correctionToken';

/** The kind of credit note by which documents of a type are corrected; undefined where none is. */
export function correctedBy({ type }: Pick<XeroDocument, 'type'>): DocumentDefinition | undefined {
	return DOCUMENT_TYPES.find(({ corrects }) => corrects?.of.type === type);
}

/** The value by which the credit note that corrects a document is found again. */
export function correctingKey(document: XeroDocument): { path: string; value: string } {
	const { corrects } = correctedBy(document) ?? {};
	if (!corrects) throw new Error(`Nothing corrects a ${document.type}.`);
	return corrects.keyOf(document.number ?? '', correctionToken(document));
}

/** The reference of a document in the place of another, where neither it nor its record has one. */
export function replacingReference({ number = '' }: XeroDocument): string {
	return `Replaces ${number}`;
}
