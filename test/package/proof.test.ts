import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { chosenProof } from '../prove/command';
import { PROOFS } from '../prove/proofs';

const run = promisify(execFile);
const ROOT = path.resolve(__dirname, '../..');
const PROGRAM = path.join(ROOT, 'scripts/proof.mjs');

const proofSchema = z.object({
	size: z.string(),
	seed: z.number(),
	versions: z.record(z.string(), z.string().min(1)),
	runs: z.array(
		z.object({
			name: z.string(),
			command: z.string(),
			size: z.string(),
			seed: z.number().optional(),
			on: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
			commit: z.string().min(1),
			passed: z.boolean(),
			seconds: z.number(),
			figures: z.array(z.string()),
		}),
	),
	due: z.array(z.string()),
	left: z.array(z.string()),
});

const runsSchema = z.array(
	z.object({
		name: z.string(),
		command: z.string(),
		everyDay: z.string().optional(),
		release: z.string(),
	}),
);

async function proofIn(folder: string) {
	return proofSchema.parse(JSON.parse(await readFile(path.join(folder, 'proof.json'), 'utf8')));
}

describe('npm run proof', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'proof-'));
	});
	afterEach(async () => await rm(folder, { recursive: true }));

	it('writes what was run, with its seed, versions and figures, as a page and as JSON', async () => {
		await run(process.execPath, [PROGRAM, '--only=timesheets', '--seed=3', '--into', folder]);
		const proof = await proofIn(folder);
		expect(proof).toMatchObject({ size: 'every-day', seed: 3 });
		expect(Object.keys(proof.versions)).toEqual(
			expect.arrayContaining(['n8n-nodes-knack-xero', 'commit', 'node', 'n8n', 'xero-node', 'zod']),
		);
		expect(proof.runs.map(({ name, passed }) => [name, passed])).toEqual([['timesheets', true]]);
		expect(proof.runs[0]?.command).toBe('npm run prove -- --timesheets --people 10 --seed 3');
		for (const { figures } of proof.runs) expect(figures.join('\n')).toMatch(/\d/);
		const page = await readFile(path.join(folder, 'README.md'), 'utf8');
		expect(page).toContain('**1 of 1 runs passed.**');
		for (const { command, figures } of proof.runs) {
			expect(page).toContain(['$ ' + command, ...figures].join('\n'));
		}
	}, 300_000);

	it('names a proof that there is not, and runs none', async () => {
		const refused = run(process.execPath, [PROGRAM, '--only=books,magic', '--into', folder]);
		await expect(refused).rejects.toMatchObject({
			stderr: expect.stringContaining('There is no proof magic. There are: prove, identity'),
		});
		await expect(readFile(path.join(folder, 'proof.json'))).rejects.toMatchObject({
			code: 'ENOENT',
		});
	});

	it('tells each proof only what it takes', async () => {
		const script = `import { PROOF_RUNS } from './scripts/proofRuns.mjs'; console.log(JSON.stringify(PROOF_RUNS));`;
		const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
			cwd: ROOT,
		});
		const commands = runsSchema
			.parse(JSON.parse(stdout))
			.filter(({ command }) => command === 'prove');
		const told = new Set<string | undefined>();
		for (const { name, everyDay, release } of commands) {
			for (const line of everyDay === undefined ? [release] : [everyDay, release]) {
				const parameters = line.replace('{seed}', '7').split(' ');
				const chosen = chosenProof(PROOFS, parameters);
				// A part of one is named after it: "queue-limits".
				const { name: whole = 'prove' } = chosen;
				expect(name === whole || name.startsWith(`${whole}-`)).toBe(true);
				expect(() => chosen.asTold(parameters)).not.toThrow();
				told.add(chosen.name);
			}
		}
		expect(told).toEqual(new Set(PROOFS.map((proof) => proof.name)));
	});
});

/** Proofs that take no time: each writes down when it begins and ends, and fails when it is told to. */
const RUNS = `
const proof = (name, more) => ({
	name, claim: name + ' holds.', command: 'prove',
	everyDay: '--' + name, release: '--' + name + ' --runs 9 --seed {seed}', ...more,
});
export const PROOF_RUNS = [
	proof('one'), proof('two'), proof('three'), proof('four'),
	proof('timed', { alone: true }), proof('other', { alone: true }),
];
`;
const PROVE = `
import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
const [option] = process.argv.slice(2);
const name = option.slice(2);
const log = (what) => appendFileSync('../log', what + ' ' + name + '\\n');
log('begins');
console.log('1 of 9 runs');
while (existsSync('../' + name + ' waits')) await setTimeout(20);
await setTimeout(300);
console.log(name + ' found nothing wrong in 9 runs');
console.log('8 of 9 planted found');
log('ends');
process.exitCode = existsSync('../' + name + ' fails') ? 1 : 0;
`;

