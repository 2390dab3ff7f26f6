import { createSandbox } from '../../sandbox/sandbox';
import { addTradeTables } from '../../sandbox/seed/tradeTables';
import { QueueMode } from '../../scripts/queue/queueMode';
import type { QueuePrepared } from '../support/prepared';
import { type LimitsJob, type LimitsRound, proveLimits } from './limitsProof';
import { type Moment, MOMENTS, WORST_MOMENTS } from './moments';
import { type OrderRound, orderRound, type RoundResult } from './orderRound';
import { type PaymentJob, type PaymentResult, provePayments } from './paymentProof';

export interface QueueJob {
	readonly rounds: readonly OrderRound[];
	readonly payments?: PaymentJob;
	readonly limits?: LimitsJob;
}

export interface QueueResult {
	readonly rounds: readonly RoundResult[];
	readonly payments?: PaymentResult;
	readonly limits?: readonly LimitsRound[];
}

/** Who is told of each part as it ends. */
interface QueueWatch {
	readonly onRound: (result: RoundResult) => void;
	readonly onPayments: (result: PaymentResult) => void;
	readonly onLimitsRound: (round: LimitsRound) => void;
}

/** Ten times what Xero takes, so that a round is over in a minute. */
const MINUTE_LIMIT = 600;
const DAY_LIMIT = 1_000_000;
const LATENCY_MS = 100;
const KNACK_PER_SECOND = 50;

/** For `npm test`: 200 records by each key... */
export function smallJob(): QueueJob {
	const [first, second] = WORST_MOMENTS;
	if (!first || !second) throw new Error('There are two worst moments');
	const round = (key: OrderRound['key'], moment: Moment): OrderRound => ({
		key,
		moment,
		records: 100,
		singly: 15,
	});
	return {
		rounds: [round('reference', second), round('number', first)],
		payments: { events: 100, seed: 1 },
	};
}

/** The bar: each moment by each key, `records` of each in all. */
export function wholeJob(records: number, seed: number): QueueJob {
	const inRound = Math.ceil(records / MOMENTS.length);
	return {
		rounds: (['reference', 'number'] as const).flatMap((key) =>
			MOMENTS.map((moment) => ({ key, moment, records: inRound, singly: Math.ceil(inRound / 2) })),
		),
		payments: { events: Math.ceil(records / 2), seed },
		limits: { orders: 40, manyWorkers: 4 },
	};
}

/** Starts everything, runs the job, and stops everything, whatever happened. */
export async function proveQueue(
	{ services, tarball, ...runtime }: QueuePrepared,
	job: QueueJob,
	watch: QueueWatch,
): Promise<QueueResult> {
	const sandbox = createSandbox({ seed: 'empty' });
	const listening = await sandbox.listen(0);
	addTradeTables(sandbox.knack);
	sandbox.xero.configure({
		minuteLimit: MINUTE_LIMIT,
		dayLimit: DAY_LIMIT,
		latencyMs: LATENCY_MS,
	});
	sandbox.knack.setLimits({ perSecond: KNACK_PER_SECOND, planLimit: DAY_LIMIT });
	try {
		const queue = await QueueMode.start({
			runtime,
			tarball,
			services,
			sandbox,
			sandboxUrl: listening.url,
		});
		try {
			const rounds: RoundResult[] = [];
			for (const round of job.rounds) {
				const result = await orderRound(queue, sandbox, round);
				watch.onRound(result);
				rounds.push(result);
			}
			const payments = job.payments && (await provePayments(queue, sandbox, job.payments));
			if (payments) watch.onPayments(payments);
			const limits =
				job.limits && (await proveLimits(queue, sandbox, job.limits, watch.onLimitsRound));
			return { rounds, ...(payments ? { payments } : {}), ...(limits ? { limits } : {}) };
		} finally {
			await queue.stop();
		}
	} finally {
		await listening.close();
	}
}
