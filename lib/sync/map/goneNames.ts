import type { Issue } from '../../issue';
import { judged } from '../../issueCodes';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { matchNames, nameKey } from './fieldNames';
import { headerFields, type MappableField } from './mappableFields';
import type { ItemRecord } from './sampleShape';

/** What is found here; its severity may be chosen as for a rule. */
export const FIELD_GONE = judged('MAPPING_FIELD_GONE');

/** Expressions of the form by field path, as they were typed or dragged, not worked out. */
export type MappingExpressions = Readonly<Record<string, string>>;

/** One value of the item and nothing else: `={{ $json["Due Date"] }}` or `={{ $json.Customer }}`. */
const ONE_NAME =
	/^=\s*\{\{\s*\$json(?:\.([A-Za-z_$][\w$]*)|\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\])\s*\}\}\s*$/;

function nameIn(expression: string): string | undefined {
	const found = ONE_NAME.exec(expression);
	const name = found?.[1] ?? found?.[2] ?? found?.[3];
	return name?.replace(/\\(.)/g, '$1');
}

/**
 * Fields of the form whose name a record does not have any more: renamed or deleted in Knack. The
 * record is held, since what is missing is not what is blank; a record of Knack carries every field.
 * Where another name of the record looks like the successor, it is proposed.
 */
export function goneNames(
	definition: DocumentDefinition,
	expressions: MappingExpressions,
	item: ItemRecord,
): Issue[] {
	const mapped = Object.entries(expressions).flatMap(([path, expression]) => {
		const name = nameIn(expression);
		return name === undefined ? [] : [{ path, name }];
	});
	const used = new Set(mapped.map(({ name }) => name));
	const free = Object.keys(item).filter((name) => !used.has(name) && isSingle(item[name]));
	return mapped
		.filter(({ name }) => !(name in item))
		.map(({ path, name }): Issue => {
			const field = headerFields(definition).find((each) => each.path === path);
			const label = field?.label ?? path;
			const successor = successorOf(name, field, free);
			return {
				code: FIELD_GONE.code,
				severity: FIELD_GONE.severity,
				field: path,
				message: `${label} is mapped to "${name}", which the Knack record does not have any more.`,
				fix: successor
					? `Was it renamed? "${successor}" looks like it: map ${label} to that, or to another field.`
					: `Map ${label} to another field, or take it out of the form.`,
			};
		});
}

function isSingle(value: unknown): boolean {
	return typeof value !== 'object' || value === null;
}

function successorOf(
	name: string,
	field: MappableField | undefined,
	free: readonly string[],
): string | undefined {
	const byMeaning = field ? matchNames([field], free, (each) => each).get(field.path) : undefined;
	return byMeaning ?? free.find((each) => sharesWord(each, name));
}

/** Words that say little about what a field is. */
const COMMON: ReadonlySet<string> = new Set(['the', 'of', 'number', 'date', 'name', 'id']);

function sharesWord(a: string, b: string): boolean {
	const words = (name: string) =>
		name
			.split(/\s+/)
			.map(nameKey)
			.filter((word) => word !== '' && !COMMON.has(word));
	const other = new Set(words(b));
	return words(a).some((word) => other.has(word));
}
