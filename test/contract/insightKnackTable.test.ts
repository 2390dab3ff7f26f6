import type { Insight } from '../../lib/insights/insight';
import {
	resolveSettings,
	type ChosenTableSettings,
} from '../../lib/insights/knackTable/tableSettings';
import { writeInsight } from '../../lib/insights/knackTable/writeInsight';
import { writtenSentence, writtenSums } from '../../lib/insights/knackTable/writtenWords';
import type { KnackTable } from '../../lib/knack/app';
import type { KnackClient } from '../../lib/knack/client';
import type { Sandbox } from '../../sandbox/sandbox';
import { owed, receivables } from '../support/insights';
import { knackInMemory } from '../support/knackInMemory';
import { frozenSandbox } from '../support/xeroInMemory';

const BY_NAME: ChosenTableSettings = { keyColumns: [], fields: [], gone: 'leave' };

describe('an insight in a Knack table', () => {
	let sandbox: Sandbox;
	let client: KnackClient;
	let table: KnackTable;

	beforeEach(async () => {
		sandbox = frozenSandbox();
		sandbox.knack.addTable({
			name: 'Dashboard',
			fields: [
				{ name: 'Key', type: 'short_text' },
				{ name: 'Contact', type: 'short_text' },
				{ name: 'Total', type: 'currency' },
				// Alike is not the same: somebody else keeps something there.
				{ name: 'Totl', type: 'currency' },
				{ name: 'Current', type: 'number' },
				{ name: 'Oldest Due', type: 'date_time', format: { date_format: 'dd/mm/yyyy' } },
				{ name: 'In Xero', type: 'link' },
				{ name: 'Summary', type: 'rich_text' },
			],
		});
		client = knackInMemory(sandbox);
		const found = (await client.app()).tables.find(({ name }) => name === 'Dashboard');
		if (!found) throw new Error('The table is not there.');
		table = found;
	});

	const written = async (insight: Insight, chosen: Partial<ChosenTableSettings> = {}) =>
		await writeInsight(
			client,
			table,
			insight,
			resolveSettings(insight, table, { ...BY_NAME, ...chosen }),
		);
	const shown = () =>
		sandbox.knack.recordIds('Dashboard').map((id) => sandbox.knack.shown('Dashboard', id));

	it('writes a page of HTML as one into rich text, and into no other field', async () => {
		const html = '<table><tr><td>INV-1</td></tr></table>';
		const [row] = receivables().rows;
		const insight = receivables({
			columns: [...receivables().columns, { key: 'html', label: 'Page', kind: 'html' }],
			rows: row ? [{ ...row, html }] : [],
		});
		await written(insight, { fields: [{ column: 'Page', field: 'Summary' }] });
		const field = sandbox.knack.fieldKey('Dashboard', 'Summary');
		const [record] = await client.records(table.key);
		expect(record?.[field]).toBe(html);
		const second = await written(insight, { fields: [{ column: 'Page', field: 'Summary' }] });
		expect(writtenSums(second)).toMatchObject({ unchanged: 1, updated: 0 });
		expect(() =>
			resolveSettings(insight, table, {
				...BY_NAME,
				fields: [{ column: 'Page', field: 'Contact' }],
			}),
		).toThrow('Contact of Dashboard takes no values of Page.');
	});

	it('finds the fields by the names of the columns, and says which have none', async () => {
		const insight = receivables();
		const { fields, keyField, withoutField } = resolveSettings(insight, table, BY_NAME);
		const names = Object.fromEntries([...fields].map(([column, { name }]) => [column, name]));
		expect(keyField.name).toBe('Key');
		expect(names).toEqual({
			contact: 'Contact',
			total: 'Total',
			current: 'Current',
			oldest: 'Oldest Due',
			link: 'In Xero',
			summary: 'Summary',
		});
		const result = await written(insight);
		expect(writtenSentence(table, result, withoutField)).toMatch(
			/^Knack table Dashboard: 3 created, 0 updated, 0 unchanged, \d+ Knack calls\. Dashboard has no field for Currency, Over 90 Days\.$/,
		);
	});

	it('writes each row once, then what differs alone, and nothing the second time', async () => {
		const first = await written(receivables());
		expect(writtenSums(first)).toMatchObject({ created: 3, failed: 0 });
		expect(shown()[0]).toMatchObject({ Key: 'Acme Ltd | GBP', Current: '1240' });

		const second = await written(receivables());
		expect(writtenSums(second)).toEqual({
			created: 0,
			updated: 0,
			unchanged: 3,
			failed: 0,
			cleared: 0,
		});
		expect(second.calls.writes).toBe(0);

		const { rows } = receivables();
		const changed = receivables({
			rows: [owed('Acme Ltd', '1300.00', '1300.00', '0.00'), ...rows.slice(1)],
		});
		expect((await written(changed)).calls.writes).toBe(1);
	});

	it('leaves the record of a row that is gone, or clears its figures where that is chosen', async () => {
		await written(receivables());
		sandbox.knack.createRecord('Dashboard', { Contact: 'Without a key', Total: 7 });
		const fewer = receivables({ rows: receivables().rows.slice(0, 1) });
		expect((await written(fewer)).calls.writes).toBe(0);
		expect(shown()[1]).toMatchObject({ Current: '300.5' });

		const cleared = await written(fewer, { gone: 'clear' });
		expect(writtenSums(cleared)).toMatchObject({ unchanged: 1, cleared: 2, failed: 0 });
		expect(shown()[1]).toMatchObject({
			Key: 'Moss & Daughters | GBP',
			Contact: 'Moss & Daughters',
			Current: '',
			'Oldest Due': '',
			Summary: '',
		});
		expect(shown()[3]).toMatchObject({ Contact: 'Without a key' });
		const again = await written(fewer, { gone: 'clear' });
		expect([again.calls.writes, again.gone]).toEqual([0, []]);
	});

	it('writes none of several rows that one record would have to hold, and the others all the same', async () => {
		const twice = receivables({
			rows: [...receivables().rows, owed('ACME ltd', '5.00', '0.00', '5.00', 'USD')],
		});
		const result = await written(twice, { keyColumns: ['Contact'] });
		expect(writtenSums(result)).toMatchObject({ created: 2, failed: 2 });
		expect(result.rows[0]?.result).toMatchObject({
			kind: 'failed',
			issues: [{ code: 'KNACK_ROW_KEY_SHARED', fix: expect.stringContaining('Key Columns') }],
		});
	});

	it('keeps the text of a hostile name as text, also where a field shows HTML', async () => {
		const hostile = owed('<img src=x onerror=alert(1)>', '1.00', '0.00', '1.00');
		await written(receivables({ rows: [hostile] }));
		const [record] = await client.records(table.key);
		const field = sandbox.knack.fieldKey('Dashboard', 'Summary');
		expect(record?.[field]).toContain('&lt;img');
		expect(record?.[field]).not.toContain('<img');
		expect((await written(receivables({ rows: [hostile] }))).calls.writes).toBe(0);
	});

	it('refuses by name what is not there or does not fit', () => {
		const settings = (chosen: Partial<ChosenTableSettings>) =>
			resolveSettings(receivables(), table, { ...BY_NAME, ...chosen });
		expect(() => settings({ keyColumns: ['Conract'] })).toThrow('no column "Conract"');
		expect(() => settings({ keyField: 'Summary' })).toThrow('cannot be found by Summary');
		expect(() => settings({ fields: [{ column: 'Total', field: 'Summary' }] })).toThrow(
			'takes no values of Total',
		);
		expect(() => settings({ fields: [{ column: 'Total', field: 'Sum' }] })).toThrow(
			'has no field "Sum"',
		);
		const kept = settings({ fields: [{ column: 'Total', field: '' }] });
		expect(kept.fields.has('total')).toBe(false);
	});
});
