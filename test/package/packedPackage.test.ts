import { execFile } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { installPackage } from '../../scripts/realN8n/communityPackage';
import { prepared, root } from '../support/prepared';

interface Manifest {
	name: string;
	dependencies?: Record<string, string>;
	peerDependencies?: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

/** What the published package may hold, and nothing else. */
const PUBLISHED = [
	/^(README\.md|LICENSE|package\.json)$/,
	/^dist\/credentials\/\w+\.credentials\.js$/,
	/^dist\/icons\/[\w.]+\.svg$/,
	/^dist\/lib\/[\w/]+\.js$/,
	/^dist\/lib\/vendor\/LICENSES\.txt$/,
	/^dist\/nodes\/\w+\/[\w/]+\.(node\.)?(js|json)$/,
	/^dist\/nodes\/\w+\/[\w.]+\.svg$/,
	/^dist\/nodes\/\w+\/__schema__\/v[\d.]+\/[\w/]+\.json$/,
];

describe('the package as it is published', () => {
	let userFolder: string;
	let folder: string;
	let manifest: Manifest;
	let tarball: string;

	beforeAll(async () => {
		tarball = prepared({ packageOnly: true }).tarball;
		userFolder = mkdtempSync(path.join(tmpdir(), 'knack-xero-packed-'));
		folder = await installPackage(tarball, userFolder);
		manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	}, 300_000);

	afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

	it('is smaller than a megabyte', () => {
		expect(statSync(tarball).size).toBeLessThan(1_000_000);
	});

	it('needs no package at run time but the n8n-workflow of its host', () => {
		const source: Manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
		expect(source.dependencies ?? {}).toEqual({});
		expect(source.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('holds what n8n loads and nothing besides', () => {
		const strangers = filesIn(folder).filter(
			(file) => !PUBLISHED.some((pattern) => pattern.test(file)),
		);
		expect(strangers).toEqual([]);
	});

	it('lists every node and credential that it holds', () => {
		const listed = [...manifest.n8n.nodes, ...manifest.n8n.credentials].sort();
		const present = filesIn(folder).filter((file) => /\.(node|credentials)\.js$/.test(file));
		expect(listed).toEqual(present.sort());
	});

	describe('where nothing but n8n-workflow can be found', () => {
		// As in n8n: its own n8n-workflow by NODE_PATH, and no development dependency in sight.
		async function inHost<Answer>(text: string): Promise<Answer> {
			const host = path.join(userFolder, 'host');
			mkdirSync(host, { recursive: true });
			const link = path.join(host, 'n8n-workflow');
			if (!existsSync(link)) symlinkSync(path.join(root, 'node_modules/n8n-workflow'), link);
			const script = path.join(userFolder, 'host.cjs');
			writeFileSync(script, `${MAKE_ALL}\n${text}`);
			const files = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
			return JSON.parse(await output([script, folder, ...files], { NODE_PATH: host }));
		}

		it('loads', async () => {
			const loaded = await inHost<{ names: string[]; outside: string[] }>(LOADED);
			expect(loaded.outside).toEqual([]);
			expect(loaded.names).toHaveLength(manifest.n8n.nodes.length + 2);
			expect(loaded.names).toEqual(expect.arrayContaining(['knackApi', 'xeroSyncOAuth2Api']));
		});

		it("costs n8n's start its forms alone", async () => {
			const { inside } = await inHost<{ inside: string[] }>(LOADED);
			const beyondForms = inside.filter((file) => !/^dist\/(nodes|credentials)\//.test(file));
			expect(beyondForms.sort()).toEqual([
				'dist/lib/n8n/credentialTests.js',
				'dist/lib/n8n/mapUpsert/notForApiCall.js',
				'dist/lib/n8n/onCall.js',
				'dist/lib/n8n/trigger/subscription.js',
			]);
			const bytes = inside.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
			expect(bytes).toBeLessThan(400_000);
		});

		it('finds what each node does when it is called', async () => {
			const called = await inHost<Record<string, string>>(CALLED);
			expect(Object.keys(called)).toEqual(
				expect.arrayContaining([
					'knack execute',
					'knackTrigger webhook',
					'mapUpsertToXero getDocumentFields',
					'paymentStatusToKnack knackApiTest',
					'xeroTrigger webhookMethods create',
				]),
			);
			const unfound = Object.entries(called).filter(([, reason]) =>
				/Cannot find module|is not a function|reading 'apply'/.test(reason),
			);
			expect(unfound).toEqual([]);
		});
	});

	describe("under the rules of n8n's community package scanner", () => {
		const scanner = path.join(root, 'scripts/scanPackage.mjs');

		it('has no errors', async () => {
			// The tarball as it is, before n8n's installer strips anything.
			const { files, findings } = await scan(scanner, await unpacked(tarball, userFolder));
			expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
			expect(files).toBeGreaterThan(manifest.n8n.nodes.length);
		}, 120_000);

		it('would have some if it reached for what n8n forbids', async () => {
			const spoilt = path.join(userFolder, 'spoilt');
			mkdirSync(path.join(spoilt, 'dist'), { recursive: true });
			writeFileSync(
				path.join(spoilt, 'package.json'),
				JSON.stringify({ ...manifest, dependencies: { axios: '1.0.0' } }),
			);
			writeFileSync(
				path.join(spoilt, 'dist/reaches.js'),
				`/* ${'eslint'}-disable */\nrequire('fs');\nprocess.exit(0);\n`,
			);
			const { findings } = await scan(scanner, spoilt);
			expect(findings.map(({ rule }) => rule)).toEqual(
				expect.arrayContaining([
					'@n8n/community-nodes/no-runtime-dependencies',
					'@n8n/community-nodes/no-restricted-imports',
					'@n8n/community-nodes/no-restricted-globals',
				]),
			);
		}, 120_000);
	});
});

/** Makes each class of the package as n8n does at its start. */
const MAKE_ALL = `
const path = require('node:path');
const [, , folder, ...files] = process.argv;
const instances = files.map((file) => {
	const [Type] = Object.values(require(path.join(folder, file))).filter((value) => typeof value === 'function');
	return new Type();
});
`;

const LOADED = `
const names = instances.map((instance) => instance.name ?? instance.description.name);
const loaded = Object.keys(require.cache).filter((file) => file !== __filename);
const inside = loaded.filter((file) => file.startsWith(folder)).map((file) => path.relative(folder, file));
const outside = loaded.filter((file) => !file.startsWith(folder) && !file.includes('/node_modules/'));
console.log(JSON.stringify({ names, inside, outside }));
`;

/** Calls each method of each node in an n8n that has nothing to offer, for what it fails of. */
const CALLED = `
const nowhere = new Proxy({}, { get() { throw new Error('This n8n has nothing to offer'); } });
async function reasonOf(method) {
	return await Promise.resolve(method.call(nowhere, {})).then(() => 'done', (error) => String(error?.message ?? error));
}
(async () => {
	const reasons = {};
	for (const node of instances.filter(({ description }) => description)) {
		const { name } = node.description;
		for (const kind of ['execute', 'poll', 'webhook']) {
			if (node[kind]) reasons[name + ' ' + kind] = await reasonOf(node[kind]);
		}
		for (const methods of Object.values(node.methods ?? {})) {
			for (const [method, call] of Object.entries(methods)) reasons[name + ' ' + method] = await reasonOf(call);
		}
		for (const [method, call] of Object.entries(node.webhookMethods?.default ?? {})) {
			reasons[name + ' webhookMethods ' + method] = await reasonOf(call);
		}
	}
	console.log(JSON.stringify(reasons));
})();
`;

async function unpacked(tarball: string, into: string): Promise<string> {
	await promisify(execFile)('tar', ['-xzf', tarball, '-C', into]);
	return path.join(into, 'package');
}

interface Scan {
	files: number;
	findings: Array<{ severity: string; rule: string | null; place: string; message: string }>;
}

async function scan(scanner: string, folder: string): Promise<Scan> {
	return JSON.parse(await output([scanner, folder]));
}

/** What a script prints, whatever it ends with. */
async function output(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
	return await new Promise((resolve, reject) => {
		const options = { maxBuffer: 1 << 26, env: { PATH: process.env.PATH ?? '', ...env } };
		execFile(process.execPath, args, options, (_error, stdout, stderr) =>
			stdout ? resolve(stdout) : reject(new Error(stderr)),
		);
	});
}

/** Paths below a folder, with forward slashes. */
function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
