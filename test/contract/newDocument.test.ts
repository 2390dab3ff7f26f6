import { documentForm } from '../../lib/n8n/documentForm';
import { DOCUMENT, OPERATION } from '../../lib/n8n/mapUpsert/nodeParameters';
import { adoptDocuments } from '../../lib/sync/adopt/adoptDocuments';
import type { Draft } from '../../lib/sync/draft';
import { changeStatus, previewStatusChange } from '../../lib/sync/status/changeStatus';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { isServiceFaultError } from '../../lib/serviceFault';
import { DOCUMENTS } from '../../lib/xero/documents';
import { accountingDocument } from '../../lib/xero/documents/accountingDocument';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { createSandbox } from '../../sandbox/sandbox';
import { definitionOf } from '../support/definitionOf';
import { DELIVERY_NOTE_ENTRY } from '../support/madeUp/deliveryNote';
import { MadeUpEndpoint } from '../support/madeUp/endpoint';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

/** The line that a new document adds to lib/, beside its folder. */
jest.mock<typeof import('../../lib/xero/documents/registry')>(
	'../../lib/xero/documents/registry',
	() => {
		const registry = jest.requireActual<typeof import('../../lib/xero/documents/registry')>(
			'../../lib/xero/documents/registry',
		);
		const { DELIVERY_NOTE } = jest.requireActual<typeof import('../support/madeUp/deliveryNote')>(
			'../support/madeUp/deliveryNote',
		);
		const { STOCK_JOURNAL } = jest.requireActual<typeof import('../support/madeUp/stockJournal')>(
			'../support/madeUp/stockJournal',
		);
		const madeUp = { deliveryNote: DELIVERY_NOTE, stockJournal: STOCK_JOURNAL };
		return { DOCUMENTS: { ...registry.DOCUMENTS, ...madeUp } };
	},
);

const NOW_MS = Date.UTC(2026, 10, 22, 10, 0, 0);
const GOODS: FieldValues = {
	description: 'Paving slabs',
	quantity: '12',
	unitAmount: '4.25',
	accountCode: '200',
	taxType: 'NONE',
};

function delivery(fields: FieldValues = {}, goods: readonly FieldValues[] = [GOODS]): Draft {
	return {
		type: 'deliveryNote',
		itemIndexes: [0],
		fields: {
			'contact.name': 'Acme Limited',
			deliveryNumber: 'D-7',
			date: '2026-11-20',
			driver: 'Ben',
			...fields,
		},
		lines: goods.map((each) => ({ fields: each })),
		source: {},
		issues: [],
	};
}

