import { daysBetween, type CalendarDate } from '../../dates';
import { grouped } from '../../grouped';
import { decimal, sum, type Decimal } from '../../money';
import { BUCKET_KEYS, bucketOf, type BucketKey } from '../ageing/buckets';
import type { StandingDocument, StandOnDay } from '../ageing/onDay';
import type { Activity } from './entries';
import type { Excuse } from './promises';

/** A line of a statement: an open document, or what happened on a day. */
export interface StatementLine {
	readonly date: CalendarDate;
	readonly what: string;
	readonly number: string | undefined;
	readonly dueDate: CalendarDate | undefined;
	readonly amount: Decimal;
	/** What is owed after it. */
	readonly balance: Decimal;
	readonly daysLate: number;
	readonly excuse: Excuse | undefined;
	readonly link: string | undefined;
	readonly documentId: string | undefined;
}

/** What one customer owes in one currency. */
export interface Statement {
	readonly contactId: string;
	readonly contact: string;
	readonly currency: string;
	readonly lines: readonly StatementLine[];
	readonly balance: Decimal;
	readonly buckets: Readonly<Record<BucketKey, Decimal>>;
	/** Credit notes and overpayments that are put against nothing, above zero. */
	readonly credits: Decimal;
	/** Paid in advance, and not in the balance until it is put against an invoice. */
	readonly deposits: Decimal;
	readonly disputed: Decimal;
	readonly promised: Decimal;
	/** Late and neither disputed nor promised, less what the customer has paid already. */
	readonly toChase: Decimal;
	readonly daysLate: number;
}

interface StatementSources {
	readonly day: CalendarDate;
	readonly stand: StandOnDay;
	readonly activity: Activity | undefined;
	readonly excuseOf: (document: StandingDocument) => Excuse | undefined;
	readonly linkOf: (documentId: string) => string | undefined;
}

interface Part {
	readonly contactId: string;
	readonly contact: string;
	readonly currency: string;
	readonly document?: StandingDocument;
	readonly deposit?: StandingDocument;
	readonly opening?: StandingDocument;
	readonly entry?: Activity['entries'][number];
}

/** A statement for each customer and currency that has anything on it, by name. */
export function statementsOf(sources: StatementSources): Statement[] {
	const { stand, activity } = sources;
	const parts: Part[] = [
		...stand.documents.map((document) => ({ ...whose(document), document })),
		...stand.deposits.map((deposit) => ({ ...whose(deposit), deposit })),
		...(activity?.opening ?? []).map((opening) => ({ ...whose(opening), opening })),
		...(activity?.entries ?? []).map((entry) => ({ ...whose(entry), entry })),
	];
	const groups = grouped(
		parts.map((part) => [`${part.contactId} ${part.currency}`, part] as const),
	);
	return [...groups.values()]
		.map((of) => statementOf(of, sources))
		.sort((a, b) => a.contact.localeCompare(b.contact, 'en') || (a.currency < b.currency ? -1 : 1));
}

function whose({
	contactId,
	contact,
	currency,
}: Part): Pick<Part, 'contactId' | 'contact' | 'currency'> {
	return { contactId, contact, currency };
}

function statementOf(parts: readonly [Part, ...Part[]], sources: StatementSources): Statement {
	const { day, excuseOf } = sources;
	const documents = parts.flatMap(({ document }) => document ?? []);
	const invoices = documents.filter(({ kind }) => kind === 'invoice');
	const openOf = (list: readonly StandingDocument[]) => sum(list.map(({ open }) => open));
	const credits = openOf(documents.filter(({ kind }) => kind !== 'invoice')).neg();
	const deposits = openOf(parts.flatMap(({ deposit }) => deposit ?? [])).neg();
	const excused = (kind: Excuse['kind']) =>
		openOf(invoices.filter((invoice) => excuseOf(invoice)?.kind === kind));
	const chased = invoices.filter((invoice) => invoice.daysLate > 0 && !excuseOf(invoice));
	const toChase = openOf(chased).minus(credits).minus(deposits);
	const inBucket = (key: BucketKey) =>
		openOf(invoices.filter((invoice) => bucketOf('days', invoice, day) === key));
	return {
		...whose(parts[0]),
		lines: sources.activity ? activityLines(parts) : openLines(documents, sources),
		balance: openOf(documents),
		buckets: bucketsBy(inBucket),
		credits,
		deposits,
		disputed: excused('disputed'),
		promised: excused('promised'),
		toChase: toChase.gt(0) ? toChase : decimal(0),
		daysLate: chased.reduce((most, { daysLate }) => Math.max(most, daysLate), 0),
	};
}

function bucketsBy(of: (key: BucketKey) => Decimal): Statement['buckets'] {
	const [current, late1, late2, late3, older] = BUCKET_KEYS;
	return {
		current: of(current),
		late1: of(late1),
		late2: of(late2),
		late3: of(late3),
		older: of(older),
	};
}

const WORDS: Readonly<Record<StandingDocument['kind'], string>> = {
	invoice: 'Invoice',
	creditNote: 'Credit Note',
	overpayment: 'Overpayment',
	prepayment: 'Deposit',
};

/** Open documents, oldest first. */
function openLines(
	documents: readonly StandingDocument[],
	{ excuseOf, linkOf }: StatementSources,
): StatementLine[] {
	let balance = decimal(0);
	return [...documents]
		.sort((a, b) => daysBetween(b.date, a.date))
		.map((document) => {
			const { kind, id, date, number, dueDate, open, daysLate } = document;
			balance = balance.plus(open);
			const isInvoice = kind === 'invoice';
			return {
				date,
				what: WORDS[kind],
				number,
				dueDate: isInvoice ? dueDate : undefined,
				amount: open,
				balance,
				daysLate: isInvoice ? Math.max(daysLate, 0) : 0,
				excuse: excuseOf(document),
				link: linkOf(id),
				documentId: id,
			};
		});
}

/** What was owed before, then what happened. */
function activityLines(parts: readonly Part[]): StatementLine[] {
	const before = sum(parts.flatMap(({ opening }) => opening?.open ?? []));
	let balance = before;
	const plain = {
		dueDate: undefined,
		daysLate: 0,
		excuse: undefined,
		link: undefined,
		documentId: undefined,
	};
	return parts.flatMap(({ entry }): StatementLine[] => {
		if (!entry) return [];
		balance = balance.plus(entry.amount);
		const { date, what, number, amount } = entry;
		return [{ ...plain, date, what, number, amount, balance }];
	});
}

/** What a customer owed before the first line of the statement. */
export function openingOf({ lines, balance }: Statement): Decimal {
	const [first] = lines;
	return first ? first.balance.minus(first.amount) : balance;
}
