import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { root } from '../support/prepared';

/** Runs a module's text in a Node of its own. @returns what it printed */
async function inNode(text: string): Promise<string> {
	const args = ['--input-type=module', '--eval', text];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
	return stdout;
}

/** A script that starts another one, writes both process ids to a file, and stays. */
function twoThatStay(file: string): string {
	return `
		const { spawn } = require('node:child_process');
		const { renameSync, writeFileSync } = require('node:fs');
		const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
		writeFileSync(${JSON.stringify(`${file}.new`)}, process.pid + ' ' + child.pid);
		renameSync(${JSON.stringify(`${file}.new`)}, ${JSON.stringify(file)});
		setTimeout(() => {}, 60000);
	`;
}

/** Waits until the processes that a file names are gone; the test's own time is the limit. */
async function untilGone(file: string): Promise<void> {
	const pids = readFileSync(file, 'utf8').split(' ').map(Number);
	expect(pids).toHaveLength(2);
	while (pids.some(isThere)) await pause(50);
}

/** A process that ended and that nobody has asked for yet counts as gone. */
function isThere(pid: number): boolean {
	try {
		process.kill(pid, 0);
		const status = existsSync('/proc') ? readFileSync(`/proc/${pid}/status`, 'utf8') : '';
		return !/^State:\s+Z/m.test(status);
	} catch {
		return false;
	}
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
			await whileLocked(${JSON.stringify(lock)}, {}, async () => {
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

	/** Gone by now: it ended before this returns. */
	const goneProcess = (): number => spawnSync(process.execPath, ['--version']).pid;

	it.each([
		['here, at once', () => `${goneProcess()} ${hostname()} x`, 0],
		['on another machine, when nothing was heard of it for a while', () => '1 elsewhere x', 60_000],
	])(
		'takes over from a run that was killed %s',
		async (_where, holder, ageMs) => {
			const [lock, counter] = [path.join(folder, 'lock'), path.join(folder, 'counter')];
			writeFileSync(counter, '0');
			writeFileSync(lock, holder());
			const then = new Date(Date.now() - ageMs);
			utimesSync(lock, then, then);
			const startedMs = Date.now();
			await Promise.all([1, 2].map(async () => await inNode(countUnderLock(lock, counter))));
			expect(readFileSync(counter, 'utf8')).toBe('6');
			expect(Date.now() - startedMs).toBeLessThan(20_000);
		},
		30_000,
	);

	it('waits for a run that goes on, and says for which', async () => {
		const lock = path.join(folder, 'lock');
		writeFileSync(lock, `${process.pid} ${hostname()} x`);
		const said = await inNode(`
			import { rmSync } from 'node:fs';
			import { whileLocked } from './scripts/installLock.mjs';
			const lock = ${JSON.stringify(lock)};
			const onWait = (holder) => { console.log('waits for', holder); setTimeout(() => rmSync(lock), 700); };
			await whileLocked(lock, { onWait }, async () => console.log('its turn'));
		`);
		expect(said).toBe(`waits for ${process.pid}\nits turn\n`);
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

	it('ends what runs beside a step that failed, and all that it had started', async () => {
		const [pids, durations] = [path.join(folder, 'pids'), path.join(folder, 'd.json')];
		const said = await inNode(`
			import { setTimeout as pause } from 'node:timers/promises';
			import { existsSync } from 'node:fs';
			import { run } from './scripts/childProcess.mjs';
			import { Plan } from './scripts/plan.mjs';
			const plan = new Plan({ durationsFile: ${JSON.stringify(durations)}, live: false });
			plan.step('download', { title: 'download', seconds: 60, run: async ({ signal }) => {
				await run(process.execPath, ['-e', ${JSON.stringify(twoThatStay(pids))}], { quiet: true, signal });
			} });
			plan.step('compile', { title: 'compile', seconds: 60, run: async () => {
				while (!existsSync(${JSON.stringify(pids)})) await pause(50);
				throw new Error('no compiler');
			} });
			await plan.run().catch((error) => console.log(error.message));
		`);
		expect(said.trim().split('\n').at(-1)).toBe('no compiler');
		expect(said).toMatch(/^- download was stopped after/m);
		await untilGone(pids);
	}, 30_000);

	it('leaves nothing behind when it is killed itself', async () => {
		const pids = path.join(folder, 'pids');
		const text = `
			import { attempt } from './scripts/childProcess.mjs';
			const { signal } = new AbortController();
			await attempt(process.execPath, ['-e', ${JSON.stringify(twoThatStay(pids))}], { quiet: true, signal });
		`;
		const child = spawn(process.execPath, ['--input-type=module', '--eval', text], { cwd: root });
		while (!existsSync(pids)) await pause(50);
		child.kill('SIGKILL');
		await untilGone(pids);
	}, 30_000);

	it('starts nothing that needs a step which failed, and says which failed', async () => {
		const lines = (await inNode(planned(path.join(folder, 'd.json'), true))).trim().split('\n');
		expect(lines.at(-1)).not.toContain('publish');
		expect(lines.at(-2)).toBe('a test failed');
		expect(lines).toContainEqual(expect.stringMatching(/^✗ test failed after/));
	}, 30_000);
});
