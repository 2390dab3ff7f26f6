import { BANK_COLUMNS } from '../../xero/reports/bankSummary';
import type { ReportRow } from '../../xero/reports/reportRows';
import { YEAR_TO_DATE } from '../../xero/reports/trialBalance';
import type { Books } from '../reading/books';
import { balanceSheet, bankSummary, profitAndLoss, trialBalance } from '../reading/reports';
import { balanceByOption } from './balanceByOption';
import { isSum, type Figure } from './figure';
import type { ReportInput, ReportName } from './input';
import type { Month } from './months';

type Shaped = Pick<Figure, 'figure' | 'tracking' | 'isTotal'>;

/** What Xero's cells are of a report; nothing for those that are not given. */
type Shape = (row: ReportRow, all: readonly ReportRow[]) => Shaped | undefined;

/** All amounts of the months, in Xero's order. A call for each. Throws ServiceFaultError. */
export async function figuresOf(
	books: Books,
	input: ReportInput,
	months: readonly Month[],
): Promise<Figure[]> {
	const { report, trackingCategoryId: categoryId } = input;
	if (report === 'balanceSheet' && categoryId !== undefined) {
		return await balanceByOption(books, { categoryId, months, basis: input.basis });
	}
	const sheets = await Promise.all(
		months.map(async (month) => await READ[report](books, input, month)),
	);
	const shape = categoryId === undefined ? SHAPES[report] : byOption;
	return sheets.flatMap((sheet, index) => {
		const month = months[index];
		if (!month) return [];
		return sheet.flatMap((row): Figure[] => {
			const shaped = shape(row, sheet);
			if (!shaped) return [];
			const { section, name, accountId, amount } = row;
			return [{ month, section, name, accountId, amount, ...shaped }];
		});
	});
}

const READ: Readonly<
	Record<
		ReportName,
		(books: Books, input: ReportInput, month: Month) => Promise<readonly ReportRow[]>
	>
> = {
	profitAndLoss: async (books, { basis, trackingCategoryId }, { from, to }) =>
		await profitAndLoss(books, { from, to, basis, trackingCategoryId }),
	balanceSheet: async (books, { basis }, { to }) => await balanceSheet(books, { day: to, basis }),
	trialBalance: async (books, { basis }, { to }) => await trialBalance(books, { day: to, basis }),
	bankSummary: async (books, _input, { from, to }) => await bankSummary(books, { from, to }),
};

/** The sheet asked for is the first column; Xero may add the year before. */
const firstColumn: Shape = (row) =>
	row.columnIndex === 0 ? { figure: 'Amount', isTotal: isSum(row) } : undefined;

const yearToDate: Shape = (row) => {
	const { debit, credit } = YEAR_TO_DATE;
	if (row.amount.eq(0) || (row.column !== debit && row.column !== credit)) return undefined;
	return { figure: row.column === debit ? 'Debit' : 'Credit', isTotal: isSum(row) };
};

const bankColumns: Shape = (row) =>
	Object.values<string>(BANK_COLUMNS).includes(row.column)
		? { figure: row.column, isTotal: isSum(row) }
		: undefined;

const SHAPES: Readonly<Record<ReportName, Shape>> = {
	profitAndLoss: firstColumn,
	balanceSheet: firstColumn,
	trialBalance: yearToDate,
	bankSummary: bankColumns,
};

/** The last column is the sum of the others. */
const byOption: Shape = (row, all) => {
	const last = all.reduce((most, { columnIndex }) => Math.max(most, columnIndex), 0);
	const isWhole = row.columnIndex === last && row.column === 'Total';
	return isWhole
		? { figure: 'Amount', isTotal: true }
		: { figure: 'Amount', tracking: row.column, isTotal: isSum(row) };
};
