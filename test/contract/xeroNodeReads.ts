import { DEMO_TRADE_TENANT_ID as UK } from '../../sandbox/xero/twin';
import { some, type LibraryCall } from './xeroNodeCall';

export const READS: readonly LibraryCall[] = [
	[
		'getOrganisations',
		(x) => x.accountingApi.getOrganisations(UK),
		() => some('organisations', { name: 'Demo Trade Ltd', baseCurrency: 'GBP' }),
	],
	[
		'getOrganisationActions',
		(x) => x.accountingApi.getOrganisationActions(UK),
		() => some('actions'),
	],
	[
		'getOrganisationCISSettings',
		(x) => x.accountingApi.getOrganisationCISSettings(UK, UK),
		() => some('cISSettings', { cISContractorEnabled: false }),
	],
	[
		'getAccounts',
		(x) => x.accountingApi.getAccounts(UK, undefined, 'Type=="BANK"'),
		() => some('accounts', { code: '090' }),
	],
	[
		'getAccount',
		(x, { ids }) => x.accountingApi.getAccount(UK, ids['Account'] ?? ''),
		() => some('accounts', { code: '333' }),
	],
	[
		'getTaxRates',
		(x) => x.accountingApi.getTaxRates(UK),
		() => some('taxRates', { taxType: 'OUTPUT2', effectiveRate: 20 }),
	],
	[
		'getCurrencies',
		(x) => x.accountingApi.getCurrencies(UK),
		() => some('currencies', { code: 'EUR' }),
	],
	[
		'getTrackingCategories',
		(x) => x.accountingApi.getTrackingCategories(UK),
		() => some('trackingCategories', { name: 'Job' }),
	],
	[
		'getBrandingThemes',
		(x) => x.accountingApi.getBrandingThemes(UK),
		() => some('brandingThemes', { name: 'Standard' }),
	],
	['getUsers', (x) => x.accountingApi.getUsers(UK), () => some('users', { firstName: 'Rowan' })],
	[
		'getContacts',
		(x) => x.accountingApi.getContacts(UK, undefined, undefined, undefined, undefined, 1),
		({ contactId }) => some('contacts', { contactID: contactId }),
	],
	[
		'getContact',
		(x, { contactId }) => x.accountingApi.getContact(UK, contactId),
		() => some('contacts', { name: 'Harbour Cafe' }),
	],
	[
		'getContactCISSettings',
		(x, { contactId }) => x.accountingApi.getContactCISSettings(UK, contactId),
		() => some('cISSettings'),
	],
	[
		'getContactGroups',
		(x) => x.accountingApi.getContactGroups(UK),
		() => some('contactGroups', { name: 'Regulars' }),
	],
	[
		'getContactGroup',
		(x, { ids }) => x.accountingApi.getContactGroup(UK, ids['ContactGroup'] ?? ''),
		() => some('contactGroups', { name: 'Regulars' }),
	],
	[
		'getInvoices',
		(x) =>
			x.accountingApi.getInvoices(
				UK,
				undefined,
				undefined,
				undefined,
				undefined,
				undefined,
				undefined,
				undefined,
				1,
			),
		({ invoiceId }) =>
			some('invoices', {
				invoiceID: invoiceId,
				lineItems: [expect.objectContaining({ accountCode: '200' })],
			}),
	],
	[
		'getInvoice',
		(x, { invoiceId }) => x.accountingApi.getInvoice(UK, invoiceId),
		() => some('invoices', { total: 12, url: 'https://example.com/1' }),
	],
	[
		'getInvoiceHistory',
		(x, { invoiceId }) => x.accountingApi.getInvoiceHistory(UK, invoiceId),
		() => some('historyRecords', { details: 'note' }),
	],
	[
		'getInvoiceAttachments',
		(x, { invoiceId }) => x.accountingApi.getInvoiceAttachments(UK, invoiceId),
		() => some('attachments', { fileName: 'a.txt' }),
	],
	[
		'getOnlineInvoice',
		(x, { invoiceId }) => x.accountingApi.getOnlineInvoice(UK, invoiceId),
		() => some('onlineInvoices'),
	],
];

