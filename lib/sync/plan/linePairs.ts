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

function fieldOf(fields: readonly FieldDefinition[], path: string): Compared {
	return fieldsByPath(fields).get(path) ?? TRACKING;
}

/** How values of lines are compared. */
export const readingOf = perObject(
	(fields: readonly FieldDefinition[]): LineReading => ({
		fields: fieldsByPath(fields),
		isKept: (path, wanted, kept) => {
			if (wanted === kept) return true;
			const field = fieldOf(fields, path);
			// What Xero does not show goes along with the next change of its line.
			if (field.mayNotBeShown && kept === undefined) return true;
			return isKeptAs(field, wanted, kept);
		},
	}),
);

/**
 * Paths in which a line of the record is not as Xero has it: only what is mapped counts, and the
 * discount that gives way to another.
 */
function differingPaths(reading: LineReading, wanted: FieldValues, present: FieldValues): string[] {
	const others = Object.keys(wanted).filter(
		(path) => !isAmountPath(path) && !reading.isKept(path, wanted[path], present[path]),
	);
	const amounts = differingAmounts(wanted, present, reading);
	return others.length === 0 ? amounts : [...others, ...amounts];
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
): PairedLine[] {
	return pairOthers(
		fields,
		wanted.map((line) => ({ line, differing: [] })),
		present,
	);
}

/** As `pairLines`, for those of the lines that have no pair yet. */
export function pairOthers(
	fields: readonly FieldDefinition[],
	lines: readonly PairedLine[],
	present: readonly DocumentLine[],
): PairedLine[] {
	const reading = readingOf(fields);
	const paired = [...lines];
	const free = new Set(present);
	const open = new Map<number, DraftLine>();
	for (const [index, { line, pair }] of lines.entries()) {
		if (pair) free.delete(pair);
		else open.set(index, line);
	}
	const take = (fits: (line: DraftLine, candidate: DocumentLine, differs: Differs) => boolean) => {
		for (const [index, line] of open) {
			for (const pair of free) {
				let differing: readonly string[] | undefined;
				const differs = () => (differing ??= differingPaths(reading, line.fields, pair.fields));
				if (!fits(line, pair, differs)) continue;
				paired[index] = { line, pair, differing: differs() };
				open.delete(index);
				free.delete(pair);
				break;
			}
		}
	};
	const agree = (paths: readonly string[]) => (line: DraftLine, candidate: DocumentLine) =>
		paths.every(
			(path) =>
				line.fields[path] !== undefined &&
				sameValue(fieldOf(fields, path), line.fields[path], candidate.fields[path]),
		);
	take((line, candidate) => line.id !== undefined && line.id === candidate.id);
	take((_line, _candidate, differs) => differs().length === 0);
	take(agree(['itemCode', 'description']));
	take(agree(['description', 'unitAmount']));
	take(agree(['description']));
	take(agree(['itemCode']));
	if (lines.length === present.length) take(() => true);
	else take(agree(['quantity', 'unitAmount']));
	return paired;
}

type Differs = () => readonly string[];

/** What a pair differs in, for a line at that place; a line without a pair is told by its words. */
export function changesOf({ line, pair, differing }: PairedLine, index: number): FieldChange[] {
	if (!pair) {
		return [{ field: linePath(index, 'description'), after: line.fields.description ?? '' }];
	}
	return differing.map((path) => ({
		field: linePath(index, path),
		before: pair.fields[path],
		after: line.fields[path] ?? '',
	}));
}
