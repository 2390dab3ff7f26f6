import type { Draft } from '../../lib/sync/draft';
import type { LinkedRecords } from '../../lib/sync/find/keptByOthers';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { ServiceFaultError } from '../../lib/serviceFault';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const LINE: FieldValues = { description: 'Work', quantity: '1', unitAmount: '200' };
const HEADER: FieldValues = { 'contact.name': 'Aldgate Ltd', date: '2026-11-20' };

/** Two records of Knack that come one after the other, of which the first keeps the Xero ID. */
describe('a record that leads to what another record of Knack keeps', () => {
	let world: XeroInMemory;
	let kept: Map<string, string[]>;
	let asked: number;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		kept = new Map();
		asked = 0;
	});

	const linked: LinkedRecords = async () => {
		asked += 1;
		return await Promise.resolve(kept);
	};

	const record = (
		type: DocumentType,
		recordId: string,
		fields: FieldValues,
		id?: string,
	): Draft => ({
		type,
		itemIndexes: [0],
		fields,
		source: { knackRecordId: recordId, table: 'object_1' },
		issues: [],
		...(id === undefined ? {} : { id }),
	});

	async function run(draft: Draft, linkedRecords: LinkedRecords = linked) {
		const { settings, clock, turns } = world;
		const definition = definitionOf(draft.type);
		const context = () => ({
			client: world.anotherClient(),
			settings,
			clock,
			turns,
			linkedRecords,
		});
		const [foreseen] = (await previewDocuments(context(), definition, [draft])).outcomes;
		const own = context();
		const [outcome] = (await upsertDocuments(own, definition, [draft])).outcomes;
		if (!outcome || !foreseen) throw new Error('There is no outcome.');
		expect(foreseen.issues).toEqual(outcome.issues);
		return { ...outcome, writes: own.client.calls().writes };
	}

	it.each<[DocumentType, FieldValues, FieldValues, string, FieldValues]>([
		[
			'contact',
			{ name: 'Acme', contactNumber: 'C-1', emailAddress: 'a@acme.example' },
			{ name: 'Acme West', contactNumber: 'C-1', emailAddress: 'w@acme.example' },
			'contact code',
			{ contactNumber: 'C-2' },
		],
		[
			'item',
			{ code: 'T-1', name: 'Table', 'salesDetails.unitPrice': '10' },
			{ code: 'T-1', name: 'Oak table', 'salesDetails.unitPrice': '12' },
			'item code',
			{ code: 'T-2' },
		],
	])(
		'by its %s key is held, and goes on with a key of its own',
		async (type, one, other, key, own) => {
			const first = await run(record(type, 'a1', one));
			const id = String(first.document.id);
			kept.set(id.toLowerCase(), ['a1']);
			const held = await run(record(type, 'b1', other));
			expect(held).toMatchObject({
				outcome: 'held',
				writes: 0,
				issues: [{ code: 'XERO_KEY_OF_ANOTHER', candidates: [{ id }] }],
			});
			expect(held.issues[0]?.message).toContain('which keeps its ID (record a1)');
			expect(held.issues[0]?.fix).toContain(`give it its own ${key}`);
			// As the fix says.
			expect(await run(record(type, 'b1', { ...other, ...own }))).toMatchObject({
				outcome: 'created',
				issues: [],
			});
			expect(await run(record(type, 'a1', one, id))).toMatchObject({ outcome: 'unchanged' });
			kept.clear();
			expect(await run(record(type, 'b2', one))).toMatchObject({
				outcome: 'unchanged',
				document: { id },
			});
		},
	);

	it.each<[DocumentType, FieldValues, string]>([
		['contact', { contactNumber: 'C-1', name: 'Acme' }, 'contactNumber'],
		['item', { code: 'T-1', name: 'Table' }, 'code'],
		['quote', { ...HEADER, quoteNumber: 'Q-1' }, 'quoteNumber'],
		['purchaseOrder', { ...HEADER, reference: 'PO-1' }, 'reference'],
	])(
		'as a copied %s does, is held, and has one of its own without the ID',
		async (type, fields, key) => {
			const isContact = type === 'contact';
			const withKey = (value: string, name: string): FieldValues => ({
				...fields,
				[key]: value,
				...(isContact ? { name } : {}),
			});
			const draft = (recordId: string, own: FieldValues, id?: string): Draft => {
				const made = record(type, recordId, own, id);
				return 'date' in fields ? { ...made, lines: [{ fields: LINE }] } : made;
			};
			const id = String((await run(draft('a1', fields))).document.id);
			kept.set(id.toLowerCase(), ['a1', 'b1']);
			const copy = withKey('N-2', 'Zebra Foods');
			const held = await run(draft('b1', copy, id));
			expect(held).toMatchObject({
				outcome: 'held',
				writes: 0,
				issues: [{ code: 'XERO_KEY_OF_ANOTHER', candidates: [{ id }] }],
			});
			expect(held.issues[0]?.message).toContain('this one and record a1, and this one has another');
			expect((await run(draft('a1', fields, id))).outcome).toBe('unchanged');
			// As the fix says.
			kept.set(id.toLowerCase(), ['a1']);
			expect((await run(draft('b1', copy))).outcome).toBe('created');
			// An edit of the only one that keeps it goes over.
			expect(await run(draft('a1', withKey('N-3', 'Acme Group'), id))).toMatchObject({
				outcome: 'updated',
				document: { id },
			});
		},
	);

	it('is asked of Knack only where it keeps no ID itself, and waits where that cannot be asked', async () => {
		const fields = { name: 'Acme', contactNumber: 'C-1' };
		const { document } = await run(record('contact', 'a1', fields));
		expect(asked).toBe(0);
		await run(record('contact', 'a1', { ...fields, firstName: 'Ann' }, document.id));
		expect(asked).toBe(0);
		kept.set(String(document.id).toLowerCase(), ['b0', 'a1']);
		expect((await run(record('contact', 'a1', { ...fields, firstName: 'Kay' }))).outcome).toBe(
			'updated',
		);
		expect(asked).toBe(2);
		const outOfReach: LinkedRecords = async () =>
			await Promise.reject(
				new ServiceFaultError({
					service: 'knack',
					cause: 'unavailable',
					message: 'Knack did not answer.',
					fix: 'Run it again.',
				}),
			);
		const waiting = await run(record('contact', 'a1', { ...fields, firstName: 'Sam' }), outOfReach);
		expect(waiting).toMatchObject({ outcome: 'held', writes: 0 });
		expect(waiting.issues[0]?.message).toContain('could not be asked: Knack did not answer.');
	});
});
