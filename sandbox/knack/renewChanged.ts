import type { AppState } from './state';
import type { StoredRecord, StoredValue } from './values';
import { isList } from './values';

/** Gives new ids to records of `app` that `worked`, a later state of it, had changed or deleted. */
export function renewChanged(
	app: AppState,
	worked: AppState,
	newId: (createdMs: number) => string,
): void {
	const renewed = new Map<string, string>();
	for (const [key, { records }] of app.tables) {
		const later = worked.tables.get(key)?.records;
		for (const [id, record] of records) {
			if (later?.get(id) !== record) renewed.set(id, newId(createdMs(id)));
		}
	}
	for (const table of app.tables.values()) {
		const entries = [...table.records.values()].map((record) => renewedRecord(record, renewed));
		table.records = new Map(entries.map((record) => [record.id, record]));
	}
}

/** An id begins with the second of creation. */
function createdMs(id: string): number {
	return Number.parseInt(id.slice(0, 8), 16) * 1_000;
}

function renewedRecord(record: StoredRecord, renewed: ReadonlyMap<string, string>): StoredRecord {
	const id = renewed.get(record.id) ?? record.id;
	const pointsToRenewed = Object.values(record.values).some(
		(value) => isList(value) && value.some((one) => renewed.has(one)),
	);
	if (id === record.id && !pointsToRenewed) return record;
	const renew = (value: StoredValue | undefined) =>
		isList(value) ? value.map((one) => renewed.get(one) ?? one) : value;
	const values = Object.entries(record.values).map(([key, value]) => [key, renew(value)] as const);
	return { ...record, id, values: Object.fromEntries(values) };
}
