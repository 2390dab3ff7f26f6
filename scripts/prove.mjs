/**
 * `npm run prove -- --help` says which proofs there are, and what each can be told; they stand in
 * test/prove/proofs.ts. With none named: never twice, nothing lost, over seeded trouble.
 */
import { spawn } from 'node:child_process';

import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { findServices } from './queue/findServices.mjs';
import { program } from './program.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime } from './toolchain.mjs';

await program(async () => {
	const queue = process.argv.includes('--queue') && !process.argv.includes('--help');
	const services = queue ? findServices() : undefined;
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan, { n8n: queue });
	if (queue) addPackageStep(plan);
	await plan.run();
	const file = await bundleForNode('test/prove/main.ts');
	const ready = { ...n8nRuntime(), tarball, services };
	const child = spawn(process.execPath, ['--enable-source-maps', file, ...process.argv.slice(2)], {
		stdio: 'inherit',
		env: { ...process.env, ...(queue ? { KNACK_XERO_PREPARED: JSON.stringify(ready) } : {}) },
	});
	child.on('close', (code) => {
		process.exitCode = code ?? 1;
	});
});
