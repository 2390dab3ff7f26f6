import { parseDecimal } from '../../money';
import { isKeptAs, sameValue } from '../../xero/documents/comparedValues';
import type { DocumentLine, FieldDefinition, FieldValues } from '../../xero/documents/definition';
import { fieldsByPath, linePath, textOf } from '../check/draftValues';
import type { DraftLine } from '../draft';
import type { FieldChange } from '../outcome';
import {
	amountsOfNewLine,
	isAmountPath,
	mergeAmounts,
	unchangedAmounts,
	type LineReading,
} from './lineAmounts';
import type { BlankQuantity } from './planInput';

export interface PlannedLine {
	/** LineItemID of the line in Xero that this one is. */
	readonly id?: string;
	/** Everything to send: Xero replaces a line by what is sent. */
	readonly fields: FieldValues;
}

export interface LinePlan {
	/** All lines that the document shall have; undefined when none needs to be sent. */
	readonly lines?: readonly PlannedLine[];
	readonly changes: readonly FieldChange[];
	/** Field paths that change in lines that exist, for the rules on paid documents. */
	readonly changedPaths: readonly string[];
	readonly added: number;
	readonly removed: number;
	/** Lines that only Xero has, and that stay. */
	readonly left: number;
	/** Discounts in Xero that are blank in the record, where a blank leaves Xero alone. */
	readonly discountsLeft: readonly DiscountLeft[];
}

interface DiscountLeft {
	/** `lineItems[0].discountRate` */
	readonly field: string;
	/** Which line of the record, from 1. */
	readonly line: number;
	readonly value: string;
}

interface LineOptions {
	readonly removeOmitted: boolean;
	readonly dropTaxAmounts: boolean;
	/** Lines that a person added or changed in Xero, which are never removed. */
	readonly kept?: ReadonlySet<DocumentLine>;
	/** What a price without a quantity is; held by a rule unless it is one. */
	readonly blankQuantity?: BlankQuantity;
}

/** Where one of these changes, Xero works the tax out anew. */
const TAX_PATHS: ReadonlySet<string> = new Set(['taxType', 'accountCode', 'itemCode']);

type Compared = Pick<
	FieldDefinition,
	'kind' | 'places' | 'leastPlaces' | 'zeroIsNone' | 'mayNotBeShown'
>;
const TRACKING: Compared = { kind: 'tracking' };

function fieldOf(fields: readonly FieldDefinition[], path: string): Compared {
	return fieldsByPath(fields).get(path) ?? TRACKING;
}

/** A line of the record and the line in Xero that it is, put together. */
interface MergedLine {
	/** What differs; only what is mapped counts, and the discount that gives way to another. */
	readonly differing: readonly string[];
	readonly isReplaced: boolean;
	readonly fields: FieldValues;
}

function readingOf(fields: readonly FieldDefinition[]): LineReading {
	return {
		fields: fieldsByPath(fields),
		isKept: (path, wanted, kept) => {
			if (wanted === kept) return true;
			const field = fieldOf(fields, path);
			// What Xero does not show goes along with the next change of its line.
			if (field.mayNotBeShown && kept === undefined) return true;
			return isKeptAs(field, wanted, kept);
		},
	};
}

function mergeLine(
	reading: LineReading,
	wanted: FieldValues,
	present: FieldValues,
	dropTaxAmounts: boolean,
): MergedLine {
	const others = Object.keys(wanted).filter(
		(path) => !isAmountPath(path) && !reading.isKept(path, wanted[path], present[path]),
	);
	const keepsTax = !dropTaxAmounts && !others.some((path) => TAX_PATHS.has(path));
	const amounts = mergeAmounts(wanted, present, reading, keepsTax);
	return {
		differing: [...others, ...amounts.differing],
		isReplaced: amounts.isReplaced,
		fields: { ...withoutAmounts(present), ...withoutAmounts(wanted), ...amounts.fields },
	};
}

/** Paths in which a line of the record is not as Xero has it; see `MergedLine.differing`. */
export function differingPaths(
	fields: readonly FieldDefinition[],
	wanted: FieldValues,
	present: FieldValues,
): readonly string[] {
	return mergeLine(readingOf(fields), wanted, present, false).differing;
}

function isSameLine(reading: LineReading, wanted: FieldValues, present: FieldValues): boolean {
	return (
		Object.keys(wanted).every(
			(path) => isAmountPath(path) || reading.isKept(path, wanted[path], present[path]),
		) && mergeAmounts(wanted, present, reading, true).differing.length === 0
	);
}

function withoutAmounts(values: FieldValues): FieldValues {
	return Object.fromEntries(Object.entries(values).filter(([path]) => !isAmountPath(path)));
}

/** What is sent for a line that Xero does not have: nothing that would clear something. */
export function newLine(
	fields: readonly FieldDefinition[],
	wanted: FieldValues,
	blankQuantity: BlankQuantity = 'hold',
): PlannedLine {
	const others = Object.entries(withoutAmounts(wanted)).filter(([, value]) => value !== '');
	const amounts = amountsOfNewLine(wanted, readingOf(fields));
	const isPriced = amounts.unitAmount !== undefined || textOf(wanted.itemCode) !== undefined;
	const isOne =
		blankQuantity === 'one' &&
		isPriced &&
		amounts.quantity === undefined &&
		amounts.lineAmount === undefined;
	return {
		fields: { ...Object.fromEntries(others), ...amounts, ...(isOne ? { quantity: '1' } : {}) },
	};
}

