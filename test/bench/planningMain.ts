import { parseArgs } from 'node:util';

import { measureCopying, measurePlanning } from './planning';

/** Measures planning in this process and prints its figures as one line of JSON. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			count: { type: 'string', default: '10000' },
			copying: { type: 'boolean', default: false },
			existing: { type: 'boolean', default: false },
		},
	});
	const count = Number(values.count);
	const figures = values.copying
		? await measureCopying(count)
		: await measurePlanning(count, values.existing);
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

void main();
