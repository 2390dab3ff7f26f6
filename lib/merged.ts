/**
 * Entries taken together, the later in the place of the earlier. `{ ...one, ...other }` says the same,
 * but in Node 20 each object that begins with a spread and has something added keeps a hidden class of
 * its own, some hundred bytes that outlive it: too much for every line of a run.
 */
export function merged<Value>(
	...parts: ReadonlyArray<Readonly<Record<string, Value>> | undefined>
): Record<string, Value> {
	const whole: Record<string, Value> = {};
	for (const part of parts) Object.assign(whole, part);
	return whole;
}