export const MONEY_READS: readonly LibraryCall[] = [
	['getCreditNotes', (x) => x.accountingApi.getCreditNotes(UK), () => some('creditNotes')],
	[
		'getCreditNote',
		(x, { ids }) => x.accountingApi.getCreditNote(UK, ids['CreditNote'] ?? ''),
		() => some('creditNotes', { remainingCredit: 119 }),
	],
	['getPayments', (x) => x.accountingApi.getPayments(UK), () => some('payments', { amount: 1 })],
	[
		'getPayment',
		(x, { ids }) => x.accountingApi.getPayment(UK, ids['Payment'] ?? ''),
		() => some('payments', { amount: 1, currencyRate: 1 }),
	],
	[
		'getBatchPayments',
		(x) => x.accountingApi.getBatchPayments(UK),
		() => some('batchPayments', { narrative: 'Weekly run' }),
	],
	[
		'getBatchPayment',
		(x, { ids }) => x.accountingApi.getBatchPayment(UK, ids['BatchPayment'] ?? ''),
		() => some('batchPayments', { totalAmount: 1 }),
	],
	[
		'getOverpayments',
		(x) => x.accountingApi.getOverpayments(UK),
		() => some('overpayments', { remainingCredit: 5 }),
	],
	[
		'getOverpayment',
		(x, { ids }) => x.accountingApi.getOverpayment(UK, ids['Overpayment'] ?? ''),
		() => some('overpayments', { total: 5 }),
	],
	[
		'getPrepayments',
		(x) => x.accountingApi.getPrepayments(UK),
		() => some('prepayments', { remainingCredit: 6 }),
	],
	[
		'getPrepayment',
		(x, { ids }) => x.accountingApi.getPrepayment(UK, ids['Prepayment'] ?? ''),
		() => some('prepayments', { total: 6 }),
	],
	[
		'getBankTransactions',
		(x) => x.accountingApi.getBankTransactions(UK),
		() => some('bankTransactions', { total: 6 }),
	],
	[
		'getBankTransaction',
		(x, { ids }) => x.accountingApi.getBankTransaction(UK, ids['BankTransaction'] ?? ''),
		() => some('bankTransactions', { isReconciled: false }),
	],
	[
		'getManualJournals',
		(x) => x.accountingApi.getManualJournals(UK),
		() => some('manualJournals', { narration: 'Labour of the week' }),
	],
	[
		'getManualJournal',
		(x, { ids }) => x.accountingApi.getManualJournal(UK, ids['ManualJournal'] ?? ''),
		() =>
			some('manualJournals', {
				journalLines: expect.arrayContaining([expect.objectContaining({ lineAmount: -100 })]),
			}),
	],
	[
		'getRepeatingInvoices',
		(x) => x.accountingApi.getRepeatingInvoices(UK),
		() => some('repeatingInvoices', { schedule: expect.objectContaining({ period: 1 }) }),
	],
	[
		'getQuotes',
		(x) => x.accountingApi.getQuotes(UK),
		() => some('quotes', { quoteNumber: 'QU-0001' }),
	],
	[
		'getQuote',
		(x, { ids }) => x.accountingApi.getQuote(UK, ids['Quote'] ?? ''),
		() => some('quotes', { total: 12 }),
	],
	[
		'getPurchaseOrders',
		(x) => x.accountingApi.getPurchaseOrders(UK),
		() => some('purchaseOrders', { purchaseOrderNumber: 'PO-0001' }),
	],
	[
		'getPurchaseOrder',
		(x, { ids }) => x.accountingApi.getPurchaseOrder(UK, ids['PurchaseOrder'] ?? ''),
		() => some('purchaseOrders'),
	],
	[
		'getPurchaseOrderByNumber',
		(x) => x.accountingApi.getPurchaseOrderByNumber(UK, 'PO-0001'),
		() => some('purchaseOrders'),
	],
	['getItems', (x) => x.accountingApi.getItems(UK), () => some('items', { code: 'TAP' })],
	[
		'getItem',
		(x, { ids }) => x.accountingApi.getItem(UK, ids['Item'] ?? ''),
		() => some('items', { name: 'Tap' }),
	],
	[
		'getReportProfitAndLoss',
		(x) => x.accountingApi.getReportProfitAndLoss(UK),
		() => some('reports', { reportName: 'Profit and Loss' }),
	],
	[
		'getReportBalanceSheet',
		(x) => x.accountingApi.getReportBalanceSheet(UK),
		() => some('reports', { reportName: 'Balance Sheet' }),
	],
	[
		'getReportTrialBalance',
		(x) => x.accountingApi.getReportTrialBalance(UK),
		() => some('reports', { reportName: 'Trial Balance' }),
	],
	[
		'getReportBankSummary',
		(x) => x.accountingApi.getReportBankSummary(UK),
		() => some('reports', { reportName: 'Bank Summary' }),
	],
	[
		'getReportAgedReceivablesByContact',
		(x, { contactId }) => x.accountingApi.getReportAgedReceivablesByContact(UK, contactId),
		() => some('reports'),
	],
	[
		'getReportAgedPayablesByContact',
		(x, { contactId }) => x.accountingApi.getReportAgedPayablesByContact(UK, contactId),
		() => some('reports'),
	],
];
