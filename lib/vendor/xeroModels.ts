/**
 * The models of Xero's own SDK (xero-node), bundled into the published package: their names and
 * wire casing drive the document registry. Its HTTP client is deliberately not used, since only
 * n8n may refresh a token that rotates.
 */
export { Address } from 'xero-node/dist/gen/model/accounting/address';
export { BankTransaction } from 'xero-node/dist/gen/model/accounting/bankTransaction';
export { BatchPayment } from 'xero-node/dist/gen/model/accounting/batchPayment';
export { BatchPaymentDetails } from 'xero-node/dist/gen/model/accounting/batchPaymentDetails';
export { Bill as PaymentTermSide } from 'xero-node/dist/gen/model/accounting/bill';
export { Contact } from 'xero-node/dist/gen/model/accounting/contact';
export { ContactPerson } from 'xero-node/dist/gen/model/accounting/contactPerson';
export { CreditNote } from 'xero-node/dist/gen/model/accounting/creditNote';
export { Invoice } from 'xero-node/dist/gen/model/accounting/invoice';
export { InvoiceAddress } from 'xero-node/dist/gen/model/accounting/invoiceAddress';
export { Item } from 'xero-node/dist/gen/model/accounting/item';
export { LineItem } from 'xero-node/dist/gen/model/accounting/lineItem';
export { ManualJournal } from 'xero-node/dist/gen/model/accounting/manualJournal';
export { ManualJournalLine } from 'xero-node/dist/gen/model/accounting/manualJournalLine';
export { Payment } from 'xero-node/dist/gen/model/accounting/payment';
export { Phone } from 'xero-node/dist/gen/model/accounting/phone';
export { Purchase } from 'xero-node/dist/gen/model/accounting/purchase';
export { PurchaseOrder } from 'xero-node/dist/gen/model/accounting/purchaseOrder';
export { Quote } from 'xero-node/dist/gen/model/accounting/quote';
export { TrackingOption } from 'xero-node/dist/gen/model/accounting/trackingOption';
export { ProjectCreateOrUpdate } from 'xero-node/dist/gen/model/projects/projectCreateOrUpdate';
export { TaskCreateOrUpdate } from 'xero-node/dist/gen/model/projects/taskCreateOrUpdate';
export { TimeEntryCreateOrUpdate } from 'xero-node/dist/gen/model/projects/timeEntryCreateOrUpdate';
export { Timesheet } from 'xero-node/dist/gen/model/payroll-uk/timesheet';
export { TimesheetLine } from 'xero-node/dist/gen/model/payroll-uk/timesheetLine';
