import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { SANDBOX_WEB_APP } from '../../sandbox/xero/world';
import { createHarness, type Harness } from './harness';
import { mapUpsert, orderItems } from './mapUpsertItems';

const DAY = 1_000;

describe('A day whose calls are spent', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
	});

	afterEach(async () => await harness.close());

	const callsLeft = (left: number) =>
		harness.sandbox.xero.limits.setDayCalls(
			SANDBOX_WEB_APP.clientId,
			DEMO_TRADE_TENANT_ID,
			DAY - left,
		);
	const run = async (parameters: IDataObject = {}) => {
		const result = await harness.engine.runNode(
			mapUpsert(harness, {
				writeBack: true,
				writeBackFields: { xeroId: 'Xero Invoice ID', message: 'Sync Message' },
				...parameters,
			}),
			orderItems(harness),
		);
		const [synced = [], attention = []] = result.output;
		return {
			...result,
			synced,
			attention,
			hints: result.hints('Upsert').map(({ message }) => message),
		};
	};
	const writes = () =>
		harness.sandbox.journal
			.filter({ kind: 'write' })
			.filter(({ path }) => !path.includes('token'))
			.map(({ service, path }) => `${service} ${path}`);

	test('leaves the records held and without a message in Knack, and the execution green', async () => {
		callsLeft(0);
		const { error, synced, attention, hints } = await run();
		expect(error).toBeUndefined();
		expect(synced).toEqual([]);
		expect(attention.map(({ json }) => json)).toMatchObject(
			orderItems(harness).map(() => ({
				outcome: 'held',
				issues: [
					{
						code: 'XERO_DAY_SPENT',
						severity: 'hold',
						message: expect.stringContaining('used up for today'),
						fix: expect.stringContaining('Run again after'),
					},
				],
			})),
		);
		expect(hints.join('\n')).toMatch(/0 of 2 records are done, 2 wait and go on from 20\d\d-/);
		expect(writes()).toEqual([]);
		callsLeft(DAY);
		const next = await run();
		expect(next.synced.map(({ json }) => json.outcome)).toEqual(['created', 'created']);
	});

	test('keeps the last calls for payments, and says so', async () => {
		callsLeft(20);
		const { error, attention, hints } = await run();
		expect(error).toBeUndefined();
		expect(attention.map(({ json }) => json.outcome)).toEqual(['held', 'held']);
		expect(hints.join('\n')).toContain('kept for payments');
		expect(writes()).toEqual([]);
	});

	test('is foreseen where few calls are left', async () => {
		callsLeft(45);
		const { synced, hints } = await run();
		expect(synced).toHaveLength(2);
		expect(hints.join('\n')).toMatch(/Xero has \d+ calls left for today: enough for \d more/);
	});
});
