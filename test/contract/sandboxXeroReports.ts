import Big from 'big.js';

import { at, type Reply, type Session } from './sandboxXeroSession';

/** What the API says of the books, and what should follow from it, added up independently. */

type Side = 'sales' | 'bills';

/** A document that is open until it is settled; credits are negative. */
interface OpenDocument {
	readonly contactId: string;
	readonly side: Side;
	readonly sign: 1 | -1;
	readonly date: string;
	readonly currencyCode: string;
	readonly total: Big;
	readonly settlements: readonly { readonly date: string; readonly amount: Big }[];
}

export interface HeldBooks {
	readonly documents: readonly OpenDocument[];
	readonly rateOn: (currencyCode: string, date: string) => Big;
}

/** Debit positive, by account code. */
export interface Balances {
	readonly byCode: ReadonlyMap<string, Big>;
	readonly netAssets: Big;
	readonly equity: Big;
	readonly earnings: Big;
}

const LIVE = new Set<unknown>(['AUTHORISED', 'PAID']);

function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function dayOf(value: unknown): string {
	const ms = Number(/\d+/.exec(String(value))?.[0]);
	return new Date(ms).toISOString().slice(0, 10);
}

async function read(session: Session, path: string): Promise<Reply['json']> {
	const reply = await session.api('GET', path);
	if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
	return reply.json;
}

async function allOf(session: Session, path: string): Promise<readonly unknown[]> {
	const json = await read(session, `/${path}?page=1&pageSize=1000`);
	return list(at(json, path)).filter((row) => LIVE.has(at(row, 'Status')));
}

export async function readBooks(session: Session): Promise<HeldBooks> {
	const documents: OpenDocument[] = [];
	for (const row of await allOf(session, 'Invoices')) {
		const credits = ['CreditNotes', 'Overpayments', 'Prepayments'].flatMap((kind) =>
			list(at(row, kind)).map((one) => settlement(one, 'AppliedAmount')),
		);
		const side = at(row, 'Type') === 'ACCREC' ? 'sales' : 'bills';
		const payments = list(at(row, 'Payments')).map((one) => settlement(one, 'Amount'));
		documents.push(open(row, side, 1, [...payments, ...credits]));
	}
	for (const path of ['CreditNotes', 'Overpayments']) {
		for (const row of await allOf(session, path)) {
			const type = String(at(row, 'Type'));
			const side = type === 'ACCRECCREDIT' || type.startsWith('RECEIVE') ? 'sales' : 'bills';
			const settlements = [...list(at(row, 'Payments')), ...list(at(row, 'Allocations'))];
			documents.push(
				open(
					row,
					side,
					-1,
					settlements.map((one) => settlement(one, 'Amount')),
				),
			);
		}
	}
	const { info } = session.twin.organisation();
	return {
		documents,
		rateOn: (currencyCode, date) => {
			const past = info.value.pastExchangeRates.find(
				(one) => one.currencyCode === currencyCode && date < one.until,
			);
			return new Big(past?.rate ?? info.value.exchangeRates[currencyCode] ?? 1);
		},
	};
}

function settlement(row: unknown, amount: string): { date: string; amount: Big } {
	return { date: dayOf(at(row, 'Date')), amount: new Big(Number(at(row, amount))) };
}

function open(
	row: unknown,
	side: Side,
	sign: 1 | -1,
	settlements: OpenDocument['settlements'],
): OpenDocument {
	return {
		contactId: String(at(row, 'Contact', 'ContactID')),
		side,
		sign,
		date: dayOf(at(row, 'Date')),
		currencyCode: String(at(row, 'CurrencyCode')),
		total: new Big(Number(at(row, 'Total'))),
		settlements,
	};
}

/** Signed, in the document's own currency. */
function openOn(document: OpenDocument, day: string): Big {
	const total = document.date <= day ? document.total : new Big(0);
	return document.settlements
		.filter(({ date }) => date <= day)
		.reduce((left, { amount }) => left.minus(amount), total)
		.times(document.sign);
}

function byCurrency(documents: readonly OpenDocument[], day: string): Map<string, Big> {
	const sums = new Map<string, Big>();
	for (const document of documents) {
		const before = sums.get(document.currencyCode) ?? new Big(0);
		sums.set(document.currencyCode, before.plus(openOn(document, day)));
	}
	return sums;
}

