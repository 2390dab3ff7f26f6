import { calendarDate, type CalendarDate } from '../../../lib/dates';
import { reckonDaysToPay } from '../../../lib/insights/daysToPay/daysToPay';
import { keyOf } from '../../../lib/insights/knackTable/rowValues';
import type { Insight } from '../../../lib/insights/insight';
import type { Books } from '../../../lib/insights/reading/books';
import { Random } from '../../prove/random';
import { insightBooks } from '../../support/insightBooks';
import { percentile, sharesOn, type Share } from '../../support/payingHabits';
import { RandomBooks } from '../sandboxXeroRandomBooks';
import { Session } from '../sandboxXeroSession';

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`${text} is no day.`);
	return date;
}

async function daysToPay(books: Books, asOf: string, days = 365): Promise<Insight> {
	return await reckonDaysToPay(books, { day: day(asOf), days });
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
				const { rows, rowKey } = await daysToPay(books, asOf, days);
				const keys = rows.map((row) => keyOf(row, rowKey));
				expect(keys.filter((key) => key === '')).toEqual([]);
				expect(new Set(keys).size).toBe(rows.length);
				const shares = await sharesOn(kept.session, asOf, days);
				const of = (contactId: string) =>
					shares.filter((one) => contactId === 'all' || one.contactId === contactId);
				const invoices = (some: readonly Share[]) =>
					new Set(some.map(({ invoiceId }) => invoiceId)).size;
				expect(rows.map(({ contactId }) => contactId).sort()).toEqual(
					['all', ...new Set(shares.map(({ contactId }) => contactId))].sort(),
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
						basis: judged === own && row.contactId !== 'all' ? 'contact' : 'organisation',
					});
				}
			}
		},
		120_000,
	);
});

it('says of books without invoices that there are none, not that nobody pays', async () => {
	const { summary, rows } = await daysToPay(await insightBooks(new Session()), '2026-11-22');
	expect(summary).toBe('No invoice of the period was paid or is open.');
	expect(rows.map((row) => row.summary)).toEqual([
		'All customers have no invoice of the period that was paid or is open.',
	]);
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
				{
					Description: 'Work',
					Quantity: 1,
					UnitAmount: 100,
					AccountCode: '200',
					TaxType: 'OUTPUT2',
				},
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
		expect(row).toMatchObject({
			basis: 'organisation',
			invoices: 1,
			medianDays: 30,
			debtorDays: 0,
		});
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
