/**
 * `node endWithParent.mjs <command> [arguments]`: runs a command in a group of its own, and ends the
 * whole group as soon as standard input closes. That happens by itself however the process at its
 * other end dies, so an npm of a run that was killed does not go on writing where the next one starts.
 */
import { spawn, spawnSync } from 'node:child_process';
import os from 'node:os';

const [command, ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';
// Windows starts npm.cmd through a shell alone.
const child = spawn(command, args, {
	stdio: ['ignore', 'inherit', 'inherit'],
	detached: !windows,
	shell: windows && command.endsWith('.cmd'),
});

const endGroup = () => {
	if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
	else {
		try {
			process.kill(-child.pid, 'SIGKILL');
		} catch {
			// It has ended by itself.
		}
	}
};

process.stdin.on('close', endGroup).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endGroup);
child.on('error', (error) => {
	console.error(error.message);
	process.exit(127);
});
// As a shell tells it.
child.on('exit', (code, signal) => process.exit(code ?? 128 + (os.constants.signals[signal] ?? 0)));
