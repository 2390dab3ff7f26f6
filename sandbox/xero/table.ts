/**
 * Rows by id, in the order they were first put. Rows are never changed in place, only replaced, so a
 * snapshot is one reference: the next write after it copies the index and leaves the snapshot alone.
 */
export class Table<Row, Key extends string = never> {
	private rows = new Map<string, Row>();
	private shared = false;
	/** Ids by key, made at the first look-up and kept up to date until the rows are put back. */
	private indexes = new Map<Key, Map<string, Set<string>>>();

	/** @param keys what rows can be looked up by beside their id; a row without a key is left out */
	constructor(private readonly keys: Readonly<Record<Key, (row: Row) => string | undefined>>) {}

	get size(): number {
		return this.rows.size;
	}

	get(id: string): Row | undefined {
		return this.rows.get(id);
	}

	has(id: string): boolean {
		return this.rows.has(id);
	}

	all(): Row[] {
		return [...this.rows.values()];
	}

	find(matches: (row: Row) => boolean): Row | undefined {
		for (const row of this.rows.values()) if (matches(row)) return row;
		return undefined;
	}

	filter(matches: (row: Row) => boolean): Row[] {
		const found: Row[] = [];
		for (const row of this.rows.values()) if (matches(row)) found.push(row);
		return found;
	}

	/** All rows with that key, in the order they were given it. */
	lookUp(by: Key, key: string): Row[] {
		const found: Row[] = [];
		for (const id of this.index(by).get(key) ?? []) {
			const row = this.rows.get(id);
			if (row !== undefined) found.push(row);
		}
		return found;
	}

	put(id: string, row: Row): Row {
		this.own();
		const before = this.rows.get(id);
		this.rows.set(id, row);
		for (const [by, index] of this.indexes) {
			const oldKey = before === undefined ? undefined : this.keys[by](before);
			const newKey = this.keys[by](row);
			if (oldKey === newKey) continue;
			if (oldKey !== undefined) index.get(oldKey)?.delete(id);
			if (newKey !== undefined) addTo(index, newKey, id);
		}
		return row;
	}

	delete(id: string): void {
		this.own();
		this.rows.delete(id);
		this.indexes.clear();
	}

	clear(): void {
		this.rows = new Map();
		this.shared = false;
		this.indexes.clear();
	}

	snapshot(): ReadonlyMap<string, Row> {
		this.shared = true;
		return this.rows;
	}

	restore(snapshot: ReadonlyMap<string, Row>): void {
		if (this.rows === snapshot) return;
		this.rows = snapshot as Map<string, Row>;
		this.shared = true;
		this.indexes.clear();
	}

	private index(by: Key): Map<string, Set<string>> {
		const held = this.indexes.get(by);
		if (held) return held;
		const index = new Map<string, Set<string>>();
		const keyOf = this.keys[by];
		for (const [id, row] of this.rows) {
			const key = keyOf(row);
			if (key !== undefined) addTo(index, key, id);
		}
		this.indexes.set(by, index);
		return index;
	}

	private own(): void {
		if (!this.shared) return;
		this.rows = new Map(this.rows);
		this.shared = false;
	}
}

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
	const ids = index.get(key);
	if (ids) ids.add(id);
	else index.set(key, new Set([id]));
}

/** Rows that are only ever found by their id. */
export function plainTable<Row>(): Table<Row> {
	return new Table<Row>({});
}

/** One value that is replaced, never changed in place; takes part in snapshots like a table. */
export class Cell<Value> {
	constructor(private current: Value) {}

	get value(): Value {
		return this.current;
	}

	set(value: Value): void {
		this.current = value;
	}

	update(change: Partial<Value>): Value {
		this.current = { ...this.current, ...change };
		return this.current;
	}

	snapshot(): Value {
		return this.current;
	}

	restore(snapshot: Value): void {
		this.current = snapshot;
	}
}
