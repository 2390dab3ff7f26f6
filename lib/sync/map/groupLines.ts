import { foldText } from '../../foldText';
import { canonicalJson } from '../../hash';
import type { Issue } from '../../issue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { MappedLine, MappedRecord, MappedValues } from './draftFromValues';
import { quoted } from './fieldReading';
import { headerFields } from './mappableFields';
import { isBlank } from './readFieldValue';
import type { DraftSource } from '../draft';

/** An item that is one line of a document. */
export interface LineItem {
	readonly itemIndex: number;
	/** What all lines of one document share; the document's own number or reference unless told. */
	readonly groupBy?: unknown;
	/** Values of the document, repeated on each of its items. */
	readonly values: MappedValues;
	readonly line: MappedLine;
	readonly source: DraftSource;
}

/**
 * Puts items that are one line each together to documents, in the order of their first items. Items
 * of one document may leave header values blank; where two of them disagree the document is blocked,
 * since either could be wrong.
 */
export function groupLines(
	definition: DocumentDefinition,
	items: readonly LineItem[],
): MappedRecord[] {
	const groups = new Map<string, LineItem[]>();
	for (const item of items) {
		const key = groupKey(definition, item) ?? `alone ${item.itemIndex}`;
		const group = groups.get(key);
		if (group) group.push(item);
		else groups.set(key, [item]);
	}
	return [...groups.entries()].map(([key, group]) =>
		documentOf(definition, group, key.startsWith('alone ')),
	);
}

function groupKey(definition: DocumentDefinition, item: LineItem): string | undefined {
	const keys = definition.keys.filter(({ needsLink }) => !needsLink);
	const own = keys.map((key) => item.values[key.path]);
	const { isPaidByPeriod: paid } = definition;
	// The hours of a person are those of a period; of one that is not told, the items say it together.
	const told = paid && [item.values[paid.employeePath], item.values[paid.startPath]];
	const hours = told?.some(isBlank) ? undefined : told;
	const chosen = [item.groupBy, item.values.id, hours, ...own].find((value) => !isBlank(value));
	if (typeof chosen === 'string') return `by ${foldText(chosen)}`;
	return chosen === undefined ? undefined : `by ${canonicalJson(chosen)}`;
}

function documentOf(
	definition: DocumentDefinition,
	group: readonly LineItem[],
	isAlone: boolean,
): MappedRecord {
	const [first] = group;
	const values: Record<string, unknown> = {};
	const toldBy: Record<string, number> = {};
	const issues: Issue[] = isAlone ? [keyMissing(definition)] : [];
	for (const { itemIndex, values: each } of group) {
		for (const [path, value] of Object.entries(each)) {
			const teller = toldBy[path];
			if (isBlank(value)) {
				if (!(path in values)) values[path] = value;
			} else if (teller === undefined) {
				values[path] = value;
				toldBy[path] = itemIndex;
			} else if (!isSame(values[path], value) && !issues.some(({ field }) => field === path)) {
				issues.push(disagreement(definition, path, [teller, values[path]], [itemIndex, value]));
			}
		}
	}
	return {
		values,
		lines: group.map((item) => item.line),
		source: sourceOf(group) ?? first?.source ?? {},
		itemIndexes: group.map((item) => item.itemIndex),
		issues,
	};
}

/** The record that all items come from; items that are records of their own have none in common. */
function sourceOf(group: readonly LineItem[]): DraftSource | undefined {
	const ids = new Set(group.map(({ source }) => source.knackRecordId));
	const source = withWholeApproval(group);
	if (ids.size === 1 && !ids.has(undefined)) return { ...source, isOfLine: true };
	if (ids.size <= 1) return source;
	const tables = new Set(group.map(({ source }) => source.table));
	const said = {
		...(source?.unusual ? { unusual: source.unusual } : {}),
		...(source?.approval ? { approval: source.approval } : {}),
	};
	return tables.size === 1 ? { table: source?.table, ...said } : said;
}

/** Each item may carry a file of the document: what goes with it is that of all of them. */
function withWholeApproval(group: readonly LineItem[]): DraftSource | undefined {
	const source = group[0]?.source;
	const all = group.map((item) => item.source.approval?.afterWriting ?? '');
	if (!source?.approval || all.slice(1).every((each) => each === '')) return source;
	const afterInWords = group.flatMap((item) => item.source.approval?.afterInWords ?? []);
	return {
		...source,
		approval: {
			...source.approval,
			afterWriting: all.join('\n'),
			afterInWords: [...new Set(afterInWords)],
		},
	};
}

function isSame(one: unknown, other: unknown): boolean {
	const comparable = (value: unknown) =>
		typeof value === 'string' ? value.trim() : canonicalJson(value);
	return comparable(one) === comparable(other);
}

function keyMissing(definition: DocumentDefinition): Issue {
	const labels = definition.keys.map((key) => labelOf(definition, key.path)).join(' or ');
	return {
		code: 'MAPPING_GROUP_KEY_MISSING',
		severity: 'block',
		message: 'Nothing says which document this line belongs to.',
		fix: `Map ${labels || 'the number of the document'}, or choose under Group Lines By what the lines of one document share.`,
	};
}

function disagreement(
	definition: DocumentDefinition,
	path: string,
	[one, before]: readonly [number, unknown],
	[other, after]: readonly [number, unknown],
): Issue {
	return {
		code: 'MAPPING_LINES_DISAGREE',
		severity: 'block',
		field: path,
		message: `${labelOf(definition, path)} differs between the lines of one document: ${shown(before)} in item ${one + 1}, ${shown(after)} in item ${other + 1}.`,
		fix: 'Make them the same, or group the lines by something that tells the documents apart.',
	};
}

function labelOf(definition: DocumentDefinition, path: string): string {
	return headerFields(definition).find((field) => field.path === path)?.label ?? path;
}

function shown(value: unknown): string {
	return typeof value === 'string' ? quoted(value.trim()) : canonicalJson(value);
}
