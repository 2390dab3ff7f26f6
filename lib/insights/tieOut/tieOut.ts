import { dateText } from '../../dates';
import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
import { recordTitle } from '../../knack/recordView';
import { AMOUNT_PLACES, amountText, moneyText, roundHalfUp, sum, type Decimal } from '../../money';
import { balanceOf } from '../../xero/reports/balanceSheet';
import type { Account } from '../../xero/settings';
import { chosenAccount } from '../chosenAccount';
import { InsightInputError } from '../inputError';
import type { Insight, InsightColumn, InsightRow, Tie } from '../insight';
import { accounts } from '../reading/accounts';
import { balanceSheet } from '../reading/reports';
import { ifPermitted, type Books } from '../reading/books';
import { amountIn, knackField, knackRows, textIn, type KnackRows } from '../reading/knackRecords';
import { compared, notChecked } from '../tie';
import { accountParts, type AccountPart } from './accountParts';
import { explainers, type SummedRecord } from './explain';
import type { TieOutInput } from './input';
import { countOf } from '../../texts';

interface NamedRecord extends SummedRecord {
	/** What it is put beside Xero's lines by; empty where it names nothing. */
	readonly name: string;
}

/**
 * A sum of Knack's records against what Xero has on an account at the end of a day, and the records
 * that explain a difference. Throws ServiceFaultError and InsightInputError.
 */
export async function reckonTieOut(books: Books, input: TieOutInput): Promise<Insight> {
	const { day, match } = input;
	const currency = books.organisation.baseCurrency;
	const account = balanceSheetAccount(await accounts(books, {}), input);
	const [rows, sheet] = await Promise.all([
		knackRows(input.source),
		ifPermitted(balanceSheet(books, { day })),
	]);
	const records = summed(rows, input);
	const ours = sum(records.flatMap(({ amount }) => amount ?? []));
	const sign = input.isReversed ? -1 : 1;
	const figure = sheet.isPermitted ? balanceOf(sheet.value, account).times(sign) : undefined;
	const reversed = input.isReversed ? ', with the other sign' : '';
	const against = `${nameOf(account)} in Xero's balance sheet${reversed}`;
	const named = { against, currency, ours };
	const tie = figure
		? compared({ ...named, figure })
		: notChecked(named, sheet.isPermitted ? '' : sheet.fault.fix);
	const shown = match
		? sideBySide(
				records,
				await accountParts(books, { account, day, by: match.by, sign }),
				figure,
				currency,
			)
		: oneByOne(records, figure ? ours.minus(figure) : undefined, currency);
	return {
		summary: summaryOf(rows, tie, { day: dateText(day, 'd MMMM yyyy'), records, shown }),
		day,
		currency,
		...shown,
		tie: [tie],
		notIn: leftOut(books, input, records),
	};
}

function nameOf({ name, code }: Account): string {
	return code === undefined ? name : `${name} (${code})`;
}

function balanceSheetAccount(chart: readonly Account[], { account: chosen }: TieOutInput): Account {
	const account = chosenAccount(chart, 'Account', chosen);
	if (account.accountClass === 'REVENUE' || account.accountClass === 'EXPENSE') {
		throw new InsightInputError(
			`${nameOf(account)} is an account of profit and loss, which has no balance at a day.`,
			'Choose an account of the balance sheet, such as that of deposits, retention or loans.',
		);
	}
	return account;
}

function summed({ table, records }: KnackRows, { amount, match }: TieOutInput): NamedRecord[] {
	const field = knackField(table, amount);
	const named = match && knackField(table, match.field);
	return records.map((record) => {
		const value = amountIn(record, table, field);
		return {
			id: record.id,
			title: recordTitle(record, table),
			name: named ? textIn(record, named) : '',
			amount: value && roundHalfUp(value, AMOUNT_PLACES),
		};
	});
}

type Shown = Pick<Insight, 'columns' | 'rowKey' | 'rows'>;

const RECORD_COLUMNS: readonly InsightColumn[] = [
	{ key: 'record', label: 'Record', kind: 'text' },
	{ key: 'amount', label: 'Amount', kind: 'money' },
	{ key: 'explains', label: 'Explains', kind: 'text' },
	{ key: 'knackRecordId', label: 'Knack Record ID', kind: 'text' },
];

/** A row for each record; those first that may explain a difference. */
function oneByOne(
	records: readonly SummedRecord[],
	excess: Decimal | undefined,
	currency: string,
): Shown {
	const explain = excess ? explainers(records, excess) : () => undefined;
	const rows = records.map((record): InsightRow => {
		const explains = explain(record);
		const { amount, title, id } = record;
		const told = amount ? moneyText(amount, currency) : 'no amount';
		return {
			summary: `${title}: ${told}.${explains && amount ? ` ${explains}` : ''}`,
			record: title,
			amount: amount ? amountText(amount, currency) : null,
			explains: explains ?? null,
			knackRecordId: id,
		};
	});
	const first = rows.filter(({ explains }) => explains !== null);
	const others = rows.filter(({ explains }) => explains === null);
	return { columns: RECORD_COLUMNS, rowKey: ['knackRecordId'], rows: [...first, ...others] };
}

