import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

const BEAT_MS = 5_000;
const STALE_MS = 30_000;
const RETRY_MS = 1_000;

/**
 * Does something while no other process does it, however many ask for it at once. The holder
 * touches the lock file as long as it lives, so the lock of a run that was killed is taken over.
 * @param {string} file path of the lock file
 * @param {(say: string) => void} say told while another process holds the lock
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 * @template Result
 */
export async function whileLocked(file, say, work) {
	await mkdir(path.dirname(file), { recursive: true });
	while (!(await take(file))) {
		say(`waiting for process ${await holder(file)}, which is doing this already`);
		await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
	}
	const beat = setInterval(() => {
		const now = new Date();
		utimes(file, now, now).catch(() => undefined);
	}, BEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(beat);
		await rm(file, { force: true });
	}
}

async function take(file) {
	try {
		const handle = await open(file, 'wx');
		await handle.write(String(process.pid));
		await handle.close();
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
	}
	const found = await stat(file).catch(() => undefined);
	if (found && Date.now() - found.mtimeMs > STALE_MS) await rm(file, { force: true });
	return false;
}

async function holder(file) {
	return (await readFile(file, 'utf8').catch(() => '')).trim() || 'unknown';
}
