import type { Issue } from '../../issue';
import type { IssueCode } from '../../issueCodes';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { nameKey } from './fieldNames';
import { isRecord, parseJson, shapeOf, type ItemRecord } from './sampleShape';
import { suggestLineList } from './suggestMapping';

/** What an item says of its lines. */
export interface ItemLines {
	readonly lines: readonly ItemRecord[];
	readonly issues: readonly Issue[];
}

/**
 * Reads the lines of each item, from a list in it. `told` is what the form holds for the item: the list
 * itself, or its name; when it is blank, the list whose columns fit lines best is taken for all.
 */
export function lineReader(
	definition: DocumentDefinition,
	items: readonly ItemRecord[],
	told: readonly unknown[],
): (item: ItemRecord, index: number) => ItemLines {
	const isOpen = (choice: unknown) => typeof choice !== 'string' || choice.trim() === '';
	const suggested = items.some((_item, index) => isOpen(told[index]))
		? suggestLineList(definition, shapeOf(items))
		: undefined;
	return (item, index) => {
		const choice = told[index];
		if (typeof choice !== 'string' || choice.trim().startsWith('[')) {
			const isBlank = choice === undefined || choice === null;
			return isBlank ? linesNamed(items, item, suggested) : linesFrom(choice);
		}
		return linesNamed(items, item, choice.trim() === '' ? suggested : choice);
	};
}

const CHOOSE_LIST =
	'Choose the list under More Settings, Lines List, or include the connected table in the Knack Trigger.';

function linesNamed(
	items: readonly ItemRecord[],
	item: ItemRecord,
	name: string | undefined,
): ItemLines {
	if (name === undefined) {
		return withIssue(
			'MAPPING_LINES_NOT_FOUND',
			'The item holds no list whose columns look like lines, or several that do.',
			CHOOSE_LIST,
		);
	}
	const key = keyOf(item, name);
	if (key !== undefined) return linesFrom(item[key]);
	if (items.some((other) => keyOf(other, name) !== undefined)) return { lines: [], issues: [] };
	return withIssue(
		'MAPPING_LINES_NOT_FOUND',
		`The item has no list called "${name}".`,
		CHOOSE_LIST,
	);
}

function keyOf(item: ItemRecord, name: string): string | undefined {
	const wanted = nameKey(name);
	return name in item ? name : Object.keys(item).find((key) => nameKey(key) === wanted);
}

/** A list of records, also as JSON text; a single record is a list of one, nothing is no line. */
function linesFrom(value: unknown): ItemLines {
	const read = typeof value === 'string' ? (parseJson(value) ?? value) : value;
	if (read === undefined || read === null || read === '') return { lines: [], issues: [] };
	const entries: readonly unknown[] = Array.isArray(read) ? read : [read];
	if (areRecords(entries)) return { lines: entries, issues: NO_ISSUES };
	return withIssue(
		'MAPPING_LINES_UNREADABLE',
		'The list of lines holds something else than records with named values.',
		'Choose a list whose entries have columns, such as a description and a price.',
	);
}

const NO_ISSUES: readonly Issue[] = [];

function areRecords(entries: readonly unknown[]): entries is readonly ItemRecord[] {
	return entries.every(isRecord);
}

function withIssue(code: IssueCode, message: string, fix: string): ItemLines {
	return {
		lines: [],
		issues: [{ code, severity: 'block', field: 'lineItems', message, fix }],
	};
}
