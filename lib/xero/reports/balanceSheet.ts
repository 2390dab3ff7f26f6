import { calendarDate, dateText, type CalendarDate } from '../../dates';
import { decimal, type Decimal } from '../../money';
import { ServiceFaultError } from '../../serviceFault';
import { DateTime } from '../../vendor/luxon';
import type { XeroClient } from '../client';
import { xeroFault } from '../faults';
import type { Account } from '../settings';
import { basisTerm, readReport, STANDARD_LAYOUT, type Basis, type ReportRow } from './reportRows';

/** How Xero heads the column of a day: "28 Feb 2018" mostly. */
const HEADINGS = ['d MMM yyyy', 'd MMM yy', 'd MMMM yyyy'] as const;

/** The day that a sheet is of, by its heading; undefined where that tells none. */
export function dayOfSheet(sheet: readonly ReportRow[]): CalendarDate | undefined {
	const heading = sheet.find(({ columnIndex }) => columnIndex === 0)?.column ?? '';
	const [read] = HEADINGS.map((format) =>
		DateTime.fromFormat(heading, format, { zone: 'utc', locale: 'en' }),
	).filter(({ isValid }) => isValid);
	return read && calendarDate(read.toFormat('yyyy-MM-dd'));
}

/** Another day's sheet in the place of the one asked for, which nothing may be held against. */
export class OtherDayError extends ServiceFaultError {
	constructor(asked: CalendarDate, given: CalendarDate) {
		const long = (day: CalendarDate) => dateText(day, 'd MMMM yyyy');
		super(xeroFault({ kind: 'otherDay', asked: long(asked), given: long(given) }));
	}
}

export type BalanceSheetQuestion = Readonly<{
	day: CalendarDate;
	basis: Basis;
	/** What bears this option alone; undefined for the whole. */
	trackingOptionId?: string;
}>;

/**
 * The balance sheet at the end of a day. It has no columns by category of tracking: it is filtered by an
 * option or is the whole (developer.xero.com, "Reports"). Throws ServiceFaultError.
 */
export async function readBalanceSheet(
	client: XeroClient,
	{ day, basis, trackingOptionId }: BalanceSheetQuestion,
): Promise<ReportRow[]> {
	return await readReport(client, 'BalanceSheet', {
		date: day,
		...STANDARD_LAYOUT,
		...basisTerm(basis),
		// Without a category, unlike in profit and loss, whose parameter has no number.
		...(trackingOptionId === undefined ? {} : { trackingOptionID1: trackingOptionId }),
	});
}

/** By the title of a section: in the United Kingdom they are called creditors. */
export function isOfLiabilities(section: string): boolean {
	return /liabilit|creditors/i.test(section);
}

/**
 * An account's balance in the first column, with the sign of its class wherever it stands: a bank
 * account that is overdrawn is among the liabilities, above zero, and below zero here. Zero where it
 * has no row.
 */
export function balanceOf(sheet: readonly ReportRow[], account: SignedAccount): Decimal {
	const row = sheet.find((one) => one.accountId === account.id && one.columnIndex === 0);
	if (!row) return decimal(0);
	return turned(account, row.section, row.amount);
}

/** From the sign of a section to that of an account's class, and back. */
export function turned(account: SignedAccount, section: string, amount: Decimal): Decimal {
	const isMoved = account.accountClass === 'ASSET' && isOfLiabilities(section);
	return isMoved ? amount.neg() : amount;
}

type SignedAccount = Pick<Account, 'id' | 'accountClass'>;

/** Debits less credits of an account, with the sign that the sheet gives them by the account's class. */
export function asShown({ accountClass }: Account, debits: Decimal): Decimal {
	return accountClass === 'ASSET' ? debits : debits.neg();
}
