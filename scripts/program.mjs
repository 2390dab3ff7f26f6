import { CommandFailed } from './childProcess.mjs';
import { fileProblem, nodeTooOld } from './machine.mjs';
import { SetUpProblem } from './setUpProblem.mjs';

/** Runs a script's work; what went wrong is told in its own words, without a stack where none helps. */
export async function program(work) {
	try {
		const tooOld = nodeTooOld(process.versions.node);
		if (tooOld) throw new SetUpProblem(tooOld);
		await work();
	} catch (error) {
		console.error(inWords(error));
		process.exitCode = 1;
	}
}

function inWords(error) {
	if (error instanceof SetUpProblem) return `\n${error.message}`;
	if (error instanceof CommandFailed) return error.message;
	return fileProblem(error) ?? error;
}