/** Each contact's balance in each currency at the end of a day, as sorted text; without what is nothing. */
export function openOfContacts(held: HeldBooks, side: Side, day: string): string[] {
	const sums = new Map<string, Big>();
	for (const document of held.documents.filter((one) => one.side === side)) {
		const key = `${document.contactId} ${document.currencyCode}`;
		sums.set(key, (sums.get(key) ?? new Big(0)).plus(openOn(document, day)));
	}
	return [...sums]
		.filter(([, amount]) => !amount.eq(0))
		.map(([key, amount]) => `${key} ${amount.toFixed(2)}`)
		.sort();
}

export function openInBase(held: HeldBooks, side: Side, day: string): Big {
	const sums = byCurrency(
		held.documents.filter((document) => document.side === side),
		day,
	);
	return [...sums].reduce(
		(total, [currencyCode, amount]) =>
			total.plus(amount.div(held.rateOn(currencyCode, day)).round(2, 1)),
		new Big(0),
	);
}

/** By currency, as one text that can be compared. */
export function openOfContact(held: HeldBooks, contactId: string, side: Side, day: string): string {
	const mine = held.documents.filter(
		(document) =>
			document.side === side && document.contactId === contactId && document.date <= day,
	);
	return asText([...byCurrency(mine, day)].map(([, amount]) => amount));
}

export async function agedDue(
	session: Session,
	contactId: string,
	side: Side,
	day: string,
): Promise<string> {
	const name = side === 'sales' ? 'AgedReceivablesByContact' : 'AgedPayablesByContact';
	const json = await read(session, `/Reports/${name}?contactId=${contactId}&date=${day}`);
	const sections = list(at(json, 'Reports', 0, 'Rows')).slice(1);
	return asText(
		sections.map((section) => {
			const rows = list(at(section, 'Rows'));
			return new Big(String(at(rows[rows.length - 1], 'Cells', 7, 'Value')));
		}),
	);
}

function asText(amounts: readonly Big[]): string {
	return amounts
		.filter((amount) => !amount.eq(0))
		.map((amount) => amount.toFixed(2))
		.sort()
		.join(' ');
}

export async function accountBalances(
	session: Session,
	name: 'TrialBalance' | 'BalanceSheet',
	date: string,
): Promise<Balances> {
	const json = await read(session, `/Reports/${name}?date=${date}`);
	const byCode = new Map<string, Big>();
	const named = new Map<string, Big>();
	for (const section of list(at(json, 'Reports', 0, 'Rows'))) {
		for (const row of list(at(section, 'Rows'))) {
			const title = String(at(row, 'Cells', 0, 'Value'));
			const value = (column: number): Big => new Big(String(at(row, 'Cells', column, 'Value')));
			const accountId = at(row, 'Cells', 0, 'Attributes', 0, 'Value');
			const account = session.twin.organisation().accounts.get(String(accountId));
			if (account === undefined) named.set(title, value(1));
			else if (name === 'TrialBalance') byCode.set(account.code, value(3).minus(value(4)));
			else {
				const debit = String(at(section, 'Title')).includes('Assets');
				byCode.set(account.code, debit ? value(1) : value(1).neg());
			}
		}
	}
	const nothing = new Big(0);
	return {
		byCode,
		netAssets: named.get('Net Assets') ?? nothing,
		equity: named.get('Total Equity') ?? nothing,
		earnings: named.get('Current Year Earnings') ?? nothing,
	};
}

export function trialDifference({ byCode }: Balances): Big {
	return [...byCode.values()].reduce((total, amount) => total.plus(amount), new Big(0));
}

export function controlBalance({ byCode }: Balances, code: string): Big {
	return byCode.get(code) ?? new Big(0);
}

export function currentYearEarnings({ earnings }: Balances): Big {
	return earnings;
}

/** Net profit from the first of April, with which the demo company's year begins. */
export async function netProfit(session: Session, date: string): Promise<Big> {
	const year = Number(date.slice(0, 4)) - (date.slice(5) < '04-01' ? 1 : 0);
	const query = `fromDate=${year}-04-01&toDate=${date}`;
	const json = await read(session, `/Reports/ProfitAndLoss?${query}`);
	const sections = list(at(json, 'Reports', 0, 'Rows'));
	return new Big(String(at(sections[sections.length - 1], 'Rows', 0, 'Cells', 1, 'Value')));
}
