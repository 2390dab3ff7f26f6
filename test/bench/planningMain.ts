import { parseArgs } from 'node:util';

import { measurePlanning } from './planning';

/** Measures planning in this process and prints its figures as one line of JSON. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			count: { type: 'string', default: '10000' },
			existing: { type: 'boolean', default: false },
		},
	});
	const figures = await measurePlanning(Number(values.count), values.existing);
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
