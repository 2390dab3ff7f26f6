import { dateText, type CalendarDate } from '../../dates';
import { figureText, moneyText, type Decimal } from '../../money';
import { linked, markup, value, type Markup } from '../../sync/report/markup';
import { BUCKET_KEYS, bucketLabels } from '../ageing/buckets';
import type { StatementInput } from './input';
import { openingOf, type Statement, type StatementLine } from './statements';
import { countOf } from '../../texts';

/** Who writes the statement, and of when. */
export interface Letterhead {
	readonly organisation: string;
	readonly day: CalendarDate;
	readonly kind: StatementInput['kind'];
	readonly from: CalendarDate;
}

const CELL = 'padding:6px 5px;border-bottom:1px solid #d7dce1;vertical-align:top';
const NUMBER = `${CELL};text-align:right;white-space:nowrap`;
const HEAD = 'padding:6px 5px;border-bottom:2px solid #6b7682;text-align:left';
const HEAD_NUMBER = `${HEAD};text-align:right`;

function shortDay(day: CalendarDate): string {
	return dateText(day, 'd MMM yyyy');
}

/**
 * A statement as HTML for a mail: tables with styles of their own, without scripts or style sheets,
 * which mail clients leave out. Every text is escaped.
 */
export function statementHtml(statement: Statement, letterhead: Letterhead): string {
	const { contact, currency, balance, lines } = statement;
	const { organisation, day, kind, from } = letterhead;
	const isActivity = kind === 'activity';
	const period = isActivity ? `${shortDay(from)} to ${shortDay(day)}` : `as of ${shortDay(day)}`;
	const opening = isActivity ? [openingRow(openingOf(statement), from, currency)] : [];
	const rows = lines.map((line) => lineRow(line, currency, isActivity));
	const page = markup`<div style="font-family:Arial,Helvetica,sans-serif;font-size:14px;color:#1c2630;background:#ffffff;max-width:720px;padding:16px">
<h1 style="font-size:20px;margin:0 0 4px">Statement of account</h1>
<p style="margin:0 0 16px">${value(contact)}, ${period}. From ${value(organisation)}.</p>
${inSight(
	'Lines',
	markup`<table role="table" style="border-collapse:collapse;width:100%">
<thead><tr><th scope="col" style="${HEAD}">Date</th><th scope="col" style="${HEAD}">Document</th><th scope="col" style="${HEAD}">${isActivity ? 'Number' : 'Due'}</th><th scope="col" style="${HEAD_NUMBER}">Amount</th><th scope="col" style="${HEAD_NUMBER}">Balance</th></tr></thead>
<tbody>${[...opening, ...rows]}</tbody>
</table>`,
)}
<p style="font-size:16px;margin:16px 0"><strong>${balance.lt(0) ? 'In your favour' : 'You owe'}: ${moneyText(balance.abs(), currency)}</strong></p>
${depositsNote(statement)}
${ageing(statement, day)}
</div>`;
	return String(page);
}

/** On a telephone a table with large amounts is moved sideways by itself. */
function inSight(name: string, table: Markup): Markup {
	return markup`<div role="region" tabindex="0" aria-label="${name}" style="overflow-x:auto">${table}</div>`;
}

/** Without the currency, which stands below. */
function amountCell(amount: Decimal, currency: string): Markup {
	return markup`<td style="${NUMBER}">${figureText(amount, currency)}</td>`;
}

function openingRow(opening: Decimal, from: CalendarDate, currency: string): Markup {
	return markup`<tr><td style="${CELL}">${shortDay(from)}</td><td style="${CELL}" colspan="3">Owed before</td>${amountCell(opening, currency)}</tr>`;
}

function lineRow(line: StatementLine, currency: string, isActivity: boolean): Markup {
	const { date, what, number, dueDate, amount, balance, daysLate, excuse, link } = line;
	const name = isActivity ? what : `${what} ${number ?? ''}`.trim();
	const late = daysLate > 0 ? `, ${countOf(daysLate, 'day')} late` : '';
	const due = dueDate ? `${shortDay(dueDate)}${late}` : '';
	const promised = excuse?.kind === 'promised' ? `, promised for ${shortDay(excuse.until)}` : '';
	const disputed = excuse?.kind === 'disputed' ? ', disputed' : '';
	const third = isActivity ? (number ?? '') : `${due}${promised}${disputed}`;
	const pay = link === undefined ? markup`` : markup` ${linked('View and pay', link)}`;
	return markup`<tr><td style="${CELL}">${shortDay(date)}</td><td style="${CELL}">${value(name)}${pay}</td><td style="${CELL}">${value(third)}</td>${amountCell(amount, currency)}${amountCell(balance, currency)}</tr>`;
}

function depositsNote({ deposits, currency }: Statement): Markup {
	if (!deposits.gt(0)) return markup``;
	return markup`<p style="margin:0 0 16px">We hold ${moneyText(deposits, currency)} of deposits from you, which are not taken off yet.</p>`;
}

function ageing({ buckets, credits, currency }: Statement, day: CalendarDate): Markup {
	const labels = bucketLabels('days', day);
	const cells = BUCKET_KEYS.map((key) => ({ label: labels[key], amount: buckets[key] }));
	const all = credits.eq(0) ? cells : [...cells, { label: 'Credits', amount: credits.neg() }];
	const made = markup`<table role="table" style="border-collapse:collapse;width:100%"><thead><tr>${all.map(({ label }) => markup`<th scope="col" style="${HEAD_NUMBER}">${label}</th>`)}</tr></thead><tbody><tr>${all.map(({ amount }) => amountCell(amount, currency))}</tr></tbody></table>`;
	return inSight('How late it is', made);
}
