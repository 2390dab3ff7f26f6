import { BANK_TRANSACTION } from './bankTransaction';
import { BATCH_PAYMENT } from './batchPayment';
import { BILL } from './bill';
import { CONTACT } from './contact';
import type { DocumentDefinition } from './definition';
import { ITEM } from './item';
import { MANUAL_JOURNAL } from './manualJournal';
import { PAYMENT } from './payment';
import { PROJECT } from './project';
import { PROJECT_TASK } from './projectTask';
import { PURCHASE_ORDER } from './purchaseOrder';
import { QUOTE } from './quote';
import { SALES_CREDIT_NOTE } from './salesCreditNote';
import { SALES_INVOICE } from './salesInvoice';
import { SUPPLIER_CREDIT_NOTE } from './supplierCreditNote';
import { TIME_ENTRY } from './timeEntry';
import { TIMESHEET } from './timesheet';
import { TRACKING_OPTION } from './trackingOption';

/** The registry: one line for every document of Xero that is described. The nodes offer all of them. */
export const DOCUMENTS = {
	contact: CONTACT,
	salesInvoice: SALES_INVOICE,
	bill: BILL,
	salesCreditNote: SALES_CREDIT_NOTE,
	supplierCreditNote: SUPPLIER_CREDIT_NOTE,
	quote: QUOTE,
	purchaseOrder: PURCHASE_ORDER,
	item: ITEM,
	payment: PAYMENT,
	batchPayment: BATCH_PAYMENT,
	bankTransaction: BANK_TRANSACTION,
	manualJournal: MANUAL_JOURNAL,
	trackingOption: TRACKING_OPTION,
	project: PROJECT,
	projectTask: PROJECT_TASK,
	timeEntry: TIME_ENTRY,
	timesheet: TIMESHEET,
} as const satisfies Readonly<Record<string, DocumentDefinition>>;

/**
 * The documents that can be written to Xero, by the names used in workflows.
 * @internal
 */
export type DocumentType = keyof typeof DOCUMENTS;
