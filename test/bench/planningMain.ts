import { execFile } from 'child_process';
import { parseArgs, promisify } from 'util';

import { linksSent, measureCopying, measurePlanning } from './planning';

/** Measures planning in this process and prints its figures as one line of JSON. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			count: { type: 'string', default: '10000' },
			copying: { type: 'boolean', default: false },
			existing: { type: 'boolean', default: false },
			links: { type: 'boolean', default: false },
		},
	});
	const count = Number(values.count);
	process.stdout.write(`${JSON.stringify(await result())}\n`);

	async function result() {
		if (values.links) return await linksSent(count);
		if (values.copying) return await measureCopying(count);
		return await measurePlanning(count, values.existing ? await linksOf(count) : []);
	}
}

/** Made by a process of their own: neither its memory nor what it has warmed up is measured. */
async function linksOf(count: number): Promise<string[]> {
	const parameters = [__filename, '--links', `--count=${count}`];
	const { stdout } = await promisify(execFile)(process.execPath, parameters, { maxBuffer: 1e8 });
	return JSON.parse(stdout) as string[];
}

void main();
