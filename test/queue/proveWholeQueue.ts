import { prepared } from '../support/prepared';
import { LIMITS_ROUNDS } from './limitsProof';
import { MOMENTS } from './moments';
import { proveQueue, smallJob, wholeJob } from './queueProof';
import { faultsIn, limitsLine, paymentLines, roundHead, roundLine } from './report';

interface Asked {
	readonly records: number;
	readonly seed: number;
	readonly small: boolean;
	/** Numbers of the moments, from 1, with commas between; all unless told. */
	readonly moments: string;
	readonly key: string;
	/** Parts of it, with commas between; all unless told. */
	readonly only: string;
}

/** The whole, or what is asked for of it, each round told as it ends. */
export async function proveWholeQueue(
	{ records, seed, small, moments, key, only }: Asked,
	tell: (line: string) => void,
): Promise<{ readonly passed: boolean; readonly lines: readonly string[] }> {
	const whole = small ? smallJob() : wholeJob(records, seed);
	const isAsked = (part: string): boolean => only === '' || only.split(',').includes(part);
	const wanted = moments === '' ? MOMENTS : moments.split(',').map((at) => MOMENTS[Number(at) - 1]);
	const { payments, limits } = whole;
	const job = {
		rounds: whole.rounds.filter(
			(round) =>
				isAsked('orders') && (key === '' || round.key === key) && wanted.includes(round.moment),
		),
		...(isAsked('payments') && payments ? { payments } : {}),
		...(isAsked('limits') && limits ? { limits } : {}),
	};
	const parts = job.rounds.length + (job.payments ? 1 : 0) + (job.limits ? LIMITS_ROUNDS : 0);
	let ended = 0;
	const end = (lines: readonly string[]): void => {
		for (const line of lines) tell(line);
		ended += 1;
		tell(`${ended} of ${parts} parts`);
	};
	if (job.rounds.length > 0) for (const line of roundHead()) tell(line);
	const result = await proveQueue(prepared({ queue: true }), job, {
		onRound: (round) => end([roundLine(round)]),
		onPayments: (told) => end(paymentLines(told)),
		onLimitsRound: (round) => end([limitsLine(round)]),
	});
	const faults = faultsIn(result);
	return {
		passed: faults.length === 0,
		lines: [...faults.map((fault) => `WRONG ${fault}`), `${faults.length} wrong`],
	};
}
