import { CONTACT } from './contact';
import type { DocumentDefinition, DocumentType } from './definition';
import { BILL, SALES_INVOICE } from './invoice';

/** Every document that can be written to Xero. Adding a type is adding an entry. */
export const DOCUMENTS: Partial<Record<DocumentType, DocumentDefinition>> = {
	contact: CONTACT,
	salesInvoice: SALES_INVOICE,
	bill: BILL,
};
