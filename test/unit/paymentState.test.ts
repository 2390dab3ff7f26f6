import fc from 'fast-check';
import { addDays, calendarDate } from '../../lib/dates';
import type { CalendarDate } from '../../lib/dates';
import {
	newestOfEach,
	newestSnapshot,
	readInvoiceSnapshot,
} from '../../lib/sync/payments/invoiceSnapshot';
import type { InvoiceSnapshot } from '../../lib/sync/payments/invoiceSnapshot';
import { paymentStateOf } from '../../lib/sync/payments/paymentState';
import type { PaymentState } from '../../lib/sync/payments/paymentState';

const INVOICE_ID = 'b1f0c3d2-0000-4000-8000-000000000001';
const TODAY = day('2026-11-22');

function day(text: string): CalendarDate {
	const date = calendarDate(text);
	if (!date) throw new Error(`no such day: ${text}`);
	return date;
}

/** An element as Xero sends it, with what the test is about put over it. */
function element(over: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		Type: 'ACCREC',
		InvoiceID: INVOICE_ID,
		InvoiceNumber: 'INV-0041',
		Reference: 'ORD-0007',
		Contact: { ContactID: 'c1', Name: 'Acme Ltd' },
		Status: 'AUTHORISED',
		CurrencyCode: 'GBP',
		Total: 120.0,
		AmountPaid: 0.0,
		AmountCredited: 0.0,
		AmountDue: 120.0,
		DueDateString: '2026-12-22T00:00:00',
		DueDate: '/Date(1797897600000+0000)/',
		Payments: [],
		UpdatedDateUTC: '/Date(1795348345123+0000)/',
		...over,
	};
}

function read(over: Record<string, unknown> = {}): InvoiceSnapshot {
	const read = readInvoiceSnapshot(element(over));
	if (!read.ok) throw new Error(`${read.failure.part} cannot be read`);
	return read.value;
}

function payment(id: string, amount: number, date: string, over: Record<string, unknown> = {}) {
	return {
		PaymentID: id,
		Date: `/Date(${Date.parse(`${date}T00:00:00Z`)}+0000)/`,
		Amount: amount,
		Reference: `BACS ${id}`,
		...over,
	};
}

const state = (over: Record<string, unknown>, today = TODAY) => paymentStateOf(read(over), today);

