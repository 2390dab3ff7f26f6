import { ManualJournal } from 'xero-node';

import { DEMO_TRADE_TENANT_ID as UK, KIWI_TRADE_TENANT_ID as NZ } from '../../sandbox/xero/twin';
import { anything, some, type LibraryCall } from './xeroNodeCall';

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
	[
		'updateCreditNote',
		async (x, { contactId }) => {
			const made = await x.accountingApi.createCreditNotes(UK, {
				creditNotes: [
					{
						type: 'ACCRECCREDIT' as never,
						contact: { contactID: contactId },
						date: '2026-11-20',
						lineItems: [line],
					},
				],
			});
			const id = made.body.creditNotes?.[0]?.creditNoteID ?? '';
			return await x.accountingApi.updateCreditNote(UK, id, {
				creditNotes: [{ reference: 'Back' }],
			});
		},
		() => some('creditNotes', { reference: 'Back' }),
	],
	[
		'updateOrCreateCreditNotes',
		(x, { contactId }) =>
			x.accountingApi.updateOrCreateCreditNotes(UK, {
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
		'updateOrCreateQuotes',
		(x, { contactId }) =>
			x.accountingApi.updateOrCreateQuotes(UK, {
				quotes: [{ contact: { contactID: contactId }, date: '2026-11-22', lineItems: [line] }],
			}),
		() => some('quotes', { total: 120 }),
	],
	[
		'updateOrCreatePurchaseOrders',
		(x, { contactId }) =>
			x.accountingApi.updateOrCreatePurchaseOrders(UK, {
				purchaseOrders: [
					{ contact: { contactID: contactId }, lineItems: [{ ...line, accountCode: '310' }] },
				],
			}),
		() => some('purchaseOrders', { total: 120 }),
	],
	[
		'updateOrCreateBankTransactions',
		(x, { contactId }) =>
			x.accountingApi.updateOrCreateBankTransactions(UK, {
				bankTransactions: [
					{
						type: 'RECEIVE' as never,
						contact: { contactID: contactId },
						bankAccount: { code: '090' },
						lineItems: [line],
					},
				],
			}),
		() => some('bankTransactions', { total: 120 }),
	],
	[
		'updateOrCreateManualJournals',
		(x) =>
			x.accountingApi.updateOrCreateManualJournals(UK, {
				manualJournals: [
					{
						narration: 'Hours of another week',
						journalLines: [
							{ lineAmount: 7, accountCode: '320' },
							{ lineAmount: -7, accountCode: '469' },
						],
					},
				],
			}),
		() => some('manualJournals', { narration: 'Hours of another week' }),
	],
	[
		'createPayment',
		(x, { invoiceId }) =>
			x.accountingApi.createPayment(UK, {
				invoice: { invoiceID: invoiceId },
				account: { code: '090' },
				amount: 1,
				date: '2026-11-22',
			}),
		() => some('payments', { amount: 1 }),
	],
	[
		'deleteBatchPayment',
		async (x, { invoiceId }) => {
			const { body } = await x.accountingApi.createBatchPayment(UK, {
				batchPayments: [
					{
						account: { code: '090' },
						date: '2026-11-22',
						payments: [{ invoice: { invoiceID: invoiceId }, amount: 1 }],
					},
				],
			});
			const batchPaymentID = body.batchPayments?.[0]?.batchPaymentID ?? '';
			return await x.accountingApi.deleteBatchPayment(UK, { batchPaymentID, status: 'DELETED' });
		},
		() => some('batchPayments', { status: 'DELETED' }),
	],
	...(['CreditNote', 'Overpayment', 'Prepayment'] as const).map(
		(of): LibraryCall => [
			`an allocation of ${of}, made and deleted`,
			async ({ accountingApi }, { ids, invoiceId }) => {
				const id = ids[of] ?? '';
				const allocations = {
					allocations: [{ amount: 1, date: '2026-11-22', invoice: { invoiceID: invoiceId } }],
				};
				const made = {
					CreditNote: async () =>
						await accountingApi.createCreditNoteAllocation(UK, id, allocations),
					Overpayment: async () =>
						await accountingApi.createOverpaymentAllocations(UK, id, allocations),
					Prepayment: async () =>
						await accountingApi.createPrepaymentAllocations(UK, id, allocations),
				};
				const { body } = await made[of]();
				const allocationId = body.allocations?.at(-1)?.allocationID ?? '';
				const deleted = {
					CreditNote: async () =>
						await accountingApi.deleteCreditNoteAllocations(UK, id, allocationId),
					Overpayment: async () =>
						await accountingApi.deleteOverpaymentAllocations(UK, id, allocationId),
					Prepayment: async () =>
						await accountingApi.deletePrepaymentAllocations(UK, id, allocationId),
				};
				return await deleted[of]();
			},
			anything,
		],
	),
];
