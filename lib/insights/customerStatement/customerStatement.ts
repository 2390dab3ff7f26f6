import { addDays, dateText, type CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import { moneyText, sum } from '../../money';
import { standOnDay, type StandingDocument } from '../ageing/onDay';
import { tieAgeing } from '../ageing/ties';
import type { Insight } from '../insight';
import { ifPermitted, type Books } from '../reading/books';
import { contactsByIds } from '../reading/contacts';
import { onlineInvoiceUrl } from '../reading/onlineInvoice';
import { activityOf } from './entries';
import type { StatementInput } from './input';
import { excusesOn, type Excuse } from './promises';
import { statementsOf, type Statement } from './statements';
import {
	CUSTOMER_KEY,
	customerColumns,
	customerRow,
	LINE_KEY,
	lineColumns,
	lineRows,
} from './statementRows';
import { countOf } from '../../texts';

/** So many days are shown unless a first one is told. */
const USUAL_DAYS = 30;

/** Each takes a call of its own. */
const MOST_LINKS = 100;

/**
 * What each customer owes, as rows and as HTML for a mail, and who is to be chased. Throws
 * ServiceFaultError and InsightInputError.
 */
export async function reckonStatements(books: Books, input: StatementInput): Promise<Insight> {
	const { day, kind } = input;
	const from = input.from ?? addDays(day, 1 - USUAL_DAYS);
	const stand = await standOnDay(books, 'sales', day);
	const [tie, activity, excuseOf] = await Promise.all([
		tieAgeing(books, { side: 'sales', day, stand }),
		kind === 'activity' ? activityOf(books, { from, to: day }) : undefined,
		excusesOn(day, input.promises),
	]);
	const isWanted = wanted(input.contacts);
	const links = await linksOf(books, input, stand.documents.filter(isWanted), excuseOf);
	const statements = statementsOf({
		day,
		stand,
		activity,
		excuseOf,
		linkOf: (id) => links.byId.get(id),
	}).filter(isWanted);
	const listed = input.chasedAlone ? statements.filter(({ toChase }) => toChase.gt(0)) : statements;
	const emails = await emailsOf(books, input, listed);
	const letterhead = { organisation: books.organisation.name, day, kind, from };
	const shown =
		input.detail === 'customers'
			? {
					columns: customerColumns(day),
					measure: 'toChase',
					rowKey: CUSTOMER_KEY,
					rows: listed.map((one) =>
						customerRow(one, { letterhead, email: emails.byId.get(one.contactId) }),
					),
				}
			: { columns: lineColumns(), rowKey: LINE_KEY, rows: listed.flatMap(lineRows) };
	return {
		summary: summaryOf(statements, day),
		day,
		currency: books.organisation.baseCurrency,
		...shown,
		tie,
		notIn: [...leftOut(books, input), ...links.leftOut, ...emails.leftOut],
	};
}

/** Tells customers that are asked for by name or id; all, where none is named. */
function wanted(
	contacts: readonly string[],
): (of: { readonly contact: string; readonly contactId: string }) => boolean {
	const names = new Set(contacts.map(foldText));
	return ({ contact, contactId }) =>
		names.size === 0 || names.has(foldText(contact)) || names.has(contactId);
}

interface Told {
	readonly byId: ReadonlyMap<string, string>;
	readonly leftOut: readonly string[];
}

const NOTHING_TOLD: Told = { byId: new Map(), leftOut: [] };

/** Addresses of the invoices that are late and to be chased, the latest first. */
async function linksOf(
	books: Books,
	{ paymentLinks, kind }: StatementInput,
	documents: readonly StandingDocument[],
	excuseOf: (document: StandingDocument) => Excuse | undefined,
): Promise<Told> {
	if (!paymentLinks || kind === 'activity') return NOTHING_TOLD;
	const late = documents
		.filter((one) => one.kind === 'invoice' && one.daysLate > 0 && !excuseOf(one))
		.sort((a, b) => b.daysLate - a.daysLate);
	const byId = new Map<string, string>();
	for (const { id } of late.slice(0, MOST_LINKS)) {
		const url = await onlineInvoiceUrl(books, { id });
		if (url !== undefined) byId.set(id, url);
	}
	const more = late.length - MOST_LINKS;
	return {
		byId,
		leftOut:
			more > 0
				? [
						`Of ${late.length} invoices that are late ${MOST_LINKS} have a link to pay, since each takes a call.`,
					]
				: [],
	};
}

async function emailsOf(
	books: Books,
	{ detail }: StatementInput,
	statements: readonly Statement[],
): Promise<Told> {
	if (detail === 'lines' || statements.length === 0) return NOTHING_TOLD;
	const ids = [...new Set(statements.map(({ contactId }) => contactId))].sort().join(',');
	const contacts = await ifPermitted(contactsByIds(books, { ids }));
	if (!contacts.isPermitted) {
		return {
			byId: new Map(),
			leftOut: [`E-mail addresses could not be read. ${contacts.fault.fix}`],
		};
	}
	return {
		byId: new Map(contacts.value.flatMap(({ id, email }) => (email ? [[id, email] as const] : []))),
		leftOut: [],
	};
}

function summaryOf(statements: readonly Statement[], day: CalendarDate): string {
	const chased = statements.filter(({ toChase }) => toChase.gt(0));
	const currencies = [...new Set(chased.map(({ currency }) => currency))].sort();
	const amounts = currencies.map((currency) =>
		moneyText(
			sum(chased.filter((one) => one.currency === currency).map(({ toChase }) => toChase)),
			currency,
		),
	);
	const first = `${countOf(statements.length, 'statement')} as of ${dateText(day, 'd MMMM yyyy')}`;
	return chased.length === 0
		? `${first}; nobody is to be chased.`
		: `${first}; ${chased.length} to chase, for ${amounts.join(' and ')}.`;
}

function leftOut(books: Books, { day, promises, kind }: StatementInput): string[] {
	return [
		...(promises
			? []
			: [
					'What is disputed is not known, since no table for it is chosen; what is promised, only by the expected payment date in Xero.',
				]),
		...(kind === 'activity'
			? ['Links to pay and due days stand on statements of open items alone.']
			: []),
		...(day < books.today
			? ['What was voided since is gone from that day as well: Xero does not tell when.']
			: []),
		'Deposits are shown apart, and count against what is to be chased; drafts are on no statement.',
	];
}
