import { calendarDate } from '../../lib/dates';
import { reckonSyncHealth } from '../../lib/insights/syncHealth/syncHealth';
import type { HealthInput } from '../../lib/insights/syncHealth/healthTables';
import type { Insight } from '../../lib/insights/insight';
import { DECISION_FIELDS, STATES } from '../../lib/sync/compare/decisions';
import { entryText } from '../../lib/sync/log/logEntry';
import { knackInMemory } from '../support/knackInMemory';
import { addLogTable } from '../support/syncLog';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const texts = (...names: readonly string[]) =>
	names.map((name) => ({ name, type: 'short_text' as const }));

describe('Sync Health', () => {
	let world: XeroInMemory;
	let ids: string[];

	beforeEach(async () => {
		world = await xeroInMemory();
		const { knack } = world.sandbox;
		knack.addTable({
			name: 'Jobs',
			fields: texts('Job', 'Xero ID', 'Sync Message', 'Total'),
		});
		const unknown = (code: string) => `The account "${code}" is not in Xero. Choose another.`;
		ids = knack.seedRecords('Jobs', [
			{ Job: 'A', 'Xero ID': 'x1', 'Sync Message': '', Total: '10' },
			{ Job: 'B', 'Xero ID': 'x2', 'Sync Message': '', Total: '20' },
			{ Job: 'C', 'Xero ID': '', 'Sync Message': '', Total: '30' },
			{ Job: 'D', 'Xero ID': '', 'Sync Message': unknown('999'), Total: '40' },
			{ Job: 'E', 'Xero ID': '', 'Sync Message': unknown('998'), Total: '50' },
			{ Job: 'F', 'Xero ID': 'x6', 'Sync Message': 'Xero did not answer.', Total: '600' },
		]);
		knack.addTable({ name: 'Differences', fields: texts(...Object.values(DECISION_FIELDS)) });
		knack.seedRecords('Differences', [
			{
				Key: `salesInvoice ${ids[1]} amount`,
				State: STATES.open,
				Summary: 'Sales Invoice B: amount differs.',
			},
			{ Key: `salesInvoice ${ids[0]} dates`, State: STATES.accepted, Summary: 'x' },
		]);
		knack.addTable({ name: 'Sync Log', fields: texts('Knack Record ID', 'When', 'Outcome') });
		knack.seedRecords('Sync Log', [
			{ 'Knack Record ID': ids[3], When: '2026-11-01T10:00:00Z', Outcome: 'held' },
			{ 'Knack Record ID': ids[3], When: '2026-11-02T10:00:00Z', Outcome: 'updated' },
			{ 'Knack Record ID': ids[3], When: '2026-11-10T10:00:00Z', Outcome: 'held' },
			{ 'Knack Record ID': ids[3], When: '2026-11-12T10:00:00Z', Outcome: 'held' },
			{ 'Knack Record ID': ids[5], When: '2026-11-20T10:00:00Z', Outcome: 'failed' },
		]);
	});

	async function health(input: Partial<HealthInput> = {}): Promise<Insight> {
		const today = calendarDate('2026-11-22');
		if (!today) throw new Error('No day.');
		const { client, settings, sandbox } = world;
		return await reckonSyncHealth(
			{ client, organisation: settings.organisation, today },
			knackInMemory(sandbox),
			{ table: 'Jobs', ...input },
		);
	}

	const told = ({ rows }: Insight, part: string) =>
		rows
			.filter((row) => row.part === part)
			.map(({ name, records, amount, since, days }) => [name, records, amount, since, days]);

	test('counts each record once, with since when as far as a log tells', async () => {
		const insight = await health({
			differencesTable: 'Differences',
			logTable: 'Sync Log',
			amountField: 'Total',
		});
		expect(told(insight, 'State')).toEqual([
			['In Step', 1, '10.00', null, null],
			['Waiting', 1, '30.00', '2026-11-22', 0],
			['Held', 2, '90.00', '2026-11-10', 12],
			['Failed', 1, '600.00', '2026-11-20', 2],
			['Drifted', 1, '20.00', null, null],
		]);
		expect(insight.summary).toBe(
			'1 of 6 records is in step with Xero; 1 waits, 2 are held, 1 failed, 1 drifted.',
		);
	});

	test('ranks reasons by what they keep back, and by records where that is not known', async () => {
		const byAmount = told(await health({ amountField: 'Total' }), 'Reason');
		expect(byAmount.map(([name, records]) => [name, records])).toEqual([
			['Xero did not answer.', 1],
			['The account "…" is not in Xero. Choose another.', 2],
		]);
		const byRecords = told(await health(), 'Reason');
		expect(byRecords.map(([, records]) => records)).toEqual([2, 1]);
	});

	test('counts nothing as none that no table tells', async () => {
		const insight = await health();
		expect(insight.summary).toBe(
			'2 of 6 records are in step with Xero; 1 waits, 3 are held or failed; how many have failed is not known without a Log Table; how many have drifted is not known without a Differences Table.',
		);
		expect(told(insight, 'State').map(([name, records]) => [name, records])).toEqual([
			['In Step', 2],
			['Waiting', 1],
			['Held', 3],
			['Failed', null],
			['Drifted', null],
		]);
		const words = insight.rows.map(({ summary }) => summary);
		expect(words).toEqual(
			expect.arrayContaining([
				'Held or failed: 3 records.',
				'Failed: not known without a Log Table.',
				'Drifted: not known without a Differences Table.',
			]),
		);
		const withLog = await health({ logTable: 'Sync Log' });
		expect(told(withLog, 'State').map(([, records]) => records)).toEqual([2, 1, 2, 1, null]);
		expect(withLog.summary).not.toContain('Log Table');
	});

	test('takes the later row of a run where both are of one minute', async () => {
		const { knack } = world.sandbox;
		addLogTable(world.sandbox, 'Runs');
		const at = '2026-11-20T10:00:00Z';
		const row = (number: number, outcome: string) => ({
			'Knack Record ID': ids[5] ?? '',
			When: at,
			Outcome: outcome,
			'Log Entry': entryText({
				version: 1,
				app: 'app',
				signedWith: 'key',
				run: 'run',
				number,
				at,
				place: {},
				content: {
					kind: 'record',
					outcome,
					document: {},
					source: {},
					changes: [],
					findings: [],
					calls: 1,
				},
				personal: {},
				columns: [],
			}),
		});
		knack.seedRecords('Runs', [row(3, 'failed'), row(2, 'held')]);
		const failed = told(await health({ logTable: 'Runs' }), 'State')[3];
		expect(failed).toEqual(['Failed', 1, null, '2026-11-20', 2]);
	});

	test('says what it does not know, and names a field that is not there', async () => {
		const { notIn } = await health();
		expect(notIn.join(' ')).toContain('Drifted records are not known');
		await expect(health({ xeroIdField: 'Nothing' })).rejects.toThrow(
			'The table Jobs has no field "Nothing".',
		);
		await expect(health({ table: 'Nowhere' })).rejects.toThrow('has no table "Nowhere"');
	});
});
