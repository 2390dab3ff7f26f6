/** One value for each name, made when it is asked for first. */
export interface PerName<Value> {
	of(name: string): Value;
}

export function perName<Value>(make: () => Value): PerName<Value> {
	const made = new Map<string, Value>();
	return {
		of(name) {
			const known = made.get(name);
			if (known !== undefined) return known;
			const value = make();
			made.set(name, value);
			return value;
		},
	};
}
