/**
 * `npm run demo`: sets everything up on a bare machine, then shows a Knack order become a Xero
 * invoice and its payment come back, in a real n8n, without an account anywhere. Stays up until
 * Ctrl-C; with `-- --once` it ends after the proof, with 0 if every step happened.
 */
import { spawn } from 'node:child_process';
import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { program } from './program.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime, projectRoot } from './toolchain.mjs';

await program(async () => {
	console.log('Knack and Xero in step: a demo on this machine, without an account anywhere.\n');
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan);
	addPackageStep(plan);
	await plan.run();
	const options = {
		root: projectRoot,
		runtime: n8nRuntime(),
		tarball,
		once: process.argv.includes('--once'),
	};
	const file = await bundleForNode('scripts/demo/main.ts');
	const child = spawn(process.execPath, ['--enable-source-maps', file], {
		stdio: 'inherit',
		env: { ...process.env, KNACK_XERO_DEMO: JSON.stringify(options) },
	});
	// Ctrl-C reaches the child by itself; what is sent to this process alone is handed on.
	process.on('SIGINT', () => undefined);
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	process.exitCode = await new Promise((resolve) => {
		child.on('close', (code) => resolve(code ?? 1));
	});
});
