/**
 * Carries runs out: first those that may go side by side, so many at once, then each that is to be
 * alone. When one throws, those that are under way end, and no other begins.
 * @template {{ alone?: boolean }} Run
 * @param {readonly Run[]} runs
 * @param {number} atOnce
 * @param {(run: Run) => Promise<void>} carryOut
 */
export async function inTurns(runs, atOnce, carryOut) {
	await sideBySide(
		runs.filter(({ alone }) => !alone),
		atOnce,
		carryOut,
	);
	await sideBySide(
		runs.filter(({ alone }) => alone),
		1,
		carryOut,
	);
}

async function sideBySide(runs, atOnce, carryOut) {
	const waiting = [...runs];
	const takeOneByOne = async () => {
		for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
			try {
				await carryOut(run);
			} catch (error) {
				waiting.length = 0;
				throw error;
			}
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: atOnce }, takeOneByOne));
	const failed = ends.find(({ status }) => status === 'rejected');
	if (failed) throw failed.reason;
}
