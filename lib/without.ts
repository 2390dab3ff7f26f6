/** A copy of an object that lacks some of its entries. */
export function without<Whole extends object, Name extends keyof Whole>(
	whole: Whole,
	...names: readonly Name[]
): Omit<Whole, Name> {
	const left: readonly PropertyKey[] = names;
	const kept: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(whole)) {
		if (!left.includes(name)) kept[name] = value;
	}
	return Object(kept);
}
