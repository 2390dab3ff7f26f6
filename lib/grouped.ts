/** The values of each key, in the order in which they come: `Map.groupBy`, which Node 20 does not have. */
export function grouped<Key, Value>(
	entries: Iterable<readonly [Key, Value]>,
): ReadonlyMap<Key, readonly [Value, ...Value[]]> {
	const byKey = new Map<Key, [Value, ...Value[]]>();
	for (const [key, value] of entries) {
		const values = byKey.get(key);
		if (values) values.push(value);
		else byKey.set(key, [value]);
	}
	return byKey;
}
