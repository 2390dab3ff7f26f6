import { canonicalDecimal, sum, type Decimal } from '../../money';
import { ServiceFaultError } from '../../serviceFault';
import { xeroFault } from '../../xero/faults';
import { balanceOf, turned } from '../../xero/reports/balanceSheet';
import type { Basis, ReportRow } from '../../xero/reports/reportRows';
import type { Account } from '../../xero/settings';
import { chosenCategory } from '../chosenCategory';
import { InsightInputError } from '../inputError';
import type { Tie } from '../insight';
import { accounts } from '../reading/accounts';
import type { Books } from '../reading/books';
import { balanceSheet } from '../reading/reports';
import { trackingCategories } from '../reading/trackingCategories';
import { compared } from '../tie';
import { isSum, type Figure } from './figure';
import type { Month } from './months';

/** Two minutes of what Xero answers. */
const MOST_SHEETS = 120;

const UNASSIGNED = 'Unassigned';

interface Asked {
	readonly categoryId: string;
	readonly months: readonly Month[];
	readonly basis: Basis;
}

/**
 * The balance sheet by the options of a category: Xero's own of each active option, what is left of the
 * whole, and the whole as a sum. A call for each option and month, and one more for each month. Throws
 * ServiceFaultError, and InsightInputError for a category that is not there or too many calls.
 */
export async function balanceByOption(
	books: Books,
	{ categoryId, months, basis }: Asked,
): Promise<Figure[]> {
	const [all, chart] = await Promise.all([trackingCategories(books, {}), accounts(books, {})]);
	const category = chosenCategory(all, categoryId, 'Choose the tracking category from the list.');
	const options = category.options.filter(({ status }) => status === 'ACTIVE');
	const calls = months.length * (options.length + 1);
	if (calls > MOST_SHEETS) {
		throw new InsightInputError(
			`The balance sheet of ${options.length} options in ${months.length} months takes ${calls} calls to Xero; ${MOST_SHEETS} is the most.`,
			'Choose fewer months.',
		);
	}
	const ofMonths = await Promise.all(
		months.map(async (month): Promise<Figure[]> => {
			const asked = { day: month.to, basis };
			const [whole, ...sheets] = await Promise.all([
				balanceSheet(books, asked),
				...options.map(({ id }) => balanceSheet(books, { ...asked, trackingOptionId: id })),
			]);
			requireFiltered(whole, sheets);
			const rest = { tracking: UNASSIGNED, rows: restOf(whole, sheets, chart) };
			return [
				...options.map(({ name }, index) => ({ tracking: name, rows: sheets[index] ?? [] })),
				rest,
				{ rows: whole },
			].flatMap((sheet) => figuresIn(month, sheet));
		}),
	);
	return ofMonths.flat();
}

/** Rows of one option, or of the whole, which counts nothing twice as a sum. */
function figuresIn(
	month: Month,
	{ tracking, rows }: { readonly tracking?: string; readonly rows: readonly ReportRow[] },
): Figure[] {
	return rows.filter(isOfDay).map((row) => ({
		month,
		section: row.section,
		name: row.name,
		accountId: row.accountId,
		tracking,
		figure: 'Amount',
		isTotal: tracking === undefined || isSum(row),
		amount: row.amount,
	}));
}

/** The sheet asked for is the first column; Xero may add the year before. */
function isOfDay({ columnIndex }: ReportRow): boolean {
	return columnIndex === 0;
}

/** What bears no active option, account by account; of sums there are none. */
function restOf(
	whole: readonly ReportRow[],
	sheets: ReadonlyArray<readonly ReportRow[]>,
	chart: readonly Account[],
): ReportRow[] {
	const named = new Map<string, ReportRow>();
	for (const row of [whole, ...sheets].flat()) {
		if (isOfDay(row) && !isSum(row) && !named.has(keyOf(row))) named.set(keyOf(row), row);
	}
	return [...named.values()].flatMap((row): ReportRow[] => {
		const { id, accountClass } = chart.find((one) => one.id === row.accountId) ?? {
			id: row.accountId ?? '',
			accountClass: '',
		};
		const account = { id, accountClass };
		const balance = (sheet: readonly ReportRow[]): Decimal =>
			row.accountId === undefined ? amountOf(sheet, row) : balanceOf(sheet, account);
		const rest = balance(whole).minus(sum(sheets.map(balance)));
		return rest.eq(0) ? [] : [{ ...row, amount: turned(account, row.section, rest) }];
	});
}

function keyOf({ accountId, section, name }: ReportRow): string {
	return accountId ?? `${section}: ${name}`;
}

/** Of what is no account, such as the earnings of the year. */
function amountOf(sheet: readonly ReportRow[], named: ReportRow): Decimal {
	const rows = sheet.filter((row) => isOfDay(row) && !isSum(row) && keyOf(row) === keyOf(named));
	return sum(rows.map(({ amount }) => amount));
}

/** What is not filtered would be counted once for each option. Throws ServiceFaultError. */
function requireFiltered(
	whole: readonly ReportRow[],
	sheets: ReadonlyArray<readonly ReportRow[]>,
): void {
	const text = (rows: readonly ReportRow[]) =>
		rows.map((row) => `${keyOf(row)} ${canonicalDecimal(row.amount)}`).join('\n');
	const asWhole = sheets.filter((sheet) => text(sheet) === text(whole));
	if (whole.length === 0 || asWhole.length < 2) return;
	throw new ServiceFaultError(
		xeroFault({
			kind: 'notXero',
			path: '/Reports/BalanceSheet',
			vendorMessage: 'The balance sheet of an option of tracking is that of all.',
		}),
	);
}

/** The options whose own sheet Xero does not balance, each in its month. */
export function optionTies(figures: readonly Figure[], currency: string): Tie[] {
	const sheets = new Map<string, Figure[]>();
	for (const figure of figures) {
		const { tracking, month } = figure;
		if (tracking === undefined || tracking === UNASSIGNED) continue;
		const named = `${tracking}, ${month.name}`;
		sheets.set(named, [...(sheets.get(named) ?? []), figure]);
	}
	return [...sheets].flatMap(([named, sheet]): Tie[] => {
		const at = sheet.findIndex(({ name, isTotal }) => isTotal && name === 'Net Assets');
		const netAssets = sheet[at]?.amount;
		if (!netAssets) return [];
		const equity = sheet.slice(at + 1).filter(({ isTotal }) => !isTotal);
		const tie = compared({
			against: `equity in Xero's balance sheet of ${named}`,
			currency,
			ours: netAssets,
			figure: sum(equity.map(({ amount }) => amount)),
			why: "Xero's own sheet of this option does not balance.",
		});
		return tie.state === 'agrees' ? [] : [tie];
	});
}