describe('a document that is made up, as a folder and a line of the registry', () => {
	const definition = definitionOf('deliveryNote');
	let endpoint: MadeUpEndpoint;
	let world: XeroInMemory;

	async function begin(scopes?: readonly string[]) {
		endpoint = new MadeUpEndpoint({
			path: 'DeliveryNotes',
			idName: 'DeliveryNoteID',
			numberName: 'DeliveryNumber',
			linesName: 'Goods',
			lineIdName: 'GoodsID',
			hasContact: true,
			moves: { PACKED: ['ONITSWAY', 'RETURNED'], ONITSWAY: ['RETURNED'], RETURNED: [] },
			marks: { Kind: 'OUTWARD' },
		});
		const xeroRoutes = endpoint.routes(scopes);
		world = await xeroInMemory(
			createSandbox({ seed: 'empty', nowMs: NOW_MS, freeze: true, xeroRoutes }),
		);
	}

	beforeEach(async () => await begin());

	/** Each run is that of a later execution. */
	const context = () => {
		const { settings, clock, turns } = world;
		return { client: world.anotherClient(), settings, clock, turns };
	};

	async function run(draft: Draft) {
		const previewing = context();
		const preview = await previewDocuments(previewing, definition, [draft]);
		expect(previewing.client.calls().writes).toBe(0);
		const writing = context();
		const { outcomes } = await upsertDocuments(writing, definition, [draft]);
		const [outcome] = outcomes;
		return {
			previewed: preview.outcomes[0]?.outcome,
			previewedTotal: preview.outcomes[0]?.document.total,
			outcome: outcome?.outcome,
			document: outcome?.document,
			issues: outcome?.issues,
			changes: outcome?.changes.map(({ field }) => field),
			writes: writing.client.calls().writes,
		};
	}

	const rows = () => endpoint.rows;

	it('is previewed, created, left alone and changed by what changed', async () => {
		const first = await run(delivery());
		expect(first).toMatchObject({
			previewed: 'wouldCreate',
			previewedTotal: '51.00',
			outcome: 'created',
			issues: [],
			document: { type: 'deliveryNote', number: 'D-7', status: 'PACKED', total: '51.00' },
		});
		expect(rows()).toMatchObject([
			{
				members: { DeliveryNumber: 'D-7', Driver: 'Ben' },
				lines: [{ Description: 'Paving slabs', Quantity: 12 }],
			},
		]);

		expect(await run(delivery())).toMatchObject({
			outcome: 'unchanged',
			document: { id: first.document?.id },
			writes: 0,
		});

		const [before] = rows();
		const changed = await run(delivery({ driver: 'Ann' }, [{ ...GOODS, quantity: '10' }]));
		expect(changed).toMatchObject({
			previewed: 'wouldUpdate',
			outcome: 'updated',
			changes: ['driver', 'lineItems[0].quantity'],
			document: { id: first.document?.id, total: '42.50' },
			writes: 1,
		});
		// The line that is changed is the one that was there.
		expect(rows()).toMatchObject([
			{ members: { Driver: 'Ann' }, lines: [{ GoodsID: before?.lines[0]?.GoodsID, Quantity: 10 }] },
		]);
	});

	it('is found by its own number under another id, and is one however often it is sent', async () => {
		const drafts = [delivery(), delivery({ deliveryNumber: 'D-8' })];
		await upsertDocuments(context(), definition, drafts);
		const { outcomes } = await upsertDocuments(context(), definition, drafts);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
		expect(rows().map(({ members }) => members.DeliveryNumber)).toEqual(['D-7', 'D-8']);
		const adopted = await adoptDocuments(context(), definition, [delivery()]);
		expect(adopted.outcomes).toMatchObject([
			{ outcome: 'linked', document: { id: rows()[0]?.id } },
		]);
	});

	it('moves through its own statuses, and no further than they lead', async () => {
		await upsertDocuments(context(), definition, [delivery()]);
		const [draft] = [delivery()];
		const preview = await previewStatusChange(context(), definition, [draft], 'ONITSWAY');
		expect(preview.outcomes).toMatchObject([{ outcome: 'wouldUpdate' }]);
		expect(rows()).toMatchObject([{ status: 'PACKED' }]);
		const { outcomes } = await changeStatus(context(), definition, [draft], 'ONITSWAY');
		expect(outcomes).toMatchObject([
			{
				outcome: 'updated',
				operations: ['Change delivery note D-7: Packed to On Its Way'],
				document: { status: 'ONITSWAY' },
			},
		]);
		const back = await changeStatus(context(), definition, [draft], 'PACKED');
		expect(back.outcomes).toMatchObject([{ outcome: 'blocked' }]);
		await changeStatus(context(), definition, [draft], 'RETURNED');
		expect(rows()).toMatchObject([{ status: 'RETURNED' }]);
		// What was taken out is not posted again by itself.
		const again = await run(delivery());
		expect(again).toMatchObject({ outcome: 'held', writes: 0 });
		expect(rows()).toHaveLength(1);
	});

	it('is asked for what approval takes, since its own status means that', async () => {
		const { accountCode, ...bare } = GOODS;
		expect(accountCode).toBeDefined();
		const packed = await run(delivery({}, [bare]));
		expect(packed.outcome).toBe('created');
		const sent = await run(delivery({ deliveryNumber: 'D-9', status: 'ONITSWAY' }, [bare]));
		expect(sent).toMatchObject({ outcome: 'blocked', writes: 0 });
		expect(sent.issues?.map(({ code }) => code)).toContain('XERO_LINE_ACCOUNT_MISSING');
		expect(rows()).toHaveLength(1);
	});

	it('names in its lines what they are for, as headers do', async () => {
		const project = definitionOf('project');
		const kitchen: Draft = {
			type: project.type,
			itemIndexes: [0],
			fields: { name: 'Kitchen', contactId: 'Acme Limited' },
			source: {},
			issues: [],
		};
		await run(delivery());
		const made = await upsertDocuments(context(), project, [kitchen]);
		expect(made.outcomes).toMatchObject([{ outcome: 'created' }]);
		const named = await run(delivery({}, [{ ...GOODS, siteId: 'kitchen' }]));
		expect(named).toMatchObject({ outcome: 'updated', changes: ['lineItems[0].siteId'] });
		expect(rows()[0]?.lines).toMatchObject([{ SiteID: made.outcomes[0]?.document.id }]);
		const unknown = await run(delivery({}, [GOODS, { ...GOODS, siteId: 'Attic' }]));
		expect(unknown).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'XERO_TARGET_MISSING', field: 'lineItems[1].siteId' }],
			writes: 0,
		});
	});

	it('stays as it is once it is locked, whatever its status', async () => {
		await run(delivery({ isSigned: true }));
		expect(await run(delivery({ driver: 'Ann' }))).toMatchObject({
			outcome: 'blocked',
			issues: [
				{
					code: 'XERO_CLOSED_DOCUMENT_EDIT',
					message: 'D-7 is signed in Xero and cannot be changed.',
				},
			],
			writes: 0,
		});
	});

	it('is told which scope the connection lacks', async () => {
		await begin(['accounting.deliverynotes']);
		const fault = await previewDocuments(context(), definition, [delivery()]).then(
			() => undefined,
			(error: unknown) => (isServiceFaultError(error) ? error.fault : undefined),
		);
		expect(fault).toMatchObject({
			cause: 'scopeMissing',
			message: expect.stringContaining('accounting.deliverynotes'),
		});
	});

	it('is offered by the node, with its form and its operations', () => {
		expect(DOCUMENT.property.options).toContainEqual({
			name: 'Delivery Note',
			value: 'deliveryNote',
			description: 'Send delivery notes to Xero',
		});
		expect(OPERATION.property.options).toContainEqual(
			expect.objectContaining({
				value: 'changeStatus',
				displayOptions: { show: { document: expect.arrayContaining(['deliveryNote']) } },
			}),
		);
		const form = documentForm(definition, {
			accounts: [],
			taxRates: [],
			currencies: [],
			brandingThemes: [],
			trackingCategories: [],
		});
		expect(form.map(({ displayName }) => displayName)).toEqual(
			expect.arrayContaining(['Contact Name', 'Delivery Number', 'Date', 'Driver']),
		);
	});

	it('does not compile without what the steps ask', () => {
		const { lifecycle, can, amounts, ...rest } = DELIVERY_NOTE_ENTRY;
		// @ts-expect-error What its statuses mean is not said.
		expect(accountingDocument({ ...rest, can, amounts })).not.toHaveProperty('lifecycle');
		// @ts-expect-error What Xero does with it is not said.
		expect(accountingDocument({ ...rest, lifecycle, amounts })).not.toHaveProperty('can');
		// @ts-expect-error Which side it is of is not said.
		expect(accountingDocument({ ...rest, lifecycle, can })).not.toHaveProperty('amounts');
	});
});

