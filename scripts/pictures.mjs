/**
 * `npm run pictures`: makes the pictures of docs/images: screens of a real n8n and of the sandbox,
 * and sketches of screens that cannot be reached. `-- --only=sketches,mapUpsert` makes some of them;
 * the names are those of test/pictures/main.ts. Needs Chromium (`CHROMIUM` names one that lies
 * elsewhere), but for the sketches. test/pictures/list.ts says where each picture is shown.
 */
import { spawn } from 'node:child_process';

import { bundleForNode } from './bundleForNode.mjs';
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { program } from './program.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime, projectRoot } from './toolchain.mjs';

await program(async () => {
	const given = process.argv.find((argument) => argument.startsWith('--only='));
	const only = given?.slice('--only='.length).split(',') ?? [];
	const n8n = only.length !== 1 || only[0] !== 'sketches';
	const plan = new Plan({ durationsFile: cacheFolders().durations });
	addToolchainSteps(plan, { n8n });
	if (n8n) addPackageStep(plan);
	await plan.run();
	const job = { root: projectRoot, runtime: n8n ? n8nRuntime() : undefined, tarball, only };
	const file = await bundleForNode('test/pictures/main.ts');
	const child = spawn(process.execPath, ['--enable-source-maps', file, JSON.stringify(job)], {
		stdio: 'inherit',
	});
	child.on('close', (code) => {
		process.exitCode = code ?? 1;
	});
});
