import { dateText, type CalendarDate } from '../../dates';
import { decimal, moneyText, parseDecimal, sum, type Decimal } from '../../money';
import type { Account } from '../../xero/settings';
import type { Insight } from '../insight';
import { accounts } from '../reading/accounts';
import type { Books } from '../reading/books';
import { isOnAccount } from '../reading/lines';
import { byContact, contactColumns, CONTACT_KEY } from './contactRows';
import { byDocument, DOCUMENT_KEY, documentColumns } from './documentRows';
import { tieDeposits } from './depositTies';
import type { AgeingInput } from './input';
import { standOnDay, type StandOnDay } from './onDay';
import { retentionsOn, type Retentions } from './retentions';
import { SIDE_WORDS } from './side';
import { tieAgeing } from './ties';

/**
 * What customers owed, or suppliers were owed, at the end of a day, by how late it was. Throws
 * ServiceFaultError.
 */
export async function reckonAgeing(books: Books, input: AgeingInput): Promise<Insight> {
	const { side, day, detail } = input;
	const [stand, retentions, chart] = await Promise.all([
		standOnDay(books, side, day),
		retentionsOn(books, input),
		accounts(books, {}),
	]);
	const currency = books.organisation.baseCurrency;
	const tie = [
		...(await tieAgeing(books, { side, day, stand })),
		...(await tieDeposits(books, input, stand)),
		...(retentions ? [retentions.tie] : []),
	];
	const { shortCode } = books.organisation;
	const shown =
		detail === 'contacts'
			? {
					columns: contactColumns(input),
					rowKey: CONTACT_KEY,
					rows: byContact(input, stand, retentions),
				}
			: {
					columns: documentColumns(),
					rowKey: DOCUMENT_KEY,
					rows: byDocument(input, stand, shortCode),
				};
	return {
		summary: summaryOf(input, stand, currency, tie[0]),
		day,
		currency,
		...shown,
		tie,
		notIn: [...leftOut(books, input, stand, retentions), ...untoldDeductions(side, stand, chart)],
	};
}

function summaryOf(
	{ side, day }: AgeingInput,
	{ documents }: StandOnDay,
	currency: string,
	tie: Insight['tie'][number] | undefined,
): string {
	const total = sum(documents.map(({ base }) => base));
	const late = sum(
		documents
			.filter(({ kind, daysLate }) => kind === 'invoice' && daysLate > 0)
			.map(({ base }) => base),
	);
	const held =
		tie?.state === 'agrees'
			? `This agrees with ${tie.against}, difference ${tie.difference}.`
			: tie?.state === 'differs'
				? `This differs from ${tie.against} by ${tie.difference}.`
				: tie && tie.difference !== null
					? `${tie.against} has ${shownMoney(tie.figure, currency)}: the difference of ${shownMoney(tie.difference, currency)} may be Xero's revaluation of other currencies or not.`
					: `This was not checked against Xero's ledger.`;
	return `${SIDE_WORDS[side].theyOwe} ${moneyText(total, currency)} on ${longDay(day)}, ${moneyText(late, currency)} of it late. ${held}`;
}

function shownMoney(amount: string | null, currency: string): string {
	return moneyText(parseDecimal(amount) ?? decimal(0), currency);
}

function longDay(day: CalendarDate): string {
	return dateText(day, 'd MMMM yyyy');
}

function leftOut(
	books: Books,
	{ side, day }: AgeingInput,
	stand: StandOnDay,
	retentions: Retentions | undefined,
): string[] {
	const words = SIDE_WORDS[side];
	const { drafts, deposits } = stand;
	return [
		...(drafts.length > 0
			? [
					`Not approved, and so in no account: ${drafts.length} ${words.invoices}, ${sumsText(drafts.map((one) => ({ currency: one.currency, amount: one.due })))}.`,
				]
			: []),
		...(deposits.length > 0
			? [
					`Apart, since they are not in ${words.account}: ${words.deposits}, ${sumsText(deposits.map((one) => ({ currency: one.currency, amount: one.open.neg() })))}.`,
				]
			: []),
		...(retentions ? [] : ['Retention is not shown, since no account for it is chosen.']),
		...(day < books.today
			? [
					`What was voided after ${longDay(day)} is gone from that day as well: Xero does not tell when. A report printed then may show more.`,
				]
			: []),
		...(day > books.today
			? [`What is entered until ${longDay(day)} is not known yet: only what Xero has today counts.`]
			: []),
	];
}

/**
 * Credit notes on labour of which Xero tells no deduction. Its OpenAPI has one (Xero-OpenAPI, pull request
 * 334); whether each of them has it was not seen, and none is reckoned in its place.
 */
function untoldDeductions(
	side: AgeingInput['side'],
	{ documents, credits }: StandOnDay,
	chart: readonly Account[],
): string[] {
	const labour = chart.find(({ systemAccount }) => systemAccount === SIDE_WORDS[side].labour);
	if (!labour) return [];
	const untold = credits.filter(
		({ deduction, lines }) =>
			deduction === undefined && lines.some((line) => isOnAccount(line, labour)),
	);
	const ids = new Set(untold.map(({ id }) => id));
	const open = documents.filter(({ id }) => ids.has(id));
	if (open.length === 0) return [];
	const [notes, count] =
		open.length === 1
			? ['1 credit note', 'it counts']
			: [`${open.length} credit notes`, 'they count'];
	const amounts = open.map((one) => ({ currency: one.currency, amount: one.open.neg() }));
	return [
		`Construction Industry Scheme: of ${notes} on labour Xero tells no deduction, so ${count} whole, ${sumsText(amounts)}.`,
	];
}

/** "GBP 120.00 and EUR 40.00". */
function sumsText(
	amounts: ReadonlyArray<{ readonly currency: string; readonly amount: Decimal }>,
): string {
	const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort();
	return currencies
		.map((currency) =>
			moneyText(
				sum(amounts.filter((one) => one.currency === currency).map(({ amount }) => amount)),
				currency,
			),
		)
		.join(' and ');
}
