import { canonicalJson } from '../hash';
import type { Issue } from '../issue';
import type { KnackApp, KnackRecord, KnackTable } from './app';
import { decodeField, decodeWritten, encodeField } from './fields/codecs';
import { comparableValue } from './fields/shownValue';
import { fieldLabel, findField } from './tables';

export interface EncodedRecord {
	/** By field key, in the form in which Knack takes them. */
	readonly fields: Readonly<Record<string, unknown>>;
	/** One for each value that was left out, with the field's label. */
	readonly issues: readonly Issue[];
}

/**
 * Brings values to the form in which Knack takes them. `values` is by field key or label; undefined
 * leaves a field alone, null, "" and [] clear it. A value that cannot be written is left out and
 * named in an issue, so that the others can still be written.
 */
export function encodeRecord(
	app: KnackApp,
	table: KnackTable,
	values: Readonly<Record<string, unknown>>,
): EncodedRecord {
	const fields: Record<string, unknown> = {};
	const issues: Issue[] = [];
	for (const [name, value] of Object.entries(values)) {
		if (value === undefined) continue;
		const field = findField(table, name);
		if (!field) {
			issues.push({
				code: 'KNACK_FIELD_MISSING',
				severity: 'block',
				field: name,
				message: `The table ${table.name} has no field "${name}".`,
				fix: 'Choose the field again: it was renamed or deleted in Knack.',
			});
			continue;
		}
		const written = encodeField(value, field, app.timeZone);
		if (written.ok) fields[field.key] = written.value;
		else {
			issues.push({
				code: 'KNACK_VALUE_UNSUITABLE',
				severity: 'block',
				field: fieldLabel(table, field),
				message: written.message,
				fix: written.fix,
			});
		}
	}
	return { fields, issues };
}

/**
 * The keys of fields whose value in Knack's answer is not what was sent. Knack accepts some values
 * without keeping them (an unlisted option, a date in another order), so writes are read back.
 */
export function echoDifferences(
	table: KnackTable,
	sent: Readonly<Record<string, unknown>>,
	answer: KnackRecord,
): string[] {
	return Object.entries(sent).flatMap(([key, value]) => {
		const field = table.fields.find((candidate) => candidate.key === key);
		if (!field) return [key];
		// Roles are written by key and read by name, and a password is never told.
		if (field.type === 'user_roles' || field.type === 'password') return [];
		const meant = canonicalJson(comparableValue(decodeWritten(value, field)));
		const kept = canonicalJson(comparableValue(decodeField(answer, field)));
		return meant === kept ? [] : [key];
	});
}
