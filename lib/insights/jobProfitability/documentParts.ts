import { foldText } from '../../foldText';
import type { CalendarDate } from '../../dates';
import { AMOUNT_PLACES, decimal, roundHalfUp, sum, type Decimal } from '../../money';
import type { Account, TrackingCategory } from '../../xero/settings';
import type { BookedTransaction } from '../reading/bankTransactions';
import type { BookedCredit } from '../reading/credits';
import type { BookedInvoice } from '../reading/invoices';
import type { BookedLine } from '../reading/lines';
import { NO_JOB } from './ledger';

/** Figures of a job that lines of documents tell, without tax and in the base currency. */
export type Figure = 'revenue' | 'invoiced' | 'paid' | 'retention' | 'bills' | 'spent';

/** An amount that counts towards a figure of a job. */
export interface JobPart {
	/** The option's id, or `NO_JOB`. */
	readonly option: string;
	readonly figure: Figure;
	readonly amount: Decimal;
}

/** What lines are told apart by. */
export interface LineContext {
	readonly category: TrackingCategory;
	readonly accountsById: ReadonlyMap<string, Account>;
	readonly accountsByCode: ReadonlyMap<string, Account>;
	readonly retentionAccount: Account | undefined;
	readonly day: CalendarDate;
}

interface OwnedLine {
	readonly option: string;
	readonly account: Account | undefined;
	/** In the document's currency. */
	readonly net: Decimal;
}

/** What an option is known by on a line. */
function optionOn(line: BookedLine, { category }: LineContext): string {
	const tracked = line.tracking.find(({ categoryId, category: name }) =>
		categoryId === undefined
			? foldText(name ?? '') === foldText(category.name)
			: categoryId === category.id,
	);
	const wanted = foldText(tracked?.option ?? '');
	if (wanted === '') return NO_JOB;
	const named = category.options.filter(({ name }) => foldText(name) === wanted);
	return (named.find(({ status }) => status === 'ACTIVE') ?? named[0])?.id ?? NO_JOB;
}

function accountOf(line: BookedLine, context: LineContext): Account | undefined {
	const { accountsById, accountsByCode } = context;
	return line.accountId === undefined
		? accountsByCode.get(line.accountCode ?? '')
		: accountsById.get(line.accountId);
}

function isInProfit(account: Account | undefined): boolean {
	return account?.accountClass === 'REVENUE' || account?.accountClass === 'EXPENSE';
}

/**
 * Lines with their jobs. A line on a balance sheet account, such as one of retention or of a deposit,
 * belongs to the document's only job where it names none.
 */
function ownedLines(lines: readonly BookedLine[], context: LineContext): OwnedLine[] {
	const own = lines.map((line) => ({
		option: optionOn(line, context),
		account: accountOf(line, context),
		net: line.net,
	}));
	const named = new Set(own.map(({ option }) => option).filter((option) => option !== NO_JOB));
	const [only] = named;
	if (only === undefined || named.size > 1) return own;
	return own.map((line) =>
		line.option === NO_JOB && !isInProfit(line.account) ? { ...line, option: only } : line,
	);
}

/** Lines that are, or will be, costs: orders may leave their accounts open. */
export function costLines(
	lines: readonly BookedLine[],
	context: LineContext,
): ReadonlyArray<{ readonly option: string; readonly net: Decimal }> {
	return ownedLines(lines, context).filter(
		({ account }) => account === undefined || isInProfit(account),
	);
}

/** As the ledger has it: each line rounded for itself. */
function inBase(amount: Decimal, rate: Decimal): Decimal {
	return roundHalfUp(amount.div(rate), AMOUNT_PLACES);
}

/** Where a line's amount counts. `sign` is 1 for what comes in, -1 for what goes out. */
function ledgerParts(
	lines: readonly OwnedLine[],
	{ rate, sign, costs }: { readonly rate: Decimal; readonly sign: 1 | -1; readonly costs: Figure },
): JobPart[] {
	return lines.flatMap(({ option, account, net }): JobPart[] => {
		const amount = inBase(net, rate).times(sign);
		if (account?.accountClass === 'REVENUE') return [{ option, figure: 'revenue', amount }];
		if (account?.accountClass === 'EXPENSE')
			return [{ option, figure: costs, amount: amount.neg() }];
		return [];
	});
}

