import { parseArgs } from 'node:util';

import { measureYear } from './knackYear';

/** Polls Knack Trigger through a year and prints the figures as one line of JSON. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			orders: { type: 'string', default: '1000000' },
			minutes: { type: 'string', default: '360' },
		},
	});
	const gc = globalThis.gc;
	if (!gc) throw new Error('Start it with --expose-gc, so that memory in use can be told');
	const figures = await measureYear(
		Number(values.orders),
		Number(values.minutes) * 60,
		() => void gc(),
	);
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
