import { at, type Session } from '../contract/sandboxXeroSession';

const DAY_MS = 86_400_000;

/** A share of an invoice: paid after so many days, or open for as long. */
export interface Share {
	readonly invoiceId: string;
	readonly contactId: string;
	readonly days: number;
	readonly late: number;
	readonly weight: number;
	readonly isOpen: boolean;
}

export const daysFrom = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS;
export const dayText = (value: unknown) =>
	new Date(Number(/\d+/.exec(String(value))?.[0])).toISOString().slice(0, 10);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What the API says of customers' invoices at the end of a day, in hundredths. */
export async function sharesOn(session: Session, asOf: string, days: number): Promise<Share[]> {
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
export function percentile(
	shares: readonly Share[],
	measure: 'days' | 'late',
	part: number,
): number | null {
	const waiting = shares
		.map((share) => ({
			at: share[measure],
			mass: share.weight,
			weight: share.weight,
			isOpen: share.isOpen,
		}))
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
