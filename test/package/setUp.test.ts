import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../support/prepared';

/** Runs a module's text in a Node of its own. @returns what it printed */
async function inNode(text: string): Promise<string> {
	const args = ['--input-type=module', '--eval', text];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
	return stdout;
}

describe('the set-up', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-set-up-'));
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	/** Reads a number, waits, and writes the next one: two at once would lose one. */
	const countUnderLock = (lock: string, counter: string) => `
		import { readFileSync, writeFileSync } from 'node:fs';
		import { whileLocked } from './scripts/installLock.mjs';
		for (let turn = 0; turn < 3; turn += 1) {
			await whileLocked(${JSON.stringify(lock)}, () => undefined, async () => {
				const count = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'));
				await new Promise((resolve) => setTimeout(resolve, 30));
				writeFileSync(${JSON.stringify(counter)}, String(count + 1));
			});
		}
	`;

	it('lets one process at a time install, though several are started', async () => {
		const [lock, counter] = [path.join(folder, 'lock'), path.join(folder, 'counter')];
		writeFileSync(counter, '0');
		await Promise.all([1, 2].map(async () => await inNode(countUnderLock(lock, counter))));
		expect(readFileSync(counter, 'utf8')).toBe('6');
	}, 30_000);

	it('takes over from a run that was killed', async () => {
		const [lock, counter] = [path.join(folder, 'lock'), path.join(folder, 'counter')];
		writeFileSync(counter, '0');
		writeFileSync(lock, '999999');
		const longAgo = new Date(Date.now() - 60_000);
		utimesSync(lock, longAgo, longAgo);
		await inNode(countUnderLock(lock, counter));
		expect(readFileSync(counter, 'utf8')).toBe('3');
	}, 30_000);

	const planned = (durations: string, fails: boolean) => `
		import { Plan } from './scripts/plan.mjs';
		const plan = new Plan({ durationsFile: ${JSON.stringify(durations)}, live: false });
		const order = [];
		const pause = () => new Promise((resolve) => setTimeout(resolve, 120));
		const step = (id, after, run = pause) =>
			plan.step(id, { title: id, seconds: 1, after, run: async () => { order.push(id); await run(); } });
		step('publish', ['build', 'test']);
		step('build', ['install']);
		step('test', ['install'], async () => { await pause(); if (${fails}) throw new Error('a test failed'); });
		step('install', []);
		await plan.run().catch((error) => console.log(error.message));
		console.log(order.join(' '));
	`;

	it('does its steps in the order of what they need, and learns how long they take', async () => {
		const durations = path.join(folder, 'durations.json');
		const lines = (await inNode(planned(durations, false))).trim().split('\n');
		expect(lines.at(-1)).toMatch(/^install (build test|test build) publish$/);
		expect(lines).toContainEqual(expect.stringMatching(/^✓ publish \(/));
		const learnt: Record<string, number> = JSON.parse(readFileSync(durations, 'utf8'));
		expect(Object.keys(learnt).sort()).toEqual(['build', 'install', 'publish', 'test']);
		expect(learnt.install).toBeGreaterThan(0);
		expect(learnt.install).toBeLessThan(30);
	}, 30_000);

	it('starts nothing that needs a step which failed, and says which failed', async () => {
		const lines = (await inNode(planned(path.join(folder, 'd.json'), true))).trim().split('\n');
		expect(lines.at(-1)).not.toContain('publish');
		expect(lines.at(-2)).toBe('a test failed');
		expect(lines).toContainEqual(expect.stringMatching(/^✗ test failed after/));
	}, 30_000);
});
