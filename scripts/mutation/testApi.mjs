import path from 'node:path';
import { format } from 'node:util';

/** As long as jest.config.js gives a test, so that both judge alike. */
const LONGEST_MS = 30_000;

/**
 * What test files call, as Jest has it (`describe`, `it`, hooks), kept as a list of tests that can
 * be run one by one and again and again. Each runs with all hooks around it, so that none rests on
 * what another has left.
 */
export class TestList {
	tests = [];
	#file;
	#block = { hooks: hooksOf() };

	/** The functions for the global scope. */
	get globals() {
		const it = withEach((name, body, longestMs) => this.#add(name, body, longestMs));
		const describe = withEach((name, body) => this.#within(name, body));
		// What a machine lacks (a browser, recordings) is left out here as there.
		describe.skip = () => undefined;
		const hook = (kind) => (body) => this.#block.hooks[kind].push(body);
		return {
			describe,
			it,
			test: it,
			beforeAll: hook('beforeAll'),
			beforeEach: hook('beforeEach'),
			afterEach: hook('afterEach'),
			afterAll: hook('afterAll'),
		};
	}

	/** Takes the tests that a file names while it is loaded. */
	ofFile(file, load) {
		this.#file = file;
		this.#within(path.basename(file, '.test.ts'), load);
	}

	#within(name, body) {
		const outer = this.#block;
		this.#block = { name, outer, hooks: hooksOf() };
		try {
			body();
		} finally {
			this.#block = outer;
		}
	}

	#add(name, body, longestMs = LONGEST_MS) {
		const blocks = [];
		for (let each = this.#block; each; each = each.outer) blocks.unshift(each);
		const names = [...blocks.flatMap((block) => block.name ?? []), name];
		this.tests.push({
			id: this.#free(names.join(' › ')),
			file: this.#file,
			blocks,
			body,
			longestMs,
		});
	}

	#free(id) {
		return this.tests.some((test) => test.id === id) ? this.#free(`${id} again`) : id;
	}
}

function hooksOf() {
	return { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
}

function withEach(add) {
	const named = (name, body, longestMs) => add(String(name), body, longestMs);
	named.each = (rows) => (name, body, longestMs) => {
		rows.forEach((row, index) => {
			const values = Array.isArray(row) ? row : [row];
			named(`${format(name, ...values)} (${index + 1})`, () => body(...values), longestMs);
		});
	};
	return named;
}

/** What went wrong in a test; undefined where nothing did. */
export async function failureOf({ blocks, body, longestMs }) {
	let timer;
	const tooLong = new Promise((_, reject) => {
		timer = setTimeout(() => reject(new Error('The test took too long.')), longestMs);
	});
	try {
		await Promise.race([whole(blocks, body), tooLong]);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	} finally {
		clearTimeout(timer);
	}
}

async function whole(blocks, body) {
	const inwards = (kind) => blocks.flatMap(({ hooks }) => hooks[kind]);
	const outwards = (kind) => [...blocks].reverse().flatMap(({ hooks }) => hooks[kind]);
	try {
		for (const hook of [...inwards('beforeAll'), ...inwards('beforeEach')]) await hook();
		await body();
	} finally {
		for (const hook of [...outwards('afterEach'), ...outwards('afterAll')]) await hook();
	}
}
