/** `npm run sandbox -- [--port 4010] [--seed empty]`: the twin of Knack and Xero, with its page. */
import { spawn } from 'node:child_process';

import { bundleForNode } from './bundleForNode.mjs';
import { Plan } from './plan.mjs';
import { addToolchainSteps, cacheFolders } from './toolchain.mjs';
import { program } from './program.mjs';

await program(async () => {
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan, { n8n: false });
	await plan.run();
	const file = await bundleForNode('sandbox/main.ts');
	const child = spawn(process.execPath, ['--enable-source-maps', file, ...process.argv.slice(2)], {
		stdio: 'inherit',
	});
	for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
	child.on('close', (code) => {
		process.exitCode = code ?? 0;
	});
});
