import { SALES_CREDIT_NOTE } from '../../xero/documents/salesCreditNote';
import { SUPPLIER_CREDIT_NOTE } from '../../xero/documents/supplierCreditNote';
import type { DocumentType } from '../../xero/documents/definition';
import { BILL } from '../../xero/documents/bill';
import { SALES_INVOICE } from '../../xero/documents/salesInvoice';
import { creditNoteStrategy } from './creditNote';
import { PAYMENT_STRATEGY } from './payment';
import { PROJECT_STRATEGY, PROJECT_TASK_STRATEGY, TIME_ENTRY_STRATEGY } from './projects';
import type { DocumentStrategy } from './strategy';
import { TRACKING_OPTION_STRATEGY } from './trackingOption';

/** The documents that stand on another one, which their records may name as people do. */
export const STRATEGIES: Readonly<Partial<Record<DocumentType, DocumentStrategy>>> = {
	salesCreditNote: creditNoteStrategy(SALES_CREDIT_NOTE, SALES_INVOICE),
	supplierCreditNote: creditNoteStrategy(SUPPLIER_CREDIT_NOTE, BILL),
	payment: PAYMENT_STRATEGY,
	trackingOption: TRACKING_OPTION_STRATEGY,
	project: PROJECT_STRATEGY,
	projectTask: PROJECT_TASK_STRATEGY,
	timeEntry: TIME_ENTRY_STRATEGY,
};
