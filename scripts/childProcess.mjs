import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const END_WITH_PARENT = fileURLToPath(new URL('endWithParent.mjs', import.meta.url));

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, signal?: AbortSignal,
 *   timeoutMs?: number, onLine?: (line: string) => void }} [options]
 *   `quiet` keeps the output to itself; it is part of the error when the command fails. With a
 *   `signal` the command and all that it started end when the signal is given, `timeoutMs` are over
 *   or this process ends.
 * @returns {Promise<string>} what it printed
 * @throws {CommandFailed} when it ends with another code than 0
 */
export async function run(command, args, options = {}) {
	const { code, output } = await attempt(command, args, options);
	if (code !== 0)
		throw new CommandFailed([command, ...args].join(' '), code, output, options.quiet);
	return output;
}

/** As `run`, but a failing command is an answer; `hideStdout` shows its stderr alone. */
export function attempt(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const [program, ...parameters] = options.signal
			? [process.execPath, END_WITH_PARENT, command, ...args]
			: [command, ...args];
		const child = spawn(program, parameters, {
			cwd: options.cwd,
			env: options.env ?? process.env,
			stdio: [options.signal ? 'pipe' : 'ignore', 'pipe', 'pipe'],
		});
		const end = () => child.stdin.destroy();
		if (options.signal?.aborted) end();
		options.signal?.addEventListener('abort', end, { once: true });
		const patience = options.timeoutMs && setTimeout(end, options.timeoutMs);
		const parts = [];
		const take = (target, hidden) => (chunk) => {
			parts.push(chunk);
			if (options.onLine) {
				for (const line of chunk.toString().split('\n')) if (line.trim()) options.onLine(line);
			}
			if (!options.quiet && !hidden) target.write(chunk);
		};
		child.stdout.on('data', take(process.stdout, options.hideStdout));
		child.stderr.on('data', take(process.stderr, false));
		child.on('error', reject);
		child.on('close', (code, signal) => {
			options.signal?.removeEventListener('abort', end);
			clearTimeout(patience);
			resolve({ code: code ?? 1, signal, output: Buffer.concat(parts).toString() });
		});
	});
}

export class CommandFailed extends Error {
	constructor(command, code, output, showOutput) {
		super(
			`${command} ended with code ${code}${showOutput ? `:\n${lastLines(output, 60)}` : ' (see above)'}`,
		);
		this.name = 'CommandFailed';
		this.code = code;
		this.output = output;
	}
}

function lastLines(text, count) {
	return (
		stripVTControlCharacters(text)
			// Frames that a spinner drew over one another.
			.replaceAll(/[◐◓◑◒][^◐◓◑◒\n]*(?=[◐◓◑◒])/g, '')
			.trimEnd()
			.split('\n')
			.slice(-count)
			.join('\n')
	);
}
