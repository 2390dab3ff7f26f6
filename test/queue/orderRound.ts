import type { Sandbox } from '../../sandbox/sandbox';
import type { QueueMode } from '../../scripts/queue/queueMode';
import { until } from '../../scripts/realN8n/waiting';
import { activated, allEnded, PATIENCE_MS, postAll } from './delivering';
import { judge, type Judgement, type Told, toldBy } from './judgement';
import { killAt, type Moment } from './moments';
import { newOrders, type OrderItem } from './orders';
import { deliveredOrders, type Key, ordersUntilSynced } from './workflows';

export interface OrderRound {
	readonly key: Key;
	readonly moment: Moment;
	readonly records: number;
	/** How many of the records come a second time each by itself, and not in a batch. */
	readonly singly: number;
}

export interface RoundResult {
	readonly round: OrderRound;
	/** Whether there was such a moment, so that a worker was ended at it. */
	readonly wasKilled: boolean;
	readonly executions: number;
	/** Those whose worker was taken for dead. */
	readonly failed: number;
	/** When all was quiet, before anything came again. */
	readonly atRest: Judgement;
	/** After what was lost came again by itself, and nobody delivered anything. */
	readonly cameAgain: Judgement;
	/** After all of them were delivered once more. */
	readonly atTheEnd: Judgement;
	readonly xeroCalls: number;
	/** Those that Xero refused for being too many. */
	readonly refused: number;
	readonly seconds: number;
}

/** Of what comes again in batches, so that these are cut elsewhere than the first time. */
const SECOND_BATCH = 40;

let paths = 0;

/**
 * Delivers new orders twice at once over all workers, in batches and singly, ends a worker at the
 * moment, and lets what was lost come again.
 */
export async function orderRound(
	queue: QueueMode,
	sandbox: Sandbox,
	round: OrderRound,
): Promise<RoundResult> {
	const startedAt = Date.now();
	const firstCall = queue.watch.calls.length;
	const orders = newOrders(sandbox, round.records);
	const path = `orders-${(paths += 1)}`;
	const workflow = deliveredOrders(sandbox, queue.connections, { key: round.key, path });
	const workflowId = await activated(queue, workflow);

	const delivered = new Map<string, number>();
	const deliver = async (all: ReadonlyArray<readonly OrderItem[]>): Promise<void> => {
		for (const { 'Order Number': number } of all.flat()) {
			delivered.set(number, (delivered.get(number) ?? 0) + 1);
		}
		await postAll(
			queue.main.url,
			path,
			all.map((records) => ({ records })),
		);
	};
	const killing = killAt(queue, round.moment);
	const deliveries = deliveriesOf(orders, round.singly);
	await deliver(deliveries);
	const executions = await allEnded(queue, workflowId, deliveries.length);
	const wasKilled = await killing.settled();

	const toldIn = async (id: string): Promise<Told[]> =>
		toldBy(await queue.main.rest.executions(id, { withData: true }), orders);
	const verdict = async (again: readonly Told[] = []): Promise<Judgement> =>
		judge(sandbox, {
			key: round.key,
			orders,
			told: [...(await toldIn(workflowId)), ...again],
			delivered: withTold(delivered, again),
			calls: queue.watch.calls.slice(firstCall),
		});
	const atRest = await verdict();
	let again: readonly Told[] = [];
	if (isMissing(atRest)) {
		const triggerId = await activated(
			queue,
			ordersUntilSynced(sandbox, queue.connections, round.key),
		);
		await until('everything is in Xero', PATIENCE_MS, async () => {
			await allEnded(queue, triggerId, 1);
			again = await toldIn(triggerId);
			return !isMissing(await verdict(again));
		}).catch(() => undefined);
		await queue.main.rest.deactivate(triggerId);
	}
	const cameAgain = await verdict(again);
	// What a worker left beside the document of a record that is done goes with the record's next run.
	await deliver([orders]);
	await allEnded(queue, workflowId, deliveries.length + 1);
	const atTheEnd = await verdict(again);
	await queue.main.rest.deactivate(workflowId);
	const xeroCalls = queue.watch.calls
		.slice(firstCall)
		.filter((call) => call.path.startsWith('/xero/api.xro/'));
	return {
		round,
		wasKilled,
		executions: executions.length,
		failed: executions.filter(({ status }) => status !== 'success').length,
		atRest,
		cameAgain,
		atTheEnd,
		xeroCalls: xeroCalls.length,
		refused: xeroCalls.filter(({ status }) => status === 429).length,
		seconds: Math.round((Date.now() - startedAt) / 1000),
	};
}

function isMissing({ lost, unknownInKnack }: Judgement): boolean {
	return lost.length + unknownInKnack.length > 0;
}

/** What came again counts as delivered once it is told of. */
function withTold(
	delivered: ReadonlyMap<string, number>,
	told: readonly Told[],
): ReadonlyMap<string, number> {
	const all = new Map(delivered);
	for (const { order } of told) all.set(order, (all.get(order) ?? 0) + 1);
	return all;
}

/** All of them in one; once more the first ones each by itself, and the others in smaller batches. */
function deliveriesOf(
	orders: readonly OrderItem[],
	singly: number,
): ReadonlyArray<readonly OrderItem[]> {
	const others = orders.slice(singly);
	const batches = Array.from({ length: Math.ceil(others.length / SECOND_BATCH) }, (_, at) =>
		others.slice(at * SECOND_BATCH, (at + 1) * SECOND_BATCH),
	);
	return [orders, ...batches, ...orders.slice(0, singly).map((order) => [order])];
}
