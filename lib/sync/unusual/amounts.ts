import { canonicalDecimal, decimal, moneyText, roundHalfUp, type Decimal } from '../../money';
import { linePath } from '../check/draftValues';
import { UNUSUAL_RULES } from '../check/rules/unusualRules';
import { lineText, nameOf, timesText, type Look, type Unusual } from './look';
import { newest, type LineOfPosting } from './postedHistory';
import type { PostedLine, Posting } from './posting';
import { distanceFrom, powerOfTen, spreadOf, type Spread } from './statistics';

/** From so many documents on a contact is judged by its own; before that by the organisation's. */
const ENOUGH_OWN = 8;
const ENOUGH_OF_ALL = 40;
/** From so many lines of a kind on, of the contact and of all. */
const ENOUGH_LINES_OWN = 4;
const ENOUGH_LINES = 8;

/** Spread that is assumed at least: a fifth up or down is nothing yet. */
const FLOOR = { total: 0.2, price: 0.1, quantity: 0.3 } as const;
const FAR = 5;
/** What a total, price or quantity has to be times the usual, at least; or the usual times it. */
const TIMES = {
	// Who buys little for once is no mistake; a price that is a part of the usual one is.
	total: { up: 3.5, down: 5 },
	price: { up: 1.8, down: 1.8 },
	quantity: { up: 8, down: 8 },
} as const;
/** Of few values it is not sure how far they are spread. */
const UNSURE = 4;
/** How far beyond the most or the least that there ever was. */
const BEYOND = 1.25;
/** How near ten times is ten times: prices rise by a few per cent. */
const TEN_TOLERANCE = 0.25;

/** The total against what the contact's documents come to, a new contact's against all. */
export function unusualTotal(look: Look): Unusual[] {
	const { posting, ofContact, history } = look;
	const { total, currency } = posting;
	if (!total?.gt(0)) return [];
	const own = totalsOf(
		ofContact.filter(({ isPosted }) => isPosted),
		currency,
	);
	const tenth = exactTenfold(look, own, total);
	if (tenth) return [tenth];
	const isOwn = own.length >= ENOUGH_OWN;
	const others = isOwn ? own : totalsOf(history.all(), currency);
	const spread = spreadOf((isOwn ? newest(others) : others).map(Number));
	if (!spread || (!isOwn && spread.count < ENOUGH_OF_ALL)) return [];
	const found = farFrom(spread, Number(total), FLOOR.total, TIMES.total);
	// Among all contacts' documents small ones are nothing, and large ones are rare by nature.
	if (!found || (!isOwn && (found.times < 1 || Number(total) < spread.most * BEYOND))) return [];
	const whose = isOwn ? nameOf(posting) : 'the organisation, since the contact is new';
	return [
		{
			rule: UNUSUAL_RULES.amount,
			message: `${moneyText(total, currency)} is ${timesText(found.times)} times what ${look.definition.plural} of ${whose} usually come to: ${rangeText(spread, currency)}.`,
			numbers: numbersOf(total, spread, found.times),
			released: [canonicalDecimal(total), currency],
		},
	];
}

function totalsOf(postings: readonly Posting[], currency: string): readonly Decimal[] {
	return postings.flatMap(({ total, currency: of }) =>
		total?.gt(0) && of === currency ? [total] : [],
	);
}

/** To the cent ten or a hundred times what the contact had, or a tenth, and like nothing else of it. */
function exactTenfold(
	{ posting, definition }: Look,
	own: readonly Decimal[],
	total: Decimal,
): Unusual | undefined {
	const spread = spreadOf(newest(own).map(Number));
	if (!spread || spread.count < 3) return undefined;
	const amount = Number(total);
	if (amount > spread.least / 2 && amount < spread.most * 2) return undefined;
	for (const [factor, words] of [
		['10', 'ten times'],
		['100', 'a hundred times'],
		['0.1', 'a tenth of'],
		['0.01', 'a hundredth of'],
	] as const) {
		const usual = newest(own).find((each) => each.times(decimal(factor)).eq(total));
		if (!usual) continue;
		const { currency } = posting;
		return {
			rule: UNUSUAL_RULES.tenfold,
			message: `${moneyText(total, currency)} is to the cent ${words} the ${moneyText(usual, currency)} that ${nameOf(posting)} had, whose ${spread.count} ${definition.plural} come to ${rangeText(spread, currency)}.`,
			numbers: { ...numbersOf(total, spread, Number(factor)), of: canonicalDecimal(usual) },
			released: [canonicalDecimal(total), currency],
		};
	}
	return undefined;
}

/** Prices and quantities of lines against those of their item or kind, exchanged ones among them. */
export function unusualLines(look: Look): Unusual[] {
	return look.posting.lines.flatMap((line) => unusualLine(look, line));
}

