import Big from 'big.js';
import { addDays, calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonKpis } from '../../../lib/insights/kpis/kpis';
import { Random } from '../../prove/random';
import { insightBooks } from '../../support/insightBooks';
import { knackInMemory } from '../../support/knackInMemory';
import { daysFrom, dayText, list, percentile, sharesOn } from '../../support/payingHabits';
import { frozenSandbox, xeroInMemory } from '../../support/xeroInMemory';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { accountBalances } from '../sandboxXeroReports';
import { at, type Session } from '../sandboxXeroSession';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

/** The balance of accounts of some types, or of one account, out of the trial balance; debit positive. */
async function balance(session: Session, asOf: string, wanted: readonly string[]): Promise<Big> {
	const { byCode } = await accountBalances(session, 'TrialBalance', asOf);
	const codes = session.twin
		.organisation()
		.accounts.filter(({ type, systemAccount }) =>
			wanted.some((one) => one === type || one === systemAccount),
		)
		.map(({ code }) => code);
	return codes.reduce((sum, code) => sum.plus(byCode.get(code) ?? 0), new Big(0));
}

async function listed(session: Session, path: string): Promise<readonly unknown[]> {
	const { json } = await session.api('GET', `/${path}?page=1&pageSize=1000`);
	return list(at(json, path)).filter((row) =>
		['AUTHORISED', 'PAID'].includes(String(at(row, 'Status'))),
	);
}

const inBase = (row: unknown, amount: Big) =>
	amount.div(Number(at(row, 'CurrencyRate') ?? 1)).round(2, Big.roundHalfUp);
const amountOf = (row: unknown, name: string) => new Big(Number(at(row, name) ?? 0));

/** What was open and past its due day, in the base currency. */
async function overdue(session: Session, asOf: string): Promise<Big> {
	let sum = new Big(0);
	for (const row of await listed(session, 'Invoices')) {
		if (at(row, 'Type') !== 'ACCREC' || dayText(at(row, 'DueDate')) >= asOf) continue;
		const settled = [
			...list(at(row, 'Payments')).map((one) => ({ one, name: 'Amount' })),
			...['CreditNotes', 'Overpayments', 'Prepayments'].flatMap((kind) =>
				list(at(row, kind)).map((one) => ({ one, name: 'AppliedAmount' })),
			),
		].filter(({ one }) => dayText(at(one, 'Date')) <= asOf);
		const left = settled.reduce(
			(open, { one, name }) => open.minus(amountOf(one, name)),
			amountOf(row, 'Total'),
		);
		// Paid before its own day it is a debt the other way until then.
		const isDated = dayText(at(row, 'Date')) <= asOf;
		const whole = inBase(row, amountOf(row, 'Total'));
		sum = sum.plus(isDated ? inBase(row, left) : inBase(row, left).minus(whole));
	}
	return sum;
}

/** With tax, over the year to the day. */
async function sold(session: Session, asOf: string): Promise<Big> {
	let sum = new Big(0);
	for (const [path, type, sign] of [
		['Invoices', 'ACCREC', 1],
		['CreditNotes', 'ACCRECCREDIT', -1],
	] as const) {
		for (const row of await listed(session, path)) {
			const age = daysFrom(dayText(at(row, 'Date')), asOf);
			if (at(row, 'Type') !== type || age < 0 || age >= 365) continue;
			sum = sum.plus(inBase(row, amountOf(row, 'Total')).times(sign));
		}
	}
	return sum;
}

