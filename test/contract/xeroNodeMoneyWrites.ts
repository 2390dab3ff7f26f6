import { ManualJournal } from 'xero-node';

import { DEMO_TRADE_TENANT_ID as UK, KIWI_TRADE_TENANT_ID as NZ } from '../../sandbox/xero/twin';
import { some, type LibraryCall } from './xeroNodeCall';

const line = { description: 'Labour', quantity: 2, unitAmount: 50, accountCode: '200' };

export const MONEY_WRITES: readonly LibraryCall[] = [
	[
		'createCreditNotes',
		(x, { contactId }) =>
			x.accountingApi.createCreditNotes(UK, {
				creditNotes: [
					{
						type: 'ACCRECCREDIT' as never,
						contact: { contactID: contactId },
						date: '2026-11-20',
						lineItems: [line],
					},
				],
			}),
		() => some('creditNotes', { total: 120 }),
	],
	[
		'createCreditNoteAllocation',
		(x, { ids, invoiceId }) =>
			x.accountingApi.createCreditNoteAllocation(UK, ids['CreditNote'] ?? '', {
				allocations: [{ amount: 1, date: '2026-11-22', invoice: { invoiceID: invoiceId } }],
			}),
		() => some('allocations', { amount: 1 }),
	],
	[
		'createPayments',
		(x, { invoiceId }) =>
			x.accountingApi.createPayments(UK, {
				payments: [
					{
						invoice: { invoiceID: invoiceId },
						account: { code: '090' },
						amount: 1,
						date: '2026-11-22',
					},
				],
			}),
		() => some('payments', { amount: 1, status: 'AUTHORISED' }),
	],
	[
		'deletePayment',
		(x, { ids }) => x.accountingApi.deletePayment(UK, ids['Payment'] ?? '', { status: 'DELETED' }),
		() => some('payments', { status: 'DELETED' }),
	],
	[
		'createBatchPayment',
		(x, { invoiceId }) =>
			x.accountingApi.createBatchPayment(UK, {
				batchPayments: [
					{
						account: { code: '090' },
						date: '2026-11-22',
						payments: [{ invoice: { invoiceID: invoiceId }, amount: 1 }],
					},
				],
			}),
		() => some('batchPayments', { totalAmount: 1 }),
	],
	[
		'deleteBatchPaymentByUrlParam',
		(x, { ids }) =>
			x.accountingApi.deleteBatchPaymentByUrlParam(UK, ids['BatchPayment'] ?? '', {
				status: 'DELETED',
			}),
		() => some('batchPayments', { status: 'DELETED' }),
	],
	[
		'createBankTransactions',
		(x, { contactId }) =>
			x.accountingApi.createBankTransactions(UK, {
				bankTransactions: [
					{
						type: 'SPEND' as never,
						contact: { contactID: contactId },
						bankAccount: { code: '090' },
						lineItems: [{ ...line, accountCode: '310' }],
					},
				],
			}),
		() => some('bankTransactions', { total: 120 }),
	],
	[
		'updateBankTransaction',
		(x, { ids }) =>
			x.accountingApi.updateBankTransaction(UK, ids['BankTransaction'] ?? '', {
				bankTransactions: [{ reference: 'Card 7' } as never],
			}),
		() => some('bankTransactions', { reference: 'Card 7' }),
	],
	[
		'createManualJournals',
		(x) =>
			x.accountingApi.createManualJournals(UK, {
				manualJournals: [
					{
						narration: 'Hours',
						status: ManualJournal.StatusEnum.DRAFT,
						journalLines: [
							{ lineAmount: 5, accountCode: '320' },
							{ lineAmount: -5, accountCode: '469' },
						],
					},
				],
			}),
		() => some('manualJournals', { status: 'DRAFT' }),
	],
	[
		'updateManualJournal',
		(x, { ids }) =>
			x.accountingApi.updateManualJournal(UK, ids['ManualJournal'] ?? '', {
				manualJournals: [{ narration: 'Labour, week 47' }],
			}),
		() => some('manualJournals', { narration: 'Labour, week 47' }),
	],
	[
		'createQuotes',
		(x, { contactId }) =>
			x.accountingApi.createQuotes(UK, {
				quotes: [{ contact: { contactID: contactId }, date: '2026-11-22', lineItems: [line] }],
			}),
		() => some('quotes', { total: 120 }),
	],
	[
		'updateQuote',
		(x, { ids, contactId }) =>
			x.accountingApi.updateQuote(UK, ids['Quote'] ?? '', {
				quotes: [{ contact: { contactID: contactId }, date: '2026-11-22', title: 'Kitchen' }],
			}),
		() => some('quotes', { title: 'Kitchen' }),
	],
	[
		'createPurchaseOrders',
		(x, { contactId }) =>
			x.accountingApi.createPurchaseOrders(UK, {
				purchaseOrders: [
					{ contact: { contactID: contactId }, lineItems: [{ ...line, accountCode: '310' }] },
				],
			}),
		() => some('purchaseOrders', { total: 120 }),
	],
	[
		'updatePurchaseOrder',
		(x, { ids }) =>
			x.accountingApi.updatePurchaseOrder(UK, ids['PurchaseOrder'] ?? '', {
				purchaseOrders: [{ reference: 'Site 7' }],
			}),
		() => some('purchaseOrders', { reference: 'Site 7' }),
	],
	[
		'createTrackingCategory',
		(x) => x.accountingApi.createTrackingCategory(NZ, { name: 'Crew' }),
		() => some('trackingCategories', { name: 'Crew' }),
	],
];
