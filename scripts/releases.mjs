/**
 * The releases of n8n that the tests with a real n8n run on. `engines` is n8n's own demand on Node
 * (compared with what was installed), `node` the line of Node that is fetched where none fits.
 */
export const RELEASES = {
	newest: { n8n: '2.41.1', engines: '>=24.0.0', node: '24' },
	oldest: { n8n: '2.37.11', engines: '>=24.0.0', node: '24' },
};

/** The database of n8n's that has to be built; one build serves every release and every Node. */
export const SQLITE3_VERSION = '5.1.7';

/** @param {string | undefined} name one of `RELEASES`; the newest when left out */
export function releaseNamed(name = 'newest') {
	const release = Object.hasOwn(RELEASES, name) ? RELEASES[name] : undefined;
	if (!release) {
		throw new Error(`There is no ${name} n8n here; there are: ${Object.keys(RELEASES).join(', ')}`);
	}
	return release;
}

/**
 * @param {string} version such as `24.21.0` or `v24.21.0`
 * @param {string} engines such as `>=22.16`, the one form that n8n uses
 */
export function satisfies(version, engines) {
	const least = /^>=\s*(\d+(?:\.\d+){0,2})$/.exec(engines)?.[1];
	if (!least) throw new Error(`Cannot read ${engines} as a demand on Node`);
	// A nightly or a release candidate comes before the version that it is named after.
	const found = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(version.trim())?.slice(1).map(Number);
	if (!found) return false;
	const wanted = least.split('.').map(Number);
	for (const [place, number] of found.entries()) {
		const other = wanted[place] ?? 0;
		if (number !== other) return number > other;
	}
	return true;
}
