import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { projectRoot } from './toolchain.mjs';

/** Pages and texts: no proof reads them. */
const ALL_CODE = ['.', ':(exclude)docs', ':(exclude)*.md'];

/**
 * The code that a proof is of, as git knows it.
 * @returns {Promise<{ commit: string, isCommitted: boolean }>} `isCommitted` is false where files of
 *   code have changed since the commit, or were added
 */
export async function codeAtHand() {
	const changed = await git('status', '--porcelain', '--', ...ALL_CODE);
	return { commit: await git('rev-parse', '--short=12', 'HEAD'), isCommitted: changed === '' };
}

/**
 * The files of code that differ between two commits, whatever lies between them.
 * @param {string} before
 * @param {string} now
 * @returns {Promise<readonly string[] | undefined>} nothing where git does not know the one before
 */
export async function codeChangedSince(before, now) {
	const isKnown = await git('rev-parse', '--verify', '--quiet', `${before}^{commit}`).catch(
		() => '',
	);
	if (isKnown === '') return undefined;
	const changed = await git('diff', '--name-only', before, now, '--', ...ALL_CODE);
	return changed.split('\n').filter((file) => file !== '');
}

async function git(...parameters) {
	const { stdout } = await promisify(execFile)('git', parameters, { cwd: projectRoot });
	return stdout.trim();
}
