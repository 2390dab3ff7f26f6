import { isSameText } from '../../foldText';
import type { XeroClient } from '../../xero/client';
import { DOCUMENT_TYPES } from '../../xero/documents';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { correctionToken } from '../sourceLink/correctionToken';
import { liveOnes } from './twins';

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

/**
 * The credit notes by which documents of one type are corrected, whether they are put against them or
 * not, by the ids of the documents. Throws ServiceFaultError.
 */
export async function readCorrectingNotes(
	client: XeroClient,
	documents: readonly XeroDocument[],
): Promise<ReadonlyMap<string, readonly XeroDocument[]>> {
	const [first] = documents;
	const definition = first && correctedBy(first);
	if (!definition) return new Map();
	const { path } = correctingKey(first);
	const values = { [path]: documents.map((document) => correctingKey(document).value) };
	const found = liveOnes(definition, await findDocuments(client, definition, { values }));
	return new Map(
		documents.map((document) => {
			const { value } = correctingKey(document);
			return [
				document.id,
				found.filter((note) => isSameText(String(note.fields[path]), value)),
			] as const;
		}),
	);
}
