import { createHash } from 'node:crypto';
import { sampleOf } from './sample.mjs';

/**
 * Lets a random sample of the mutants through, and leaves out the others: they are in Stryker's
 * report as mutants that do not compile. Which ones hangs on the seed and on the
 * mutants alone, and a larger sample of the same seed contains the smaller one.
 */
class SampleChecker {
	async init() {}

	async group(mutants) {
		return mutants.length === 0 ? [] : [mutants.map(({ id }) => id)];
	}

	async check(mutants) {
		const { size, seed } = sampleOf(process.env);
		const ranked = mutants
			.map((mutant) => ({ id: mutant.id, rank: rankOf(mutant, seed) }))
			.sort((a, b) => (a.rank < b.rank ? -1 : 1));
		const results = ranked.map(({ id }, index) => [
			id,
			index < size
				? { status: 'passed' }
				: { status: 'compileError', reason: 'Not in the sample.' },
		]);
		return Object.fromEntries(results);
	}
}

function rankOf({ fileName, location, mutatorName, replacement }, seed) {
	const file = fileName.slice(fileName.lastIndexOf('/lib/') + 1);
	const parts = [seed, file, location, mutatorName, replacement];
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: SampleChecker }];
