import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import type { XeroInMemory } from '../support/xeroInMemory';

const LINE: FieldValues = {
	description: 'Labour',
	quantity: '2',
	unitAmount: '33.25',
	accountCode: '200',
	taxType: 'OUTPUT2',
};
const PURCHASE: FieldValues = { ...LINE, accountCode: '429', taxType: 'INPUT2' };
const DATES: FieldValues = { date: '2026-11-20' };

/** A record of one type, and what has to be there for it. */
export interface DocumentCase {
	readonly fields: FieldValues;
	readonly lines?: readonly FieldValues[];
	/** A change that a person makes in Knack afterwards. */
	readonly change?: FieldValues;
	/** The same in the first line, where nothing of the header is ever changed. */
	readonly lineChange?: FieldValues;
	/** What must be in Xero before it. */
	before?(world: XeroInMemory): Promise<void>;
}

async function have(world: XeroInMemory, type: DocumentType): Promise<void> {
	const record = DOCUMENT_CASES[type];
	await record.before?.(world);
	const { client, clock, turns } = world;
	const settings = await readOrganisationSettings(client);
	const context = { client, settings, clock, turns };
	const { outcomes } = await upsertDocuments(context, DOCUMENTS[type], [draftOf(type, record)]);
	const [outcome] = outcomes;
	if (outcome?.outcome !== 'created') throw new Error(outcome?.summary ?? `No ${type}`);
}

/** The smallest record of each type that Xero takes. */
export const DOCUMENT_CASES: Readonly<Record<DocumentType, DocumentCase>> = {
	contact: {
		fields: { name: 'Acme', contactNumber: 'C-1', 'phones.mobile.phoneNumber': '555' },
		change: { 'phones.mobile.phoneNumber': '556' },
	},
	salesInvoice: {
		fields: { ...DATES, 'contact.name': 'Acme', invoiceNumber: 'INV-1', dueDate: '2026-12-20' },
		lines: [LINE],
		change: { dueDate: '2026-12-31' },
	},
	bill: {
		fields: { ...DATES, 'contact.name': 'Acme', invoiceNumber: 'S-1', dueDate: '2026-12-20' },
		lines: [PURCHASE],
		change: { dueDate: '2026-12-31' },
	},
	salesCreditNote: {
		fields: { ...DATES, 'contact.name': 'Acme', creditNoteNumber: 'CN-1', reference: 'R-1' },
		lines: [LINE],
		change: { date: '2026-11-21' },
	},
	supplierCreditNote: {
		fields: { ...DATES, 'contact.name': 'Acme', creditNoteNumber: 'SCN-1' },
		lines: [PURCHASE],
		change: { date: '2026-11-21' },
	},
	purchaseOrder: {
		fields: { ...DATES, 'contact.name': 'Acme', purchaseOrderNumber: 'PO-1', reference: 'R-1' },
		lines: [PURCHASE],
		change: { deliveryDate: '2026-12-01' },
	},
	item: {
		fields: { code: 'PIPE', name: 'Pipe', 'salesDetails.unitPrice': '12.3456' },
		change: { name: 'Copper pipe' },
	},
	quote: {
		fields: { ...DATES, 'contact.name': 'Acme', quoteNumber: 'Q-1', reference: 'R-1' },
		lines: [LINE],
		change: { title: 'A new roof' },
	},
	payment: {
		before: async (world) => {
			const invoice = {
				...draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice, { status: 'AUTHORISED' }),
			};
			const { client, settings, clock, turns } = world;
			await upsertDocuments({ client, settings, clock, turns }, DOCUMENTS.salesInvoice, [invoice]);
		},
		fields: {
			'invoice.number': 'INV-1',
			reference: 'DEP-1',
			date: '2026-11-21',
			amount: '25.50',
			'account.code': '090',
		},
	},
	batchPayment: {
		before: async ({ client, settings, clock, turns }) => {
			const invoices = ['INV-1', 'INV-2'].map((invoiceNumber, at) => ({
				...draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice, {
					status: 'AUTHORISED',
					invoiceNumber,
				}),
				source: { knackRecordId: `invoice-${at}`, table: 'object_2' },
			}));
			await upsertDocuments({ client, settings, clock, turns }, DOCUMENTS.salesInvoice, invoices);
		},
		fields: { date: '2026-11-21', details: 'RUN-47', 'account.code': '090' },
		lines: [
			{ 'invoice.id': 'INV-1', lineAmount: '79.80' },
			{ 'invoice.id': 'INV-2', lineAmount: '30.10' },
		],
	},
	bankTransaction: {
		fields: {
			...DATES,
			type: 'SPEND',
			'contact.name': 'Acme',
			'bankAccount.code': '090',
			reference: 'CARD-1',
		},
		lines: [PURCHASE],
		change: { date: '2026-11-21' },
	},
	manualJournal: {
		fields: { ...DATES, narration: 'Labour to jobs, week 47' },
		lines: [
			{ description: 'J-1', lineAmount: '120.10', accountCode: '429' },
			{ description: 'Wages recovered', lineAmount: '-120.10', accountCode: '200' },
		],
		change: { showOnCashBasisReports: false },
	},
	trackingOption: {
		fields: { trackingCategoryID: 'Region', name: 'JOB-77' },
		change: { status: 'ARCHIVED' },
	},
	project: {
		before: async (world) => await have(world, 'contact'),
		fields: {
			contactId: 'acme',
			name: 'J-1 Roof',
			estimateAmount: '5000',
			deadlineUtc: '2026-12-31',
		},
		change: { estimateAmount: '6500.5' },
	},
	projectTask: {
		before: async (world) => await have(world, 'project'),
		fields: { projectId: 'J-1 Roof', name: 'Tiling', chargeType: 'TIME', 'rate.value': '45.5' },
		change: { 'rate.value': '48' },
	},
	timeEntry: {
		before: async (world) => await have(world, 'projectTask'),
		fields: {
			projectId: 'J-1 Roof',
			taskId: 'Tiling',
			userId: 'rowan.ashby@example.com',
			dateUtc: '2026-11-20',
			duration: '90',
			description: 'North side',
		},
		change: { duration: '120' },
	},
	timesheet: {
		before: async ({ sandbox }) => {
			await Promise.resolve(
				sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg', employeeNumber: 'E-7' }),
			);
		},
		fields: { employeeID: 'ida.berg@example.com', startDate: '2026-11-18' },
		lines: [
			{ date: '2026-11-17', earningsRateID: 'Ordinary Hours', numberOfUnits: '7.25' },
			{ date: '2026-11-18', earningsRateID: 'Overtime', numberOfUnits: '2' },
		],
		lineChange: { numberOfUnits: '8' },
	},
};

export function draftOf(
	type: DocumentType,
	{ fields, lines }: DocumentCase,
	change: FieldValues = {},
): Draft {
	return {
		type,
		itemIndexes: [0],
		fields: { ...fields, ...change },
		...(lines ? { lines: lines.map((each) => ({ fields: each })) } : {}),
		source: { knackRecordId: 'record-1', table: 'object_1' },
		issues: [],
	};
}
