import { calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonDaysToPay } from '../../../lib/insights/daysToPay/daysToPay';
import type { Insight } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { Random } from '../../prove/random';
import { insightBooks } from '../../support/insightBooks';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { at, Session } from '../sandboxXeroSession';

const DAY_MS = 86_400_000;

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

async function daysToPay(books: Books, asOf: string, days = 365): Promise<Insight> {
	return await reckonDaysToPay(books, { day: day(asOf), days });
}

/** A share of an invoice: paid after so many days, or open for as long. */
interface Share {
	readonly invoiceId: string;
	readonly contactId: string;
	readonly days: number;
	readonly late: number;
	readonly weight: number;
	readonly isOpen: boolean;
}

const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;
const dayText = (value: unknown) =>
	new Date(Number(/\d+/.exec(String(value))?.[0])).toISOString().slice(0, 10);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What the API says of customers' invoices at the end of a day, in hundredths. */
async function sharesOn(session: Session, asOf: string, days: number): Promise<Share[]> {
	const { json } = await session.api('GET', '/Invoices?page=1&pageSize=1000');
	const shares: Share[] = [];
	for (const row of list(at(json, 'Invoices'))) {
		const date = dayText(at(row, 'Date'));
		const age = daysFrom(date, asOf);
		if (at(row, 'Type') !== 'ACCREC' || age < 0 || age >= days) continue;
		if (!['AUTHORISED', 'PAID'].includes(String(at(row, 'Status')))) continue;
		const cents = (one: unknown, name: string) => Math.round(Number(at(one, name) ?? 0) * 100);
		const payments = list(at(row, 'Payments')).map((one) => ({
			date: dayText(at(one, 'Date')),
			cents: cents(one, 'Amount'),
		}));
		const credits = ['CreditNotes', 'Overpayments', 'Prepayments'].flatMap((kind) =>
			list(at(row, kind)).map((one) => ({
				date: dayText(at(one, 'Date')),
				cents: cents(one, 'AppliedAmount'),
			})),
		);
		const settled = [...payments, ...credits].filter((one) => one.date <= asOf);
		const open = settled.reduce((left, one) => left - one.cents, cents(row, 'Total'));
		const told = [
			...payments
				.filter((one) => one.date >= date && one.date <= asOf)
				.map((one) => ({ ...one, isOpen: false })),
			...(open > 0 ? [{ date: asOf, cents: open, isOpen: true }] : []),
		];
		const whole = told.reduce((sum, one) => sum + one.cents, 0);
		if (whole <= 0) continue;
		const due = at(row, 'DueDate') === undefined ? date : dayText(at(row, 'DueDate'));
		for (const one of told) {
			shares.push({
				invoiceId: String(at(row, 'InvoiceID')),
				contactId: String(at(row, 'Contact', 'ContactID')),
				days: daysFrom(date, one.date),
				late: daysFrom(due, one.date),
				weight: one.cents / whole,
				isOpen: one.isOpen,
			});
		}
	}
	return shares;
}

/**
 * Efron's way to the same estimate: who is still open hands its weight on, in parts, to all that
 * went on longer.
 */
function percentile(
	shares: readonly Share[],
	measure: 'days' | 'late',
	part: number,
): number | null {
	const waiting = shares
		.map((share) => ({ at: share[measure], mass: share.weight, weight: share.weight, isOpen: share.isOpen }))
		.sort((a, b) => a.at - b.at || Number(a.isOpen) - Number(b.isOpen));
	const whole = waiting.reduce((sum, { mass }) => sum + mass, 0);
	let reached = 0;
	for (const [index, one] of waiting.entries()) {
		if (one.isOpen) {
			const later = waiting.slice(index + 1);
			const weight = later.reduce((sum, other) => sum + other.weight, 0);
			for (const other of later) other.mass += (one.mass * other.weight) / weight;
			continue;
		}
		reached += one.mass / whole;
		if (reached >= part - 1e-7) return one.at;
	}
	return null;
}

