import { BUILD_TENANT_ID } from '../../sandbox/xero/organisations';
import type { DocumentType } from '../../lib/xero/documents';

type Values = Readonly<Record<string, string>>;

/** A document, or a way to it, and what is done with it. */
export interface Case {
	/** What the node is set to; the name of the case unless told. */
	readonly document?: DocumentType;
	/** Values by field of the document, as an item from Knack carries them. */
	readonly fields: Values;
	readonly lines?: readonly Values[];
	/** What a person changes in Knack afterwards; nothing of a payment may be changed in Xero. */
	readonly change?: Values;
	/** The case that must be in Xero before it. */
	readonly after?: string;
	/** The status that it is moved to in the end, once what came after it has been. */
	readonly status?: string;
	/** How the node is set besides. */
	readonly parameters?: Readonly<Record<string, unknown>>;
	/** The organisation, where it is not the usual one. */
	readonly organisation?: string;
	/** What else is done in Xero when it is created, in the words of the preview. */
	readonly operations?: readonly string[];
	/** Codes of what is said of it, though it is created. */
	readonly warnings?: readonly string[];
	/** Codes of what is said of it, though its status is moved. */
	readonly statusWarnings?: readonly string[];
}

const LINE: Values = {
	description: 'Labour',
	quantity: '2',
	unitAmount: '33.25',
	accountCode: '200 Sales',
	taxType: '20% (VAT on Income)',
};
const PURCHASE: Values = { ...LINE, accountCode: '429', taxType: '20% (VAT on Expenses)' };
const BASE: Values = { 'contact.name': 'Acme', date: '2026-11-20' };

export const DOCUMENT_CASES: Readonly<Record<DocumentType, Case>> = {
	contact: {
		fields: { name: 'Acme', contactNumber: 'C-1', 'phones.mobile.phoneNumber': '555' },
		change: { 'phones.mobile.phoneNumber': '556' },
		status: 'ARCHIVED',
	},
	salesInvoice: {
		fields: { ...BASE, invoiceNumber: 'E-1', dueDate: '2026-12-20', status: 'AUTHORISED' },
		lines: [LINE, { ...LINE, description: 'Parts', unitAmount: '12.5' }],
		change: { dueDate: '2026-12-31' },
		after: 'contact',
		status: 'VOIDED',
	},
	bill: {
		fields: { ...BASE, invoiceNumber: 'S-1', dueDate: '2026-12-20', status: 'AUTHORISED' },
		lines: [PURCHASE],
		change: { dueDate: '2026-12-31' },
		after: 'contact',
		status: 'VOIDED',
	},
	salesCreditNote: {
		fields: { ...BASE, creditNoteNumber: 'CN-1', reference: 'R-1' },
		lines: [LINE],
		change: { date: '2026-11-21' },
		after: 'contact',
		status: 'AUTHORISED',
	},
	supplierCreditNote: {
		fields: { ...BASE, creditNoteNumber: 'SCN-1' },
		lines: [PURCHASE],
		change: { date: '2026-11-21' },
		after: 'contact',
		status: 'SUBMITTED',
	},
	purchaseOrder: {
		fields: { ...BASE, purchaseOrderNumber: 'PO-1', reference: 'R-1' },
		lines: [PURCHASE],
		change: { deliveryDate: '2026-12-01' },
		after: 'contact',
		status: 'AUTHORISED',
	},
	quote: {
		fields: { ...BASE, quoteNumber: 'Q-1', reference: 'R-1' },
		lines: [LINE],
		change: { title: 'A new roof' },
		after: 'contact',
		status: 'SENT',
	},
	item: {
		fields: { code: 'PIPE', name: 'Pipe', 'salesDetails.unitPrice': '12.3456' },
		change: { name: 'Copper pipe' },
	},
	payment: {
		fields: {
			'invoice.number': 'E-1',
			reference: 'DEP-1',
			date: '2026-11-21',
			amount: '25.50',
			'account.code': '090',
		},
		after: 'salesInvoice',
		status: 'DELETED',
	},
	batchPayment: {
		fields: { date: '2026-11-21', details: 'RUN-47', 'account.code': '090' },
		lines: [{ 'invoice.id': 'S-1', lineAmount: '79.80' }],
		after: 'bill',
		status: 'DELETED',
	},
	bankTransaction: {
		fields: { ...BASE, type: 'SPEND', 'bankAccount.code': '090', reference: 'CARD-1' },
		lines: [PURCHASE],
		change: { date: '2026-11-21' },
		after: 'contact',
		status: 'DELETED',
	},
	manualJournal: {
		fields: { date: '2026-11-20', narration: 'Labour to jobs, week 47' },
		lines: [
			{ description: 'J-1', lineAmount: '120.10', accountCode: '429' },
			{ description: 'Wages recovered', lineAmount: '-120.10', accountCode: '200' },
		],
		change: { showOnCashBasisReports: 'false' },
		status: 'POSTED',
	},
	trackingOption: {
		fields: { trackingCategoryID: 'Region', name: 'JOB-77' },
		change: { status: 'ARCHIVED' },
		status: 'ACTIVE',
	},
	project: {
		fields: { contactId: 'Acme', name: 'J-1 Roof', estimateAmount: '5000' },
		change: { estimateAmount: '6500.5' },
		after: 'contact',
		status: 'CLOSED',
	},
	projectTask: {
		fields: { projectId: 'J-1 Roof', name: 'Tiling', chargeType: 'TIME', 'rate.value': '45.5' },
		change: { 'rate.value': '48' },
		after: 'project',
	},
	timeEntry: {
		fields: {
			projectId: 'J-1 Roof',
			taskId: 'Tiling',
			userId: 'rowan.ashby@example.com',
			dateUtc: '2026-11-20',
			duration: '90',
			description: 'North side',
		},
		change: { duration: '120' },
		after: 'projectTask',
	},
	timesheet: {
		fields: { employeeID: 'ida.berg@example.com', startDate: '2026-11-18' },
		lines: [{ date: '2026-11-17', earningsRateID: 'Ordinary Hours', numberOfUnits: '7.25' }],
		status: 'Deleted',
	},
};