/** The figures of a month that ends on a day, each from somewhere else than the insight has it. */
async function reckoned(session: Session, end: string) {
	const before = addDays(day(`${end.slice(0, 8)}01`), -1);
	const moved = async (types: readonly string[]) =>
		(await balance(session, end, types)).minus(await balance(session, before, types));
	const revenue = (await moved(['REVENUE', 'SALES'])).neg();
	const margin = revenue.minus(await moved(['DIRECTCOSTS']));
	const receivables = await balance(session, end, ['DEBTORS']);
	const sales = await sold(session, end);
	const shares = await sharesOn(session, end, 365);
	return {
		revenue: revenue.toFixed(2),
		margin: margin.toFixed(2),
		marginPercent: revenue.gt(0)
			? margin.times(100).div(revenue).round(1, Big.roundHalfUp).toNumber()
			: null,
		cash: (await balance(session, end, ['BANK'])).toFixed(2),
		receivables: receivables.toFixed(2),
		overdue: (await overdue(session, end)).toFixed(2),
		payables: (await balance(session, end, ['CREDITORS'])).neg().toFixed(2),
		debtorDays: sales.gt(0)
			? receivables.times(365).div(sales).round(1, Big.roundHalfUp).toNumber()
			: null,
		daysToPay: percentile(shares, 'days', 0.5),
	};
}

function change(now: string | number | null, then: string | number | null): string | number | null {
	if (now === null || then === null) return null;
	const difference = new Big(now).minus(then);
	return typeof now === 'string' ? difference.toFixed(2) : difference.toNumber();
}

describe('KPIs', () => {
	it.each([31, 32, 33, 34])(
		'equal a second reckoning from other sources, seed %i',
		async (seed) => {
			const random = new Random(seed);
			const kept = new RandomBooks(random);
			await kept.keep(100);
			const { session } = kept;
			session.twin.configure({ revaluesForeignBalances: false });
			const books = await insightBooks(session);
			for (const [asOf, end, monthBefore] of [
				['2026-11-22', '2026-10-31', '2026-09-30'],
				['2026-08-31', '2026-08-31', '2026-07-31'],
			] as const) {
				const { rows, tie } = await reckonKpis(books, { day: day(asOf) });
				const [now, then] = [await reckoned(session, end), await reckoned(session, monthBefore)];
				expect(rows).toHaveLength(1);
				expect(rows[0]).toMatchObject({ month: end.slice(0, 7), ...now, unbilled: null });
				for (const key of ['revenue', 'margin', 'cash', 'overdue', 'daysToPay'] as const) {
					expect(rows[0]?.[`${key}ChangeMonth`]).toBe(change(now[key], then[key]));
				}
				expect(tie[0]).toMatchObject({ state: 'agrees' });
			}
		},
		120_000,
	);

	it('leave out what may not be read, with what to do, and tell the rest', async () => {
		const kept = new RandomBooks(new Random(5));
		await kept.keep(20);
		const books = await insightBooks(kept.session, undefined, [
			'accounting.invoices',
			'accounting.payments',
			'accounting.contacts',
			'accounting.settings',
			'accounting.banktransactions',
			'accounting.reports.banksummary.read',
		]);
		const { rows, notIn } = await reckonKpis(books, { day: day('2026-11-22') });
		expect(rows[0]).toMatchObject({ revenue: null, marginPercent: null, receivables: null });
		expect(rows[0]?.['cash']).not.toBeNull();
		expect(rows[0]?.['overdue']).not.toBeNull();
		expect(notIn.join(' ')).toMatch(
			/Left out: Revenue and margin\..+Left out: Receivables and payables\./,
		);
	});

	it('add what Knack has unbilled', async () => {
		const sandbox = frozenSandbox();
		sandbox.knack.addTable({
			name: 'Jobs',
			identifier: 'Job',
			fields: [
				{ name: 'Job', type: 'short_text' },
				{ name: 'Unbilled', type: 'currency' },
			],
		});
		sandbox.knack.seedRecords('Jobs', [
			{ Job: 'Kitchen', Unbilled: '1000.50' },
			{ Job: 'Loft', Unbilled: '20' },
			{ Job: 'Done', Unbilled: '' },
		]);
		const { client, settings } = await xeroInMemory(sandbox);
		const books = { client, organisation: settings.organisation, today: day('2026-11-22') };
		const { rows, notIn } = await reckonKpis(books, {
			day: books.today,
			unbilled: {
				source: { client: knackInMemory(sandbox), table: 'Jobs' },
				fields: { amount: 'Unbilled' },
			},
		});
		expect(rows[0]).toMatchObject({ month: '2026-10', unbilled: '1020.50', revenue: '0.00' });
		expect(notIn).toEqual([]);
	});
});