/** What was invoiced and kept back, and the part of it that money has settled. */
function salesParts(
	lines: readonly OwnedLine[],
	{ retentionAccount }: LineContext,
	{ rate, sign, share }: { readonly rate: Decimal; readonly sign: 1 | -1; readonly share: Decimal },
): JobPart[] {
	const options = [...new Set(lines.map(({ option }) => option))];
	return [
		...lines.flatMap(({ option, account, net }): JobPart[] => {
			const amount = inBase(net, rate).times(sign);
			if (isInProfit(account)) return [{ option, figure: 'invoiced', amount }];
			return account !== undefined && account.id === retentionAccount?.id
				? [{ option, figure: 'retention', amount: amount.neg() }]
				: [];
		}),
		...options.map((option): JobPart => {
			const whole = sum(lines.filter((line) => line.option === option).map(({ net }) => net));
			return { option, figure: 'paid', amount: inBase(whole.times(share), rate).times(sign) };
		}),
	];
}

function upTo(
	moves: ReadonlyArray<{ readonly date: CalendarDate; readonly amount: Decimal }>,
	day: CalendarDate,
): Decimal {
	return sum(moves.filter(({ date }) => date <= day).map(({ amount }) => amount));
}

function shareOf(amount: Decimal, whole: Decimal): Decimal {
	return whole.eq(0) ? decimal(0) : amount.div(whole);
}

/** Money that was received before and put against invoices by the end of the day, by invoice. */
export function depositsApplied(
	deposits: readonly BookedCredit[],
	day: CalendarDate,
): ReadonlyMap<string, Decimal> {
	const applied = new Map<string, Decimal>();
	for (const { allocations } of deposits) {
		for (const { invoiceId, date, amount } of allocations) {
			if (date > day) continue;
			applied.set(invoiceId, (applied.get(invoiceId) ?? decimal(0)).plus(amount));
		}
	}
	return applied;
}

/** Of an invoice or a bill. */
export function partsOfInvoice(
	invoice: BookedInvoice,
	context: LineContext,
	applied: ReadonlyMap<string, Decimal>,
): JobPart[] {
	const { rate, payable, payments } = invoice;
	const sign = invoice.side === 'sales' ? 1 : -1;
	const lines = ownedLines(invoice.lines, context);
	const parts = ledgerParts(lines, { rate, sign, costs: 'bills' });
	if (invoice.side === 'purchases') return parts;
	const settled = upTo(payments, context.day).plus(applied.get(invoice.id) ?? 0);
	const share = shareOf(settled, payable);
	return [...parts, ...salesParts(lines, context, { rate, sign, share })];
}

/** Of a credit note: it takes from what was invoiced, and what is refunded from what was paid. */
export function partsOfCreditNote(note: BookedCredit, context: LineContext): JobPart[] {
	const { rate, payable, payments } = note;
	const sign = note.side === 'sales' ? -1 : 1;
	const lines = ownedLines(note.lines, context);
	const parts = ledgerParts(lines, { rate, sign, costs: 'bills' });
	if (note.side === 'purchases') return parts;
	const share = shareOf(upTo(payments, context.day), payable);
	return [...parts, ...salesParts(lines, context, { rate, sign, share })];
}

/**
 * Of spend money and receive money. What is received on accounts of sales is paid at once, and so is
 * what comes in on the account of retentions: it pays what invoices kept back. What is spent on
 * accounts of sales gives a customer money back. On other accounts of the balance sheet, such as a
 * loan or a deposit, money pays no work.
 */
export function partsOfTransaction(
	{ kind, rate, lines }: BookedTransaction,
	context: LineContext,
): JobPart[] {
	const own = ownedLines(lines, context);
	const sign = kind === 'received' ? 1 : -1;
	const parts = ledgerParts(own, { rate, sign, costs: 'spent' });
	const sales = own.filter((line) =>
		kind === 'spent' ? line.account?.accountClass === 'REVENUE' : paysWork(line, context),
	);
	return [...parts, ...salesParts(sales, context, { rate, sign, share: decimal(1) })];
}

function paysWork({ account }: OwnedLine, { retentionAccount }: LineContext): boolean {
	if (account === undefined) return false;
	return account.accountClass === 'REVENUE' || account.id === retentionAccount?.id;
}

/** Received for jobs on accounts on which it pays no work, in the base currency. */
export function receivedApart(
	transactions: readonly BookedTransaction[],
	context: LineContext,
): Decimal {
	return sum(
		transactions
			.filter(({ kind }) => kind === 'received')
			.flatMap(({ rate, lines }) =>
				ownedLines(lines, context)
					.filter(
						(line) =>
							line.option !== NO_JOB && !isInProfit(line.account) && !paysWork(line, context),
					)
					.map(({ net }) => inBase(net, rate)),
			),
	);
}
