import { readdirSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { inspect } from 'node:util';
import { failureOf, TestList } from './testApi.mjs';

/** What the code that Stryker has put into the files reads, and where it notes what tests run over. */
const stryker = (globalThis.__stryker__ ??= {});
stryker.mutantCoverage = { static: {}, perTest: {} };

/**
 * Runs tests in a process that keeps what it has compiled, where Jest starts anew for every mutant:
 * hundreds are judged in the time of a few. All files are loaded afresh for each, since what is
 * remembered in them (a reading, a window of requests) would hide one mutant or speak for the next.
 */
class InProcessRunner {
	#root = process.cwd();
	#tests = new Map();
	/** How long a test took, and how often it has noticed a mutant. */
	#known = new Map();
	#shown = new Map();
	#running = { id: '', snapshots: 0 };

	capabilities() {
		return { reloadEnvironment: false };
	}

	async init() {
		compileTypeScript(createRequire(path.join(this.#root, 'package.json')));
		this.#load();
	}

	async dryRun() {
		const tests = [];
		for (const test of this.#tests.values()) {
			stryker.currentTestId = test.id;
			const { failure, timeSpentMs } = await this.#run(test);
			const result = { id: test.id, name: test.id, fileName: test.file, timeSpentMs };
			tests.push(
				failure
					? { ...result, status: FAILED, failureMessage: String(failure.stack) }
					: { ...result, status: SUCCESS },
			);
		}
		stryker.currentTestId = undefined;
		return { status: 'complete', tests, mutantCoverage: stryker.mutantCoverage };
	}

	async mutantRun({ activeMutant, testFilter, hitLimit }) {
		// Stryker asks one of its processes alone for a dry run.
		if (this.#known.size === 0) await this.dryRun();
		this.#load();
		const tests = [...this.#tests.keys()].filter((id) => testFilter?.includes(id) ?? true);
		tests.sort((a, b) => this.#costOf(a) - this.#costOf(b));
		stryker.hitLimit = hitLimit;
		stryker.hitCount = hitLimit === undefined ? undefined : 0;
		stryker.activeMutant = activeMutant.id;
		try {
			return await this.#judge(tests, hitLimit);
		} finally {
			stryker.activeMutant = undefined;
			stryker.hitCount = undefined;
		}
	}

	async #judge(tests, hitLimit) {
		for (const [index, id] of tests.entries()) {
			const { failure } = await this.#run(this.#tests.get(id));
			if (stryker.hitCount > hitLimit) {
				return { status: 'timeout', reason: `Hit limit reached (${hitLimit})` };
			}
			if (!failure) continue;
			this.#known.get(id).noticed += 1;
			const failureMessage = String(failure.message);
			return { status: 'killed', killedBy: [id], failureMessage, nrOfTests: index + 1 };
		}
		return { status: 'survived', nrOfTests: tests.length };
	}

	async #run(test) {
		const start = performance.now();
		this.#running = { id: test.id, snapshots: 0 };
		const failure = await failureOf(test);
		const timeSpentMs = performance.now() - start;
		const known = this.#known.get(test.id) ?? { timeSpentMs: 0, noticed: 0 };
		// A failing test is over early.
		if (!failure) known.timeSpentMs = timeSpentMs;
		this.#known.set(test.id, known);
		return { failure, timeSpentMs };
	}

	/** What a test showed without a mutant, it has to show with each. */
	#isAsShown(received) {
		this.#running.snapshots += 1;
		const { id, snapshots } = this.#running;
		const place = `${id} ${snapshots}`;
		const text = inspect(received, { depth: null, maxArrayLength: null, maxStringLength: null });
		if (!this.#shown.has(place)) this.#shown.set(place, text);
		return { pass: this.#shown.get(place) === text, message: () => 'It shows something else.' };
	}

	/** Quick tests that notice much come first. */
	#costOf(id) {
		const { timeSpentMs, noticed } = this.#known.get(id) ?? { timeSpentMs: 0, noticed: 0 };
		return timeSpentMs / (1 + noticed);
	}

	/** Loads all tests, and all that they read, as if for the first time. */
	#load() {
		const require = createRequire(path.join(this.#root, 'package.json'));
		for (const file of Object.keys(require.cache)) {
			if (!file.includes(`${path.sep}node_modules${path.sep}`)) delete require.cache[file];
		}
		const list = new TestList();
		const { expect } = require('expect');
		expect.extend({ toMatchSnapshot: (received) => this.#isAsShown(received) });
		Object.assign(globalThis, list.globals, { expect });
		for (const file of require('./jest.config.js').setupFiles) {
			require(file.replace('<rootDir>', this.#root));
		}
		const wanted = JSON.parse(process.env.MUTATION_TESTS);
		for (const file of testFiles(path.join(this.#root, 'test'), wanted)) {
			list.ofFile(file, () => require(file));
		}
		this.#tests = new Map(list.tests.map((test) => [test.id, test]));
	}
}

const [SUCCESS, FAILED] = [0, 1];

/** The test files that begin with one of the names, such as `contract/upsert`. */
function testFiles(folder, wanted) {
	const names = ['unit', 'contract'].flatMap((part) =>
		readdirSync(path.join(folder, part)).map((name) => `${part}/${name}`),
	);
	return names
		.filter((name) => name.endsWith('.test.ts') && wanted.some((each) => name.startsWith(each)))
		.map((name) => path.join(folder, name));
}

/** Lets `require` read TypeScript, by the settings that Jest has it compiled with. */
function compileTypeScript(require) {
	const { transformSync } = require('@swc/core');
	const [[, options]] = Object.values(require('./jest.config.js').transform);
	const compiled = new Map();
	Module._extensions['.ts'] = (module, file) => {
		if (!compiled.has(file)) {
			const text = readFileSync(file, 'utf8');
			compiled.set(file, transformSync(text, { ...options, filename: file }).code);
		}
		module._compile(compiled.get(file), file);
	};
}

export const strykerPlugins = [
	{ kind: 'TestRunner', name: 'inProcess', injectableClass: InProcessRunner },
];
