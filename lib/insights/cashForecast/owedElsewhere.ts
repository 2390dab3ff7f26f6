import type { CalendarDate } from '../../dates';
import { moneyText } from '../../money';
import { balanceOf } from '../../xero/reports/balanceSheet';
import { accounts } from '../reading/accounts';
import { ifPermitted, type Books } from '../reading/books';
import { balanceSheet } from '../reading/reports';
import type { CashLine } from './line';

/**
 * What is kept back from subcontractors, wages and expense claims: Xero owes them on accounts of its own,
 * and no bill tells when they are paid (OpenAPI, SystemAccount).
 */
const ON_NO_BILL: ReadonlySet<string> = new Set(['CISLIABILITY', 'WAGEPAYABLES', 'UNPAIDEXPCLM']);

/** What is owed by the day and in no line of the forecast, in a sentence. Throws ServiceFaultError. */
export async function owedElsewhere(
	books: Books,
	day: CalendarDate,
): Promise<{ readonly lines: readonly CashLine[]; readonly notIn: readonly string[] }> {
	const [chart, sheet] = await Promise.all([
		accounts(books, {}),
		ifPermitted(balanceSheet(books, { day })),
	]);
	if (!sheet.isPermitted) return { lines: [], notIn: [] };
	const { baseCurrency } = books.organisation;
	const owed = chart
		.filter(({ systemAccount = '' }) => ON_NO_BILL.has(systemAccount))
		.map((account) => ({ account, balance: balanceOf(sheet.value, account) }))
		.filter(({ balance }) => balance.gt(0))
		.map(({ account: { name }, balance }) => `${name} ${moneyText(balance, baseCurrency)}`);
	const why =
		'Owed on accounts of which no bill tells, and so in no week unless it is planned cash';
	return { lines: [], notIn: owed.length === 0 ? [] : [`${why}: ${owed.join(', ')}.`] };
}
