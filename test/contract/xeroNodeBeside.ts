import type { AccountingApi, Attachments, HistoryRecords } from 'xero-node';

import { DEMO_TRADE_TENANT_ID as UK } from '../../sandbox/xero/twin';
import { anything, some, type LibraryCall } from './xeroNodeCall';

type Answered<Body> = Promise<{ readonly response: { readonly status: number }; body: Body }>;

/** What is kept beside a kind of documents, by the library's calls for it. */
interface Beside {
	/** By the name of Xero's model. */
	readonly of: string;
	readonly notes?: (api: AccountingApi, id: string) => Answered<HistoryRecords>;
	readonly note?: (
		api: AccountingApi,
		id: string,
		notes: HistoryRecords,
	) => Answered<HistoryRecords>;
	readonly files?: (api: AccountingApi, id: string) => Answered<Attachments>;
	readonly file?: (api: AccountingApi, id: string, name: string, type: string) => Answered<Buffer>;
	readonly add?: (
		api: AccountingApi,
		id: string,
		name: string,
		file: Buffer,
	) => Answered<Attachments>;
	readonly replace?: (
		api: AccountingApi,
		id: string,
		name: string,
		file: Buffer,
	) => Answered<Attachments>;
	readonly pdf?: (api: AccountingApi, id: string) => Answered<Buffer>;
}

const KEPT: readonly Beside[] = [
	{
		of: 'Contact',
		notes: (api, id) => api.getContactHistory(UK, id),
		note: (api, id, notes) => api.createContactHistory(UK, id, notes),
		files: (api, id) => api.getContactAttachments(UK, id),
		file: (api, id, name, type) => api.getContactAttachmentByFileName(UK, id, name, type),
		add: (api, id, name, file) => api.createContactAttachmentByFileName(UK, id, name, file),
		replace: (api, id, name, file) => api.updateContactAttachmentByFileName(UK, id, name, file),
	},
	{
		of: 'Invoice',
		file: (api, id, name, type) => api.getInvoiceAttachmentByFileName(UK, id, name, type),
		add: (api, id, name, file) => api.createInvoiceAttachmentByFileName(UK, id, name, file),
		replace: (api, id, name, file) => api.updateInvoiceAttachmentByFileName(UK, id, name, file),
		pdf: (api, id) => api.getInvoiceAsPdf(UK, id),
	},
	{
		of: 'CreditNote',
		notes: (api, id) => api.getCreditNoteHistory(UK, id),
		note: (api, id, notes) => api.createCreditNoteHistory(UK, id, notes),
		files: (api, id) => api.getCreditNoteAttachments(UK, id),
		file: (api, id, name, type) => api.getCreditNoteAttachmentByFileName(UK, id, name, type),
		add: (api, id, name, file) => api.createCreditNoteAttachmentByFileName(UK, id, name, file),
		replace: (api, id, name, file) => api.updateCreditNoteAttachmentByFileName(UK, id, name, file),
		pdf: (api, id) => api.getCreditNoteAsPdf(UK, id),
	},
	{
		of: 'Quote',
		notes: (api, id) => api.getQuoteHistory(UK, id),
		note: (api, id, notes) => api.createQuoteHistory(UK, id, notes),
		files: (api, id) => api.getQuoteAttachments(UK, id),
		file: (api, id, name, type) => api.getQuoteAttachmentByFileName(UK, id, name, type),
		add: (api, id, name, file) => api.createQuoteAttachmentByFileName(UK, id, name, file),
		replace: (api, id, name, file) => api.updateQuoteAttachmentByFileName(UK, id, name, file),
		pdf: (api, id) => api.getQuoteAsPdf(UK, id),
	},
	{
		of: 'PurchaseOrder',
		notes: (api, id) => api.getPurchaseOrderHistory(UK, id),
		note: (api, id, notes) => api.createPurchaseOrderHistory(UK, id, notes),
		files: (api, id) => api.getPurchaseOrderAttachments(UK, id),
		file: (api, id, name, type) => api.getPurchaseOrderAttachmentByFileName(UK, id, name, type),
		add: (api, id, name, file) => api.createPurchaseOrderAttachmentByFileName(UK, id, name, file),
		replace: (api, id, name, file) =>
			api.updatePurchaseOrderAttachmentByFileName(UK, id, name, file),
		pdf: (api, id) => api.getPurchaseOrderAsPdf(UK, id),
	},
	{
		of: 'BankTransaction',
		notes: (api, id) => api.getBankTransactionsHistory(UK, id),
		note: (api, id, notes) => api.createBankTransactionHistoryRecord(UK, id, notes),
		files: (api, id) => api.getBankTransactionAttachments(UK, id),
		file: (api, id, name, type) => api.getBankTransactionAttachmentByFileName(UK, id, name, type),
		add: (api, id, name, file) => api.createBankTransactionAttachmentByFileName(UK, id, name, file),
		replace: (api, id, name, file) =>
			api.updateBankTransactionAttachmentByFileName(UK, id, name, file),
	},
	{
		of: 'ManualJournal',
		notes: (api, id) => api.getManualJournalsHistory(UK, id),
		note: (api, id, notes) => api.createManualJournalHistoryRecord(UK, id, notes),
		files: (api, id) => api.getManualJournalAttachments(UK, id),
		file: (api, id, name, type) => api.getManualJournalAttachmentByFileName(UK, id, name, type),
		add: (api, id, name, file) => api.createManualJournalAttachmentByFileName(UK, id, name, file),
		replace: (api, id, name, file) =>
			api.updateManualJournalAttachmentByFileName(UK, id, name, file),
	},
	{
		of: 'Item',
		notes: (api, id) => api.getItemHistory(UK, id),
		note: (api, id, notes) => api.createItemHistory(UK, id, notes),
	},
	{
		of: 'Payment',
		notes: (api, id) => api.getPaymentHistory(UK, id),
		note: (api, id, notes) => api.createPaymentHistory(UK, id, notes),
	},
	{
		of: 'BatchPayment',
		notes: (api, id) => api.getBatchPaymentHistory(UK, id),
		note: (api, id, notes) => api.createBatchPaymentHistoryRecord(UK, id, notes),
	},
	{
		of: 'Overpayment',
		notes: (api, id) => api.getOverpaymentHistory(UK, id),
		note: (api, id, notes) => api.createOverpaymentHistory(UK, id, notes),
	},
	{
		of: 'Prepayment',
		notes: (api, id) => api.getPrepaymentHistory(UK, id),
		note: (api, id, notes) => api.createPrepaymentHistory(UK, id, notes),
	},
];