describe('the payment state of an invoice', () => {
	it.each([
		['draft', { Status: 'DRAFT' }],
		['awaitingApproval', { Status: 'SUBMITTED' }],
		['unpaid', {}],
		['partPaid', { AmountPaid: 50, AmountDue: 70 }],
		['partPaid', { AmountCredited: 50, AmountDue: 70 }],
		['paid', { Status: 'PAID', AmountPaid: 120, AmountDue: 0 }],
		['paid', { Status: 'PAID', AmountPaid: 20, AmountCredited: 100, AmountDue: 0 }],
		['credited', { Status: 'PAID', AmountCredited: 120, AmountDue: 0 }],
		['paid', { Status: 'PAID', Total: 0, AmountDue: 0 }],
		['overpaid', { Status: 'PAID', AmountPaid: 130, AmountDue: -10 }],
		['voided', { Status: 'VOIDED' }],
		['deleted', { Status: 'DELETED' }],
	])('is %s for %j', (expected, over) => {
		expect(state(over).state).toBe(expected);
	});

	it('is overdue from the day after the due date, on the calendar of the organisation', () => {
		expect(state({ DueDateString: '2026-11-22T00:00:00' }).state).toBe('unpaid');
		const late = state({ DueDateString: '2026-11-21T00:00:00' });
		expect([late.state, late.daysOverdue]).toEqual(['overdue', 1]);
		const part = state({ DueDateString: '2026-10-22', AmountPaid: 1, AmountDue: 119 });
		expect([part.state, part.daysOverdue]).toEqual(['partPaidOverdue', 31]);
	});

	it('does not call a draft, a paid or a voided invoice overdue', () => {
		const over = { DueDateString: '2026-01-01' };
		for (const status of ['DRAFT', 'SUBMITTED', 'VOIDED', 'DELETED']) {
			expect(state({ ...over, Status: status }).daysOverdue).toBe(0);
		}
		const paid = state({ ...over, Status: 'PAID', AmountPaid: 120, AmountDue: 0 });
		expect([paid.state, paid.daysOverdue]).toEqual(['paid', 0]);
	});

	it('counts a prepayment as money although Xero calls it credited', () => {
		const paid = state({
			Status: 'PAID',
			AmountCredited: 120,
			AmountDue: 0,
			Prepayments: [{ PrepaymentID: 'p1', AppliedAmount: 120, Date: '/Date(1795305600000)/' }],
		});
		expect(paid.state).toBe('paid');
		expect(paid.credits).toMatchObject([{ kind: 'prepayment', id: 'p1' }]);
	});

	it('takes the last payment that stands, each once and deleted ones left out', () => {
		const last = state({
			AmountPaid: 70,
			AmountDue: 50,
			Payments: [
				payment('b', 20, '2026-11-20'),
				payment('a', 50, '2026-11-10'),
				payment('b', 20, '2026-11-20'),
				payment('c', 10, '2026-11-21', { Status: 'DELETED' }),
			],
		});
		expect(last.lastPaymentDate).toBe('2026-11-20');
		expect(last.payments.map((entry) => entry.id)).toEqual(['a', 'b']);
	});

	it('keeps amounts exact that binary fractions cannot say', () => {
		const part = state({ Total: 0.3, AmountPaid: 0.1, AmountDue: 0.2 });
		expect(part.paid.plus(part.due).eq(part.total)).toBe(true);
	});

	it('works out what is due when Xero leaves it out, less the CIS deduction', () => {
		const due = state({ AmountDue: undefined, AmountPaid: 50, CISDeduction: 20 }).due;
		expect(due.toFixed(2)).toBe('50.00');
	});

	it('owes nothing on a voided invoice', () => {
		expect(state({ Status: 'VOIDED', AmountDue: 120 }).due.toFixed(2)).toBe('0.00');
	});

	it('gives the day of the last payment from the settlement date when a list has no payments', () => {
		const paid = state({
			Status: 'PAID',
			AmountPaid: 120,
			AmountDue: 0,
			Payments: undefined,
			FullyPaidOnDate: '/Date(1795305600000+0000)/',
		});
		expect([paid.lastPaymentDate, paid.fullyPaidDate]).toEqual(['2026-11-22', '2026-11-22']);
	});

	it('refuses what is not an invoice', () => {
		for (const other of [undefined, null, 'INV-1', {}, { InvoiceID: '', Status: 'PAID' }]) {
			expect(readInvoiceSnapshot(other).ok).toBe(false);
		}
	});

	it.each([
		['Total', undefined],
		['Total', 'a lot'],
		['AmountPaid', '12,0,0'],
		['AmountCredited', {}],
		['AmountDue', 'nothing'],
		['CISDeduction', [1]],
		['Status', ''],
		['Payments', [{ PaymentID: 'p1', Amount: 'x' }]],
		['Payments', [null]],
		['Payments', 'many'],
		['CreditNotes', [{ CreditNoteID: 'c1', AppliedAmount: true }]],
	])('takes %s of %p for no amount, and says which invoice that is', (part, value) => {
		const read = readInvoiceSnapshot(element({ [part]: value }));
		const { InvoiceID: id, InvoiceNumber: number } = element({});
		expect(read).toMatchObject({ ok: false, failure: { id, number, kind: 'salesInvoice', part } });
	});
});

/** What can happen to an invoice in Xero, in the small: an independent ledger in pence. */
type Event =
	| { kind: 'pay'; id: string; pence: number; date: string }
	| { kind: 'unpay'; id: string }
	| { kind: 'credit'; id: string; pence: number }
	| { kind: 'uncredit'; id: string }
	| { kind: 'moveDueDate'; date: string };

class Ledger {
	private readonly payments = new Map<string, { pence: number; date: string }>();
	private readonly credits = new Map<string, number>();
	private readonly removed = new Set<string>();
	private dueDate = '2026-12-22';
	private tick = Date.UTC(2026, 10, 22, 9);

	apply(event: Event): void {
		this.tick += 1_000;
		if (event.kind === 'pay') this.payments.set(event.id, event);
		else if (event.kind === 'credit') this.credits.set(event.id, event.pence);
		else if (event.kind === 'moveDueDate') this.dueDate = event.date;
		else this.removed.add(event.id);
	}

	/** As Xero would answer now, rows in an order of its own. */
	element(shuffle: number): Record<string, unknown> {
		const payments = [...this.payments].filter(([id]) => !this.removed.has(id));
		const credits = [...this.credits].filter(([id]) => !this.removed.has(id));
		const paid = payments.reduce((total, [, row]) => total + row.pence, 0);
		const credited = credits.reduce((total, [, pence]) => total + pence, 0);
		const due = 12_000 - paid - credited;
		const rows = payments.map(([id, row]) => payment(id, row.pence / 100, row.date));
		return element({
			Status: due === 0 ? 'PAID' : 'AUTHORISED',
			AmountPaid: paid / 100,
			AmountCredited: credited / 100,
			AmountDue: due / 100,
			DueDateString: this.dueDate,
			Payments: shuffle % 2 ? rows.reverse() : rows,
			CreditNotes: credits.map(([id, pence]) => ({
				CreditNoteID: id,
				CreditNoteNumber: `CN-${id}`,
				AppliedAmount: pence / 100,
				Date: '/Date(1795305600000)/',
			})),
			UpdatedDateUTC: `/Date(${this.tick}+0000)/`,
		});
	}
}

