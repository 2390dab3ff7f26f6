import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const BEAT_MS = 5_000;
const STALE_MS = 30_000;
const RETRY_MS = 500;

/**
 * Does something while no other process does it, however many ask for it at once. The lock of a run
 * that was killed is taken over: at once where its process can be seen to be gone, else when it has
 * not touched the lock file for a while.
 * @param {string} file path of the lock file
 * @param {{ onWait?: (holder: string) => void, onTakeOver?: () => void }} told `onWait` once, with
 *   the other's process id; `onTakeOver` when the holder is gone
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 * @template Result
 */
export async function whileLocked(file, { onWait, onTakeOver }, work) {
	await mkdir(path.dirname(file), { recursive: true });
	let waited = false;
	while (!(await take(file))) {
		const holder = await readHolder(file);
		if (holder && (await isGone(holder))) {
			if (await takeAway(file, holder)) onTakeOver?.();
			continue;
		}
		if (!waited && holder) onWait?.(holder.pid ?? 'unknown');
		waited = true;
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
	// Written beside and linked, so that nobody ever reads a lock without its holder.
	const mine = `${file}.${process.pid}-${randomUUID().slice(0, 8)}`;
	const handle = await open(mine, 'wx');
	try {
		await handle.write(`${process.pid} ${os.hostname()} ${randomUUID()}`);
		await handle.close();
		await link(mine, file);
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		return false;
	} finally {
		await rm(mine, { force: true });
	}
}

/** @returns {Promise<{ text: string, pid?: string, host?: string, mtimeMs: number } | undefined>} */
async function readHolder(file) {
	try {
		const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
		const [pid, host] = text.trim().split(' ');
		return { text, pid, host, mtimeMs };
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

async function isGone({ pid, host, mtimeMs }) {
	if (Date.now() - mtimeMs > STALE_MS) return true;
	// The process ids of another machine, or of another container, say nothing here.
	if (host !== os.hostname()) return false;
	try {
		process.kill(Number(pid), 0);
		return false;
	} catch (error) {
		return error.code === 'ESRCH';
	}
}

/** Several may find it gone at once: only the one that takes this very lock away has done it. */
async function takeAway(file, { text }) {
	const away = `${file}.gone-${process.pid}`;
	try {
		await rename(file, away);
	} catch (error) {
		if (error.code === 'ENOENT') return false;
		throw error;
	}
	const found = await readFile(away, 'utf8');
	// Another one was quicker and holds it already: it gets its lock back.
	if (found !== text) await link(away, file).catch(() => undefined);
	await rm(away, { force: true });
	return found === text;
}
