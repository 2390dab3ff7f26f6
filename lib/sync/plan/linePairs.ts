import { perObject } from '../../perObject';
import { isKeptAs, sameValue } from '../../xero/documents/comparedValues';
import type { DocumentLine, FieldDefinition, FieldValues } from '../../xero/documents/definition';
import { fieldsByPath, linePath } from '../check/draftValues';
import type { DraftLine } from '../draft';
import type { FieldChange } from '../outcome';
import { differingAmounts, isAmountPath, type LineReading } from './lineAmounts';

/** A line of the record with the line in Xero that it is. */
export interface PairedLine {
	readonly line: DraftLine;
	/** Absent where Xero has none for it. */
	readonly pair?: DocumentLine;
	/** Paths in which Xero's is not as the record has it. */
	readonly differing: readonly string[];
}

type Compared = Pick<
	FieldDefinition,
	'kind' | 'places' | 'leastPlaces' | 'zeroIsNone' | 'mayNotBeShown'
>;
const TRACKING: Compared = { kind: 'tracking' };

/** How values of lines are compared. */
export const readingOf = perObject((fields: readonly FieldDefinition[]): LineReading => {
	const known = fieldsByPath(fields);
	return {
		fields: known,
		isKept: (path, wanted, kept) => {
			const field: Compared = known.get(path) ?? TRACKING;
			// What Xero does not show goes along with the next change of its line.
			if (field.mayNotBeShown && kept === undefined) return true;
			return isKeptAs(field, wanted, kept);
		},
	};
});

/**
 * Paths in which a line of the record is not as Xero has it: only what is mapped counts, and the
 * discount that gives way to another.
 */
function differingPaths(reading: LineReading, wanted: FieldValues, present: FieldValues): string[] {
	const differing: string[] = [];
	for (const path of Object.keys(wanted)) {
		if (isAmountPath(path) || reading.isKept(path, wanted[path], present[path])) continue;
		differing.push(path);
	}
	differing.push(...differingAmounts(wanted, present, reading));
	return differing;
}

/** Whether `differingPaths` would find none; most lines that are not each other's differ in the first. */
function isAsInXero(reading: LineReading, wanted: FieldValues, present: FieldValues): boolean {
	for (const path of Object.keys(wanted)) {
		if (!isAmountPath(path) && !reading.isKept(path, wanted[path], present[path])) return false;
	}
	return differingAmounts(wanted, present, reading).length === 0;
}

/**
 * Finds for each line of the draft the line in Xero that it is, so that LineItemIDs are kept:
 * by id, then by equal content, then by what a line is mostly known by. A line that a person added
 * in Xero is taken for one of Knack's only when something of it agrees, or when both sides have
 * the same number of lines.
 */
export function pairLines(
	fields: readonly FieldDefinition[],
	wanted: readonly DraftLine[],
	present: readonly DocumentLine[],
	dropped?: ReadonlySet<DocumentLine>,
): PairedLine[] {
	return pairOthers(
		fields,
		wanted.map((line) => ({ line, differing: NOTHING })),
		present,
		dropped,
	);
}

const NOTHING: readonly string[] = [];

/**
 * As `pairLines`, for those of the lines that have no pair yet. What the record has dropped before is
 * no new line of it, unless the words are the same.
 */
export function pairOthers(
	fields: readonly FieldDefinition[],
	lines: readonly PairedLine[],
	present: readonly DocumentLine[],
	dropped: ReadonlySet<DocumentLine> = new Set(),
): PairedLine[] {
	const reading = readingOf(fields);
	const paired = [...lines];
	const free = new Set([...present.filter((line) => !dropped.has(line)), ...dropped]);
	const open = new Map<number, DraftLine>();
	for (const [index, { line, pair }] of lines.entries()) {
		if (pair) free.delete(pair);
		else open.set(index, line);
	}
	const differs = (line: DraftLine, pair: DocumentLine) =>
		differingPaths(reading, line.fields, pair.fields);
	const take = (pairOf: (line: DraftLine, candidate: DocumentLine) => PairedLine | undefined) => {
		for (const [index, line] of open) {
			for (const candidate of free) {
				const pair = pairOf(line, candidate);
				if (!pair) continue;
				paired[index] = pair;
				open.delete(index);
				free.delete(candidate);
				break;
			}
		}
	};
	const takeWhere = (fits: (line: DraftLine, candidate: DocumentLine) => boolean) =>
		take((line, pair) =>
			fits(line, pair) ? { line, pair, differing: differs(line, pair) } : undefined,
		);
	const isSame = (path: string, line: DraftLine, candidate: DocumentLine) =>
		sameValue(reading.fields.get(path) ?? TRACKING, line.fields[path], candidate.fields[path]);
	const takeAgreeing = (...paths: readonly string[]) =>
		takeWhere((line, candidate) =>
			paths.every((path) => line.fields[path] !== undefined && isSame(path, line, candidate)),
		);
	takeWhere((line, candidate) => line.id !== undefined && line.id === candidate.id);
	take((line, pair) =>
		isAsInXero(reading, line.fields, pair.fields) ? { line, pair, differing: NOTHING } : undefined,
	);
	const apart = fields.filter(({ tellsApart }) => tellsApart).map(({ path }) => path);
	if (apart.length > 0) {
		// What the record does not say of a line makes it no other one.
		takeWhere((line, candidate) =>
			apart.every((path) => line.fields[path] === undefined || isSame(path, line, candidate)),
		);
		return paired;
	}
	takeAgreeing('itemCode', 'description');
	takeAgreeing('description', 'unitAmount');
	takeAgreeing('description');
	takeAgreeing('itemCode');
	for (const line of dropped) free.delete(line);
	const taken = new Set(paired.map(({ pair }) => pair));
	const own = present.filter((line) => taken.has(line) || !dropped.has(line));
	if (lines.length === own.length) takeWhere(() => true);
	else takeAgreeing('quantity', 'unitAmount');
	return paired;
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What people know a line by: its description; of hours, whatever of it can be read, the day first. */
export function wordsOfLine({ id, fields }: Pick<DocumentLine, 'id' | 'fields'>): string {
	const { description, date } = fields;
	if (description !== undefined || date === undefined) return String(description ?? id ?? '');
	const readable = Object.values(fields).filter(
		(value) => typeof value === 'string' && value !== '' && !ID.test(value),
	);
	return readable.join(' ');
}

/** What a pair differs in, for a line at that place; a line without a pair is told by its words. */
export function changesOf({ line, pair, differing }: PairedLine, index: number): FieldChange[] {
	if (!pair)
		return [{ field: linePath(index, 'description'), after: wordsOfLine({ fields: line.fields }) }];
	return differing.map((path) => ({
		field: linePath(index, path),
		before: pair.fields[path],
		after: line.fields[path] ?? '',
	}));
}