/** Without object identities, so that states compare by content. */
function shown(result: PaymentState): unknown {
	return JSON.parse(JSON.stringify(result));
}

function permutations<Entry>(entries: readonly Entry[]): Entry[][] {
	if (entries.length <= 1) return [[...entries]];
	return entries.flatMap((entry, index) =>
		permutations([...entries.slice(0, index), ...entries.slice(index + 1)]).map((rest) => [
			entry,
			...rest,
		]),
	);
}

const EVENTS: readonly Event[] = [
	{ kind: 'pay', id: 'a', pence: 3_000, date: '2026-11-10' },
	{ kind: 'pay', id: 'b', pence: 2_010, date: '2026-11-12' },
	{ kind: 'credit', id: 'n', pence: 1_990 },
	{ kind: 'unpay', id: 'a' },
	{ kind: 'pay', id: 'c', pence: 5_000, date: '2026-11-09' },
	{ kind: 'uncredit', id: 'n' },
	{ kind: 'pay', id: 'd', pence: 4_990, date: '2026-11-11' },
	{ kind: 'moveDueDate', date: '2026-11-01' },
];

describe('the order of events', () => {
	it('leaves no trace: all 40,320 orders of eight events end in one state', () => {
		const answers = new Set<string>();
		for (const order of permutations(EVENTS)) {
			const ledger = new Ledger();
			for (const event of order) ledger.apply(event);
			answers.add(JSON.stringify(ledger.element(order.length)));
		}
		expect(answers.size).toBeGreaterThan(1);
		const outcomes = new Set<string>();
		for (const answer of answers) {
			const read = readInvoiceSnapshot(JSON.parse(answer));
			if (!read.ok) throw new Error('not an invoice');
			outcomes.add(JSON.stringify(paymentStateOf(read.value, TODAY)));
		}
		expect(outcomes.size).toBe(1);
		expect(JSON.parse([...outcomes][0] ?? '')).toMatchObject({
			state: 'paid',
			paid: '120',
			credited: '0',
			due: '0',
			lastPaymentDate: '2026-11-12',
		});
	});

	it('is set right by late, repeated and shuffled news of the same invoice', () => {
		fc.assert(
			fc.property(
				fc.shuffledSubarray([...EVENTS], { minLength: 1 }),
				fc.infiniteStream(fc.nat()),
				(events, dice) => {
					const ledger = new Ledger();
					const news = [read(ledger.element(0))];
					for (const event of events) {
						ledger.apply(event);
						news.push(read(ledger.element(news.length)));
					}
					const last = news.at(-1);
					if (!last) throw new Error('no news');
					const delivered = [...news, ...news.filter(() => roll(dice) % 2 === 0)].sort(
						() => (roll(dice) % 3) - 1,
					);
					const [first, ...others] = delivered;
					if (!first) throw new Error('no news');
					const kept = newestSnapshot(first, ...others);
					expect(shown(paymentStateOf(kept, TODAY))).toEqual(shown(paymentStateOf(last, TODAY)));
				},
			),
			{ numRuns: 200 },
		);
	});

	it('does not decide between two answers of the same instant', () => {
		const before = read({ AmountPaid: 0 });
		const after = read({ AmountPaid: 50, AmountDue: 70 });
		expect(newestSnapshot(before, after)).toBe(after);
		expect(newestSnapshot(after, before)).toBe(after);
	});

	it('keeps one snapshot of each invoice', () => {
		const older = read();
		const newer = read({ Status: 'VOIDED', UpdatedDateUTC: '/Date(1795348346000+0000)/' });
		const other = read({ InvoiceID: 'other' });
		expect(newestOfEach([newer, other, older])).toEqual([newer, other]);
	});
});

function roll(dice: Iterator<number>): number {
	return Number(dice.next().value);
}

describe('time', () => {
	it('only ever makes an unpaid invoice later, never earlier', () => {
		fc.assert(
			fc.property(fc.integer({ min: -400, max: 400 }), fc.nat({ max: 400 }), (offset, later) => {
				const due = read({ DueDateString: addDays(TODAY, offset) });
				const now = paymentStateOf(due, TODAY).daysOverdue;
				const then = paymentStateOf(due, addDays(TODAY, later)).daysOverdue;
				expect(now).toBe(Math.max(0, -offset));
				expect(then).toBe(Math.max(0, later - offset));
			}),
		);
	});
});
