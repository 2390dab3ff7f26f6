import path from 'node:path';

/**
 * The environment for installs outside this project. `npm run` hands all of npm's settings to what
 * it starts as `npm_config_*`, the project's own among them: with its `ignore-scripts` nothing would
 * ever be built, and with the headers of another Node it would be built for the wrong one. What the
 * machine or the person set (registry, proxy, cafile, userconfig …) is kept.
 */

/** Settings that belong to the Node that started this, and not to the one that n8n runs on. */
const OF_ANOTHER_NODE = ['nodedir', 'node_gyp', 'prefix', 'local_prefix', 'global_prefix'];

/** Names of the settings in the text of an `.npmrc`. */
export function settingsIn(npmrc) {
	return npmrc
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !/^[;#[]/.test(line))
		.map((line) => line.split('=')[0].trim().replace(/\[\]$/, ''));
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} projectSettings names of what the project's `.npmrc` sets
 * @param {{ node?: string, headers?: string }} [runtime] folder of the Node to find first, and of
 *   the headers to build native modules with
 */
export function installEnvironment(env, projectSettings, { node, headers } = {}) {
	// npm reads either case, and takes a dash for an underscore.
	const plain = (name) => name.toLowerCase().replaceAll('-', '_');
	const dropped = new Set([...projectSettings, ...OF_ANOTHER_NODE].map(plain));
	const kept = Object.fromEntries(
		Object.entries(env).filter(([name]) => {
			const setting = /^npm_config_(.+)$/i.exec(name)?.[1];
			return setting === undefined || !dropped.has(plain(setting));
		}),
	);
	// Windows calls it Path.
	const pathName = Object.keys(kept).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
	if (node) kept[pathName] = [node, kept[pathName]].filter(Boolean).join(path.delimiter);
	// Without it a `nodedir` of the person's own configuration would be used.
	if (headers) kept.npm_config_nodedir = headers;
	return kept;
}
