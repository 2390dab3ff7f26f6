import { decimal, moneyText } from '../../money';
import { without } from '../../without';
import type {
	DocumentDefinition,
	DocumentLine,
	FieldValue,
	FieldValues,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { Draft } from '../draft';
import { pairLines, type PairedLine } from '../plan/linePairs';
import { predictAmounts } from '../plan/predictAmounts';
import { withoutIdleTax } from '../plan/untaxed';
import type { Finding } from './difference';
import type { DifferenceKind } from './kinds';

/** A cent for each line is rounding of its tax. */
const CENT = decimal('0.01');

/** The paths of amounts, in which a difference shows in the total. */
const AMOUNT_PATHS: readonly string[] = [
	'quantity',
	'unitAmount',
	'lineAmount',
	'discountRate',
	'discountAmount',
	'taxAmount',
];

interface Lines {
	readonly pairs: readonly PairedLine[];
	/** Lines that only Xero has. */
	readonly left: readonly DocumentLine[];
}

export function linesOf(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument,
): Lines {
	const present = document.lines ?? [];
	const { lines = [] } = withoutIdleTax(definition, draft, document);
	const pairs = pairLines(definition.lineFields ?? [], lines, present);
	const taken = new Set(pairs.map(({ pair }) => pair));
	return { pairs, left: present.filter((line) => !taken.has(line)) };
}

/** What lines and total differ in. What the record does not map is no difference. */
export function compareLines(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument,
	settings: OrganisationSettings,
): Finding[] {
	if (!draft.lines || !document.amounts) return [];
	const lines = linesOf(definition, draft, document);
	const total = totalOf(definition, draft, document, lines, settings);
	const isEqual = total === undefined;
	const of = (kind: DifferenceKind, fits: (path: string) => boolean) =>
		distribution(kind, lines, isEqual, fits);
	return [
		...(total ? [total] : []),
		...of('account', (path) => path === 'accountCode'),
		// Another rate that makes another total is a difference of the amount.
		...(isEqual ? of('taxRate', (path) => path === 'taxType') : []),
		...of('tracking', (path) => path.startsWith('tracking.')),
	];
}

function totalOf(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument,
	{ pairs }: Lines,
	settings: OrganisationSettings,
): Finding | undefined {
	const { amounts } = document;
	const terms = { ...document.fields, ...draft.fields };
	const whole = pairs.map((paired) => ({ fields: asReckoned(paired) }));
	const own = predictAmounts(definition, terms, whole, settings, document.lines);
	if (!own || !amounts) return undefined;
	const rounding = CENT.times(Math.max(1, pairs.length));
	const isSameCurrency = own.currency === amounts.currency;
	if (isSameCurrency && own.total.minus(amounts.total).abs().lte(rounding)) return undefined;
	return {
		kind: 'amount',
		ours: moneyText(own.total, own.currency),
		theirs: moneyText(amounts.total, amounts.currency),
		paths: [
			'currencyCode',
			// That of the other currency is no rate of this one.
			...(isSameCurrency ? [] : ['currencyRate']),
			'lineAmountTypes',
			...['taxType', ...AMOUNT_PATHS].map((path) => `lineItems.${path}`),
		],
	};
}

/** A line with what Xero has of it besides; the tax that a person entered stands where all agrees. */
function asReckoned({ line, pair, differing }: PairedLine): FieldValues {
	const present: FieldValues = pair?.fields ?? {};
	const kept = differing.length === 0 ? present : without(present, 'taxAmount');
	return { ...kept, lineAmount: '', ...line.fields };
}

/**
 * What of some paths is otherwise in Xero, line by line; where lines were split or joined and still
 * come to the same, by which values there are at all.
 */
function distribution(
	kind: DifferenceKind,
	{ pairs, left }: Lines,
	isEqual: boolean,
	fits: (path: string) => boolean,
): Finding[] {
	const ours: string[] = [];
	const theirs: string[] = [];
	const paths = new Set<string>();
	pairs.forEach(({ line, pair, differing }, index) => {
		for (const path of pair ? differing.filter(fits) : []) {
			const where = pairs.length === 1 ? '' : ` (line ${index + 1})`;
			ours.push(`${shown(line.fields[path])}${where}`);
			theirs.push(`${shown(pair?.fields[path])}${where}`);
			paths.add(path);
		}
	});
	if (isEqual && (left.length > 0 || pairs.some(({ pair }) => !pair))) {
		for (const path of new Set(
			pairs.flatMap(({ line }) => Object.keys(line.fields).filter(fits)),
		)) {
			const own = valuesOf(pairs, path);
			const present = new Set(
				[...pairs.flatMap(({ pair }) => pair ?? []), ...left].map(valueAt(path)),
			);
			if (paths.has(path) || !own || isSameSet(own, present)) continue;
			ours.push([...own].join(', '));
			theirs.push([...present].join(', '));
			paths.add(path);
		}
	}
	if (paths.size === 0) return [];
	return [
		{
			kind,
			ours: ours.join(', '),
			theirs: theirs.join(', '),
			paths: [...paths].map((path) => `lineItems.${path}`),
		},
	];
}

const valueAt =
	(path: string) =>
	({ fields }: { readonly fields: FieldValues }): string =>
		shown(fields[path]);

/** The values of the record's lines; undefined where one does not give any. */
function valuesOf(pairs: readonly PairedLine[], path: string): Set<string> | undefined {
	const isWhole = pairs.every(({ line }) => line.fields[path] !== undefined);
	return isWhole ? new Set(pairs.map(({ line }) => valueAt(path)(line))) : undefined;
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
	return a.size === b.size && [...a].every((each) => b.has(each));
}

function shown(value: FieldValue | undefined): string {
	return value === undefined || value === '' ? 'none' : String(value);
}
