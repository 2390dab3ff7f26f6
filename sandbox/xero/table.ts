/**
 * Rows by id, in the order they were first put. Rows are never changed in place, only replaced, so a
 * snapshot is one reference: the next write after it copies the index and leaves the snapshot alone.
 */
export class Table<Row> {
	private rows = new Map<string, Row>();
	private shared = false;

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

	put(id: string, row: Row): Row {
		this.own();
		this.rows.set(id, row);
		return row;
	}

	delete(id: string): void {
		this.own();
		this.rows.delete(id);
	}

	clear(): void {
		this.rows = new Map();
		this.shared = false;
	}

	snapshot(): ReadonlyMap<string, Row> {
		this.shared = true;
		return this.rows;
	}

	restore(snapshot: ReadonlyMap<string, Row>): void {
		this.rows = snapshot as Map<string, Row>;
		this.shared = true;
	}

	private own(): void {
		if (!this.shared) return;
		this.rows = new Map(this.rows);
		this.shared = false;
	}
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
