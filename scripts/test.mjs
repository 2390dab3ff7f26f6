/**
 * `npm test`: from a bare clone, all set-up, then every check there is. `-- --only=unit,e2e` picks
 * stages, `-- --n8n=oldest` the release of n8n. Where Redis and PostgreSQL are missing and cannot be
 * installed, the stage queue is skipped, and said to be, unless CI_QUEUE=1 or it is picked. The last line is `N passed, N failed, N skipped`,
 * or what stopped the set-up.
 */
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan, duration } from './plan.mjs';
import { addServicesStep, findServices } from './queue/findServices.mjs';
import { program } from './program.mjs';
import { releaseNamed } from './releases.mjs';
import { STAGES } from './testStages.mjs';
import { addToolchainSteps, cacheFolders, chosenRelease, n8nRuntime } from './toolchain.mjs';

await program(async () => {
	const stages = chosenStages();
	const named = optionOf('n8n');
	const release = named === undefined ? chosenRelease() : releaseNamed(named);
	const needed = new Set(stages.flatMap(({ needs }) => needs));
	const ending = new AbortController();
	const setUp = async (addSteps, options = {}) => {
		const { signal } = ending;
		const plan = new Plan({ durationsFile: cacheFolders(release).durations, signal, ...options });
		addSteps(plan);
		await plan.run();
	};
	const n8nLater = needed.has('n8n');
	await setUp((plan) => addToolchainSteps(plan, { n8n: false, n8nLater, release }));
	// The largest part of a first run is n8n's download, which the quick stages need not wait for.
	const background = {
		n8n: n8nLater
			? setUp((plan) => addToolchainSteps(plan, { project: false, release }), { live: false })
			: Promise.resolve(),
		services: needed.has('services')
			? setUp((plan) => addServicesStep(plan), { live: false })
			: Promise.resolve(),
		package: needed.has('package')
			? setUp((plan) => addPackageStep(plan, []), { live: false })
			: Promise.resolve(),
	};
	// Not every machine has Redis and PostgreSQL, and the other stages do without.
	const mustHaveServices = process.env.CI_QUEUE === '1' || optionOf('only') !== undefined;
	const services = background.services.then(
		() => findServices(),
		(problem) => {
			if (mustHaveServices) throw problem;
			return { missing: problem };
		},
	);
	background.services = services;
	// Nothing is gained by half an hour of tests before a person hears that a compiler is missing.
	for (const promise of Object.values(background)) {
		promise.catch((error) => ending.abort(error));
	}

	const results = [];
	for (const stage of stages) {
		const startedMs = Date.now();
		console.log(`\n== ${stage.name}`);
		const { missing } = stage.needs.includes('services') ? await services.catch(() => ({})) : {};
		if (missing) {
			console.log(`SKIPPED, so nothing is known of queue mode here. ${missing.message}`);
			results.push({ name: stage.name, ok: true, passed: 0, failed: 0, skipped: 1, tookMs: 0 });
			continue;
		}
		const outcome = await outcomeOf(stage, { background, release, signal: ending.signal });
		if (ending.signal.aborted) break;
		results.push({ name: stage.name, ...outcome, tookMs: Date.now() - startedMs });
	}
	if (ending.signal.aborted) {
		// What the other one was doing ends first, so that the reason stands last.
		await Promise.allSettled(Object.values(background));
		throw ending.signal.reason;
	}
	report(results);
});

async function outcomeOf(stage, { background, release, signal }) {
	for (const need of stage.needs) await background[need].catch(() => undefined);
	if (signal.aborted) return undefined;
	const services = stage.needs.includes('services') ? { services: await background.services } : {};
	const ready = { ...n8nRuntime(release), tarball, ...services };
	const env = { KNACK_XERO_PREPARED: JSON.stringify(ready) };
	return await stage.run({ env, signal });
}

function optionOf(name) {
	const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
	return given?.slice(name.length + 3);
}

function chosenStages() {
	const only = optionOf('only');
	if (only === undefined) return STAGES;
	const names = only.split(',');
	const unknown = names.filter((name) => !STAGES.some((stage) => stage.name === name));
	if (unknown.length > 0) {
		const known = STAGES.map(({ name }) => name).join(', ');
		throw new Error(`There is no stage ${unknown.join(', ')}. There are: ${known}`);
	}
	return STAGES.filter(({ name }) => names.includes(name));
}

function report(results) {
	console.log('\nStage      Result     Passed  Failed  Skipped  Time');
	for (const { name, ok, passed, failed, skipped, tookMs } of results) {
		const numbers = [passed, failed, skipped].map((count) => String(count).padStart(7));
		const word = ok ? (skipped > 0 && passed === 0 ? 'SKIPPED' : 'ok') : 'FAILED';
		console.log([name.padEnd(10), word.padEnd(9), ...numbers, ` ${duration(tookMs)}`].join(' '));
	}
	const total = (what) => results.reduce((sum, result) => sum + result[what], 0);
	console.log(
		`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`,
	);
	process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
}
