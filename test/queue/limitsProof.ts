import type { Sandbox } from '../../sandbox/sandbox';
import type { WatchedCall } from '../../scripts/queue/callWatch';
import type { QueueMode } from '../../scripts/queue/queueMode';
import { activated, allEnded, postAll } from './delivering';
import { judge, type Judgement, toldBy } from './judgement';
import { newOrders, type OrderItem } from './orders';
import { deliveredOrders, type Key } from './workflows';

export interface LimitsJob {
	/** Orders of each round, each of which comes by itself, and twice. */
	readonly orders: number;
	/** By each key over as many workers as there are, and by reference over these. */
	readonly manyWorkers: number;
}

export interface LimitsRound {
	readonly key: Key;
	readonly workers: number;
	readonly orders: number;
	readonly executions: number;
	readonly failed: number;
	readonly judgement: Judgement;
	readonly xeroCalls: number;
	readonly seconds: number;
	/** Calls that Xero refused for being too many, of those after the first minute. */
	readonly refusedLater: number;
	readonly callsLater: number;
	/** Calls of each worker that Xero took in the three minutes after the first one. */
	readonly shares: Readonly<Record<string, number>>;
}

const MINUTE_MS = 60_000;
/** Calls that Xero takes in a minute. */
const XEROS_MINUTE_LIMIT = 60;
const PATIENCE_MS = 25 * MINUTE_MS;
/** Orders for each worker before a round, so that each worker takes some of them. */
const FIRST_ORDERS = 2;

const ROUNDS: ReadonlyArray<{ readonly key: Key; readonly isOverMany: boolean }> = [
	{ key: 'reference', isOverMany: false },
	{ key: 'number', isOverMany: false },
	{ key: 'reference', isOverMany: true },
];
export const LIMITS_ROUNDS = ROUNDS.length;

let paths = 0;

/**
 * Orders that come one by one, within the limit that Xero itself has: over the workers that are there
 * by each key, then over many of them.
 */
export async function proveLimits(
	queue: QueueMode,
	sandbox: Sandbox,
	job: LimitsJob,
	onRound: (round: LimitsRound) => void,
): Promise<readonly LimitsRound[]> {
	sandbox.xero.configure({ minuteLimit: XEROS_MINUTE_LIMIT });
	const rounds: LimitsRound[] = [];
	for (const { key, isOverMany } of ROUNDS) {
		const workers = isOverMany ? job.manyWorkers : queue.workerNames.length;
		for (let at = queue.workerNames.length; at < workers; at += 1) {
			await queue.startWorker(`worker ${at + 1}`);
		}
		// A worker reads the organisation's settings once in ten minutes. What that takes depends on when
		// a round comes and not on its key, so each begins with workers that have read them.
		await limitsRound(queue, sandbox, { key, orders: FIRST_ORDERS * queue.workerNames.length });
		// What came before a round has spent of the minute is none of its own.
		await new Promise((resolve) => setTimeout(resolve, MINUTE_MS));
		const round = await limitsRound(queue, sandbox, { key, orders: job.orders });
		onRound(round);
		rounds.push(round);
	}
	return rounds;
}

async function limitsRound(
	queue: QueueMode,
	sandbox: Sandbox,
	{ key, orders: count }: { readonly key: Key; readonly orders: number },
): Promise<LimitsRound> {
	const startedAtMs = Date.now();
	const firstCall = queue.watch.calls.length;
	const orders = newOrders(sandbox, count);
	const path = `single-${(paths += 1)}`;
	const workflow = deliveredOrders(sandbox, queue.connections, { key, path });
	const workflowId = await activated(queue, workflow);
	const mixed = inTurns(orders);
	const deliveries = [...mixed, ...mixed];
	await postAll(
		queue.main.url,
		path,
		deliveries.map((order) => ({ records: [order] })),
	);
	const executions = await allEnded(queue, workflowId, deliveries.length, PATIENCE_MS);
	const seconds = Math.round((Date.now() - startedAtMs) / 1000);
	const told = toldBy(await queue.main.rest.executions(workflowId, { withData: true }), orders);
	await queue.main.rest.deactivate(workflowId);
	const calls = queue.watch.calls.slice(firstCall);
	const toXero = calls.filter((call) => call.path.startsWith('/xero/api.xro/'));
	const firstAtMs = toXero[0]?.at ?? startedAtMs;
	const later = toXero.filter(({ at }) => at >= firstAtMs + MINUTE_MS);
	return {
		key,
		workers: queue.workerNames.length,
		orders: count,
		executions: executions.length,
		failed: executions.filter(({ status }) => status !== 'success').length,
		judgement: judge(sandbox, {
			key,
			orders,
			told,
			delivered: new Map(orders.map((order) => [order['Order Number'], 2])),
			calls,
		}),
		xeroCalls: toXero.length,
		seconds,
		refusedLater: later.filter(isRefused).length,
		callsLater: later.length,
		shares: Object.fromEntries(
			queue.workerNames.map((name) => [
				name,
				later.filter(
					(call) =>
						call.process === name && !isRefused(call) && call.at < firstAtMs + 4 * MINUTE_MS,
				).length,
			]),
		),
	};
}

/** One order of each customer after the other, as they come: not ten of a new one at a time. */
function inTurns(orders: readonly OrderItem[]): readonly OrderItem[] {
	const place = new Map<unknown, number>();
	const places = new Map(
		orders.map((order) => {
			const at = place.get(order.Customer) ?? 0;
			place.set(order.Customer, at + 1);
			return [order, at] as const;
		}),
	);
	return [...orders].sort((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
}

function isRefused({ status }: WatchedCall): boolean {
	return status === 429;
}
