import { parseDecimal } from '../../money';
import type {
	DocumentLine,
	FieldDefinition,
	FieldValue,
	FieldValues,
} from '../../xero/documents/definition';
import { linePath, textOf } from '../check/draftValues';
import type { FieldChange } from '../outcome';
import { amountsOfNewLine, isAmountPath, mergeAmounts, unchangedAmounts } from './lineAmounts';
import { changesOf, pairOthers, readingOf, wordsOfLine, type PairedLine } from './linePairs';
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
	/** The lines of the record, in order. */
	readonly pairs: readonly PairedLine[];
	readonly changes: readonly FieldChange[];
	/** The lines of the record as they go over, in its own order; none when none needs to be sent. */
	readonly own: readonly PlannedLine[];
	/** Paths by which the lines that Xero does not have stand among the changes. */
	readonly added: readonly string[];
	/** Lines that only Xero has, and that stay without a person having put them there. */
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
	/** Lines that the record dropped before and that stay. */
	readonly dropped?: ReadonlySet<DocumentLine>;
	/** What a price without a quantity is; held by a rule unless it is one. */
	readonly blankQuantity?: BlankQuantity;
}

/** Where one of these changes, Xero works the tax out anew, unless the record names it. */
const TAX_PATHS: ReadonlySet<string> = new Set(['taxType', 'accountCode', 'itemCode']);

/** What is sent for a line that Xero has: all that it has, with what the record says of it. */
function mergedLine(
	fields: readonly FieldDefinition[],
	{ line, differing }: PairedLine,
	pair: DocumentLine,
	dropTaxAmounts: boolean,
): PlannedLine {
	const namesTax = textOf(line.fields.taxAmount) !== undefined;
	const keepsTax = !dropTaxAmounts && (namesTax || !differing.some((path) => TAX_PATHS.has(path)));
	const amounts =
		differing.length === 0
			? { fields: unchangedAmounts(pair.fields, keepsTax), isReplaced: false }
			: mergeAmounts(line.fields, pair.fields, readingOf(fields), keepsTax);
	return {
		fields: withAmounts(amounts.fields, pair.fields, line.fields),
		...(amounts.isReplaced ? {} : { id: pair.id }),
	};
}

/** The values, the later in the place of the earlier, with these amounts instead of their own. */
function withAmounts(amounts: FieldValues, ...values: readonly FieldValues[]): FieldValues {
	const whole: Record<string, FieldValue> = {};
	for (const each of values) {
		for (const [path, value] of Object.entries(each)) {
			if (!isAmountPath(path)) whole[path] = value;
		}
	}
	return Object.assign(whole, amounts);
}

/** What is not there yet has nothing that a blank could clear. */
export function withoutBlanks(fields: FieldValues): FieldValues {
	if (!Object.values(fields).includes('')) return fields;
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** What is sent for a line that Xero does not have: nothing that would clear something. */
export function newLine(
	fields: readonly FieldDefinition[],
	wanted: FieldValues,
	blankQuantity: BlankQuantity = 'hold',
): PlannedLine {
	const amounts = amountsOfNewLine(wanted, readingOf(fields));
	const isPriced = amounts.unitAmount !== undefined || textOf(wanted.itemCode) !== undefined;
	const isOne =
		blankQuantity === 'one' &&
		isPriced &&
		amounts.quantity === undefined &&
		amounts.lineAmount === undefined;
	const priced = isOne ? { ...amounts, quantity: '1' } : amounts;
	return { fields: withAmounts(priced, withoutBlanks(wanted)) };
}

function discountsLeft({ line, pair }: PairedLine, index: number): DiscountLeft[] {
	return (line.leftBlank ?? []).flatMap((path): DiscountLeft[] => {
		const value = textOf(pair?.fields[path]);
		if (value === undefined || parseDecimal(value)?.eq(0)) return [];
		return [{ field: linePath(index, path), line: index + 1, value }];
	});
}

/** @param settled lines of the record, some of them with the lines in Xero that they are */
export function planLines(
	fields: readonly FieldDefinition[],
	settled: readonly PairedLine[],
	present: readonly DocumentLine[],
	options: LineOptions,
): LinePlan {
	const isKept = (line: DocumentLine) => options.kept?.has(line) ?? false;
	const pairs = pairOthers(
		fields,
		settled,
		present.filter((line) => !isKept(line)),
		options.dropped,
	);
	const taken = new Set(pairs.map(({ pair }) => pair));
	const unpaired = present.filter((line) => !taken.has(line));
	const isRemoved = (line: DocumentLine) => options.removeOmitted && !isKept(line);
	const removed = unpaired.filter(isRemoved);
	const left = unpaired.filter((line) => !isRemoved(line));
	const changes = pairs.flatMap(changesOf);
	for (const line of removed) {
		changes.push({ field: 'lineItems', before: wordsOfLine(line) });
	}
	const plan = {
		pairs,
		changes,
		own: [],
		added: pairs.flatMap(({ pair }, at) => (pair ? [] : [linePath(at, 'description')])),
		left: left.filter((line) => !isKept(line)).length,
		discountsLeft: pairs.flatMap(discountsLeft),
	};
	if (changes.length === 0) return plan;
	const planned = pairs.map((each) =>
		each.pair
			? mergedLine(fields, each, each.pair, options.dropTaxAmounts)
			: newLine(fields, each.line.fields, options.blankQuantity),
	);
	const stays = left.map((line) => ({
		id: line.id,
		fields: asItIs(line, !options.dropTaxAmounts),
	}));
	const places = [...pairs.map(({ pair }) => pair), ...left];
	const lines = inPlace([...planned, ...stays], places, present);
	return { lines, ...plan, own: planned };
}

/**
 * Lines in the order that they have in Xero, where all are there: where money is against a document,
 * Xero takes another order for a change of its amounts.
 * @param places the line in Xero that each one is; undefined for a new one
 */
function inPlace(
	lines: readonly PlannedLine[],
	places: ReadonlyArray<DocumentLine | undefined>,
	present: readonly DocumentLine[],
): readonly PlannedLine[] {
	if (places.includes(undefined)) return lines;
	const byPlace = new Map(places.map((place, at) => [place, lines[at]]));
	return present.flatMap((line) => byPlace.get(line) ?? []);
}

function asItIs({ fields }: DocumentLine, keepsTax: boolean): FieldValues {
	return withAmounts(unchangedAmounts(fields, keepsTax), fields);
}

/** The values that make lines as they are in Xero, for a document of the same lines. */
export function linesAsTheyAre(lines: readonly DocumentLine[], keepsTax: boolean): FieldValues[] {
	return lines.map((line) => asItIs(line, keepsTax));
}
