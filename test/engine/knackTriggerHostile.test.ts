import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { createHarness, ours, type Harness } from './harness';

describe('A record that nobody can read', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { knackTrigger: new KnackTrigger() },
			sandbox: { limits: false },
		});
	});

	afterEach(async () => await harness.close());

	const recordOf = ({ json }: INodeExecutionData): IDataObject => Object(json.knack);

	it.each<[string, string]>([
		['2,500 nested tags', '<b>'.repeat(2_500)],
		['20,000 nested lists', '<ul><li>'.repeat(20_000)],
		['a tag that never ends', `<a x=${' '.repeat(60_000)}`],
		['60 kB of spaces that look like none', `a${'\u00a0'.repeat(60_000)}b`],
		['half an emoji', 'cut off \ud83d'],
		['60 kB of angle brackets', '<'.repeat(60_000)],
	])('keeps no other from being handed on, nor the next poll: %s', async (_, hostile) => {
		const { knack } = harness.sandbox;
		const poller = harness.engine.poller({
			name: 'Knack',
			type: ours('knackTrigger'),
			credentials: harness.knack,
			parameters: {
				table: { mode: 'list', value: knack.schema('Orders').key },
				triggerOn: 'updated',
			},
		});
		await poller.activate();
		const [one = '', poisoned = '', other = '', later = ''] = knack.recordIds('Orders');
		for (const id of [one, poisoned, other]) {
			knack.updateRecord('Orders', id, { Notes: id === poisoned ? hostile : 'edited' });
		}
		const ids = (await poller.poll()).map((item) => recordOf(item).recordId);
		expect(ids.sort()).toEqual([one, poisoned, other].sort());
		knack.updateRecord('Orders', later, { Notes: 'edited' });
		expect((await poller.poll()).map((item) => recordOf(item).recordId)).toEqual([later]);
	});
});
