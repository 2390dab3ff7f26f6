import { execFile } from 'child_process';
import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import path from 'path';
import { parseArgs, promisify } from 'util';

import type { WrittenInvoices } from './listedXero';
import { measureCopying, measurePlanning, NO_INVOICES, writeSent } from './planning';

/** Measures planning in this process and prints its figures as one line of JSON. */
async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			count: { type: 'string', default: '10000' },
			copying: { type: 'boolean', default: false },
			existing: { type: 'boolean', default: false },
			'write-to': { type: 'string' },
		},
	});
	const count = Number(values.count);
	process.stdout.write(`${JSON.stringify(await result())}\n`);

	async function result() {
		const file = values['write-to'];
		if (file !== undefined) return await writeSent(count, file);
		if (values.copying) return await measureCopying(count);
		if (!values.existing) return await measurePlanning(count, NO_INVOICES);
		const folder = await mkdtemp(path.join(tmpdir(), 'bench-'));
		try {
			return await measurePlanning(count, await invoicesOf(count, path.join(folder, 'invoices')));
		} finally {
			await rm(folder, { recursive: true });
		}
	}
}

/** Made by a process of their own: neither its memory nor what it has warmed up is measured. */
async function invoicesOf(count: number, file: string): Promise<WrittenInvoices> {
	const parameters = [__filename, `--write-to=${file}`, `--count=${count}`];
	const { stdout } = await promisify(execFile)(process.execPath, parameters, { maxBuffer: 1e8 });
	return JSON.parse(stdout) as WrittenInvoices;
}

void main();
