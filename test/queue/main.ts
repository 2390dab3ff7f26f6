import { parseArgs } from 'node:util';
import { prepared } from '../support/prepared';
import { MOMENTS } from './moments';
import { proveQueue, smallJob, wholeJob } from './queueProof';
import { faultsIn, reportLines } from './report';

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
			'orders-only': { type: 'boolean', default: false },
		},
	});
	const whole = values.small ? smallJob() : wholeJob(Number(values.records), Number(values.seed));
	const moments = values.moments?.split(',').map((number) => MOMENTS[Number(number) - 1]);
	const result = await proveQueue(
		prepared({ queue: true }),
		{
			rounds: whole.rounds.filter(
				({ key, moment }) =>
					(values.key === undefined || key === values.key) &&
					(moments === undefined || moments.includes(moment)),
			),
			...(!values['orders-only'] && whole.payments ? { payments: whole.payments } : {}),
		},
		(line) => console.log(line),
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