function unusualLine(look: Look, line: PostedLine): Unusual[] {
	const { posting, history } = look;
	const { index, price, quantity } = line;
	if (line.kind === '' || !price?.gt(0) || !quantity?.gt(0)) return [];
	const others = history
		.ofKind(line.kind)
		.filter(
			({ posting: of }) =>
				of.currency === posting.currency && (of.id === undefined || of.id !== posting.id),
		);
	const own = others.filter(({ posting: of }) => of.contactId === posting.contactId);
	const isOwn = own.length >= ENOUGH_LINES_OWN;
	const compared = newest(isOwn ? own : others);
	if (compared.length < (isOwn ? ENOUGH_LINES_OWN : ENOUGH_LINES)) return [];
	const prices = spreadOf(numbersIn(compared, 'price'));
	const quantities = spreadOf(numbersIn(compared, 'quantity'));
	if (!prices || !quantities) return [];
	const where = `${lineText(line)} of ${isOwn ? nameOf(posting) : 'any contact'}`;
	const { currency } = posting;
	if (isExchanged(prices, quantities, Number(price), Number(quantity))) {
		return [
			{
				rule: UNUSUAL_RULES.exchanged,
				field: linePath(index, 'quantity'),
				message: `${canonicalDecimal(quantity)} × ${moneyText(price, currency)} looks exchanged: the price of ${where} is usually ${moneyText(nearest(prices.median), currency)}, the quantity ${rounded(quantities.median)} (${prices.count} lines).`,
				numbers: {
					quantity: canonicalDecimal(quantity),
					price: canonicalDecimal(price),
					usualQuantity: rounded(quantities.median),
					usualPrice: rounded(prices.median),
					count: String(prices.count),
				},
				released: [
					String(index),
					line.kind,
					canonicalDecimal(quantity),
					canonicalDecimal(price),
					currency,
				],
			},
		];
	}
	return [
		...farLine({
			line,
			where,
			what: 'price',
			value: price,
			spread: prices,
			show: (amount) => moneyText(amount, currency),
		}),
		...farLine({
			line,
			where,
			what: 'quantity',
			value: quantity,
			spread: quantities,
			show: canonicalDecimal,
		}),
	];
}

interface FarLine {
	readonly line: PostedLine;
	readonly where: string;
	readonly what: 'price' | 'quantity';
	readonly value: Decimal;
	readonly spread: Spread;
	readonly show: (amount: Decimal) => string;
}

function farLine({ line, where, what, value, spread, show }: FarLine): Unusual[] {
	const found = farFrom(spread, Number(value), FLOOR[what], TIMES[what]);
	if (!found) return [];
	const isTenfold = powerOfTen(found.times, TEN_TOLERANCE) !== undefined;
	const usual = show(nearest(spread.median));
	const range = `${spread.count} lines from ${show(nearest(spread.least))} to ${show(nearest(spread.most))}`;
	return [
		{
			rule: isTenfold ? UNUSUAL_RULES.tenfold : UNUSUAL_RULES[what],
			field: linePath(line.index, what === 'price' ? 'unitAmount' : 'quantity'),
			message: `The ${what} ${show(value)} in ${where} is ${timesText(found.times)} times the usual ${usual} (${range}).`,
			numbers: numbersOf(value, spread, found.times),
			released: [what, String(line.index), line.kind, show(value)],
		},
	];
}

function numbersIn(lines: readonly LineOfPosting[], what: 'price' | 'quantity'): number[] {
	return lines.flatMap(({ line }) => (line[what] === undefined ? [] : [Number(line[what])]));
}

/** How many times the usual, where that is far from it and beyond all that there was. */
function farFrom(
	spread: Spread,
	amount: number,
	floor: number,
	least: { readonly up: number; readonly down: number },
): { readonly times: number } | undefined {
	const { times, deviations } = distanceFrom(spread, amount, floor);
	const isBeyond = amount > spread.most * BEYOND || amount < spread.least / BEYOND;
	const isManyTimes = times >= least.up || times <= 1 / least.down;
	const far = FAR * (1 + UNSURE / spread.count);
	return isBeyond && isManyTimes && deviations > far ? { times } : undefined;
}

/** Each of both is where the other one usually is, and not where it is itself. */
function isExchanged(prices: Spread, quantities: Spread, price: number, quantity: number): boolean {
	const isPrice = (value: number) => Math.abs(Math.log(value / prices.median)) < PRICE_NEAR;
	const isQuantity = (value: number) =>
		value >= quantities.least / QUANTITY_NEAR && value <= quantities.most * QUANTITY_NEAR;
	return (
		isPrice(quantity) &&
		!isPrice(price) &&
		Math.abs(Math.log(price / prices.median)) > Math.LN2 &&
		isQuantity(price) &&
		!isQuantity(quantity)
	);
}

const PRICE_NEAR = 0.3;
const QUANTITY_NEAR = 1.5;

function rounded(value: number): string {
	return canonicalDecimal(nearest(value));
}

/** Statistics are no sums: to the cent is near enough to be said. */
function nearest(value: number): Decimal {
	return roundHalfUp(decimal(value), 2);
}

function rangeText({ count, median, least, most }: Spread, currency: string): string {
	const money = (amount: number) => moneyText(nearest(amount), currency);
	return `${money(median)} in the middle of ${count}, from ${money(least)} to ${money(most)}`;
}

function numbersOf(value: Decimal, spread: Spread, times: number): Record<string, string> {
	return {
		value: canonicalDecimal(value),
		median: rounded(spread.median),
		least: rounded(spread.least),
		most: rounded(spread.most),
		count: String(spread.count),
		times: timesText(times),
	};
}
