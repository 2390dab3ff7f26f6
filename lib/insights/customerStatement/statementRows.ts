import type { CalendarDate } from '../../dates';
import { amountText, moneyText, type Decimal } from '../../money';
import { BUCKET_KEYS, bucketLabels } from '../ageing/buckets';
import type { InsightColumn, InsightRow } from '../insight';
import { moneyColumn } from '../moneyColumn';
import { statementHtml, type Letterhead } from './statementHtml';
import type { Statement, StatementLine } from './statements';
import { countOf } from '../../texts';

export const CUSTOMER_KEY = ['contactId', 'currency'];
export const LINE_KEY = ['contactId', 'currency', 'line'];

export function customerColumns(day: CalendarDate): InsightColumn[] {
	const labels = bucketLabels('days', day);
	return [
		{ key: 'contact', label: 'Contact', kind: 'text' },
		{ key: 'email', label: 'E-Mail', kind: 'text' },
		{ key: 'currency', label: 'Currency', kind: 'text' },
		moneyColumn('balance', 'Balance'),
		moneyColumn('toChase', 'To Chase'),
		{ key: 'chase', label: 'Chase', kind: 'yesNo' },
		{ key: 'chasedOn', label: 'Chased On', kind: 'date' },
		{ key: 'daysLate', label: 'Days Late', kind: 'number' },
		...BUCKET_KEYS.map((key) => moneyColumn(key, labels[key])),
		moneyColumn('credits', 'Unallocated Credits'),
		moneyColumn('deposits', 'Deposits'),
		moneyColumn('disputed', 'Disputed'),
		moneyColumn('promised', 'Promised'),
		{ key: 'html', label: 'Statement', kind: 'html' },
		{ key: 'contactId', label: 'Contact ID', kind: 'text' },
	];
}

export function customerRow(
	statement: Statement,
	{ letterhead, email }: { readonly letterhead: Letterhead; readonly email: string | undefined },
): InsightRow {
	const { contact, contactId, currency, balance, buckets, toChase, daysLate } = statement;
	const text = (amount: Decimal) => amountText(amount, currency);
	const chase = toChase.gt(0);
	const told = chase
		? `, ${moneyText(toChase, currency)} to chase, late by up to ${countOf(daysLate, 'day')}`
		: ', nothing to chase';
	return {
		summary: `${contact} owes ${moneyText(balance, currency)}${told}.`,
		contact,
		email: email ?? null,
		currency,
		balance: text(balance),
		toChase: text(toChase),
		chase,
		chasedOn: chase ? letterhead.day : null,
		daysLate,
		...Object.fromEntries(BUCKET_KEYS.map((key) => [key, text(buckets[key])])),
		credits: text(statement.credits),
		deposits: text(statement.deposits),
		disputed: text(statement.disputed),
		promised: text(statement.promised),
		html: statementHtml(statement, letterhead),
		contactId,
	};
}

export function lineColumns(): InsightColumn[] {
	return [
		{ key: 'contact', label: 'Contact', kind: 'text' },
		{ key: 'date', label: 'Date', kind: 'date' },
		{ key: 'what', label: 'Document', kind: 'text' },
		{ key: 'number', label: 'Number', kind: 'text' },
		{ key: 'dueDate', label: 'Due Date', kind: 'date' },
		{ key: 'currency', label: 'Currency', kind: 'text' },
		moneyColumn('amount', 'Amount'),
		moneyColumn('balance', 'Balance'),
		{ key: 'daysLate', label: 'Days Late', kind: 'number' },
		{ key: 'isDisputed', label: 'Disputed', kind: 'yesNo' },
		{ key: 'promisedFor', label: 'Promised For', kind: 'date' },
		{ key: 'url', label: 'Link to Pay', kind: 'link' },
		{ key: 'line', label: 'Line', kind: 'number' },
		{ key: 'contactId', label: 'Contact ID', kind: 'text' },
	];
}

export function lineRows(statement: Statement): InsightRow[] {
	return statement.lines.map((line, index) => lineRow(statement, line, index + 1));
}

function lineRow(
	{ contact, contactId, currency }: Statement,
	line: StatementLine,
	number: number,
): InsightRow {
	const { amount, balance, excuse } = line;
	const named = `${line.what} ${line.number ?? ''}`.trim();
	return {
		summary: `${contact}, ${line.date}: ${named}, ${moneyText(amount, currency)}.`,
		contact,
		date: line.date,
		what: line.what,
		number: line.number ?? null,
		dueDate: line.dueDate ?? null,
		currency,
		amount: amountText(amount, currency),
		balance: amountText(balance, currency),
		daysLate: line.daysLate,
		isDisputed: excuse?.kind === 'disputed',
		promisedFor: excuse?.kind === 'promised' ? excuse.until : null,
		url: line.link ?? null,
		line: number,
		contactId,
	};
}
