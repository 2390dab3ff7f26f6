import Big from 'big.js';
import { at, type Session } from '../../contract/sandboxXeroSession';

/**
 * What is owed on a day, reckoned forwards from each document's own day. It shares no code with
 * lib/insights, which goes backwards from what is due today.
 */

export type Side = 'sales' | 'purchases';

interface Settlement {
	readonly date: string;
	readonly amount: Big;
}

interface Written {
	readonly kind: 'invoice' | 'credit' | 'deposit' | 'draft';
	readonly side: Side;
	readonly who: string;
	readonly date: string;
	readonly dueDate: string;
	readonly rate: Big;
	/** Less what is kept back under the Construction Industry Scheme. */
	readonly whole: Big;
	readonly settlements: readonly Settlement[];
	/** Account code and amount without tax. */
	readonly lines: readonly { readonly code: string; readonly net: Big }[];
}

const NOTHING = new Big(0);
const DAY_MS = 86_400_000;

export async function readWritten(session: Session): Promise<Written[]> {
	const written: Written[] = [];
	for (const path of ['Invoices', 'CreditNotes', 'Overpayments', 'Prepayments']) {
		const { json } = await session.api('GET', `/${path}?page=1&pageSize=1000`);
		for (const row of listOf(at(json, path))) {
			const one = writtenOf(path, row);
			if (one) written.push(one);
		}
	}
	return written;
}

function writtenOf(path: string, row: unknown): Written | undefined {
	const status = String(at(row, 'Status'));
	const isPosted = status === 'AUTHORISED' || status === 'PAID';
	const isInvoice = path === 'Invoices';
	const isDraft = isInvoice && (status === 'DRAFT' || status === 'SUBMITTED');
	if (!isPosted && !isDraft) return undefined;
	const type = String(at(row, 'Type'));
	const moves = isInvoice
		? [
				...settlementsOf(at(row, 'Payments'), 'Amount'),
				...['CreditNotes', 'Overpayments', 'Prepayments'].flatMap((kind) =>
					settlementsOf(at(row, kind), 'AppliedAmount'),
				),
			]
		: [
				...settlementsOf(at(row, 'Payments'), 'Amount'),
				...settlementsOf(at(row, 'Allocations'), 'Amount'),
			];
	const isInclusive = at(row, 'LineAmountTypes') === 'Inclusive';
	const date = dayOf(at(row, 'Date'));
	return {
		kind: isDraft ? 'draft' : isInvoice ? 'invoice' : path === 'Prepayments' ? 'deposit' : 'credit',
		side: type.startsWith('ACCREC') || type.startsWith('RECEIVE') ? 'sales' : 'purchases',
		who: `${String(at(row, 'Contact', 'ContactID')).toLowerCase()} ${String(at(row, 'CurrencyCode'))}`,
		date,
		dueDate: at(row, 'DueDate') === undefined ? date : dayOf(at(row, 'DueDate')),
		rate: big(at(row, 'CurrencyRate') ?? 1),
		whole: big(at(row, 'Total')).minus(big(at(row, 'CISDeduction') ?? 0)),
		settlements: moves,
		lines: listOf(at(row, 'LineItems')).map((line) => ({
			code: String(at(line, 'AccountCode')),
			net: big(at(line, 'LineAmount') ?? 0).minus(
				isInclusive ? big(at(line, 'TaxAmount') ?? 0) : NOTHING,
			),
		})),
	};
}

/** Every figure of the rows of one side on a day, by contact and currency. */
export interface Reckoned {
	readonly rows: ReadonlyMap<string, Readonly<Record<string, string | number | null>>>;
	readonly inBase: Big;
}

