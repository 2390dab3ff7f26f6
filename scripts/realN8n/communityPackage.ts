import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const manifestSchema = z
	.object({
		name: z.string(),
		dependencies: z.record(z.string()).optional(),
	})
	.passthrough();

/**
 * Installs a packed package as n8n's own installer does: unpacked below `nodes/node_modules` and
 * stripped of development, peer and optional dependencies. What is left of dependencies n8n would
 * fetch from a registry; this package has none, and one that has some is refused.
 * @returns folder of the installed package
 */
export async function installPackage(tarball: string, userFolder: string): Promise<string> {
	const modules = path.join(userFolder, '.n8n/nodes/node_modules');
	const folder = path.join(modules, 'n8n-nodes-knack-xero');
	mkdirSync(folder, { recursive: true });
	await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const manifestFile = path.join(folder, 'package.json');
	const manifest = manifestSchema.parse(JSON.parse(readFileSync(manifestFile, 'utf8')));
	const {
		devDependencies: _dev,
		peerDependencies: _peer,
		optionalDependencies: _optional,
		...kept
	} = manifest;
	const needed = Object.keys(kept.dependencies ?? {});
	if (needed.length > 0) throw new Error(`The package needs ${needed.join(', ')} at run time`);
	writeFileSync(manifestFile, JSON.stringify(kept, null, 2));
	return folder;
}
