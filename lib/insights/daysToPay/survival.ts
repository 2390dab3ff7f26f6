/** How long something took, or how long it has been going on. */
interface Wait {
	/** Days; below zero where it came before it was due. */
	readonly days: number;
	/** How much it counts among the others. */
	readonly weight: number;
	/** Still going on: it will take at least so long. */
	readonly isOpen: boolean;
}

/** What is left once so many days have passed; steps from the shortest wait up. */
export type Survival = ReadonlyArray<{ readonly days: number; readonly left: number }>;

/** Parts are products of fractions, which do not come out even. */
const ROUNDING = 1e-9;

/**
 * The Kaplan-Meier estimate: what is still going on counts for as long as it has been, and for
 * nothing after. What ends on a day was still there at its start, as was what has been open for as
 * long (Kaplan and Meier 1958).
 */
export function survivalOf(waits: readonly Wait[]): Survival {
	const sorted = [...waits].sort((a, b) => a.days - b.days);
	let atRisk = sorted.reduce((sum, { weight }) => sum + weight, 0);
	let left = 1;
	const steps: Array<Survival[number]> = [];
	for (let first = 0; first < sorted.length; ) {
		const days = sorted[first]?.days ?? 0;
		let next = first;
		let ended = 0;
		let gone = 0;
		for (let one = sorted[next]; one?.days === days; one = sorted[next]) {
			if (!one.isOpen) ended += one.weight;
			gone += one.weight;
			next += 1;
		}
		if (ended > 0) {
			left *= Math.max(0, 1 - ended / atRisk);
			steps.push({ days, left });
		}
		atRisk -= gone;
		first = next;
	}
	return steps;
}

/**
 * After how many days so large a part has ended; undefined where too much is still going on to tell.
 * @param part from 0 to 1
 */
export function daysUntil(survival: Survival, part: number): number | undefined {
	return survival.find(({ left }) => left <= 1 - part + ROUNDING)?.days;
}
