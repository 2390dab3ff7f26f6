import { CommandFailed } from './childProcess.mjs';

/** Runs a script's work; what went wrong is told in its own words, without a stack where none helps. */
export async function program(work) {
	try {
		await work();
	} catch (error) {
		console.error(error instanceof CommandFailed ? error.message : error);
		process.exitCode = 1;
	}
}
