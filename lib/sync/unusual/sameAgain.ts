import { calendarDate, daysBetween } from '../../dates';
import { canonicalDecimal, moneyText } from '../../money';
import { UNUSUAL_RULES } from '../check/rules/unusualRules';
import { nameOf, type Look, type Unusual } from './look';
import type { Posting } from './posting';

/** Nearly the same day. */
const NEAR_DAYS = 4;

/**
 * The same amount for the same contact and the same job, period or text, nearly on the same day
 * under another number. Who has the same more often (a service by the day) is left alone.
 */
export function postedUnderAnotherNumber(look: Look): Unusual[] {
	const { posting, ofContact, before, definition } = look;
	const { total } = posting;
	if (!total?.gt(0)) return [];
	const alike = [...before, ...ofContact].filter((each) => isAlike(posting, each));
	const near = alike.find((each) => daysApart(posting, each) <= NEAR_DAYS);
	if (!near || comesAsOften(alike, daysApart(posting, near))) return [];
	const number = near.number ?? 'one without a number';
	return [
		{
			rule: UNUSUAL_RULES.twice,
			field: definition.numberPath,
			message: `${nameOf(posting)} has ${number} of ${near.date} with the same amount (${moneyText(total, posting.currency)}) and the same text.`,
			numbers: {
				value: canonicalDecimal(total),
				date: posting.date,
				otherNumber: near.number ?? '',
				otherDate: near.date,
			},
			released: [canonicalDecimal(total), posting.number ?? '', posting.date, near.number ?? ''],
		},
	];
}

function isAlike(posting: Posting, other: Posting): boolean {
	return (
		other.total?.eq(posting.total ?? 0) === true &&
		other.currency === posting.currency &&
		other.text === posting.text &&
		other.number !== posting.number
	);
}

/** Whether those that are posted follow each other as closely. */
function comesAsOften(alike: readonly Posting[], days: number): boolean {
	const sorted = [...alike].sort((a, b) => (a.date < b.date ? -1 : 1));
	return sorted.some((each, index) => {
		const next = sorted[index + 1];
		return next !== undefined && daysApart(each, next) <= Math.max(days, 1);
	});
}

function daysApart(one: Posting, other: Posting): number {
	const [from, to] = [calendarDate(one.date), calendarDate(other.date)];
	return from && to ? Math.abs(daysBetween(from, to)) : Infinity;
}

/** A supplier's number that is another one up to punctuation and leading zeros. */
export function supplierNumberAgain(look: Look): Unusual[] {
	const { posting, ofContact, before, definition } = look;
	const { number } = posting;
	if (!definition.isNumberedByThem || number === undefined) return [];
	const isTheSame = ({ number: other, total }: Posting) => {
		if (other === undefined || other === number) return false;
		if (partsOf(other) === partsOf(number)) return true;
		// "2026-1-11" and "2026-11-1" are two, unless they come to the same.
		const isSameTotal = total !== undefined && posting.total?.eq(total) === true;
		return isSameTotal && squashed(other) === squashed(number);
	};
	const same = [...before, ...ofContact].find(isTheSame);
	if (!same) return [];
	const amount = same.total ? ` (${moneyText(same.total, same.currency)})` : '';
	return [
		{
			rule: UNUSUAL_RULES.supplierNumber,
			field: definition.numberPath,
			message: `${number} is ${same.number ?? ''} of ${same.date}${amount} up to signs and leading zeros, of the same supplier.`,
			numbers: { value: number, otherNumber: same.number ?? '', otherDate: same.date },
			released: [number, same.number ?? ''],
		},
	];
}

/** Letters and digits in groups, without what stands between them and zeros in front. */
function partsOf(number: string): string {
	const parts = number.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
	return parts.map((part) => part.replace(/^0+(?=\d)/, '')).join(' ');
}

/** Letters and digits alone. */
function squashed(number: string): string {
	return number
		.toLowerCase()
		.replace(/[^\p{L}\d]/gu, '')
		.replace(/^0+/, '');
}

const NUMBER = /^(.*?)(\d{1,12})$/;
/** A series is one where of so many last numbers nearly all are there. */
const SERIES = 20;
const MOST_MISSING_OF_SERIES = 1;

/**
 * A number that leaves some out of our own series. It is said and holds nothing: the record is not
 * in doubt, and holding it would leave a gap for the next.
 */
export function gapInSeries({ posting, definition, history, numbersOfRun }: Look): Unusual[] {
	const { number } = posting;
	const [, prefix, digits = ''] = NUMBER.exec(number ?? '') ?? [];
	if (prefix === undefined || number === undefined || definition.isNumberedByThem) return [];
	const known = history.allNumbers();
	const numberAt = (value: number) => `${prefix}${String(value).padStart(digits.length, '0')}`;
	const isThere = (value: number) => known.has(numberAt(value));
	const own = Number(digits);
	if (isThere(own) || isThere(own - 1) || numbersOfRun.has(numberAt(own - 1))) return [];
	const last = lastBefore(known, prefix, own);
	if (last === undefined) return [];
	const series = Array.from({ length: SERIES }, (_, index) => last - index);
	if (series.filter((value) => !isThere(value)).length > MOST_MISSING_OF_SERIES) return [];
	const missing = own - last - 1;
	const first = numberAt(last + 1);
	const which = missing === 1 ? first : `${first} to ${numberAt(own - 1)}`;
	return [
		{
			rule: UNUSUAL_RULES.numberGap,
			field: definition.numberPath,
			message: `${which} is not in Xero: the last number before ${number} is ${numberAt(last)}.`,
			numbers: { value: number, last: numberAt(last), missing: String(missing) },
			released: [number],
			isOnlySaid: true,
		},
	];
}

function lastBefore(known: ReadonlySet<string>, prefix: string, own: number): number | undefined {
	let last: number | undefined;
	for (const number of known) {
		const [, ofPrefix, digits = ''] = NUMBER.exec(number) ?? [];
		const value = Number(digits);
		if (ofPrefix === prefix && value < own && value > (last ?? -1)) last = value;
	}
	return last;
}
