import { calendarDate, type CalendarDate } from '../../dates';
import { parseDecimal, type Decimal } from '../../money';
import { z } from '../../vendor/zod';
import { movementOf, type BankMovement } from '../reading/bankMovement';
import { InsightInputError } from '../inputError';
import { bankSummary } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';

/** A week of an earlier forecast that is over, and what came. */
export interface PastWeek {
	readonly from: CalendarDate;
	readonly to: CalendarDate;
	readonly forecastClosing: Decimal | undefined;
	readonly came: BankMovement;
}

const day = z.string().transform((text, context): CalendarDate => {
	const date = calendarDate(text.slice(0, 10));
	if (date) return date;
	context.addIssue({ code: z.ZodIssueCode.custom, message: 'not a day' });
	return z.NEVER;
});

const amount = z.unknown().transform((value, context): Decimal | undefined => {
	if (value === null || value === undefined || value === '') return undefined;
	const read = parseDecimal(value);
	if (read) return read;
	context.addIssue({ code: z.ZodIssueCode.custom, message: 'not an amount' });
	return z.NEVER;
});

const earlierRows = z.array(
	z.object({ week: z.coerce.number().int(), from: day, to: day, closing: amount }),
);

/**
 * The latest week of an earlier forecast that was over before the day, held against the bank
 * accounts. Undefined where none is over, or the bank summary may not be read. Throws
 * ServiceFaultError, and InsightInputError for rows that are none of a forecast.
 * @param rows those of Cash Forecast by weeks
 */
export async function pastWeek(
	books: Books,
	rows: unknown,
	today: CalendarDate,
): Promise<PastWeek | undefined> {
	const parsed = earlierRows.safeParse(rows);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new InsightInputError(
			`Last Forecast holds no rows of a cash forecast: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
			'Give the rows of an earlier Cash Forecast by weeks, with week, from, to and closing.',
		);
	}
	const over = parsed.data
		.filter(({ week, to }) => week > 0 && to < today)
		.sort((a, b) => (a.to < b.to ? 1 : -1))[0];
	if (!over) return undefined;
	const { from, to } = over;
	const summary = await ifPermitted(bankSummary(books, { from, to }));
	if (!summary.isPermitted) return undefined;
	return { from, to, forecastClosing: over.closing, came: movementOf(summary.value) };
}
