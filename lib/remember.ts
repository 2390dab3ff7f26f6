/** What comes again and again is short, and what is kept must not grow large. */
const LONGEST = 500;

/**
 * A pure function that keeps its last answers, for texts that come again and again in a run. It
 * forgets all of them once there are `most`, so that it cannot grow.
 */
export function remember<Value>(
	compute: (text: string) => Value,
	most = 2_000,
): (text: string) => Value {
	let known = new Map<string, Value>();
	return (text) => {
		if (text.length > LONGEST) return compute(text);
		const kept = known.get(text);
		if (kept !== undefined || known.has(text)) return kept as Value;
		// A map that is cleared hangs on to what it held, as V8 chains its tables, until all garbage is collected.
		if (known.size >= most) known = new Map();
		const value = compute(text);
		known.set(text, value);
		return value;
	};
}
