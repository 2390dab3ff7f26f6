import { addDays, addMonths, calendarDateOf, endOfMonth, type CalendarDate } from '../../dates';
import type { Organisation } from '../../xero/settings';

/** When the tax of a period is paid: so many months after the one in which it ends, on a day. */
interface PaymentRule {
	/** Of periods of so many months; of any where not told. */
	readonly ofMonths?: number;
	/** Of periods that end in this month of the year, 1 to 12; of any where not told. */
	readonly endsIn?: number;
	/** Of books whose year ends in another month the day is another, and not known. */
	readonly ofYearsTo?: number;
	readonly monthsAfter: number;
	readonly day: number | 'last';
}

interface CountryTax {
	readonly source: string;
	/** The first that fits counts. */
	readonly rules: readonly [PaymentRule, ...PaymentRule[]];
	/** A month in which a period of so many months ends, where the country knows no others. */
	readonly endsIn?: Readonly<Record<number, number>>;
}

/** By country code. Days that fall on a weekend are paid on a day of work near them. */
export const TAX_DAYS: Readonly<Record<string, CountryTax>> = {
	GB: {
		source:
			'gov.uk, "VAT returns: deadlines" and "VAT Annual Accounting Scheme: return and payment deadlines"',
		rules: [
			{ ofMonths: 12, monthsAfter: 2, day: 'last' },
			{ monthsAfter: 2, day: 7 },
		],
	},
	AU: {
		source:
			'ato.gov.au, "Due dates for lodging and paying your BAS"; GST Act 1999, 151-40 (a year ends in June)',
		rules: [
			{ ofMonths: 1, monthsAfter: 1, day: 21 },
			{ ofMonths: 12, ofYearsTo: 6, monthsAfter: 4, day: 'last' },
			{ endsIn: 12, monthsAfter: 2, day: 28 },
			{ monthsAfter: 1, day: 28 },
		],
		endsIn: { 3: 3, 12: 6 },
	},
	NZ: {
		source: 'ird.govt.nz, "GST: filing and paying due dates"',
		rules: [
			{ endsIn: 3, monthsAfter: 2, day: 7 },
			{ endsIn: 11, monthsAfter: 2, day: 15 },
			{ monthsAfter: 1, day: 28 },
		],
	},
};

/** When the tax of a period is paid, by its country; undefined where that is not known. */
export function taxPaidOn(
	{ end, months }: { readonly end: CalendarDate; readonly months: number },
	{ countryCode, financialYearEnd }: Pick<Organisation, 'countryCode' | 'financialYearEnd'>,
): CalendarDate | undefined {
	const country = TAX_DAYS[countryCode ?? ''];
	const rule = country?.rules.find(
		({ ofMonths = months, endsIn = monthOf(end) }) =>
			ofMonths === months && endsIn === monthOf(end),
	);
	if (!rule) return undefined;
	const { ofYearsTo = financialYearEnd?.month } = rule;
	if (financialYearEnd && ofYearsTo !== financialYearEnd.month) return undefined;
	const [year, month] = yearAndMonth(addMonths(addDays(end, 1), rule.monthsAfter - 1));
	const first = calendarDateOf(year, month, 1);
	if (first === undefined) return undefined;
	return rule.day === 'last' ? endOfMonth(first) : addDays(first, rule.day - 1);
}

function monthOf(day: CalendarDate): number {
	return yearAndMonth(day)[1];
}

function yearAndMonth(day: CalendarDate): readonly [year: number, month: number] {
	return [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
}
