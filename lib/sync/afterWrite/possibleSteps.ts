import type { DocumentType } from '../../xero/documents/definition';

/** Types whose endpoint takes files (Attachments endpoint). */
export const TAKES_FILES: ReadonlySet<DocumentType> = new Set([
	'contact',
	'salesInvoice',
	'bill',
	'salesCreditNote',
	'supplierCreditNote',
	'quote',
	'purchaseOrder',
]);

/** Types whose files the customer may see with the online document. */
export const SHOWN_ONLINE: ReadonlySet<DocumentType> = new Set(['salesInvoice', 'salesCreditNote']);

/** Types that keep no history of their own (History and Notes endpoint). */
export const WITHOUT_HISTORY: ReadonlySet<DocumentType> = new Set([
	'trackingOption',
	'project',
	'projectTask',
	'timeEntry',
]);

/** Types that Xero e-mails to the customer, who sees them online. */
export const IS_EMAILED: ReadonlySet<DocumentType> = new Set(['salesInvoice']);
