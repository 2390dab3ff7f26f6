import fc from 'fast-check';
import type { KnackTable } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import { planWriteBack, writeBack } from '../../lib/sync/writeBack';
import type { FieldDefinition } from '../../sandbox/knack/schema';
import type { Sandbox } from '../../sandbox/sandbox';
import { knackInMemory } from '../support/knackInMemory';
import { frozenSandbox } from '../support/xeroInMemory';

const dateTime = (
	date_format: 'dd/mm/yyyy' | 'mm/dd/yyyy',
	time_format: 'Ignore Time' | 'HH:MM am',
): Pick<FieldDefinition, 'type' | 'format'> => ({
	type: 'date_time',
	format: { date_format, time_format, default_type: 'none' },
});

/** Fields of every type that can be written, with values for them. */
const day = fc
	.date({ min: new Date('2000-01-01'), max: new Date('2060-12-31'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const words = fc.constantFrom(
	'Acme',
	'a & b',
	'two\nlines',
	'3 < 4',
	'Bolt <M8>',
	"O'Connor",
	'ünïcode €',
);
const amount = fc
	.integer({ min: -1_000_000, max: 1_000_000 })
	.map((pence) => (pence / 100).toFixed(2));

const FIELDS: ReadonlyArray<readonly [definition: FieldDefinition, values: fc.Arbitrary<unknown>]> =
	[
		[{ name: 'Short', type: 'short_text' }, words.map((text) => text.replace('\n', ' '))],
		[{ name: 'Paragraph', type: 'paragraph_text' }, words],
		[{ name: 'Rich', type: 'rich_text' }, words],
		[{ name: 'Number', type: 'number' }, amount],
		[{ name: 'Currency', type: 'currency', format: { format: '£' } }, amount],
		[{ name: 'Flag', type: 'boolean', format: { default: false } }, fc.boolean()],
		[
			{
				name: 'Choice',
				type: 'multiple_choice',
				format: { type: 'single', options: ['A', 'B b', 'C'] },
			},
			fc.constantFrom('A', 'b B', 'c'),
		],
		[
			{
				name: 'Choices',
				type: 'multiple_choice',
				format: { type: 'multi', options: ['A', 'B b', 'C'] },
			},
			fc.subarray(['A', 'B b', 'C'], { minLength: 1 }),
		],
		[{ name: 'British Date', ...dateTime('dd/mm/yyyy', 'Ignore Time') }, day],
		[{ name: 'American Date', ...dateTime('mm/dd/yyyy', 'Ignore Time') }, day],
		[
			{ name: 'Date And Time', ...dateTime('dd/mm/yyyy', 'HH:MM am') },
			day.map((date) => `${date}T14:05`),
		],
		[
			{ name: 'Link', type: 'link', format: { target: '_blank', text_format: 'url' } },
			words.map((label) => ({
				url: 'https://go.xero.com/app/x?a=1&b=2',
				label: label.replace('\n', ' '),
			})),
		],
		[
			{ name: 'Phone', type: 'phone', format: { format: '(999) 999-9999', extension: false } },
			fc.constantFrom('5129741234', '(512) 974-1234'),
		],
		[
			{ name: 'Address', type: 'address', format: { format: 'international_country' } },
			fc.constant({ street: '14 Mill Lane', city: 'Lewes', zip: 'BN7 2ZZ', country: 'UK' }),
		],
		[{ name: 'Mail', type: 'email', format: { text_format: 'url' } }, fc.constant('a@example.com')],
		[
			{ name: 'Person', type: 'name', format: { format: 'First Last' } },
			fc.constantFrom({ first: 'Agnes', last: 'Wickham' }, { first: 'Cher' }),
		],
	];

describe('writing back to Knack', () => {
	let sandbox: Sandbox;
	let client: KnackClient;
	let table: KnackTable;
	let recordId: string;

	beforeEach(async () => {
		sandbox = frozenSandbox();
		sandbox.knack.addTable({ name: 'Everything', fields: FIELDS.map(([field]) => field) });
		recordId = sandbox.knack.createRecord('Everything', {});
		client = knackInMemory(sandbox);
		const found = (await client.app()).tables.find(({ name }) => name === 'Everything');
		if (!found) throw new Error('The table is not there.');
		table = found;
	});

	const key = (name: string) => sandbox.knack.fieldKey('Everything', name);
	const writes = () => sandbox.journal.filter({ service: 'knack', kind: 'write' }).length;

	async function write(values: Record<string, unknown>, mayClear: readonly string[] = []) {
		const record = await client.record(table.key, recordId);
		const byKey = Object.fromEntries(
			Object.entries(values).map(([name, value]) => [key(name), value]),
		);
		const [result] = await writeBack(client, table, [
			{ recordId, record, values: byKey, mayClear: new Set(mayClear.map(key)) },
		]);
		return result;
	}

	it('is done after one write, whatever the field and the value: the second finds nothing', async () => {
		const values = fc.record(
			Object.fromEntries(FIELDS.map(([{ name }, arbitrary]) => [name, fc.option(arbitrary)])),
		);
		await fc.assert(
			fc.asyncProperty(values, async (given) => {
				const first = await write(given);
				expect(['updated', 'unchanged']).toContain(first?.outcome);
				const before = writes();
				expect(await write(given)).toEqual({ outcome: 'unchanged' });
				expect(writes()).toBe(before);
			}),
			{ numRuns: 60 },
		);
	});

	it('sends only what differs', async () => {
		await write({ Short: 'one', Number: '1' });
		const result = await write({ Short: 'one', Number: '2.50' });
		expect(result).toMatchObject({
			outcome: 'updated',
			changes: [{ field: 'Number', before: '1', after: '2.5' }],
		});
		const last = sandbox.journal.filter({ service: 'knack', method: 'PUT' }).at(-1);
		expect(last?.requestBody).toEqual({ [key('Number')]: 2.5 });
	});

	it('never puts a blank over a value unless that field may be emptied', async () => {
		await write({ Short: 'kept', Paragraph: 'emptied' });
		const result = await write({ Short: null, Paragraph: '' }, ['Paragraph']);
		expect(result).toMatchObject({ changes: [{ field: 'Paragraph', before: 'emptied' }] });
		expect(sandbox.knack.display('Everything', recordId)).toMatchObject({
			[key('Short')]: 'kept',
			[key('Paragraph')]: '',
		});
	});

	it('writes nothing of a record when one of its values does not fit', async () => {
		const result = await write({ Short: 'new', Choice: 'D', Number: 'many' });
		expect(result).toMatchObject({
			outcome: 'blocked',
			issues: [{ field: 'Choice' }, { field: 'Number' }],
		});
		expect(writes()).toBe(0);
	});

	it('goes on past a record that is gone', async () => {
		const other = sandbox.knack.createRecord('Everything', {});
		const record = await client.record(table.key, recordId);
		sandbox.knack.deleteRecord('Everything', recordId);
		const values = { [key('Short')]: 'x' };
		const results = await writeBack(client, table, [
			{ recordId, record, values },
			{ recordId: other, values },
		]);
		expect(results).toMatchObject([
			{ outcome: 'blocked', issues: [{ code: 'KNACK_RECORD_GONE' }] },
			{ outcome: 'updated' },
		]);
	});

	it('plans without a call, and the plan is what is then written', async () => {
		const record = await client.record(table.key, recordId);
		const app = await client.app();
		const before = sandbox.journal.counts().total;
		const values = { [key('Short')]: 'x', [key('British Date')]: '2026-09-03' };
		const plan = planWriteBack(app, table, record, values);
		expect(sandbox.journal.counts().total).toBe(before);
		expect(plan.fields).toEqual({ [key('Short')]: 'x', [key('British Date')]: '03/09/2026' });
		const [result] = await writeBack(client, table, [{ recordId, record, values }]);
		expect(result).toMatchObject({ outcome: 'updated', changes: plan.changes });
	});

	it('is remembered as our own before it is sent', async () => {
		let seen: unknown;
		const watching = knackInMemory(sandbox, (inner) => async (request) => {
			if (request.method === 'PUT') seen = watching.ownWrites.valuesOf(table.key, recordId);
			return await inner(request);
		});
		await writeBack(watching, table, [{ recordId, values: { [key('Short')]: 'ours' } }]);
		expect(seen).toMatchObject({ [key('Short')]: 'ours' });
	});
});