/** Each proof starts some processes. */
const PATIENCE_MS = 180_000;

describe('npm run proof with proofs of its own', () => {
	jest.setTimeout(PATIENCE_MS);
	let folder: string;
	let project: string;
	let into: string;

	const file = (name: string) => path.join(folder, name);
	const git = async (...parameters: string[]) => {
		const who = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.com'];
		await run('git', [...who, '-c', 'commit.gpgsign=false', ...parameters], { cwd: project });
	};
	const proof = async (...parameters: string[]) =>
		await run(process.execPath, ['scripts/proof.mjs', '--release', '--into', into, ...parameters], {
			cwd: project,
		});
	/** What the proofs wrote down since this was last asked. */
	const log = async (): Promise<string[]> => {
		const text = await readFile(file('log'), 'utf8').catch(() => '');
		await rm(file('log'), { force: true });
		return text.trim().split('\n');
	};
	const begun = async () =>
		(await log()).flatMap((line) => /^begins (.*)/.exec(line)?.[1] ?? []).sort();
	const until = async (isSo: () => Promise<boolean>) => {
		for (let time = 0; time < 500 && !(await isSo()); time += 1) {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect(await isSo()).toBe(true);
	};

	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'proof-'));
		project = file('project');
		into = path.join(project, 'docs/proof');
		await mkdir(project);
		await cp(path.join(ROOT, 'scripts'), path.join(project, 'scripts'), { recursive: true });
		await cp(path.join(ROOT, 'package.json'), path.join(project, 'package.json'));
		await writeFile(path.join(project, 'scripts/proofRuns.mjs'), RUNS);
		await writeFile(path.join(project, 'scripts/prove.mjs'), PROVE);
		await writeFile(path.join(project, 'CHANGELOG.md'), 'Nothing yet.');
		await git('init', '--quiet');
		await git('add', '.');
		await git('commit', '--quiet', '--message', 'Begin');
	});
	afterEach(async () => await rm(folder, { recursive: true }));

	it('runs so many at once as it is told, and what is timed alone and last', async () => {
		await proof('--at-once', '2');
		const lines = await log();
		let underWay = 0;
		const most = lines.map((line) => (underWay += line.startsWith('begins') ? 1 : -1));
		expect(Math.max(...most.slice(0, 8))).toBe(2);
		expect(lines.slice(8)).toEqual(['begins timed', 'ends timed', 'begins other', 'ends other']);

		await proof('--at-once', '1', '--only', 'one,two');
		expect(await log()).toEqual(['begins one', 'ends one', 'begins two', 'ends two']);
		await expect(proof('--at-once', 'all')).rejects.toMatchObject({
			stderr: expect.stringContaining('--at-once all: give a whole number from 1.'),
		});
	});

	it('says of each proof its size, seed, time and day, and prints it under its heading', async () => {
		await writeFile(file('two fails'), '');
		const failed: unknown = await proof('--seed', '5').catch((error: unknown) => error);
		const { stdout } = z.object({ code: z.literal(1), stdout: z.string() }).parse(failed);
		expect(stdout).toContain(
			'== one: npm run prove -- --one --runs 9 --seed 5\n1 of 9 runs\none found nothing wrong in 9 runs\n',
		);
		const { runs, due, versions } = await proofIn(into);
		expect(due).toEqual([]);
		expect(versions.commit).toMatch(/^[0-9a-f]{12}$/);
		expect(runs.map(({ name, passed }) => [name, passed])).toEqual([
			['one', true],
			['two', false],
			['three', true],
			['four', true],
			['timed', true],
			['other', true],
		]);
		expect(runs[0]).toMatchObject({
			...{ size: '--one --runs 9', seed: 5 },
			figures: ['one found nothing wrong in 9 runs', '8 of 9 planted found'],
		});
		const page = await readFile(path.join(into, 'README.md'), 'utf8');
		expect(page).toContain('**5 of 6 runs passed.** **Failed: two.**');
		expect(page).toContain(
			`| [three](#three) | three holds. | \`--three --runs 9\` | 5 | passed | ${runs[2]?.seconds} s | ${runs[2]?.on} |`,
		);
	});

	it('keeps what has ended when it is killed, and resumes with the rest', async () => {
		await writeFile(file('three waits'), '');
		await writeFile(file('two fails'), '');
		const parameters = ['scripts/proof.mjs', '--release', '--seed', '5', '--at-once', '1'];
		const child = spawn(process.execPath, parameters, { cwd: project, stdio: 'ignore' });
		const ended = new Promise((resolve) => child.once('close', resolve));
		const isWaiting = async () =>
			(await readFile(file('log'), 'utf8').catch(() => '')).includes('begins three');
		await until(isWaiting);
		child.kill('SIGKILL');
		await ended;
		const page = await readFile(path.join(into, 'README.md'), 'utf8');
		expect(page).toContain(
			'**1 of 6 runs passed.** **Failed: two.** **Still to be run: three, four, timed, other**, by `npm run proof -- --release --seed 5 --resume`.',
		);
		await rm(file('three waits'));
		await rm(file('two fails'));
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		expect(await log()).not.toContain('ends three');

		// Texts are no code, and the seed is that of the proof that is resumed.
		await writeFile(path.join(project, 'CHANGELOG.md'), 'What was proven so far.');
		await git('add', '.');
		await git('commit', '--quiet', '--message', 'Say more');
		const { stdout } = await proof('--resume', '--only', 'three,two');
		expect(stdout).toContain('Taken over: one.');
		expect(await begun()).toEqual(['three', 'two']);
		expect(await proofIn(into)).toMatchObject({ seed: 5, due: ['four', 'timed', 'other'] });

		await proof('--resume');
		expect(await begun()).toEqual(['four', 'other', 'timed']);
		const whole = await proofIn(into);
		expect(whole.runs.map(({ name, passed, seed }) => [name, passed, seed])).toEqual(
			['one', 'two', 'three', 'four', 'timed', 'other'].map((name) => [name, true, 5]),
		);
		expect(whole.due).toEqual([]);
	});

	it('resumes no proof of other code, of another size or seed, and none that cannot be read', async () => {
		await proof('--seed', '5', '--only', 'one');
		await log();
		const refused = async (why: string, ...parameters: string[]) => {
			await expect(proof('--resume', ...parameters)).rejects.toMatchObject({
				stderr: expect.stringContaining(why),
			});
			expect(await log()).toEqual(['']);
		};
		await refused('its seed is 5, and this one is 6', '--seed', '6');

		await writeFile(path.join(project, 'scripts/another.mjs'), '');
		await refused('Code has changed and is not committed');
		await git('add', '.');
		await git('commit', '--quiet', '--message', 'Change code');
		await refused('code has changed: scripts/another.mjs');
		await git('revert', '--no-edit', 'HEAD');
		await proof('--resume', '--only', 'two');
		expect(await begun()).toEqual(['two']);

		const text = await readFile(path.join(into, 'proof.json'), 'utf8');
		const replace = async (from: string, to: string) =>
			await writeFile(path.join(into, 'proof.json'), text.replace(from, to));
		await replace('"size": "release"', '"size": "every-day"');
		await refused('it was run at the size "every-day", and this is "release"');
		await replace('"zod": "', '"zod": "0.');
		await refused('it was run with zod 0.');
		await replace('"runs": [', '"runs": [{ "name": "one" }, ');
		await refused('is no proof that can be resumed (a run of it is not whole)');
		await writeFile(path.join(into, 'proof.json'), text.slice(0, 100));
		await refused('is no proof that can be resumed');
	});

	it('runs what is named once more after a change of code, and says of which code the others are', async () => {
		await writeFile(file('two fails'), '');
		await proof('--only', 'one,two,three').catch(() => undefined);
		await rm(file('two fails'));
		await log();
		const { commit } = (await proofIn(into)).versions;
		await writeFile(path.join(project, 'scripts/another.mjs'), '');
		await git('add', '.');
		await git('commit', '--quiet', '--message', 'Change code');

		await expect(proof('--again')).rejects.toMatchObject({
			stderr: expect.stringContaining('--again runs what --only names once more.'),
		});
		await proof('--only', 'one,two', '--again');
		expect(await begun()).toEqual(['one', 'two']);
		const { runs, versions } = await proofIn(into);
		expect(versions.commit).not.toBe(commit);
		expect(runs.map((each) => [each.name, each.passed, each.commit])).toEqual([
			['one', true, versions.commit],
			['two', true, versions.commit],
			['three', true, commit],
		]);
		const page = async () => await readFile(path.join(into, 'README.md'), 'utf8');
		const earlier = `Of the commit ${commit}, before \`scripts/another.mjs\` changed: three.`;
		expect(await page()).toContain(earlier);
		await proof('--resume');
		expect(await begun()).toEqual(['four', 'other', 'timed']);
		expect(await page()).toContain(earlier);
	});

	it('begins no other proof once the code has changed under it', async () => {
		await writeFile(file('one waits'), '');
		const going = proof('--at-once', '1');
		going.catch(() => undefined);
		const isWaiting = async () =>
			(await readFile(file('log'), 'utf8').catch(() => '')).includes('begins one');
		await until(isWaiting);
		await writeFile(path.join(project, 'scripts/another.mjs'), '');
		await rm(file('one waits'));
		await expect(going).rejects.toMatchObject({
			stderr: expect.stringContaining('The code has changed since this proof began.'),
		});
		expect(await begun()).toEqual(['one']);
		const { runs, due } = await proofIn(into);
		expect(runs.map(({ name }) => name)).toEqual(['one']);
		expect(due).toEqual(['two', 'three', 'four', 'timed', 'other']);
	});
});
