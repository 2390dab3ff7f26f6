/**
 * `npm test`: from a bare clone, all set-up, then every check there is. `-- --only=unit,e2e` picks
 * stages. The last line is `N passed, N failed, N skipped`.
 */
import { addPackageStep, tarball } from './packagePack.mjs';
import { Plan, duration } from './plan.mjs';
import { program } from './program.mjs';
import { STAGES } from './testStages.mjs';
import { addToolchainSteps, cacheFolders, n8nRuntime } from './toolchain.mjs';

await program(async () => {
	const stages = chosenStages();
	const needed = new Set(stages.flatMap(({ needs }) => needs));
	await setUp((plan) => addToolchainSteps(plan, { n8n: false }));
	// The largest part of a first run is n8n's download, which the quick stages need not wait for.
	const background = {
		n8n: needed.has('n8n')
			? setUp((plan) => addToolchainSteps(plan, { project: false }), { live: false })
			: Promise.resolve(),
		package: needed.has('package')
			? setUp((plan) => addPackageStep(plan, []), { live: false })
			: Promise.resolve(),
	};
	for (const promise of Object.values(background)) promise.catch(() => undefined);

	const results = [];
	for (const stage of stages) {
		const startedMs = Date.now();
		console.log(`\n== ${stage.name}`);
		results.push({
			name: stage.name,
			...(await outcomeOf(stage, background)),
			tookMs: Date.now() - startedMs,
		});
	}
	report(results);
});

async function outcomeOf(stage, background) {
	try {
		for (const need of stage.needs) await background[need];
	} catch (error) {
		console.error(`Set-up failed: ${error.message}`);
		return { ok: false, passed: 0, failed: 1, skipped: 0 };
	}
	return await stage.run({ KNACK_XERO_PREPARED: JSON.stringify({ ...n8nRuntime(), tarball }) });
}

async function setUp(addSteps, options = {}) {
	const plan = new Plan({ durationsFile: cacheFolders().durations, ...options });
	addSteps(plan);
	await plan.run();
}

function chosenStages() {
	const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
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
		console.log(
			[name.padEnd(10), (ok ? 'ok' : 'FAILED').padEnd(9), ...numbers, ` ${duration(tookMs)}`].join(
				' ',
			),
		);
	}
	const total = (what) => results.reduce((sum, result) => sum + result[what], 0);
	console.log(
		`\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`,
	);
	process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
}
