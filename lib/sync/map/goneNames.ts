import type { Issue } from '../../issue';
import { judged } from '../../issueCodes';
import type { MappableField } from './mappableFields';
import { successorOf } from './nameSuccessor';
import { isRecord, type ItemRecord } from './sampleShape';

/** What is found here; its severity may be chosen as for a rule. */
export const FIELD_GONE = judged('MAPPING_FIELD_GONE');

/** Expressions of the form by field path, as they were typed or dragged, not worked out. */
export type MappingExpressions = Readonly<Record<string, string>>;

/** `["Due Date"]`, `['Due Date']` or `.Customer`, each also after `?.`. */
const NAME = String.raw`(?:(?:\?\.|\.)([A-Za-z_$][\w$]*)|(?:\?\.)?\[\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\])`;

/**
 * One value of the item and nothing else, `={{ $json["Due Date"] }}` or `={{ $json.Customer }}`, or
 * one of a record in it, `={{ $json["Customer Record"]?.["Email"] }}`.
 */
const ONE_VALUE = new RegExp(String.raw`^=\s*\{\{\s*\$json${NAME}(?:${NAME})?\s*\}\}\s*$`);

/** The names that lead to the one value of the item that an expression is, outermost first. */
export function namesIn(expression: string): readonly [string, string?] | undefined {
	const found = ONE_VALUE.exec(expression);
	if (!found) return undefined;
	const [outer, inner] = [found.slice(1, 4), found.slice(4, 7)].map((forms) =>
		forms.find((form) => form !== undefined)?.replace(/\\(.)/g, '$1'),
	);
	return outer === undefined ? undefined : [outer, inner];
}

interface MappedName {
	readonly field: MappableField;
	readonly outer: string;
	readonly inner?: string;
}

/**
 * Fields of the form whose name a record, or the connected record that came along with it, does not
 * have any more: renamed or deleted in Knack. The record is held, since what is missing is not what
 * is blank; a record of Knack carries every field. Where another name looks like the successor, it
 * is proposed. `item` has the names of all records of the run.
 */
export function goneNames(
	fields: readonly MappableField[],
	expressions: MappingExpressions,
	item: ItemRecord,
): Issue[] {
	const mapped = fields.flatMap((field): MappedName[] => {
		const [outer, inner] = namesIn(expressions[field.path] ?? '') ?? [];
		return outer === undefined ? [] : [{ field, outer, ...(inner === undefined ? {} : { inner }) }];
	});
	return mapped.flatMap((each) => goneName(each, mapped, item) ?? []);
}

function goneName(
	{ field, outer, inner }: MappedName,
	mapped: readonly MappedName[],
	item: ItemRecord,
): Issue | undefined {
	const path = inner === undefined ? `"${outer}"` : `"${outer} → ${inner}"`;
	if (!(outer in item)) {
		const free = namesFree(mapped, item, inner === undefined ? isSingle : isOfKnack);
		// What a group means, the field that is taken from it does not say.
		const successor = successorOf(outer, inner === undefined ? field : undefined, free);
		const what =
			inner === undefined
				? `which the Knack record does not have any more`
				: `and "${outer}" does not come with the Knack record any more`;
		return gone(field, `${path}, ${what}`, { name: successor });
	}
	const group = item[outer];
	// Other groups, such as the parts of an address, leave out what is blank.
	if (inner === undefined || !isOfKnack(group) || inner in group) return undefined;
	const used = mapped.filter((each) => each.outer === outer).map((each) => each.inner);
	const free = Object.keys(group).filter(
		(name) => !used.includes(name) && name !== 'knack' && isSingle(group[name]),
	);
	const inRecord = {
		...field,
		// In the connected record, "Contact Email Address" is simply its e-mail address.
		label: field.label.replace(/^Contact (?=\S)/, ''),
	};
	return gone(field, `${path}, and "${outer}" has no "${inner}" any more`, {
		name: successorOf(inner, inRecord, free),
		of: outer,
	});
}

function gone(
	{ label, path }: MappableField,
	what: string,
	successor: { readonly name?: string; readonly of?: string },
): Issue {
	const of = successor.of === undefined ? '' : ` of "${successor.of}"`;
	return {
		code: FIELD_GONE.code,
		severity: FIELD_GONE.severity,
		field: path,
		message: `${label} is mapped to ${what}.`,
		fix:
			successor.name === undefined
				? `Map ${label} to another field, or take it out of the form.`
				: `Was it renamed? "${successor.name}"${of} looks like it: map ${label} to that, or to another field.`,
	};
}

function namesFree(
	mapped: readonly MappedName[],
	item: ItemRecord,
	fits: (value: unknown) => boolean,
): string[] {
	const used = new Set(mapped.map(({ outer }) => outer));
	return Object.keys(item).filter((name) => !used.has(name) && fits(item[name]));
}

function isSingle(value: unknown): boolean {
	return typeof value !== 'object' || value === null;
}

/** Whether it is a record of Knack, which carries every field, blank or not. */
function isOfKnack(value: unknown): value is ItemRecord {
	return isRecord(value) && isRecord(value.knack);
}

/** All names of several items; of a connected record that some of them lack, the record's names. */
export function namesOfAll(items: readonly ItemRecord[]): ItemRecord {
	const all: Record<string, unknown> = {};
	const groups = new Map<string, Record<string, unknown>>();
	for (const item of items) {
		for (const [name, value] of Object.entries(item)) {
			const known = groups.get(name);
			if (known) Object.assign(known, isRecord(value) ? value : {});
			else if (isRecord(value)) {
				const group = { ...value };
				groups.set(name, group);
				all[name] = group;
			} else all[name] = value;
		}
	}
	return all;
}