/** Notes, files and prints of every kind of documents. */
export const BESIDE: readonly LibraryCall[] = KEPT.flatMap(callsFor);

function callsFor({ of, notes, note, files, file, add, replace, pdf }: Beside): LibraryCall[] {
	const text = (words: string) => Buffer.from(words);
	const record = { historyRecords: [{ details: 'seen by Ida' }] };
	const told = () => some('historyRecords', { details: 'seen by Ida' });
	const kept = () => some('attachments', { fileName: 'plan.txt' });
	const call = <Body>(
		what: string,
		made: ((api: AccountingApi, id: string) => Answered<Body>) | undefined,
		wanted: LibraryCall[2],
	): LibraryCall[] =>
		made
			? [[`${what} of ${of}`, (x, { ids }) => made(x.accountingApi, ids[of] ?? ''), wanted]]
			: [];
	return [
		...call('note', note && ((api, id) => note(api, id, record)), told),
		...call('notes', notes, told),
		...call('new file', add && ((api, id) => add(api, id, 'plan.txt', text('first'))), kept),
		...call('files', files, kept),
		...call(
			'replaced file',
			replace && ((api, id) => replace(api, id, 'plan.txt', text('second'))),
			kept,
		),
		...call('file', file && ((api, id) => file(api, id, 'plan.txt', 'text/plain')), anything),
		...call('print', pdf, anything),
	];
}
