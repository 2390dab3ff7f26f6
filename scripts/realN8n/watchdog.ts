import { spawn } from 'node:child_process';

/** Ends the watched process, and removes its folder, once the one that started it is gone. */
const WATCH = `
const { rmSync } = require('node:fs');
const [parent, child, folder] = process.argv.slice(1);
const alive = (pid) => { try { process.kill(Number(pid), 0); return true; } catch { return false; } };
setInterval(() => {
	if (!alive(child)) process.exit(0);
	if (alive(parent)) return;
	try { process.kill(Number(child), 'SIGKILL'); } catch {}
	rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
	process.exit(0);
}, 1000);
`;

/**
 * Watches over a process from a process of its own, since one that is killed cannot clean up after
 * itself: without it, a test run that is cut short would leave its n8n running for ever.
 */
export function endWithThisProcess(childPid: number, folder: string): void {
	const args = ['--eval', WATCH, String(process.pid), String(childPid), folder];
	spawn(process.execPath, args, { detached: true, stdio: 'ignore' }).unref();
}