describe('days to pay', () => {
	it.each([11, 12, 13, 14, 15, 16])(
		'equal a second reckoning for each contact on four days, seed %i',
		async (seed) => {
			const random = new Random(seed);
			const kept = new RandomBooks(random);
			await kept.keep(90);
			const books = await insightBooks(kept.session);
			for (let turn = 0; turn < 4; turn += 1) {
				const asOf = turn === 0 ? '2026-11-22' : kept.anyDay();
				const days = random.pick([60, 365]);
				const { rows } = await daysToPay(books, asOf, days);
				const shares = await sharesOn(kept.session, asOf, days);
				const of = (contactId: string) =>
					shares.filter((one) => contactId === '' || one.contactId === contactId);
				const invoices = (some: readonly Share[]) =>
					new Set(some.map(({ invoiceId }) => invoiceId)).size;
				expect(rows.map(({ contactId }) => contactId).sort()).toEqual(
					['', ...new Set(shares.map(({ contactId }) => contactId))].sort(),
				);
				for (const row of rows) {
					const own = of(String(row.contactId));
					const judged = invoices(own) < 5 ? shares : own;
					expect(row).toMatchObject({
						invoices: invoices(own),
						openInvoices: own.filter(({ isOpen }) => isOpen).length,
						medianDays: percentile(judged, 'days', 0.5),
						ninetiethDays: percentile(judged, 'days', 0.9),
						medianDaysLate: percentile(judged, 'late', 0.5),
						ninetiethDaysLate: percentile(judged, 'late', 0.9),
						basis: judged === own && row.contactId !== '' ? 'contact' : 'organisation',
					});
				}
			}
		},
		120_000,
	);
});

describe('days to pay of one customer', () => {
	const session = new Session();
	const [acme, small] = session.twin
		.seedContacts([{ name: 'Acme Ltd' }, { name: 'Small Ltd' }])
		.map(({ contactId }) => contactId);

	function invoice(contactId: string | undefined, number: string, date: string, due: string): void {
		session.twin.person.saveInvoice({
			Type: 'ACCREC',
			Status: 'AUTHORISED',
			Contact: { ContactID: contactId },
			InvoiceNumber: number,
			Date: date,
			DueDate: due,
			LineAmountTypes: 'Exclusive',
			LineItems: [
				{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200', TaxType: 'OUTPUT2' },
			],
		});
	}

	function pay(invoiceNumber: string, date: string, amount?: number): void {
		session.twin.person.recordPayment({ invoiceNumber, date, amount });
	}

	beforeAll(() => {
		for (const [number, paid] of [
			['A-1', '2026-06-21'],
			['A-2', '2026-07-01'],
			['A-3', '2026-07-11'],
		] as const) {
			invoice(acme, number, '2026-06-01', '2026-06-15');
			pay(number, paid);
		}
		invoice(acme, 'A-4', '2026-08-01', '2026-08-31');
		invoice(acme, 'A-5', '2026-08-01', '2026-08-31');
		invoice(small, 'S-1', '2026-11-01', '2026-11-15');
		pay('S-1', '2026-11-11');
		// A deposit that was booked as a payment says nothing on how the invoice is paid.
		invoice(small, 'S-2', '2026-11-10', '2026-11-24');
		pay('S-2', '2026-11-02');
	});

	const rowOf = async (name: string) => {
		const { rows } = await daysToPay(await insightBooks(session), '2026-11-22');
		return rows.find(({ contact }) => contact === name);
	};

	it('count what is open as at least so long: a median of the paid alone would be 30 days', async () => {
		expect(await rowOf('Acme Ltd')).toMatchObject({
			summary:
				'Acme Ltd pays within 40 days of the invoice (median), too much is open to tell the rest; 26 days after the due day.',
			invoices: 5,
			openInvoices: 2,
			medianDays: 40,
			ninetiethDays: null,
			medianDaysLate: 26,
			percentLate: 100,
			openBeyondMedian: 2,
			longestOpenDays: 113,
			// 240.00 are owed of 600.00 sold, both with tax.
			debtorDays: 146,
		});
	});

	it('of fewer than five invoices are those of the organisation, and that is said', async () => {
		const row = await rowOf('Small Ltd');
		expect(row).toMatchObject({ basis: 'organisation', invoices: 1, medianDays: 30, debtorDays: 0 });
		expect(row?.summary).toContain('Small Ltd has 1 invoice, too few to tell a habit.');
	});

	it('are told without the balance sheet, which is then not checked', async () => {
		const scopes = [
			'accounting.invoices',
			'accounting.payments',
			'accounting.contacts',
			'accounting.settings',
			'accounting.banktransactions',
		];
		const { rows, tie } = await daysToPay(
			await insightBooks(session, undefined, scopes),
			'2026-11-22',
		);
		expect(rows).toHaveLength(3);
		expect(tie[0]).toMatchObject({ state: 'not checked' });
	});
});
