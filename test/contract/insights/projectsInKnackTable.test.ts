import { reckonProjects } from '../../../lib/insights/jobProfitability/projectProfitability';
import { PROJECT_COLUMNS } from '../../../lib/insights/jobProfitability/projectRows';
import type { InsightColumn } from '../../../lib/insights/insight';
import { resolveSettings } from '../../../lib/insights/knackTable/tableSettings';
import { writeInsight } from '../../../lib/insights/knackTable/writeInsight';
import { writtenSums } from '../../../lib/insights/knackTable/writtenWords';
import { booksOf } from '../../support/jobBooks';
import { knackInMemory } from '../../support/knackInMemory';
import { ProjectBooks } from '../../support/projectBooks';
import { frozenSandbox } from '../../support/xeroInMemory';

const FIELD_TYPES = {
	text: 'short_text',
	money: 'number',
	number: 'number',
	date: 'date_time',
	yesNo: 'boolean',
	link: 'link',
	html: 'rich_text',
} as const satisfies Readonly<Record<InsightColumn['kind'], string>>;

/** Two projects in two currencies, and a dashboard with a field for each column. */
async function firm() {
	const sandbox = frozenSandbox();
	sandbox.xero.person.addCurrency('EUR', '1.15');
	sandbox.knack.addTable({
		name: 'Projects',
		fields: [
			{ name: 'Key', type: 'short_text' },
			...PROJECT_COLUMNS.map(({ label, kind }) => ({ name: label, type: FIELD_TYPES[kind] })),
			{ name: 'Summary', type: 'rich_text' },
		],
	});
	const kept = new ProjectBooks(sandbox, (await booksOf(sandbox)).client);
	const loft = await kept.project('Loft', { estimate: 900_000 });
	kept.book(loft, 'expense', 40_000);
	kept.book(loft, 'projectInvoiced', 250_000);
	const shed = await kept.project('Shed', { currency: 'EUR' });
	await kept.time(shed, await kept.task(shed, 6_000), 60);
	const client = knackInMemory(sandbox);
	const table = (await client.app()).tables.find(({ name }) => name === 'Projects');
	if (!table) throw new Error('The table is not there.');
	const chosen = { keyColumns: [], fields: [], gone: 'leave' } as const;
	return {
		kept,
		loft,
		shown: () =>
			sandbox.knack.recordIds('Projects').map((id) => sandbox.knack.shown('Projects', id)),
		write: async () => {
			const insight = await reckonProjects(await booksOf(sandbox), {});
			const settings = resolveSettings(insight, table, chosen);
			expect(settings.withoutField).toEqual([]);
			return await writeInsight(client, table, insight, settings);
		},
	};
}

describe('job profitability by Xero project in a Knack table', () => {
	it('writes a record for each project, and nothing the second time', async () => {
		const { write, shown, loft } = await firm();
		const first = await write();
		expect(writtenSums(first)).toMatchObject({ created: 2, failed: 0 });
		expect(shown().find(({ Job }) => Job === 'Loft')).toMatchObject({
			Key: loft.id,
			Currency: 'GBP',
			Revenue: '2500',
			Costs: '400',
			Margin: '2100',
			Estimate: '9000',
		});
		// What time costs is told by Knack alone: the margin is not known, and not nothing.
		expect(shown().find(({ Job }) => Job === 'Shed')).toMatchObject({
			Currency: 'EUR',
			Costs: '',
			Margin: '',
		});
		const second = await write();
		expect(writtenSums(second)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
		expect(second.calls.writes).toBe(0);
	});

	it('writes the project alone that has changed', async () => {
		const { write, shown, kept, loft } = await firm();
		await write();
		kept.book(loft, 'expense', 5_000);
		const again = await write();
		expect(writtenSums(again)).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
		expect(again.calls.writes).toBe(1);
		expect(shown().find(({ Job }) => Job === 'Loft')).toMatchObject({ Costs: '450' });
	});
});