function discountsLeft(
	{ leftBlank = [] }: DraftLine,
	index: number,
	pair: DocumentLine | undefined,
): DiscountLeft[] {
	return leftBlank.flatMap((path): DiscountLeft[] => {
		const value = textOf(pair?.fields[path]);
		if (value === undefined || parseDecimal(value)?.eq(0)) return [];
		return [{ field: linePath(index, path), line: index + 1, value }];
	});
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
): Array<DocumentLine | undefined> {
	const pairs: Array<DocumentLine | undefined> = wanted.map(() => undefined);
	const free = new Set(present);
	const take = (fits: (line: DraftLine, candidate: DocumentLine) => boolean) => {
		if (free.size === 0) return;
		wanted.forEach((line, index) => {
			if (pairs[index]) return;
			for (const candidate of free) {
				if (!fits(line, candidate)) continue;
				pairs[index] = candidate;
				free.delete(candidate);
				return;
			}
		});
	};
	const agree = (paths: readonly string[]) => (line: DraftLine, candidate: DocumentLine) =>
		paths.every(
			(path) =>
				line.fields[path] !== undefined &&
				sameValue(fieldOf(fields, path), line.fields[path], candidate.fields[path]),
		);
	if (wanted.some((line) => line.id !== undefined)) {
		take((line, candidate) => line.id !== undefined && line.id === candidate.id);
	}
	const reading = readingOf(fields);
	take((line, candidate) => isSameLine(reading, line.fields, candidate.fields));
	take(agree(['itemCode', 'description']));
	take(agree(['description', 'unitAmount']));
	take(agree(['description']));
	take(agree(['itemCode']));
	if (wanted.length === present.length) take(() => true);
	else take(agree(['quantity', 'unitAmount']));
	return pairs;
}

export function planLines(
	fields: readonly FieldDefinition[],
	wanted: readonly DraftLine[],
	present: readonly DocumentLine[],
	options: LineOptions,
): LinePlan {
	const free = present.filter((line) => !options.kept?.has(line));
	const pairs = pairLines(fields, wanted, free);
	const reading = readingOf(fields);
	const merged = wanted.map((line, index) => {
		const pair = pairs[index];
		return pair && mergeLine(reading, line.fields, pair.fields, options.dropTaxAmounts);
	});
	const differing = merged.map((line) => line?.differing);
	const paired = new Set(pairs);
	const unpaired = present.filter((line) => !paired.has(line));
	const isRemoved = (line: DocumentLine) => options.removeOmitted && !options.kept?.has(line);
	const removed = unpaired.filter(isRemoved);
	const left = unpaired.filter((line) => !isRemoved(line));
	const changes = lineChanges(wanted, pairs, differing);
	removed.forEach((line) =>
		changes.push({ field: 'lineItems', before: line.fields.description ?? line.id ?? '' }),
	);
	const plan = {
		changes,
		changedPaths: [...new Set(differing.flatMap((paths) => paths ?? []))],
		added: differing.filter((paths) => paths === undefined).length,
		removed: removed.length,
		left: left.length,
		discountsLeft: wanted.flatMap((line, index) => discountsLeft(line, index, pairs[index])),
	};
	if (changes.length === 0) return plan;
	const lines = wanted.map((line, index): PlannedLine => {
		const whole = merged[index];
		if (!whole) return newLine(fields, line.fields, options.blankQuantity);
		return { ...(whole.isReplaced ? {} : { id: pairs[index]?.id }), fields: whole.fields };
	});
	return {
		...plan,
		lines: [
			...lines,
			...left.map((line) => ({
				id: line.id,
				fields: {
					...withoutAmounts(line.fields),
					...unchangedAmounts(line.fields, !options.dropTaxAmounts),
				},
			})),
		],
	};
}

/** Field by field for a line that exists; a new line is told by its description. */
function lineChanges(
	wanted: readonly DraftLine[],
	pairs: ReadonlyArray<DocumentLine | undefined>,
	differing: ReadonlyArray<readonly string[] | undefined>,
): FieldChange[] {
	const changes: FieldChange[] = [];
	wanted.forEach((line, index) => {
		const paths = differing[index];
		if (!paths) {
			changes.push({ field: linePath(index, 'description'), after: line.fields.description ?? '' });
			return;
		}
		for (const path of paths) {
			const before = pairs[index]?.fields[path];
			changes.push({ field: linePath(index, path), before, after: line.fields[path] ?? '' });
		}
	});
	return changes;
}

/** The values that make lines as they are in Xero, for a document of the same lines. */
export function linesAsTheyAre(lines: readonly DocumentLine[], keepsTax: boolean): FieldValues[] {
	return lines.map(({ fields }) => ({
		...withoutAmounts(fields),
		...unchangedAmounts(fields, keepsTax),
	}));
}
