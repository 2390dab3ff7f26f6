import { calendarDate, calendarDateOf, daysBetween, type CalendarDate } from '../../dates';
import { canonicalDecimal, decimal, moneyText, type Decimal } from '../../money';
import { booksOf } from '../../xero/books';
import type { Organisation, OrganisationSettings } from '../../xero/settings';
import { headerText, linePath, textOf } from '../check/draftValues';
import { UNUSUAL_RULES } from '../check/rules/unusualRules';
import { lineText, nameOf, type Look, type Unusual } from './look';
import { newest, type LineOfPosting } from './postedHistory';

/** Tax from a supplier who has no tax number and never charged any. */
export function taxWithoutNumber(look: Look): Unusual[] {
	const { posting, definition, draft, contact, ofContact } = look;
	const { totalTax } = posting;
	if (definition.amounts.sideOf(draft.fields) !== 'purchase' || !totalTax?.gt(0)) return [];
	const number = headerText(draft, 'contact.taxNumber') ?? textOf(contact?.fields.taxNumber);
	const posted = ofContact.filter(({ isPosted }) => isPosted);
	if (number !== undefined || posted.some((each) => each.totalTax?.gt(0))) return [];
	return [
		{
			rule: UNUSUAL_RULES.taxNumber,
			field: 'contact.taxNumber',
			message: `${nameOf(posting)} charges tax of ${moneyText(totalTax, posting.currency)}, has no tax number, and charged none on ${posted.length} ${definition.plural} before.`,
			numbers: { tax: canonicalDecimal(totalTax), count: String(posted.length) },
			released: [canonicalDecimal(totalTax), posting.currency],
		},
	];
}

/** Documents come this late, or this early, without being of the wrong year. */
const LATE_DAYS = 92;

/** The date in another financial year than the day of the work; without that, than today. */
export function otherFinancialYear({
	posting,
	draft,
	settings,
	today,
	definition,
}: Look): Unusual[] {
	const date = calendarDate(posting.date);
	const { financialYearEnd: end } = settings.organisation;
	if (!date || !end) return [];
	const work = draft.source.unusual?.workDay;
	const other = work ?? today;
	const [ownYear, otherYear] = [financialYear(date, end), financialYear(other, end)];
	if (ownYear === otherYear) return [];
	if (!work && Math.abs(daysBetween(date, other)) <= LATE_DAYS) return [];
	const what = work ? `the work of ${work}` : `today, ${today}`;
	return [
		{
			rule: UNUSUAL_RULES.year,
			field: 'date',
			message: `${date} is in the financial year that ends on ${ownYear}, ${what} in the one that ends on ${otherYear}; it is one of the ${definition.plural} of another year.`,
			numbers: { date, other, year: ownYear, otherYear },
			released: [date, work ?? ''],
		},
	];
}

/** The last day of the financial year that a day lies in. */
function financialYear(
	date: CalendarDate,
	{ day, month }: NonNullable<Organisation['financialYearEnd']>,
): string {
	const year = Number(date.slice(0, 4));
	// 29 February is the 28th of most years.
	const endIn = (of: number) =>
		calendarDateOf(of, month, day) ?? calendarDateOf(of, month, day - 1) ?? date;
	return date <= endIn(year) ? endIn(year) : endIn(year + 1);
}

/** So often sold for less than it costs, an item is meant to be. */
const SOLD_BELOW = 3;

/** An item that is sold, with the line's discount, for less than Xero says it costs. */
export function soldBelowCost({ posting, definition, draft, settings, history }: Look): Unusual[] {
	if (definition.amounts.sideOf(draft.fields) !== 'sale') return [];
	if (posting.currency !== settings.organisation.baseCurrency) return [];
	const books = booksOf(settings);
	return posting.lines.flatMap((line) => {
		const cost = books.item(line.itemCode ?? '')?.purchases.unitPrice;
		const price = priceWithoutTax(settings, { line, posting });
		if (cost === undefined || !price?.gt(0) || price.gte(cost)) return [];
		const before = newest(history.ofKind(line.kind)).filter(
			(each) =>
				each.posting.currency === posting.currency &&
				each.posting.id !== posting.id &&
				priceWithoutTax(settings, each)?.lt(cost),
		);
		if (before.length >= SOLD_BELOW) return [];
		const { currency } = posting;
		return [
			{
				rule: UNUSUAL_RULES.belowCost,
				field: linePath(line.index, 'unitAmount'),
				message: `${lineText(line)} is sold for ${moneyText(price, currency)} and costs ${moneyText(decimal(cost), currency)}.`,
				numbers: { price: canonicalDecimal(price), cost },
				released: [String(line.index), line.kind, canonicalDecimal(price), cost, currency],
			},
		];
	});
}

/** What one of a line is sold for, as items cost. */
function priceWithoutTax(
	settings: OrganisationSettings,
	{ line: { soldFor, taxType }, posting: { isInclusive } }: LineOfPosting,
): Decimal | undefined {
	if (!isInclusive) return soldFor;
	const rate = booksOf(settings).taxRate(taxType ?? '')?.effectiveRate ?? decimal(0);
	return soldFor?.times(100).div(decimal(100).plus(rate)).round(2);
}
