/** A copy of an object that lacks some of its entries. */
export function without<Whole extends object, Name extends keyof Whole>(
	whole: Whole,
	...names: readonly Name[]
): Omit<Whole, Name> {
	const left: ReadonlySet<PropertyKey> = new Set(names);
	return Object(Object.fromEntries(Object.entries(whole).filter(([name]) => !left.has(name))));
}
