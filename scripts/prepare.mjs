/**
 * Makes ready what the end-to-end tests need and prints where it is, as JSON on the last line:
 * the Node and the n8n to start, n8n's modules, and the packed package. With `--package` the
 * package alone is made ready; with `--queue` it says too where Redis and PostgreSQL are.
 */
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan } from './plan.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime } from './toolchain.mjs';
import { findServices } from './queue/findServices.mjs';
import { program } from './program.mjs';

await program(async () => {
	// Asked first, since nothing is gained by minutes of downloads before a person hears of it.
	const services = process.argv.includes('--queue') ? { services: findServices() } : {};
	const plan = new Plan({ durationsFile: cacheFolders().durations, out: process.stderr });
	addToolchainSteps(plan, { n8n: !process.argv.includes('--package') });
	addPackageStep(plan);
	await plan.run();
	console.log(JSON.stringify({ ...n8nRuntime(), tarball, ...services }));
});
