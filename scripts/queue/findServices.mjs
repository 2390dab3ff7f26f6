/**
 * Where Redis and PostgreSQL are on this machine, for n8n's queue mode. Debian keeps PostgreSQL's
 * programs out of the PATH, in a folder for each version.
 */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { attempt } from '../childProcess.mjs';
import { SetUpProblem } from '../setUpProblem.mjs';

const DEBIAN_POSTGRES = '/usr/lib/postgresql';

const PACKAGES = { redisServer: 'redis-server', postgresFolder: 'postgresql' };

/**
 * @returns {{ redisServer: string, postgresFolder: string }} the program, and the folder of programs
 * @throws {SetUpProblem} which says what is missing and how to install it
 */
export function findServices(env = process.env) {
	const found = {
		redisServer: searchPath(env)
			.map((folder) => path.join(folder, 'redis-server'))
			.find(existsSync),
		postgresFolder: [...debianFolders(), ...searchPath(env)].find((folder) =>
			['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name))),
		),
	};
	const missing = Object.keys(PACKAGES).filter((name) => found[name] === undefined);
	if (missing.length === 0) return found;
	const names = missing.map((name) => PACKAGES[name]).join(' ');
	throw new SetUpProblem(
		`Queue mode needs Redis and PostgreSQL, and this machine has not got ${names}: install ${missing.length > 1 ? 'them' : 'it'} (on Debian and Ubuntu: \`apt-get install --no-install-recommends ${names}\`) and run this again.`,
	);
}

/** The newest version first. */
function debianFolders() {
	if (!existsSync(DEBIAN_POSTGRES)) return [];
	const versions = readdirSync(DEBIAN_POSTGRES).map(Number).filter(Number.isFinite);
	return versions
		.sort((one, other) => other - one)
		.map((version) => path.join(DEBIAN_POSTGRES, String(version), 'bin'));
}

const searchPath = (env) => (env.PATH ?? '').split(path.delimiter).filter(Boolean);

/**
 * Adds the step `services`: on a Debian of root's, such as a continuous integration's, it installs
 * what is missing. Debian's own services stay as they are: none is started.
 */
export function addServicesStep(plan) {
	plan.step('services', { title: 'Redis and PostgreSQL', seconds: 30, run: haveServices });
}

async function haveServices({ detail, signal }) {
	try {
		findServices();
		return 'ready';
	} catch (missing) {
		if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw missing;
		const options = {
			// Debian's scripts start a service of theirs in no runlevel but the machine's own.
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
			quiet: true,
			onLine: detail,
			signal,
		};
		await attempt('apt-get', ['update'], options);
		const packages = Object.values(PACKAGES);
		await attempt('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
		// What apt-get said is of less use to a person than what is missing now.
		findServices();
		return undefined;
	}
}
