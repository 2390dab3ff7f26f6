import { plainDisplay } from './codecs/codecs';
import type { CodecContext } from './codecs/fieldCodec';
import { evaluateEquation, evaluateText, formulaTokens } from './formula';
import type { FieldSchema } from './schema';
import type { AppState, TableState } from './state';
import { findField, tableWithField } from './state';
import type { StoredRecord, StoredValue } from './values';
import { isList } from './values';

/**
 * Computed fields. Knack works formulas out when a record is saved, and a parent's roll-ups when
 * its children change.
 */

const rollUpTypes = new Set(['sum', 'count', 'average', 'min', 'max']);

/** Roll-ups upon roll-ups end here; an app cannot nest deeper than this. */
const deepestCascade = 5;

export function connectedIds(
	record: StoredRecord | undefined,
	fieldKey: string,
): readonly string[] {
	const value = record?.values[fieldKey];
	return isList(value) ? value : [];
}

/** A record with its equations and text formulas worked out. */
export function withFormulas(
	app: AppState,
	table: TableState,
	record: StoredRecord,
	context: CodecContext,
): StoredRecord {
	const formulas = table.schema.fields.filter(
		(field) => field.type === 'equation' || field.type === 'concatenation',
	);
	if (formulas.length === 0) return record;
	let current = record;
	// A formula may use another one that comes later in the table.
	for (let pass = 0; pass < 3; pass += 1) {
		const values = { ...current.values };
		for (const field of formulas) {
			values[field.key] = formulaValue(app, table, { ...current, values }, field, context);
		}
		const stable = formulas.every((field) => values[field.key] === current.values[field.key]);
		if (stable) return current;
		current = { ...current, values };
	}
	return current;
}

function formulaValue(
	app: AppState,
	table: TableState,
	record: StoredRecord,
	field: FieldSchema,
	context: CodecContext,
): StoredValue | undefined {
	const formula = field.format?.equation ?? '';
	if (field.type === 'concatenation') {
		return evaluateText(formula, (token) => {
			const found = resolveToken(app, table, record, token);
			return found ? plainDisplay(found.value, found.field, context) : '';
		});
	}
	return evaluateEquation(formula, (token) => {
		const value = resolveToken(app, table, record, token)?.value;
		return typeof value === 'number' || typeof value === 'string' ? Number(value) : undefined;
	});
}

/** The value a token names, on the record itself or on the record a connection leads to. */
function resolveToken(
	app: AppState,
	table: TableState,
	record: StoredRecord,
	token: string,
): { value: StoredValue | undefined; field: FieldSchema } | undefined {
	const [first = '', second] = token.split('.');
	const field = findField(table.schema, first);
	if (!field) return undefined;
	if (second === undefined) return { value: record.values[field.key], field };
	const target = app.tables.get(field.relationship?.object ?? '');
	const targetField = target && findField(target.schema, second);
	if (!target || !targetField) return undefined;
	const connected = target.records.get(connectedIds(record, field.key)[0] ?? '');
	return { value: connected?.values[targetField.key], field: targetField };
}

/** Where a roll-up looks: the connection, which side it is on, and the table that is counted. */
interface RollUp {
	field: FieldSchema;
	connectionKey: string;
	/** The counted table; the connection is on it, unless `outbound`. */
	counted: TableState;
	outbound: boolean;
}

function rollUpsOf(app: AppState, table: TableState): RollUp[] {
	const rollUps: RollUp[] = [];
	for (const field of table.schema.fields) {
		if (!rollUpTypes.has(field.type)) continue;
		const connectionKey = field.format?.connection?.key ?? '';
		const owner = tableWithField(app, connectionKey);
		if (!owner) continue;
		const outbound = owner.schema.key === table.schema.key;
		const target = findField(owner.schema, connectionKey)?.relationship?.object ?? '';
		const counted = outbound ? app.tables.get(target) : owner;
		if (counted) rollUps.push({ field, connectionKey, counted, outbound });
	}
	return rollUps;
}

function rollUpValue(rollUp: RollUp, members: readonly StoredRecord[]): number | undefined {
	if (rollUp.field.type === 'count') return members.length;
	const valueKey = rollUp.field.format?.field?.key ?? '';
	const numbers = members
		.map((member) => member.values[valueKey])
		.filter((value) => value !== undefined && value !== '')
		.map(Number)
		.filter(Number.isFinite);
	const total = numbers.reduce((sum, value) => sum + value, 0);
	if (rollUp.field.type === 'sum') return total;
	if (numbers.length === 0) return undefined;
	if (rollUp.field.type === 'average') return total / numbers.length;
	return rollUp.field.type === 'min' ? Math.min(...numbers) : Math.max(...numbers);
}

