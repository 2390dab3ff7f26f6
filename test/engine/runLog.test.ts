import { ExecuteContext } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';

import { Knack } from '../../nodes/Knack/Knack.node';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { createHarness, ours, type Harness } from './harness';

describe('what a run tells n8n’s log', () => {
	let harness: Harness;
	let info: jest.Mock;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knack: new Knack(), paymentStatusToKnack: new PaymentStatusToKnack() },
		});
		info = jest.fn();
		const rest = jest.fn();
		const logger = { info, debug: rest, warn: rest, error: rest };
		Object.defineProperty(ExecuteContext.prototype, 'logger', {
			configurable: true,
			value: logger,
		});
	});

	afterEach(async () => {
		Reflect.deleteProperty(ExecuteContext.prototype, 'logger');
		await harness.close();
	});

	const list = (value: string) => ({ __rl: true, mode: 'list', value });
	const table = () => list(harness.sandbox.knack.schema('Orders').key);
	const key = (name: string) => harness.sandbox.knack.fieldKey('Orders', name);

	async function run(name: string, parameters: INodeParameters, items = [{}]) {
		return await harness.engine.runNode(
			{ name: 'Node', type: ours(name), credentials: harness.both, parameters },
			items,
		);
	}

	it('has the sums of Payment Status to Knack in one line', async () => {
		await run(
			'paymentStatusToKnack',
			{
				organisation: list(DEMO_TRADE_TENANT_ID),
				table: table(),
				matchFields: { invoiceId: key('Xero Invoice ID') },
				fieldsToWrite: { paymentStatus: key('Payment Status') },
			},
			[{ invoiceId: '00000000-0000-4000-8000-000000000000' }],
		);
		expect(info.mock.calls).toEqual([
			[
				expect.stringMatching(/^Payment Status to Knack: 1 needs attention, \d+ Xero calls?, /),
				expect.objectContaining({ records: 1, xeroCalls: expect.any(Number) }),
			],
		]);
	});

	it('has the sums of the Knack node in one line', async () => {
		await run('knack', {
			resource: 'record',
			operation: 'getAll',
			table: table(),
			returnAll: false,
			limit: 2,
		});
		expect(info.mock.calls).toEqual([
			['Knack: 1 of 1 items done.', { records: 1, done: 1, failed: 0 }],
		]);
	});
});
