/** The sample that `npm run mutate -- --sample=150 --seed=7` asks for, on its way to Stryker's processes. */
export function sampleVariables(size, seed) {
	return size === undefined ? {} : { MUTATION_SAMPLE: String(size), MUTATION_SEED: String(seed) };
}

/** Undefined for a whole run. */
export function sampleOf({ MUTATION_SAMPLE: size, MUTATION_SEED: seed }) {
	return size === undefined ? undefined : { size: Number(size), seed: Number(seed) };
}

/**
 * Of the mutants that a test could have noticed, how many one did. Not judged are those that went
 * beyond the time, since a busy machine is slow as well, unless one was seen to go round in a
 * circle; and those that broke a test file before its first test. The interval is Wilson's, of 95 %.
 */
export function scoreOf(mutants) {
	const count = (isMeant) => mutants.filter(isMeant).length;
	const isOf = (status) => (mutant) => mutant.status === status;
	const isCircle = (mutant) =>
		mutant.status === 'Timeout' && /hit limit/i.test(mutant.statusReason ?? '');
	const circles = count(isCircle);
	const noticed = count(isOf('Killed')) + circles;
	const judged = noticed + count(isOf('Survived')) + count(isOf('NoCoverage'));
	return {
		noticed,
		judged,
		left: count(isOf('CompileError')),
		timeouts: count(isOf('Timeout')) - circles,
		broken: count(isOf('RuntimeError')),
		percent: judged === 0 ? 100 : (100 * noticed) / judged,
		interval: wilson(noticed, judged).map((bound) => 100 * bound),
	};
}

function wilson(hits, tries) {
	if (tries === 0) return [0, 1];
	const z = 1.96;
	const share = hits / tries;
	const middle = share + (z * z) / (2 * tries);
	const half = z * Math.sqrt((share * (1 - share)) / tries + (z * z) / (4 * tries * tries));
	return [middle - half, middle + half].map((bound) => bound / (1 + (z * z) / tries));
}
