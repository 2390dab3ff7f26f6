import { SALES_CREDIT_NOTE } from '../../xero/documents/salesCreditNote';
import { SUPPLIER_CREDIT_NOTE } from '../../xero/documents/supplierCreditNote';
import type {
	DocumentDefinition,
	DocumentType,
	XeroDocument,
} from '../../xero/documents/definition';
import { correctionToken } from '../sourceLink/correctionToken';

const CREDITED_BY: Readonly<Partial<Record<DocumentType, DocumentDefinition>>> = {
	salesInvoice: SALES_CREDIT_NOTE,
	bill: SUPPLIER_CREDIT_NOTE,
};

/** The kind of credit note by which documents of a type are corrected; undefined where none is. */
export function correctedBy({ type }: Pick<XeroDocument, 'type'>): DocumentDefinition | undefined {
	return CREDITED_BY[type];
}

/**
 * The value by which the credit note that corrects a document is found again. It follows from that
 * document alone, so that every run and worker looks for the same one. Supplier credit notes have no
 * reference in Xero (CreditNotes endpoint, `Reference`: ACCRECCREDIT only), so there it is the number.
 */
export function correctingKey(document: XeroDocument): { path: string; value: string } {
	const token = correctionToken(document);
	const { number = '' } = document;
	return document.type === 'bill'
		? { path: 'creditNoteNumber', value: `${number} (credit ${token})`.trim() }
		: { path: 'reference', value: `Correction of ${number} (${token})` };
}

/** The reference of a sales invoice in the place of another, where neither it nor its record has one. */
export function replacingReference({ number = '' }: XeroDocument): string {
	return `Replaces ${number}`.trim();
}
