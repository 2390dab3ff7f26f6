import type { Draft } from '../../lib/sync/draft';
import { DEFAULT_OPTIONS, previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { DocumentType, FieldValues } from '../../lib/xero/documents/definition';
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
	readonly change: FieldValues;
}

const CASES: Readonly<Record<keyof typeof DOCUMENTS, Case>> = {
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

async function run(world: XeroInMemory, type: keyof typeof DOCUMENTS, draft: Draft) {
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

/** Adding an entry to the registry is enough: every document that the nodes offer goes this way. */
describe.each(Object.keys(DOCUMENTS) as Array<keyof typeof DOCUMENTS>)('a %s', (type) => {
	it('is previewed, created, left alone, then changed by what changed', async () => {
		const world = await xeroInMemory();
		const record = CASES[type];
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

		const changed = await run(world, type, draftOf(type, record, record.change));
		expect(changed).toMatchObject({
			previewed: 'wouldUpdate',
			outcome: 'updated',
			changes: Object.keys(record.change),
			writes: 1,
			document: { id: first.document?.id },
		});
		expect(await run(world, type, draftOf(type, record, record.change))).toMatchObject({
			outcome: 'unchanged',
			writes: 0,
		});
	});
});
