import type { Run, Step, World } from './world';

/**
 * A smaller world that still shows what was found: steps, records of runs and settings are left
 * out one by one for as long as `shows` says that it is still there.
 */
export async function smallerWorld(
	world: World,
	shows: (candidate: World) => Promise<boolean>,
): Promise<World> {
	let smallest = world;
	for (let isSmaller = true; isSmaller; ) {
		isSmaller = false;
		for (const candidate of simplerWorlds(smallest)) {
			if (!(await shows(candidate))) continue;
			smallest = candidate;
			isSmaller = true;
			break;
		}
	}
	return smallest;
}

function* simplerWorlds(world: World): Generator<World> {
	const { steps } = world;
	for (let index = steps.length - 1; index >= 0; index -= 1) {
		yield { ...world, steps: steps.filter((_, position) => position !== index) };
	}
	const used = new Set(steps.flatMap((step) => (step.do === 'run' ? step.records : [])));
	for (const record of used) {
		yield { ...world, steps: steps.map((step) => without(step, record)) };
	}
	for (let index = 0; index < steps.length; index += 1) {
		const step = steps[index];
		if (step?.do !== 'run') continue;
		for (const simpler of simplerRuns(step)) {
			yield { ...world, steps: steps.map((each, at) => (at === index ? simpler : each)) };
		}
	}
	for (let index = 0; index < world.customers.length; index += 1) {
		const customer = world.customers[index];
		if (!customer?.inXero) continue;
		const { inXero, ...rest } = customer;
		yield { ...world, customers: world.customers.map((each, at) => (at === index ? rest : each)) };
	}
	for (let index = 0; index < world.records.length; index += 1) {
		const record = world.records[index];
		if (!record || record.lines.length === 1) continue;
		const shorter = { ...record, lines: record.lines.slice(0, 1) };
		yield { ...world, records: world.records.map((each, at) => (at === index ? shorter : each)) };
	}
}

function without(step: Step, record: number): Step {
	return step.do === 'run'
		? { ...step, records: step.records.filter((each) => each !== record) }
		: step;
}

function* simplerRuns(run: Run): Generator<Run> {
	if (run.lostIds.length > 0) yield { ...run, lostIds: [] };
	for (let index = 0; index < run.records.length && run.records.length > 1; index += 1) {
		yield { ...run, records: run.records.filter((_, position) => position !== index) };
	}
}