const MATCH_COLUMNS: readonly InsightColumn[] = [
	{ key: 'name', label: 'Name', kind: 'text' },
	{ key: 'knack', label: 'Knack', kind: 'money' },
	{ key: 'xero', label: 'Xero', kind: 'money' },
	{ key: 'difference', label: 'Difference', kind: 'money' },
	{ key: 'records', label: 'Records', kind: 'text' },
];

/** What is on the account and on no line of a document. */
const ON_NO_DOCUMENT = 'Payments, transfers, tax, journals and opening balances';

/** Stands for records and lines that name nothing to be put together by. */
const NAMELESS = 'Without a name';

interface Side {
	readonly label: string;
	readonly knack?: Decimal;
	readonly xero?: Decimal;
	readonly title?: string;
}

/** A row for each contact, number or option; the largest differences first. */
function sideBySide(
	records: readonly NamedRecord[],
	parts: readonly AccountPart[],
	figure: Decimal | undefined,
	currency: string,
): Shown {
	const known = new Map(records.map(({ name }) => [foldText(name), name] as const));
	const ofXero = parts.map(({ names, amount }): Side => {
		const found = names.find((name) => known.has(foldText(name))) ?? names[0];
		return { label: found ?? NAMELESS, xero: amount };
	});
	const ofKnack = records.map(
		({ name, title, amount }): Side => ({ label: name || NAMELESS, knack: amount, title }),
	);
	const rest = figure?.minus(sum(parts.map(({ amount }) => amount)));
	const others: Side[] = rest && !rest.eq(0) ? [{ label: ON_NO_DOCUMENT, xero: rest }] : [];
	const groups = grouped(
		[...ofKnack, ...ofXero, ...others].map((side) => [foldText(side.label), side] as const),
	);
	const sides = [...groups.values()].map((group) => {
		const knack = sum(group.flatMap((side) => side.knack ?? []));
		const xero = sum(group.flatMap((side) => side.xero ?? []));
		return { group, knack, xero, difference: xero.minus(knack) };
	});
	sides.sort((a, b) => b.difference.abs().cmp(a.difference.abs()));
	const text = (amount: Decimal) => moneyText(amount, currency);
	const rows = sides.map(({ group, knack, xero, difference }): InsightRow => {
		const { label } = group[0];
		const held = difference.eq(0) ? 'which agrees' : `which differs by ${text(difference)}`;
		return {
			summary: `${label}: ${text(knack)} in Knack and ${text(xero)} in Xero, ${held}.`,
			name: label,
			knack: amountText(knack, currency),
			xero: amountText(xero, currency),
			difference: amountText(difference, currency),
			records: someOf(group.flatMap(({ title }) => title ?? [])),
		};
	});
	return { columns: MATCH_COLUMNS, rowKey: ['name'], rows };
}

const MOST_NAMED = 5;

function someOf(titles: readonly string[]): string {
	const more = titles.length - MOST_NAMED;
	return `${titles.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function summaryOf(
	{ table }: KnackRows,
	tie: Tie,
	{
		day,
		records,
		shown,
	}: { readonly day: string; readonly records: readonly SummedRecord[]; readonly shown: Shown },
): string {
	const ours = moneyText(sum(records.flatMap(({ amount }) => amount ?? [])), tie.currency);
	const first = `${countOf(records.length, 'record')} of ${table.name} come to ${ours} in Knack`;
	if (tie.figure === null) return `${first}. This was not checked against Xero's ledger.`;
	const theirs = `${tie.against} has ${tie.currency} ${tie.figure} on ${day}`;
	if (tie.state === 'agrees')
		return `${first}, and ${theirs}: they agree, difference ${tie.difference ?? ''}.`;
	const [row] = shown.rows;
	const hint =
		row && (typeof row.explains === 'string' || 'difference' in row) ? ` ${row.summary}` : '';
	return `${first}, and ${theirs}: they differ by ${tie.currency} ${tie.difference ?? ''}.${hint}`;
}

function leftOut(books: Books, { day }: TieOutInput, records: readonly SummedRecord[]): string[] {
	const blank = records.filter(({ amount }) => amount === undefined).length;
	return [
		...(blank > 0
			? [
					`${blank} ${blank === 1 ? 'record has' : 'records have'} no amount, and ${blank === 1 ? 'counts' : 'count'} as nothing.`,
				]
			: []),
		...(day === books.today
			? []
			: [
					'Knack has what stands in it today, whichever day is chosen: choose the records of the day by a filter.',
				]),
	];
}
