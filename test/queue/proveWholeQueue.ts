import { prepared } from '../support/prepared';
import { MOMENTS } from './moments';
import { proveQueue, smallJob, wholeJob } from './queueProof';
import { faultsIn, limitsLine, reportLines, roundHead, roundLine } from './report';

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
	if (isAsked('orders')) tell(roundHead());
	const result = await proveQueue(
		prepared({ queue: true }),
		{
			rounds: whole.rounds.filter(
				(round) =>
					isAsked('orders') && (key === '' || round.key === key) && wanted.includes(round.moment),
			),
			...(isAsked('payments') && whole.payments ? { payments: whole.payments } : {}),
			...(isAsked('limits') && whole.limits ? { limits: whole.limits } : {}),
		},
		{
			onRound: (round) => tell(roundLine(round)),
			onLimitsRound: (round) => tell(limitsLine(round)),
		},
	);
	const faults = faultsIn(result);
	return {
		passed: faults.length === 0,
		lines: [
			...reportLines(result),
			...faults.map((fault) => `WRONG ${fault}`),
			`${faults.length} wrong`,
		],
	};
}
