import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const PROGRAM = path.resolve(__dirname, '../../scripts/proof.mjs');

const proofSchema = z.object({
	size: z.string(),
	seed: z.number(),
	versions: z.record(z.string(), z.string().min(1)),
	runs: z.array(
		z.object({
			name: z.string(),
			command: z.string(),
			passed: z.boolean(),
			figures: z.array(z.string()),
		}),
	),
});

describe('npm run proof', () => {
	let folder: string;

	beforeEach(async () => {
		folder = await mkdtemp(path.join(os.tmpdir(), 'proof-'));
	});
	afterEach(async () => await rm(folder, { recursive: true }));

	it('writes what was run, with its seed, versions and figures, as a page and as JSON', async () => {
		await run(process.execPath, [PROGRAM, '--only=timesheets', '--seed=3', '--into', folder]);
		const proof = proofSchema.parse(
			JSON.parse(await readFile(path.join(folder, 'proof.json'), 'utf8')),
		);
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
});
