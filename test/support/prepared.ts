import { execFileSync } from 'node:child_process';
import path from 'node:path';

export interface Prepared {
	/** The Node that n8n runs on, n8n's start file, and the folder of its packages. */
	node: string;
	n8n: string;
	modules: string;
	/** The package as it is published. */
	tarball: string;
}

/** With the programs that n8n's queue mode needs beside it. */
export interface QueuePrepared extends Prepared {
	services: { redisServer: string; postgresFolder: string };
}

let made: Prepared | undefined;

export const root = path.resolve(__dirname, '../..');

/**
 * Where the packed package and, unless `packageOnly`, a real n8n are. `npm test` has them ready; a
 * test file that is run by itself makes them ready first.
 */
export function prepared(options: { queue: true }): QueuePrepared;
export function prepared(options?: { packageOnly?: boolean }): Prepared;
export function prepared(options: { packageOnly?: boolean; queue?: boolean } = {}): Prepared {
	const ready = process.env.KNACK_XERO_PREPARED;
	if (ready) return JSON.parse(ready);
	if (made) return made;
	const output = execFileSync(
		process.execPath,
		[
			'scripts/prepare.mjs',
			...(options.packageOnly ? ['--package'] : []),
			...(options.queue ? ['--queue'] : []),
		],
		{ cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
	);
	made = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Prepared;
	return made;
}
