import type { Sandbox } from '../../sandbox/sandbox';
import type { QueueMode } from '../../scripts/queue/queueMode';
import { until } from '../../scripts/realN8n/waiting';
import { activated, allEnded, PATIENCE_MS, post } from './delivering';
import { judge, type Judgement, toldBy } from './judgement';
import { killAt, type Moment } from './moments';
import { newOrders, type OrderItem } from './orders';
import { HAS_UNTIL_SYNCED } from './untilSynced';
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
	/** After what was lost came again. */
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
	const deliver = async (records: readonly OrderItem[]): Promise<void> => {
		for (const { 'Order Number': number } of records) {
			delivered.set(number, (delivered.get(number) ?? 0) + 1);
		}
		await post(queue.main.url, path, { records });
	};
	const killing = killAt(queue, round.moment);
	const deliveries = deliveriesOf(orders, round.singly);
	await Promise.all(deliveries.map(deliver));
	const executions = await allEnded(queue, workflowId, deliveries.length);
	const wasKilled = await killing.settled();

	const told = toldBy(await queue.main.rest.executions(workflowId, { withData: true }), orders);
	const verdict = (sayings = told): Judgement =>
		judge(sandbox, {
			key: round.key,
			orders,
			told: sayings,
			delivered,
			calls: queue.watch.calls.slice(firstCall),
		});
	const atRest = verdict();
	const isMissing = ({ lost, unknownInKnack }: Judgement): boolean =>
		lost.length + unknownInKnack.length > 0;
	let atTheEnd = atRest;
	if (isMissing(atRest) && HAS_UNTIL_SYNCED) {
		const triggerId = await activated(
			queue,
			ordersUntilSynced(sandbox, queue.connections, round.key),
		);
		await until('everything is in Xero', PATIENCE_MS, async () => {
			await allEnded(queue, triggerId, 1);
			const again = toldBy(await queue.main.rest.executions(triggerId, { withData: true }), orders);
			atTheEnd = verdict([...told, ...again]);
			return !isMissing(atTheEnd);
		}).catch(() => undefined);
		await queue.main.rest.deactivate(triggerId);
	} else if (isMissing(atRest)) {
		const missing = [...atRest.lost, ...atRest.unknownInKnack];
		await deliver(orders.filter((order) => missing.includes(order['Order Number'])));
		await allEnded(queue, workflowId, deliveries.length + 1);
		atTheEnd = verdict(
			toldBy(await queue.main.rest.executions(workflowId, { withData: true }), orders),
		);
	}
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
		atTheEnd,
		xeroCalls: xeroCalls.length,
		refused: xeroCalls.filter(({ status }) => status === 429).length,
		seconds: Math.round((Date.now() - startedAt) / 1000),
	};
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
