import { CurrencyCode, Invoice, LineAmountTypes } from 'xero-node';

import { DEMO_TRADE_TENANT_ID as UK } from '../../sandbox/xero/twin';
import { anything, some, type LibraryCall } from './xeroNodeCall';

const line = { description: 'Labour', quantity: 2, unitAmount: 50, accountCode: '200' };

export const WRITES: readonly LibraryCall[] = [
	[
		'createContacts',
		(x) => x.accountingApi.createContacts(UK, { contacts: [{ name: 'Ash Ltd' }] }),
		() => some('contacts', { name: 'Ash Ltd', contactStatus: 'ACTIVE' }),
	],
	[
		'updateContact',
		(x, { contactId }) =>
			x.accountingApi.updateContact(UK, contactId, {
				contacts: [{ contactID: contactId, firstName: 'Ida' }],
			}),
		() => some('contacts', { firstName: 'Ida' }),
	],
	[
		'updateOrCreateContacts',
		(x) => x.accountingApi.updateOrCreateContacts(UK, { contacts: [{ name: 'Birch Ltd' }] }),
		() => some('contacts', { name: 'Birch Ltd' }),
	],
	[
		'createContactGroup',
		(x) => x.accountingApi.createContactGroup(UK, { contactGroups: [{ name: 'New ones' }] }),
		() => some('contactGroups', { name: 'New ones' }),
	],
	[
		'createContactGroupContacts',
		(x, { ids, contactId }) =>
			x.accountingApi.createContactGroupContacts(UK, ids['ContactGroup'] ?? '', {
				contacts: [{ contactID: contactId }],
			}),
		() => some('contacts'),
	],
	[
		'deleteContactGroupContact',
		(x, { ids, contactId }) =>
			x.accountingApi.deleteContactGroupContact(UK, ids['ContactGroup'] ?? '', contactId),
		anything,
	],
	[
		'createAccount',
		(x) =>
			x.accountingApi.createAccount(UK, {
				code: '334',
				name: 'Fuel',
				type: 'DIRECTCOSTS' as never,
			}),
		() => some('accounts', { code: '334' }),
	],
	[
		'updateAccount',
		(x, { ids }) =>
			x.accountingApi.updateAccount(UK, ids['Account'] ?? '', {
				accounts: [{ name: 'Hire of Plant' }],
			}),
		() => some('accounts', { name: 'Hire of Plant' }),
	],
	[
		'deleteAccount',
		(x, { ids }) => x.accountingApi.deleteAccount(UK, ids['Account'] ?? ''),
		() => some('accounts', { status: 'DELETED' }),
	],
	[
		'createCurrency',
		(x) => x.accountingApi.createCurrency(UK, { code: CurrencyCode.CAD }),
		() => some('currencies', { code: 'CAD' }),
	],
	[
		'createItems',
		(x) => x.accountingApi.createItems(UK, { items: [{ code: 'PIPE', name: 'Pipe' }] }),
		() => some('items', { code: 'PIPE' }),
	],
	[
		'updateItem',
		(x, { ids }) =>
			x.accountingApi.updateItem(UK, ids['Item'] ?? '', {
				items: [{ code: 'TAP', name: 'Mixer' }],
			}),
		() => some('items', { name: 'Mixer' }),
	],
	[
		'createInvoices',
		(x, { contactId }) =>
			x.accountingApi.createInvoices(UK, {
				invoices: [
					{
						type: Invoice.TypeEnum.ACCREC,
						contact: { contactID: contactId },
						date: '2026-11-20',
						dueDate: '2026-12-20',
						lineAmountTypes: LineAmountTypes.Exclusive,
						lineItems: [line],
					},
				],
			}),
		() => some('invoices', { total: 120, status: 'DRAFT' }),
	],
	[
		'updateInvoice',
		(x, { invoiceId }) =>
			x.accountingApi.updateInvoice(UK, invoiceId, { invoices: [{ reference: 'PO 7' }] }),
		() => some('invoices', { reference: 'PO 7' }),
	],
	[
		'updateOrCreateInvoices',
		(x, { contactId }) =>
			x.accountingApi.updateOrCreateInvoices(
				UK,
				{
					invoices: [
						{
							type: Invoice.TypeEnum.ACCPAY,
							contact: { contactID: contactId },
							lineItems: [{ ...line, accountCode: '310' }],
						},
					],
				},
				false,
			),
		() => some('invoices', { type: 'ACCPAY', statusAttributeString: 'OK' }),
	],
	[
		'createInvoiceHistory',
		(x, { invoiceId }) =>
			x.accountingApi.createInvoiceHistory(UK, invoiceId, {
				historyRecords: [{ details: 'seen' }],
			}),
		() => some('historyRecords', { details: 'seen' }),
	],
	[
		'createInvoiceAttachmentByFileName',
		(x, { invoiceId }) =>
			x.accountingApi.createInvoiceAttachmentByFileName(
				UK,
				invoiceId,
				'b.txt',
				Buffer.from('hello') as never,
			),
		() => some('attachments', { fileName: 'b.txt' }),
	],
	['emailInvoice', (x, { invoiceId }) => x.accountingApi.emailInvoice(UK, invoiceId, {}), anything],
];