describe('a journal that is made up', () => {
	const definition = definitionOf('stockJournal');

	function journal(amounts: readonly string[], fields: FieldValues = {}): Draft {
		return {
			type: 'stockJournal',
			itemIndexes: [0],
			fields: { narration: 'Stock count of November', date: '2026-11-20', ...fields },
			lines: amounts.map((lineAmount) => ({
				fields: { description: 'Counted', lineAmount, accountCode: '200' },
			})),
			source: {},
			issues: [],
		};
	}

	it('is of no contact, has no number and lines without ids, and balances to the cent', async () => {
		const endpoint = new MadeUpEndpoint({
			path: 'StockJournals',
			idName: 'StockJournalID',
			linesName: 'JournalLines',
			hasContact: false,
			moves: { DRAFT: ['POSTED', 'VOIDED'], POSTED: ['VOIDED'], VOIDED: [] },
		});
		const world = await xeroInMemory(
			createSandbox({
				seed: 'empty',
				nowMs: NOW_MS,
				freeze: true,
				xeroRoutes: endpoint.routes(),
			}),
		);
		const run = async (draft: Draft) => {
			const { settings, clock, turns } = world;
			const context = { client: world.anotherClient(), settings, clock, turns };
			const { outcomes } = await upsertDocuments(context, definition, [draft]);
			return { ...outcomes[0], writes: context.client.calls().writes };
		};
		expect(await run(journal(['120.10', '-120.00']))).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'XERO_NOT_BALANCED' }],
			writes: 0,
		});
		const posted = await run(journal(['120.10', '-120.10'], { status: 'POSTED' }));
		expect(posted).toMatchObject({ outcome: 'created', document: { status: 'POSTED' } });
		expect(posted.issues).toEqual([]);
		expect(await run(journal(['120.10', '-120.10'], { status: 'POSTED' }))).toMatchObject({
			outcome: 'unchanged',
			writes: 0,
		});
		expect(endpoint.rows).toMatchObject([
			{
				members: { Narration: 'Stock count of November' },
				lines: [
					{ Description: 'Counted', LineAmount: 120.1, AccountCode: '200' },
					{ Description: 'Counted', LineAmount: -120.1, AccountCode: '200' },
				],
			},
		]);
	});
});

it('each document stands in the registry under its own name', () => {
	for (const [name, { type }] of Object.entries(DOCUMENTS)) expect(type).toBe(name);
});
