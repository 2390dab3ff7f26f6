import { NodeHelpers } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeParameters,
} from 'n8n-workflow';
import { executeMapUpsert } from '../../lib/n8n/mapUpsert/executeMapUpsert';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { DEMO_TRADE_TENANT_ID, KIWI_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { createHarness, type Harness } from './harness';
import { mapUpsert, mapper, orderItems } from './mapUpsertItems';

const BY_REFERENCE = mapper({
	reference: '={{ $json["Order Number"] }}',
	'contact.name': '={{ $json["Customer"] }}',
});

/** The node as n8n runs it for an AI agent, whose executions say that they are a tool's. */
class AsTool extends MapUpsertToXero {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => true },
		});
		return await executeMapUpsert(context);
	}
}

describe('Map & Upsert to Xero, Change Status', () => {
	let harness: Harness;

	const open = async (node: MapUpsertToXero = new MapUpsertToXero()) => {
		harness = await createHarness({ nodes: { mapUpsertToXero: node } });
		harness.sandbox.xero.configure({ limitsOn: false });
	};

	beforeEach(async () => await open());
	afterEach(async () => await harness.close());

	const run = async (parameters: IDataObject = {}, items = orderItems(harness)) => {
		const result = await harness.engine.runNode(mapUpsert(harness, parameters), items);
		const [synced = [], attention = []] = result.output;
		return { ...result, synced, attention };
	};
	const change = async (parameters: IDataObject, items?: IDataObject[]) =>
		await run({ operation: 'changeStatus', identityFields: BY_REFERENCE, ...parameters }, items);
	/** The orders' invoices, in Xero as drafts or as they are told. */
	const post = async (status = '') => {
		const { synced } = await run({ status, options: { allowWritingAsTool: true } });
		expect(synced.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
		harness.sandbox.journal.clear();
	};
	const writes = (service: 'xero' | 'knack') =>
		harness.sandbox.journal
			.filter({ service })
			.filter(({ method, path }) => ['PUT', 'POST'].includes(method) && !path.includes('token'));
	/** Statuses of the orders' invoices as they stand in Xero. */
	const inXero = () => {
		const references = orderItems(harness).map((order) => order['Order Number']);
		return harness.sandbox.xero
			.organisation()
			.invoices.all()
			.filter(({ reference }) => references.includes(reference))
			.map(({ status }) => status);
	};

	test('approves the invoices that records name, in one call, and finds nothing to do again', async () => {
		await post();
		const { synced, attention, hints } = await change({ newStatus: 'AUTHORISED' });
		expect(attention).toEqual([]);
		expect(synced.map(({ json }) => json)).toMatchObject([
			{
				outcome: 'updated',
				document: { type: 'salesInvoice', number: 'INV-0001', status: 'AUTHORISED' },
				source: { table: harness.sandbox.knack.schema('Orders').key },
				match: { by: 'sourceLink' },
				changes: [{ field: 'status', before: 'DRAFT', after: 'AUTHORISED' }],
				summary: expect.stringContaining('Draft to Approved'),
			},
			{ outcome: 'updated' },
		]);
		expect(synced.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(hints('Upsert')[0]?.message).toMatch(/^2 updated, \d+ Xero calls\.$/);
		expect(writes('xero')).toHaveLength(1);
		expect(inXero()).toEqual(['AUTHORISED', 'AUTHORISED']);

		harness.sandbox.journal.clear();
		const again = await change({ newStatus: 'AUTHORISED' });
		expect(again.synced.map(({ json }) => json.outcome)).toEqual(['unchanged', 'unchanged']);
		expect(writes('xero')).toEqual([]);
	});

	test('a preview shows what would be voided, and voids nothing', async () => {
		await post('AUTHORISED');
		const { synced, hints } = await change({ newStatus: 'VOIDED', previewOnly: true });
		expect(synced.map(({ json }) => json)).toMatchObject([
			{ outcome: 'wouldUpdate', summary: expect.stringContaining('Approved to Voided') },
			{ outcome: 'wouldUpdate' },
		]);
		expect(hints('Upsert')[1]?.message).toBe(
			'Preview: nothing was written. Writing it takes 1 more Xero call.',
		);
		expect(writes('xero')).toEqual([]);
		expect(inXero()).toEqual(['AUTHORISED', 'AUTHORISED']);
	});

	test('each record may have its own status, by the name that Xero gives it', async () => {
		await post();
		const [one = {}, two = {}] = orderItems(harness);
		const { synced } = await change({ newStatus: '={{ $json.wanted }}' }, [
			{ ...one, wanted: 'awaiting approval' },
			{ ...two, wanted: 'Removed (Deleted or Voided)' },
		]);
		expect(synced.map(({ json }) => json)).toMatchObject([
			{ outcome: 'updated', document: { status: 'SUBMITTED' } },
			{ outcome: 'updated', document: { status: 'DELETED' } },
		]);
	});

	describe('nothing is voided by accident', () => {
		test('without a chosen status nothing is read or written, and the next step is said', async () => {
			await expect(change({})).rejects.toThrow('Parameter "New Status" is required');
			const { error } = await change({ newStatus: ' ' });
			expect(error?.message).toBe('No new status is chosen');
			expect(error && 'description' in error ? error.description : '').toContain('New Status');
			expect(harness.sandbox.journal.filter({ service: 'xero' })).toEqual([]);
		});

		test('a record whose expression gives no status, or none that there is, is left alone', async () => {
			await post('AUTHORISED');
			const [one = {}, two = {}] = orderItems(harness);
			const { attention } = await change({ newStatus: '={{ $json.wanted }}' }, [
				{ ...one, wanted: null },
				{ ...two, wanted: 'Completed' },
			]);
			expect(attention.map(({ json }) => json)).toMatchObject([
				{
					outcome: 'blocked',
					issues: [{ code: 'MAPPING_STATUS_MISSING', field: 'newStatus' }],
				},
				{
					outcome: 'blocked',
					issues: [
						{ code: 'MAPPING_STATUS_UNKNOWN', message: expect.stringContaining('Completed') },
					],
				},
			]);
			expect(inXero()).toEqual(['AUTHORISED', 'AUTHORISED']);
		});

		test('a column of the record that is called as the status is no wish', async () => {
			await post();
			const items = orderItems(harness).map((order) => ({ ...order, Status: 'Deleted' }));
			const automatic = await change(
				{ newStatus: 'SUBMITTED', identityFields: mapper(null, 'autoMapInputData') },
				items,
			);
			expect(automatic.synced.map(({ json }) => json)).toMatchObject([
				{ outcome: 'updated', document: { status: 'SUBMITTED' } },
				{ outcome: 'updated', document: { status: 'SUBMITTED' } },
			]);
			const form = {
				...(BY_REFERENCE.value as IDataObject),
				status: '={{ $json.Status }}',
			};
			await change({ newStatus: 'AUTHORISED', identityFields: mapper(form) }, items);
			expect(inXero()).toEqual(['AUTHORISED', 'AUTHORISED']);
		});

		test('a record that names nothing, or nothing that is there, is held', async () => {
			await post();
			const [one = {}, two = {}] = orderItems(harness);
			const { attention } = await change({ newStatus: 'DELETED' }, [
				{ ...one, 'Order Number': '' },
				{ ...two, 'Order Number': 'ORD-9999' },
			]);
			expect(attention.map(({ json }) => json)).toMatchObject([
				{ outcome: 'held', issues: [{ code: 'XERO_NOT_FOUND_TO_UPDATE' }] },
				{ outcome: 'held', issues: [{ code: 'XERO_NOT_FOUND_TO_UPDATE' }] },
			]);
			expect(inXero()).toEqual(['DRAFT', 'DRAFT']);
		});

		test('an invoice of another customer is not taken for the one of the record', async () => {
			await post('AUTHORISED');
			const [one = {}] = orderItems(harness);
			const identityFields = mapper({
				invoiceNumber: 'INV-0001',
				'contact.name': '={{ $json.Customer }}',
			});
			const { attention } = await change({ newStatus: 'VOIDED', identityFields }, [
				{ ...one, Customer: 'Bramley & Sons Ltd' },
			]);
			expect(attention).toHaveLength(1);
			expect(inXero()).toEqual(['AUTHORISED', 'AUTHORISED']);
		});

		test('documents without statuses are refused before anything is read', async () => {
			const { error } = await change({ document: 'item', newStatus: 'DELETED' });
			expect(error?.message).toContain('cannot be changed');
			expect(harness.sandbox.journal.filter({ service: 'xero' })).toEqual([]);
		});
	});

	test('what has payments stays, with the reason, and the others are voided', async () => {
		await post('AUTHORISED');
		harness.sandbox.xero.recordPayment({ invoiceNumber: 'INV-0001', amount: '20.00' });
		const { synced, attention } = await change({ newStatus: 'VOIDED' });
		expect(attention).toMatchObject([
			{
				json: { outcome: 'blocked', issues: [{ code: 'XERO_PAID_DOCUMENT_EDIT' }] },
				pairedItem: { item: 0 },
			},
		]);
		expect(synced).toMatchObject([
			{ json: { document: { status: 'VOIDED' } }, pairedItem: { item: 1 } },
		]);
	});

	test('skips what the condition leaves out', async () => {
		await post();
		const { synced } = await change({
			newStatus: 'DELETED',
			useCondition: true,
			condition: {
				combinator: 'and',
				options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: '1',
						leftValue: '={{ $json.Customer }}',
						rightValue: 'Bramley & Sons Ltd',
						operator: { type: 'string', operation: 'equals' },
					},
				],
			},
		});
		expect(synced.map(({ json }) => json.outcome)).toEqual(['skipped', 'updated']);
	});

	test('keeps the new status and the trouble on the Knack records', async () => {
		await post('AUTHORISED');
		harness.sandbox.xero.recordPayment({ invoiceNumber: 'INV-0001', amount: '20.00' });
		const { knack } = harness.sandbox;
		const field = (name: string) => knack.fieldKey('Orders', name);
		await change({
			newStatus: 'VOIDED',
			writeBack: true,
			writeBackFields: { status: field('Invoice Status'), message: field('Sync Message') },
		});
		const shown = knack.recordIds('Orders').map((id) => knack.shown('Orders', id));
		expect(shown[0]?.['Sync Message']).toContain('has payments or credits');
		expect(shown[1]?.['Invoice Status']).toBe('Voided');
		expect(shown[1]?.['Sync Message']).toBe('');
	});

	test('each record goes to the organisation that its expression names', async () => {
		harness.sandbox.xero.signIn({ tenantIds: [KIWI_TRADE_TENANT_ID] });
		await post();
		const [one = {}, two = {}] = orderItems(harness);
		const { synced, attention } = await change(
			{
				newStatus: 'SUBMITTED',
				organisation: { __rl: true, mode: 'id', value: '={{ $json.tenant }}' },
			},
			[
				{ ...one, tenant: KIWI_TRADE_TENANT_ID },
				{ ...two, tenant: DEMO_TRADE_TENANT_ID },
			],
		);
		expect(attention).toMatchObject([{ json: { outcome: 'held' }, pairedItem: { item: 0 } }]);
		expect(synced).toMatchObject([{ json: { outcome: 'updated' }, pairedItem: { item: 1 } }]);
	});

	test('archives a contact, and leaves one alone that is archived', async () => {
		const parameters = {
			document: 'contact',
			newStatus: 'Archived',
			identityFields: mapper({ name: '={{ $json.Customer }}' }),
		};
		const items = [{ Customer: 'Bramley & Sons Ltd' }];
		const first = await change(parameters, items);
		expect(first.synced[0]?.json).toMatchObject({ outcome: 'updated' });
		const second = await change(parameters, items);
		expect(second.synced[0]?.json).toMatchObject({ outcome: 'unchanged', match: { by: 'name' } });
	});

	describe('as the tool of an AI agent', () => {
		beforeEach(async () => {
			await harness.close();
			await open(new AsTool());
			await post('AUTHORISED');
		});

		test('shows what would be voided unless it may write', async () => {
			const { synced } = await change({ newStatus: 'VOIDED' });
			expect(synced[0]?.json).toMatchObject({
				outcome: 'wouldUpdate',
				note: expect.stringContaining('preview'),
			});
			expect(inXero()).toEqual(['AUTHORISED', 'AUTHORISED']);
			await change({ newStatus: 'VOIDED', options: { allowWritingAsTool: true } });
			expect(inXero()).toEqual(['VOIDED', 'VOIDED']);
		});
	});

	describe('in the editor', () => {
		const { resourceMapping } = new MapUpsertToXero().methods;
		const editor = (parameters: IDataObject): ILoadOptionsFunctions =>
			harness.engine.loadOptionsContext(mapUpsert(harness, parameters));
		const shown = async (parameters: IDataObject) => {
			const { fields } = await resourceMapping.getIdentityFields.call(editor(parameters));
			return fields.filter(({ removed }) => !removed).map(({ displayName }) => displayName);
		};

		test('asks only for what tells which document is meant, requires none of it, and calls nobody', async () => {
			expect(await shown({})).toEqual([
				'Xero Sales Invoice ID',
				'Contact Name',
				'Invoice Number',
				'Reference',
			]);
			expect(await shown({ document: 'contact' })).toEqual([
				'Xero Contact ID',
				'Name',
				expect.stringContaining('Contact Code'),
			]);
			const { fields } = await resourceMapping.getIdentityFields.call(editor({}));
			expect(fields.filter(({ required }) => required)).toEqual([]);
			expect(harness.sandbox.journal.filter({ service: 'xero' })).toEqual([]);
		});

		test('shows what a change of status needs, and nothing of lines, values or what is done after', () => {
			const node = new MapUpsertToXero().description;
			const panel = (parameters: INodeParameters) =>
				node.properties
					.filter((property) => property.type !== 'hidden' && property.type !== 'notice')
					.filter((property) => NodeHelpers.displayParameter(parameters, property, null, node))
					.map(({ name }) => name);
			const invoice = { document: 'salesInvoice', operation: 'changeStatus', lineSource: 'list' };
			expect(panel(invoice)).toEqual([
				'organisation',
				'document',
				'operation',
				'newStatus',
				'previewOnly',
				'identityFields',
				'keepInKnack',
				'writeLog',
				'options',
				'guards',
				'moreSettings',
			]);
			expect(panel({ ...invoice, operation: 'upsert' })).toEqual([
				'organisation',
				'document',
				'operation',
				'fields',
				'status',
				'lineSource',
				'lineFields',
				'keepInKnack',
				'writeLog',
				'options',
				'guards',
				'afterWriting',
				'moreSettings',
			]);
		});

		test('comes pre-filled from the names of the records', async () => {
			const sampleShape = JSON.stringify([
				['Customer', 'field', []],
				['Order Number', 'field', []],
			]);
			const { fields } = await resourceMapping.getIdentityFields.call(editor({ sampleShape }));
			expect(fields.find(({ id }) => id === 'contact.name')?.defaultValue).toBe(
				'={{ $json["Customer"] }}',
			);
		});
	});
});
