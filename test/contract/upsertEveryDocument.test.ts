import type { Draft } from '../../lib/sync/draft';
import { DEFAULT_OPTIONS, previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { DocumentType, FieldValues } from '../../lib/xero/documents/definition';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const LINE: FieldValues = {
	description: 'Labour',
	quantity: '2',
	unitAmount: '33.25',
	accountCode: '200',
	taxType: 'OUTPUT2',
};
const PURCHASE: FieldValues = { ...LINE, accountCode: '429', taxType: 'INPUT2' };
const DATES: FieldValues = { date: '2026-11-20' };

interface Case {
	readonly fields: FieldValues;
	readonly lines?: readonly FieldValues[];
	/** A change that a person makes in Knack afterwards. */
	readonly change?: FieldValues;
	/** What must be in Xero before it. */
	before?(world: XeroInMemory): Promise<void>;
}

async function have(world: XeroInMemory, type: DocumentType): Promise<void> {
	const record = CASES[type];
	await record.before?.(world);
	const { client, clock } = world;
	const settings = await readOrganisationSettings(client);
	const context = { client, settings, clock };
	const { outcomes } = await upsertDocuments(context, DOCUMENTS[type], [draftOf(type, record)]);
	expect(outcomes[0]).toMatchObject({ outcome: 'created', issues: [] });
}

const CASES: Readonly<Record<DocumentType, Case>> = {
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
			const invoice = { ...draftOf('salesInvoice', CASES.salesInvoice, { status: 'AUTHORISED' }) };
			const { client, settings, clock } = world;
			await upsertDocuments({ client, settings, clock }, DOCUMENTS.salesInvoice, [invoice]);
		},
		fields: {
			'invoice.number': 'INV-1',
			reference: 'DEP-1',
			date: '2026-11-21',
			amount: '25.50',
			'account.code': '090',
		},
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
};

function draftOf(type: DocumentType, { fields, lines }: Case, change: FieldValues = {}): Draft {
	return {
		type,
		itemIndexes: [0],
		fields: { ...fields, ...change },
		...(lines ? { lines: lines.map((each) => ({ fields: each })) } : {}),
		source: { knackRecordId: 'record-1', table: 'object_1' },
		issues: [],
	};
}

async function run(world: XeroInMemory, type: DocumentType, draft: Draft) {
	const client = world.anotherClient();
	const { settings, clock } = world;
	const context = { client, settings, clock };
	const preview = await previewDocuments(context, DOCUMENTS[type], [draft], DEFAULT_OPTIONS);
	const readOnly = client.calls().writes;
	const report = await upsertDocuments(context, DOCUMENTS[type], [draft], DEFAULT_OPTIONS);
	const [outcome] = report.outcomes;
	return {
		previewed: preview.outcomes[0]?.outcome,
		previewedTotal: preview.outcomes[0]?.document.total,
		previewWrites: readOnly,
		outcome: outcome?.outcome,
		issues: outcome?.issues,
		document: outcome?.document,
		changes: outcome?.changes.map((change) => change.field),
		writes: client.calls().writes,
	};
}

/** Their link back to the record, which bears what was sent, goes with each update. */
const LINKED: ReadonlySet<DocumentType> = new Set(['salesInvoice', 'bill']);

/** Adding an entry to the registry is enough: every document goes this way. */
describe.each(Object.keys(DOCUMENTS) as DocumentType[])('a %s', (type) => {
	it('is previewed, created, left alone, then changed by what changed', async () => {
		const world = await xeroInMemory();
		const record = CASES[type];
		await record.before?.(world);
		const first = await run(world, type, draftOf(type, record));
		expect(first).toMatchObject({
			previewed: 'wouldCreate',
			previewWrites: 0,
			outcome: 'created',
			issues: [],
			document: { type, id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
		});
		if (record.lines) expect(first.previewedTotal).toBe(first.document?.total);

		const again = await run(world, type, draftOf(type, record));
		expect(again).toMatchObject({ outcome: 'unchanged', writes: 0, document: first.document });

		if (!record.change) return;
		const changed = await run(world, type, draftOf(type, record, record.change));
		expect(changed).toMatchObject({
			previewed: 'wouldUpdate',
			outcome: 'updated',
			changes: [...Object.keys(record.change), ...(LINKED.has(type) ? ['sourceLink'] : [])],
			writes: 1,
			document: { id: first.document?.id },
		});
		expect(await run(world, type, draftOf(type, record, record.change))).toMatchObject({
			outcome: 'unchanged',
			writes: 0,
		});
	});
});
