import { chosenProof, WrongCommand, type Proof } from './command';
import { PROOFS } from './proofs';

/** Runs the proof that the command line asks for, and prints its seeds and counts. */
async function main(parameters: readonly string[]): Promise<void> {
	if (parameters.includes('--help')) {
		const asked = parameters.filter((each) => each !== '--help');
		const shown = asked.length === 0 ? PROOFS : [chosenProof(PROOFS, asked)];
		for (const line of shown.flatMap(spaced)) console.log(line);
		return;
	}
	const run = chosenProof(PROOFS, parameters).asTold(parameters);
	const { lines, passed } = await run((line) => console.log(line));
	for (const line of lines) console.log(line);
	process.exitCode = passed ? 0 : 1;
}

function spaced({ help }: Proof): string[] {
	return ['', ...help];
}

main(process.argv.slice(2))
	.catch((error: unknown) => {
		const isInWords = error instanceof WrongCommand;
		console.error(isInWords ? `${error.message} All of them: npm run prove -- --help` : error);
		process.exitCode = 1;
	})
	// n8n's engine keeps timers, which would keep this process; what was printed goes out first.
	.finally(() => process.stdout.write('', () => process.exit()));
