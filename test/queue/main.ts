import { parseArgs } from 'node:util';
import { prepared } from '../support/prepared';
import { MOMENTS } from './moments';
import { proveQueue, smallJob, wholeJob } from './queueProof';
import { faultsIn, limitsLine, reportLines, roundHead, roundLine } from './report';

/** `npm run prove -- --queue`: the whole, or what is asked for of it, with a table at the end. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			queue: { type: 'boolean', default: true },
			records: { type: 'string', default: '2000' },
			seed: { type: 'string', default: '1' },
			small: { type: 'boolean', default: false },
			/** Numbers of the moments, from 1, with commas between. */
			moments: { type: 'string' },
			key: { type: 'string' },
			/** Parts of it, with commas between: orders, payments, limits. */
			only: { type: 'string' },
		},
	});
	const whole = values.small ? smallJob() : wholeJob(Number(values.records), Number(values.seed));
	const isAsked = (part: string): boolean => values.only?.split(',').includes(part) ?? true;
	const moments = values.moments?.split(',').map((number) => MOMENTS[Number(number) - 1]);
	if (isAsked('orders')) console.log(roundHead());
	const result = await proveQueue(
		prepared({ queue: true }),
		{
			rounds: whole.rounds.filter(
				({ key, moment }) =>
					isAsked('orders') &&
					(values.key === undefined || key === values.key) &&
					(moments === undefined || moments.includes(moment)),
			),
			...(isAsked('payments') && whole.payments ? { payments: whole.payments } : {}),
			...(isAsked('limits') && whole.limits ? { limits: whole.limits } : {}),
		},
		{
			onRound: (round) => console.log(roundLine(round)),
			onLimitsRound: (round) => console.log(limitsLine(round)),
		},
	);
	for (const line of reportLines(result)) console.log(line);
	const faults = faultsIn(result);
	for (const fault of faults) console.log(`WRONG ${fault}`);
	console.log(`${faults.length} wrong`);
	if (faults.length > 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