const ORDERED: Values = { ...PURCHASE, description: 'Timber', quantity: '1', unitAmount: '640' };
const PAID_AHEAD: Values = { ...LINE, description: 'Deposit', taxType: 'NONE', quantity: '1' };
const IN_BANK: Values = { date: '2026-11-20', 'bankAccount.code': '090' };

/** Ways to a document that are more than its fields. */
export const WAY_CASES: Readonly<Record<string, Case>> = {
	'money received': {
		document: 'bankTransaction',
		fields: { ...IN_BANK, 'contact.name': 'Acme', type: 'RECEIVE', reference: 'CASH-1' },
		lines: [LINE],
		change: { reference: 'CASH-2' },
		after: 'contact',
		status: 'DELETED',
	},
	'an overpayment': {
		document: 'bankTransaction',
		fields: { ...IN_BANK, 'contact.name': 'Overpaid Ltd', type: 'RECEIVE-OVERPAYMENT' },
		lines: [{ description: 'Paid too much', quantity: '1', unitAmount: '12.50' }],
	},
	'a prepayment': {
		document: 'bankTransaction',
		fields: {
			...IN_BANK,
			'contact.name': 'Deposit Ltd',
			type: 'RECEIVE-PREPAYMENT',
			lineAmountTypes: 'NoTax',
		},
		lines: [{ ...PAID_AHEAD, unitAmount: '30' }],
	},
	'an invoice that is paid from open credit': {
		document: 'salesInvoice',
		fields: {
			...BASE,
			'contact.name': 'Deposit Ltd',
			invoiceNumber: 'D-1',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
		},
		lines: [LINE],
		change: { dueDate: '2026-12-31' },
		after: 'a prepayment',
		parameters: { options: { openCredit: 'ofContact' } },
		operations: ['Use GBP 30.00 of deposit of 2026-11-20; GBP 49.80 still due'],
	},
	'a journal that is reversed': {
		document: 'manualJournal',
		fields: { date: '2026-11-20', narration: 'Hours to jobs, week 47', status: 'POSTED' },
		lines: [
			{ description: 'J-1', lineAmount: '75.25', accountCode: '429' },
			{ description: 'Wages recovered', lineAmount: '-75.25', accountCode: '200' },
		],
		parameters: { options: { reverse: 'nextMonth' } },
		operations: ['New manual journal that reverses it, dated 2026-12-01'],
		status: 'VOIDED',
		// Its reversal stays posted.
		statusWarnings: ['XERO_NOT_REVERSED'],
	},
	'an approved order': {
		document: 'purchaseOrder',
		fields: { ...BASE, purchaseOrderNumber: 'PO-W', status: 'AUTHORISED' },
		lines: [ORDERED],
		after: 'contact',
	},
	'a bill of that order': {
		document: 'bill',
		fields: {
			...BASE,
			invoiceNumber: 'T-1',
			dueDate: '2026-12-20',
			purchaseOrder: 'PO-W',
		},
		lines: [ORDERED],
		change: { dueDate: '2026-12-31' },
		after: 'an approved order',
		operations: [
			'Note on this bill that it is for purchase order PO-W',
			'Note on purchase order PO-W that this bill is for it',
			'Note on purchase order PO-W that its bills close it',
			'Change purchase order PO-W from Approved to Billed',
		],
		status: 'AUTHORISED',
	},
	'an expense that a rule makes money spent': {
		document: 'bill',
		fields: {
			...BASE,
			invoiceNumber: 'X-1',
			type: 'SPEND',
			'bankAccount.code': '090',
		},
		lines: [PURCHASE],
		change: { date: '2026-11-21' },
		after: 'contact',
		parameters: {
			moreSettings: ['documentRules'],
			documentRules: {
				entries: [
					{
						conditions: {
							combinator: 'and',
							options: {
								caseSensitive: false,
								leftValue: '',
								typeValidation: 'loose',
								version: 2,
							},
							conditions: [
								{
									id: '1',
									leftValue: '={{ $json.type }}',
									rightValue: 'SPEND',
									operator: { type: 'string', operation: 'equals' },
								},
							],
						},
						document: 'bankTransaction',
					},
				],
			},
		},
	},
	'a sale under the reverse charge': {
		document: 'salesInvoice',
		organisation: BUILD_TENANT_ID,
		fields: { ...BASE, invoiceNumber: 'R-1', dueDate: '2026-12-20' },
		lines: [{ ...LINE, taxType: 'DRCHARGESUPPLY20' }],
		change: { dueDate: '2026-12-31' },
		warnings: ['XERO_REVERSE_CHARGE'],
		status: 'AUTHORISED',
	},
	'a bill of the Construction Industry Scheme': {
		document: 'bill',
		organisation: BUILD_TENANT_ID,
		fields: {
			...BASE,
			'contact.name': 'Brick & Sons',
			invoiceNumber: 'B-1',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
		},
		lines: [{ ...PURCHASE, accountCode: '321' }],
		change: { dueDate: '2026-12-31' },
		parameters: { options: { cisLines: 'draft' } },
		warnings: ['XERO_CIS_DRAFT'],
		status: 'DELETED',
	},
};