function membersOf(rollUp: RollUp, record: StoredRecord): StoredRecord[] {
	if (rollUp.outbound) {
		return connectedIds(record, rollUp.connectionKey)
			.map((id) => rollUp.counted.records.get(id))
			.filter((member) => member !== undefined);
	}
	const members: StoredRecord[] = [];
	for (const member of rollUp.counted.records.values()) {
		if (connectedIds(member, rollUp.connectionKey).includes(record.id)) members.push(member);
	}
	return members;
}

/** A record with its roll-ups and formulas worked out anew. */
export function withComputedFields(
	app: AppState,
	table: TableState,
	record: StoredRecord,
	context: CodecContext,
): StoredRecord {
	const rollUps = rollUpsOf(app, table);
	if (rollUps.length === 0) return withFormulas(app, table, record, context);
	const values = { ...record.values };
	for (const rollUp of rollUps) {
		values[rollUp.field.key] = rollUpValue(rollUp, membersOf(rollUp, record));
	}
	return withFormulas(app, table, { ...record, values }, context);
}

function sameComputed(table: TableState, before: StoredRecord, after: StoredRecord): boolean {
	return table.schema.fields.every(
		(field) =>
			before.values[field.key] === after.values[field.key] ||
			JSON.stringify(before.values[field.key]) === JSON.stringify(after.values[field.key]),
	);
}

/**
 * After a record came, changed or went: works out again what other records derive from it, and
 * says which did change.
 */
export function propagate(
	app: AppState,
	table: TableState,
	before: StoredRecord | undefined,
	after: StoredRecord | undefined,
	context: CodecContext,
	depth = 0,
): Array<{ table: TableState; id: string }> {
	if (depth >= deepestCascade) return [];
	const id = (after ?? before)?.id ?? '';
	const changed: Array<{ table: TableState; id: string }> = [];
	for (const other of app.tables.values()) {
		for (const dependentId of dependents(app, table, other, id, before, after)) {
			const dependent = other.records.get(dependentId);
			if (!dependent) continue;
			const again = withComputedFields(app, other, dependent, context);
			if (sameComputed(other, dependent, again)) continue;
			other.records.set(dependentId, again);
			changed.push({ table: other, id: dependentId });
			changed.push(...propagate(app, other, dependent, again, context, depth + 1));
		}
	}
	return changed;
}

function dependents(
	app: AppState,
	table: TableState,
	other: TableState,
	id: string,
	before: StoredRecord | undefined,
	after: StoredRecord | undefined,
): Set<string> {
	const ids = new Set<string>();
	for (const rollUp of rollUpsOf(app, other)) {
		if (rollUp.counted.schema.key !== table.schema.key) continue;
		if (rollUp.outbound) {
			addRecordsConnectedTo(other, rollUp.connectionKey, id, ids);
		} else {
			for (const parent of connectedIds(before, rollUp.connectionKey)) ids.add(parent);
			for (const parent of connectedIds(after, rollUp.connectionKey)) ids.add(parent);
		}
	}
	for (const field of other.schema.fields) {
		for (const token of formulaTokens(field.format?.equation ?? '')) {
			const [connectionKey = '', through] = token.split('.');
			const target = findField(other.schema, connectionKey)?.relationship?.object;
			if (through !== undefined && target === table.schema.key) {
				addRecordsConnectedTo(other, connectionKey, id, ids);
			}
		}
	}
	return ids;
}

function addRecordsConnectedTo(
	table: TableState,
	connectionKey: string,
	id: string,
	into: Set<string>,
): void {
	for (const record of table.records.values()) {
		if (connectedIds(record, connectionKey).includes(id)) into.add(record.id);
	}
}

/** Works out every computed field of the app; used once after seeding in bulk. */
export function recalculateAll(app: AppState, context: CodecContext): void {
	for (let pass = 0; pass < 3; pass += 1) {
		for (const table of app.tables.values()) {
			const rollUps = rollUpsOf(app, table).map((rollUp) => ({
				rollUp,
				members: rollUp.outbound ? undefined : groupByConnection(rollUp),
			}));
			for (const record of table.records.values()) {
				const values = { ...record.values };
				for (const { rollUp, members } of rollUps) {
					values[rollUp.field.key] = rollUpValue(
						rollUp,
						members ? (members.get(record.id) ?? []) : membersOf(rollUp, record),
					);
				}
				table.records.set(record.id, withFormulas(app, table, { ...record, values }, context));
			}
		}
	}
}

function groupByConnection(rollUp: RollUp): Map<string, StoredRecord[]> {
	const groups = new Map<string, StoredRecord[]>();
	for (const member of rollUp.counted.records.values()) {
		for (const id of connectedIds(member, rollUp.connectionKey)) {
			const group = groups.get(id);
			if (group) group.push(member);
			else groups.set(id, [member]);
		}
	}
	return groups;
}