export function reckonOn(
	written: readonly Written[],
	side: Side,
	day: string,
	retentionCode: string,
): Reckoned {
	const rows = new Map<string, Sums>();
	let inBase = NOTHING;
	for (const one of written.filter((each) => each.side === side)) {
		const { open, base } = openOn(one, day);
		const hasRow = one.kind === 'draft' ? one.date <= day : !(open.eq(0) && base.eq(0));
		const kept = one.date <= day ? keptBack(one, retentionCode) : [];
		if (!hasRow && kept.length === 0) continue;
		const sums = rows.get(one.who) ?? new Sums();
		rows.set(one.who, sums);
		if (hasRow) sums.take(one, open, base, day);
		for (const amount of kept) sums.add('retention', amount);
		if (hasRow && (one.kind === 'invoice' || one.kind === 'credit')) {
			inBase = inBase.plus(one.kind === 'invoice' ? base : base.neg());
		}
	}
	return { rows: new Map([...rows].map(([who, sums]) => [who, sums.asRow()])), inBase };
}

class Sums {
	private readonly amounts = new Map<string, Big>();
	private daysLate = 0;
	private oldestDueDate: string | null = null;

	add(key: string, amount: Big): void {
		this.amounts.set(key, (this.amounts.get(key) ?? NOTHING).plus(amount));
	}

	take({ kind, dueDate }: Written, open: Big, base: Big, day: string): void {
		if (kind === 'draft') this.add('drafts', open);
		else if (kind === 'deposit') this.add('deposits', open);
		else {
			const sign = kind === 'invoice' ? 1 : -1;
			this.add('balance', open.times(sign));
			this.add('baseBalance', base.times(sign));
			if (kind === 'credit') this.add('credits', open.neg());
			else this.takeAge(dueDate, open, day);
		}
	}

	private takeAge(dueDate: string, open: Big, day: string): void {
		const days = (Date.parse(day) - Date.parse(dueDate)) / DAY_MS;
		if (days <= 0) this.add('current', open);
		else if (days <= 30) this.add('late1', open);
		else if (days <= 60) this.add('late2', open);
		else if (days <= 90) this.add('late3', open);
		else this.add('older', open);
		if (days <= 0) return;
		this.add('late', open);
		this.daysLate = Math.max(this.daysLate, days);
		if (this.oldestDueDate === null || dueDate < this.oldestDueDate) this.oldestDueDate = dueDate;
	}

	asRow(): Record<string, string | number | null> {
		const row: Record<string, string | number | null> = {
			daysLate: this.daysLate,
			oldestDueDate: this.oldestDueDate,
		};
		for (const key of AMOUNTS) row[key] = (this.amounts.get(key) ?? NOTHING).toFixed(2);
		return row;
	}
}

const AMOUNTS = [
	'balance',
	'current',
	'late1',
	'late2',
	'late3',
	'older',
	'credits',
	'late',
	'deposits',
	'drafts',
	'retention',
	'baseBalance',
];

function openOn(one: Written, day: string): { readonly open: Big; readonly base: Big } {
	if (one.kind === 'draft') return { open: one.whole, base: NOTHING };
	const settled = one.settlements
		.filter(({ date }) => date <= day)
		.reduce((all, { amount }) => all.plus(amount), NOTHING);
	const left = one.whole.minus(settled);
	const base = inBase(left, one.rate);
	if (one.date <= day) return { open: left, base };
	return { open: settled.neg(), base: base.minus(inBase(one.whole, one.rate)) };
}

function inBase(amount: Big, rate: Big): Big {
	return amount.div(rate).round(2, Big.roundHalfUp);
}

/** Of an invoice what is taken off it, of a credit note what it takes back; a draft keeps nothing. */
function keptBack({ kind, lines }: Written, code: string): Big[] {
	if (kind !== 'invoice' && kind !== 'credit') return [];
	const onAccount = lines.filter((line) => line.code === code).map(({ net }) => net);
	return kind === 'invoice' ? onAccount.map((net) => net.neg()) : onAccount;
}

function settlementsOf(rows: unknown, amount: string): Settlement[] {
	return listOf(rows)
		.filter((row) => at(row, 'Status') !== 'DELETED' && at(row, 'IsDeleted') !== true)
		.map((row) => ({ date: dayOf(at(row, 'Date')), amount: big(at(row, amount)) }));
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function big(value: unknown): Big {
	return new Big(Number(value));
}

function dayOf(value: unknown): string {
	return new Date(Number(/\d+/.exec(String(value))?.[0])).toISOString().slice(0, 10);
}
