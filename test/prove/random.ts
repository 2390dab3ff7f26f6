/** Repeatable chance: the same seed gives the same run, on every machine. */
export class Random {
	private state: number;

	constructor(seed: number) {
		this.state = (seed ^ 0x9e3779b9) >>> 0;
	}

	/** Mulberry32, by Tommy Ettinger: 32 bits of state, enough for scenarios. */
	private next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	/** A whole number from `low` to `high`, both included. */
	int(low: number, high: number): number {
		return low + Math.floor(this.next() * (high - low + 1));
	}

	/** True in so many of a hundred cases. */
	percent(chance: number): boolean {
		return this.next() * 100 < chance;
	}

	pick<Value>(values: readonly Value[]): Value {
		const value = values[this.int(0, values.length - 1)];
		if (value === undefined) throw new RangeError('Nothing to pick from.');
		return value;
	}
}
