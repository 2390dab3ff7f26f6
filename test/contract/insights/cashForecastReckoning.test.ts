import Big from 'big.js';
import { reckonCashForecast } from '../../../lib/insights/cashForecast/cashForecast';
import { Random } from '../../prove/random';
import { insightBooks } from '../../support/insightBooks';
import {
	daysFrom,
	dayText,
	list,
	percentile,
	sharesOn,
	type Share,
} from '../../support/payingHabits';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { at, type Session } from '../sandboxXeroSession';

/** The forecast of random books, against what the API says, added up by other means. */

const DAY_MS = 86_400_000;

interface Owed {
	readonly side: string;
	readonly key: string;
	readonly contactId: string;
	readonly number: string;
	readonly due: string;
	readonly cents: number;
	readonly rate: number;
}

const later = (date: string, days: number) =>
	new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
const cents = (row: unknown, name: string) => Math.round(Number(at(row, name)) * 100);
const inBase = (amount: number, rate: number) =>
	new Big(amount).div(100).div(rate).round(2, Big.roundHalfUp);

function keyOf(row: unknown, side: string): string {
	return [side, at(row, 'Contact', 'ContactID'), at(row, 'CurrencyCode')].join(' ');
}

async function listed(session: Session, path: string): Promise<readonly unknown[]> {
	const { json } = await session.api('GET', `/${path}?page=1&pageSize=1000`);
	return list(at(json, path)).filter((row) => at(row, 'Status') === 'AUTHORISED');
}

/** Open invoices and bills, and what is open of credits by side, contact and currency. */
async function readOwed(session: Session): Promise<{ owed: Owed[]; credits: Map<string, number> }> {
	const owed = (await listed(session, 'Invoices'))
		.filter((row) => cents(row, 'AmountDue') > 0)
		.map((row): Owed => {
			const side = String(at(row, 'Type'));
			return {
				side,
				key: keyOf(row, side),
				contactId: String(at(row, 'Contact', 'ContactID')),
				number: String(at(row, 'InvoiceID')),
				due: dayText(at(row, 'DueDate')),
				cents: cents(row, 'AmountDue'),
				rate: Number(at(row, 'CurrencyRate') ?? 1),
			};
		});
	const credits = new Map<string, number>();
	for (const path of ['CreditNotes', 'Overpayments', 'Prepayments']) {
		for (const row of await listed(session, path)) {
			const sales = /^(ACCREC|RECEIVE)/.test(String(at(row, 'Type')));
			const key = keyOf(row, sales ? 'ACCREC' : 'ACCPAY');
			credits.set(key, (credits.get(key) ?? 0) + cents(row, 'RemainingCredit'));
		}
	}
	return { owed: owed.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)), credits };
}

function habitOf(shares: readonly Share[], contactId: string): readonly Share[] {
	const own = shares.filter((share) => share.contactId === contactId);
	const tells = own.some(({ isOpen, late }) => !isOpen || late > 0);
	return new Set(own.map(({ invoiceId }) => invoiceId)).size >= 5 && tells ? own : shares;
}

/** Best, likely and worst day. */
function daysOf({ side, due, contactId }: Owed, shares: readonly Share[], today: string) {
	if (side === 'ACCPAY') {
		const on = due < today ? today : due;
		return [on, on, on];
	}
	const habit = habitOf(shares, contactId);
	const [best, likely, worst] = [0.1, 0.5, 0.9].map((part) => {
		const late = percentile(habit, 'late', part);
		return late === null ? null : later(due, late);
	});
	if (!likely || likely < today) {
		const last = worst && worst >= today ? worst : null;
		return [last, last, null];
	}
	return [best && best > today ? best : today, likely, worst ?? null];
}

describe('a cash forecast of random books', () => {
	it.each([21, 22, 23, 24, 25, 26, 27, 28])(
		'equals a second reckoning line by line and week by week, seed %i',
		async (seed) => {
			const kept = new RandomBooks(new Random(seed));
			await kept.keep(100);
			const { session } = kept;
			const books = await insightBooks(session);
			const { today } = books;
			const { rows } = await reckonCashForecast(books, { day: today, detail: 'lines' });
			const { owed, credits } = await readOwed(session);
			const shares = await sharesOn(session, today, 365);
			const expected = owed.flatMap((one) => {
				const credit = credits.get(one.key) ?? 0;
				const used = Math.min(credit, one.cents);
				credits.set(one.key, credit - used);
				const left = one.cents - used;
				if (left === 0) return [];
				const base = inBase(one.cents, one.rate)
					.times(left)
					.div(one.cents)
					.round(2, Big.roundHalfUp);
				const sign = one.side === 'ACCPAY' ? -1 : 1;
				return [[one.number, base.times(sign).toFixed(2), ...daysOf(one, shares, today)].join(' ')];
			});
			const ours = rows
				.filter(({ source }) => source === 'invoice' || source === 'bill')
				.map(({ lineId, amount, bestDay, likelyDay, worstDay }) =>
					[lineId, amount, bestDay, likelyDay, worstDay].map((cell) => cell ?? '').join(' '),
				);
			expect(ours.length).toBeGreaterThan(0);
			expect(ours.sort()).toEqual(expected.sort());

			const { rows: weeks } = await reckonCashForecast(books, { day: today, detail: 'weeks' });
			const { json } = await session.api(
				'GET',
				`/Reports/BankSummary?fromDate=${today}&toDate=${today}`,
			);
			const banks = list(at(json, 'Reports', 0, 'Rows')).flatMap((row) => list(at(row, 'Rows')));
			for (const [key, name] of [
				['bestDay', 'bestClosing'],
				['likelyDay', 'closing'],
				['worstDay', 'worstClosing'],
			] as const) {
				let balance = banks.reduce<Big>(
					(sum, row) => sum.plus(String(at(row, 'Cells', 4, 'Value'))),
					new Big(0),
				);
				for (let week = 0; week < 13; week += 1) {
					for (const row of rows) {
						const on = row[key];
						if (typeof on === 'string' && Math.floor(daysFrom(today, on) / 7) === week) {
							balance = balance.plus(String(row['amount']));
						}
					}
					expect(weeks[week]?.[name]).toBe(balance.toFixed(2));
				}
			}
		},
		180_000,
	);
});
