import { addDays, type CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { moneyText, sum, type Decimal } from '../../money';
import { readStanding, standIn, type StandOnDay } from '../ageing/onDay';
import { habitsOf, type Habits } from '../daysToPay/habits';
import { lastDays, readPaidParts } from '../daysToPay/waits';
import { accounts } from '../reading/accounts';
import { bankTransactionsOfDays, type BookedTransaction } from '../reading/bankTransactions';
import { ifPermitted, type Books } from '../reading/books';
import { repeatingInvoices, type RepeatingInvoice } from '../reading/repeatingInvoices';
import { billLines } from './bills';
import { paymentsAhead, transactionsAhead } from './datedAhead';
import { inNoWeek } from './inNoWeek';
import type { CashForecastInput } from './input';
import { lineTexts, type CashLine } from './line';
import { owedElsewhere } from './owedElsewhere';
import { plannedLines } from './plannedCash';
import { receiptLines } from './receipts';
import { DAYS_BACK, regularLines } from './regularPayments';
import { repeatingLines } from './repeating';
import { taxForecast } from './tax';
import { readUnbilled, unbilledLines } from './unbilled';
import { lastDayOf } from './weeks';

/** What a source adds to the forecast, and what it leaves out. */
interface Collected {
	readonly lines: readonly CashLine[];
	readonly notIn: readonly string[];
}

/** So many days of invoices tell the habits. */
const HABIT_DAYS = 365;

/** Every line of the forecast. Throws ServiceFaultError and InsightInputError. */
export async function collectLines(books: Books, input: CashForecastInput): Promise<Collected> {
	const { day } = input;
	const last = lastDayOf(day);
	const [sales, purchases] = await Promise.all([
		readStanding(books, 'sales', day),
		readStanding(books, 'purchases', day),
	]);
	const habitDays = lastDays('sales', day, HABIT_DAYS);
	const paid = await readPaidParts(books, habitDays, standIn(sales, day));
	const habits = habitsOf(paid);
	const contactIds = new Map(paid.map(({ contact, contactId }) => [foldText(contact), contactId]));
	const currency = books.organisation.baseCurrency;
	const planned = await plannedCash(input, currency, { day, last });
	const parts = await Promise.all([
		// What is dated ahead will be paid too.
		documents(books, day, {
			sales: standIn(sales, last),
			purchases: standIn(purchases, last),
			habits,
		}),
		taxForecast(books, day, { daysAfter: input.taxDaysAfter, planned: planned.lines }),
		owedElsewhere(books, day),
		repeating(books, habits, { day, last }),
		regular(books, { day, last }, planned.lines),
		unbilledWork(input, habits, contactIds),
	]);
	const all = [...parts, planned];
	const lines = [
		...all.flatMap((part) => part.lines),
		...paymentsAhead('sales', sales, { day, last }),
		...paymentsAhead('purchases', purchases, { day, last }),
	];
	return {
		lines,
		notIn: [...inNoWeek(lines, currency), ...all.flatMap(({ notIn }) => notIn)],
	};
}

interface Open {
	readonly sales: StandOnDay;
	readonly purchases: StandOnDay;
	readonly habits: Habits;
}

function documents(books: Books, day: CalendarDate, { sales, purchases, habits }: Open): Collected {
	const currency = books.organisation.baseCurrency;
	const receipts = receiptLines(sales, habits, day);
	const bills = billLines(purchases, day);
	const isForeign = [...sales.documents, ...purchases.documents].some(
		(one) => one.currency !== currency,
	);
	const drafts = (list: StandOnDay['drafts'], what: string) =>
		said(
			list.length > 0,
			`Not approved, and so not in: ${list.length} ${what}, ${moneyText(sum(list.map(({ due, rate }) => due.div(rate))), currency)}.`,
		);
	const credit = (left: Decimal, whose: string) =>
		said(
			left.gt(0),
			`Credits and deposits of ${whose} beyond what is open, ${moneyText(left, currency)}, are not expected to be paid out.`,
		);
	return {
		lines: [...receipts.lines, ...bills.lines],
		notIn: [
			...drafts(sales.drafts, 'invoices'),
			...drafts(purchases.drafts, 'bills'),
			...credit(receipts.creditLeft, 'customers'),
			...credit(bills.creditLeft, 'suppliers'),
			...said(isForeign, 'What is owed in other currencies is in at the rate of its document.'),
		],
	};
}

function said(isTrue: boolean, sentence: string): string[] {
	return isTrue ? [sentence] : [];
}

interface Within {
	readonly day: CalendarDate;
	readonly last: CalendarDate;
}

async function repeating(books: Books, habits: Habits, within: Within): Promise<Collected> {
	const base = books.organisation.baseCurrency;
	const templates = await repeatingInvoices(books, {});
	const isBase = ({ currency = base }: RepeatingInvoice) => currency === base;
	const foreign = templates.filter((template) => !isBase(template));
	const { lines, uncertain } = repeatingLines(templates.filter(isBase), habits, within);
	return {
		lines,
		notIn: [
			...said(
				foreign.length > 0,
				`Repeating in other currencies, whose rate is not known yet, and so not in: ${foreign.map(({ contact }) => contact).join(', ')}.`,
			),
			...said(
				uncertain.length > 0,
				`Repeating on a day that a shorter month lacks, and so up to three days earlier after it: ${uncertain.join(', ')}. Worst has the day that leaves less.`,
			),
		],
	};
}

/** Tax has a line of its own until it is entered, and what is planned goes before what was only seen. */
async function regular(
	books: Books,
	within: Within,
	planned: readonly CashLine[],
): Promise<Collected> {
	const from = addDays(within.day, -DAYS_BACK);
	const asked = bankTransactionsOfDays(books, { from, to: within.last });
	const [transactions, chart] = await Promise.all([ifPermitted(asked), accounts(books, {})]);
	if (!transactions.isPermitted) {
		const what = 'Regular payments, and bank transactions dated ahead, are not in.';
		return { lines: [], notIn: [`${what} ${transactions.fault.fix}`] };
	}
	const tax = chart.find(({ systemAccount }) => systemAccount === 'GST')?.code;
	const names = new Set(planned.map(({ who }) => foldText(who)));
	const isPlanned = ({ contact }: BookedTransaction) => names.has(foldText(contact));
	const isTax = ({ lines }: BookedTransaction) =>
		lines.some(({ accountCode }) => accountCode !== undefined && accountCode === tax);
	const told = transactions.value.filter((one) => !isPlanned(one));
	const untaxed = told.filter((one) => !isTax(one));
	const twice = transactionsAhead(transactions.value.filter(isPlanned), within);
	const each = lineTexts(twice, books.organisation.baseCurrency);
	return {
		lines: [...transactionsAhead(told, within), ...regularLines(untaxed, within)],
		notIn: said(
			twice.length > 0,
			`Dated ahead in Xero, and not in, since planned cash has the same name: ${each}. Where it is not the same money, give it another name under planned cash.`,
		),
	};
}

async function plannedCash(
	{ planned }: CashForecastInput,
	currency: string,
	within: Within,
): Promise<Collected> {
	if (planned) {
		const { lines, past } = await plannedLines(planned, within);
		const what = past.length === 1 ? '1 planned movement' : `${past.length} planned movements`;
		return {
			lines,
			notIn: said(
				past.length > 0,
				`In no week, since the day has passed and no field tells what is paid: ${what}, ${moneyText(sum(past), currency)}. Choose Paid under Fields of Planned Cash.`,
			),
		};
	}
	const why =
		'Wages and what else is on no bill are not in, but for payments that were seen to be regular. Choose a Knack table of planned cash for them.';
	return { lines: [], notIn: [why] };
}

async function unbilledWork(
	{ unbilled, day }: CashForecastInput,
	habits: Habits,
	contactIds: ReadonlyMap<string, string>,
): Promise<Collected> {
	if (!unbilled) return { lines: [], notIn: ['Work that is not invoiced yet is not in.'] };
	const { work, taxPercent } = unbilled;
	const records = await readUnbilled(work);
	return {
		lines: unbilledLines(records, { habits, contactIds, taxPercent, day }),
		notIn: [],
	};
}
