import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapper, mapUpsert } from './mapUpsertItems';

/** What bears no link to its record in Xero, and was corrected there by a person. */
describe('Map & Upsert to Xero: contacts and items corrected in Xero', () => {
	let harness: Harness;
	let table: string;
	let recordId: string;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
		const { knack } = harness.sandbox;
		const fields = ['Name', 'Code', 'Sync Fingerprint'].map((name) => ({
			name,
			type: 'short_text' as const,
		}));
		table = knack.addTable({ name: 'Things', fields }).key;
		recordId = knack.createRecord('Things', { Name: 'Oak', Code: 'T-1' });
	});

	afterEach(async () => await harness.close());

	async function run(parameters: IDataObject) {
		const item = { ...harness.sandbox.knack.shown('Things', recordId), knack: { recordId, table } };
		const node = mapUpsert(harness, { lineSource: 'none', ...parameters });
		const result = await harness.engine.runNode(node, [item]);
		expect(result.error).toBeUndefined();
		const [synced = []] = result.output;
		const hints = result.hints('Upsert').map(({ message }) => message);
		return { json: synced[0]?.json, hints: hints.join('\n') };
	}

	const contact = {
		document: 'contact',
		fields: mapper({ contactNumber: '={{ $json.Code }}', name: '={{ $json.Name }}' }),
	};
	const item = {
		document: 'item',
		fields: mapper({ code: '={{ $json.Code }}', name: '={{ $json.Name }}' }),
	};

	test.each([
		['contact', true],
		['item', true],
		['quote', true],
		['salesInvoice', false],
	])(
		'the form for %s shows Sync Fingerprint where nothing else keeps what was sent: %s',
		async (document, isShown) => {
			const { key } = harness.sandbox.knack.addTable({
				name: 'Others',
				fields: [{ name: 'Name', type: 'short_text' }],
			});
			const chosen = { __rl: true, mode: 'list', value: key };
			const node = mapUpsert(
				harness,
				{ document, keepInKnack: true, table: chosen },
				{ credentials: harness.both },
			);
			const { fields } = await new MapUpsertToXero().methods.resourceMapping.getWriteBackForm.call(
				harness.engine.loadOptionsContext(node),
			);
			expect(fields.find(({ id }) => id === 'fingerprint')).toMatchObject({ removed: !isShown });
		},
	);

	test.each([
		['contact', contact],
		['item', item],
	])(
		'a %s stays corrected where Knack keeps what was sent, and a run without it says so',
		async (kind, parameters) => {
			const correct = () => {
				const { contacts, items } = harness.sandbox.xero.organisation();
				const [one] = contacts.filter(({ contactNumber }) => contactNumber === 'T-1');
				if (one) contacts.put(one.contactId, { ...one, name: 'Oak Ltd' });
				const [other] = items.filter(({ code }) => code === 'T-1');
				if (other) items.put(other.itemId, { ...other, name: 'Oak Ltd' });
			};
			const keeps = {
				writeBack: true,
				table: { __rl: true, mode: 'id', value: table },
				writeBackFields: { fingerprint: 'Sync Fingerprint' },
			};
			const made = await run({ ...parameters, ...keeps });
			expect(made.json).toMatchObject({ outcome: 'created' });
			expect(made.hints).not.toContain('Sync Fingerprint');
			correct();
			expect((await run({ ...parameters, ...keeps })).json).toMatchObject({
				outcome: 'unchanged',
				issues: [{ code: 'XERO_CHANGED_IN_XERO' }],
			});
			const foreseen = await run({ ...parameters, operation: 'preview' });
			expect(foreseen.hints).toContain(`Of 1 ${kind} it is not known what was sent last`);
			expect(foreseen.hints).toContain('would be put back');
			const putBack = await run(parameters);
			expect(putBack.json).toMatchObject({ outcome: 'updated' });
			expect(putBack.hints).toContain('Choose a Sync Fingerprint field under Write Back to Knack');
			// Nothing that a person wrote is in question: no hint.
			expect((await run(parameters)).hints).not.toContain('Sync Fingerprint');
		},
	);
});
