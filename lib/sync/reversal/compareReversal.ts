import { calendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { AMOUNT_PLACES, parseDecimal } from '../../money';
import type { FieldValues, XeroDocument } from '../../xero/documents/definition';
import type { Reversing } from '../../xero/documents/reversing';
import { optionsOf } from '../../xero/documents/tracking';
import { textOf } from '../check/draftValues';

/** A journal, or its reversal, as far as the one undoes the other. */
type Side = Pick<XeroDocument, 'fields' | 'lines'>;

/**
 * What a reversal does not undo of its journal, in words with both values; undefined where it undoes
 * all, as far as both are known. What the lines say and when it was posted may differ. Pure.
 */
export function notUndone(reverses: Reversing, journal: Side, reversal: Side): string | undefined {
	const { dayPath } = reverses;
	const [own, other] = [journal, reversal].map(({ fields }) =>
		calendarDate(textOf(fields[dayPath]) ?? ''),
	);
	if (own && other && other <= own) {
		return `it is dated ${other}, which is not after the ${own} of the journal`;
	}
	if (!journal.lines || !reversal.lines) return undefined;
	const left = reversal.lines.map(({ fields }) => fields);
	const open = journal.lines
		.map(({ fields }) => fields)
		.filter((line) => {
			const at = left.findIndex((each) => undoes(reverses, line, each));
			if (at !== -1) left.splice(at, 1);
			return at === -1;
		});
	if (open.length === 0 && left.length === 0) return undefined;
	const [its, theirs] = [left, open].map((lines) => inWords(reverses, lines));
	return `it has ${its ?? ''}, and the journal has ${theirs ?? ''}`;
}

/** Whether a line is the opposite of another. What is not known of one of them is no difference. */
function undoes(
	{ amountPaths, keptPaths }: Reversing,
	line: FieldValues,
	opposite: FieldValues,
): boolean {
	const known = (path: string) => {
		const [one, other] = [textOf(line[path]), textOf(opposite[path])];
		return one !== undefined && other !== undefined ? ([one, other] as const) : undefined;
	};
	return (
		amountPaths.every((path) => {
			const both = known(path);
			const [one, other] = both?.map((text) => parseDecimal(text)) ?? [];
			return !both || (one !== undefined && other !== undefined && one.plus(other).eq(0));
		}) &&
		keptPaths.every((path) => {
			const [one, other] = known(path) ?? [];
			return one === other;
		}) &&
		trackedBy(line) === trackedBy(opposite)
	);
}

function trackedBy(line: FieldValues): string {
	return [...optionsOf([line])]
		.map(([category, options]) => `${category}=${[...options].join()}`)
		.sort()
		.join('\n');
}

const MOST_SHOWN = 3;

/** "120.10 on 429 (North)", the first of them. */
function inWords({ amountPaths }: Reversing, lines: readonly FieldValues[]): string {
	if (lines.length === 0) return 'nothing for it';
	const shown = lines.slice(0, MOST_SHOWN).map((line) => {
		const [amount = ''] = amountPaths.flatMap((path) => textOf(line[path]) ?? []);
		const account = textOf(line.accountCode) ?? textOf(line.accountID) ?? 'no account';
		const tax = textOf(line.taxType);
		const besides = [
			...Object.entries(line).flatMap(([path, value]) =>
				path.startsWith('tracking.') ? (textOf(value) ?? []) : [],
			),
			...(tax === undefined || foldText(tax) === 'none' ? [] : [tax]),
		];
		const sum = parseDecimal(amount)?.toFixed(AMOUNT_PLACES) ?? amount;
		return `${sum} on ${account}${besides.length > 0 ? ` (${besides.join(', ')})` : ''}`;
	});
	const more = lines.length - shown.length;
	return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
