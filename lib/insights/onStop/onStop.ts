import { dateText } from '../../dates';
import { foldText } from '../../foldText';
import { grouped } from '../../grouped';
import type { KnackRecord } from '../../knack/app';
import { recordTitle } from '../../knack/recordView';
import { amountText, decimal, moneyText, type Decimal } from '../../money';
import { countOf } from '../../texts';
import { standOnDay, type StandOnDay } from '../ageing/onDay';
import { tieAgeing } from '../ageing/ties';
import { InsightInputError } from '../inputError';
import type { Cell, Insight, InsightColumn, InsightRow } from '../insight';
import { ifPermitted, type Books } from '../reading/books';
import { contacts, mergedInto, type ListedContact } from '../reading/contacts';
import {
	amountIn,
	knackRows,
	optionalField,
	textIn,
	type KnackRows,
} from '../reading/knackRecords';
import type { OnStopInput } from './input';
import { judge, owing, type Judged, type Owed } from './standing';

const COLUMNS: readonly InsightColumn[] = [
	{ key: 'customer', label: 'Customer', kind: 'text' },
	{ key: 'onStop', label: 'On Stop', kind: 'yesNo' },
	{ key: 'why', label: 'Why', kind: 'text', isNothingWhenBlank: true },
	{ key: 'exposure', label: 'Exposure', kind: 'money' },
	{ key: 'limit', label: 'Limit', kind: 'money' },
	{ key: 'room', label: 'Left of Limit', kind: 'money' },
	{ key: 'balance', label: 'Balance', kind: 'money' },
	{ key: 'unbilled', label: 'Unbilled', kind: 'money' },
	{ key: 'order', label: 'This Order', kind: 'money' },
	{ key: 'deposits', label: 'Deposits', kind: 'money' },
	{ key: 'late', label: 'Too Late', kind: 'money' },
	{ key: 'daysLate', label: 'Days Late', kind: 'number' },
	{ key: 'knackRecordId', label: 'Knack Record ID', kind: 'text' },
];

interface Customer {
	readonly record: KnackRecord;
	readonly title: string;
	/** Undefined where Xero has no such contact. */
	readonly contactIds: ReadonlySet<string> | undefined;
	readonly limit: Decimal | undefined;
	readonly unbilled: Decimal;
}

/**
 * Which customers of a table in Knack get no more on credit: over their limit, or too late. Throws
 * ServiceFaultError and InsightInputError.
 */
export async function reckonOnStop(books: Books, input: OnStopInput): Promise<Insight> {
	const { day, mostDaysLate } = input;
	const [rows, stand, listed] = await Promise.all([
		knackRows(input.source),
		standOnDay(books, 'sales', day),
		ifPermitted(contacts(books, {})),
	]);
	const told = listed.isPermitted ? listed.value : contactsOf(stand);
	const customers = await whereMerged(
		books,
		customersOf(rows, input, contactIdsByName(told)),
		new Set(told.flatMap(({ id, isArchived }) => (isArchived ? [id] : []))),
	);
	const currency = books.organisation.baseCurrency;
	const order = input.order ?? decimal(0);
	const owedBy = owing(stand, mostDaysLate);
	const shown = customers.map((customer) => {
		if (!customer.contactIds) return unknownRow(customer, listed.isPermitted);
		const owed = owedBy(customer.contactIds);
		const { limit, unbilled } = customer;
		const judged = judge(owed, { limit, unbilled, order, mostDaysLate });
		return customerRow(customer, { owed, judged, order, mostDaysLate, currency });
	});
	const stopped = shown.filter(({ onStop }) => onStop === true).length;
	const unknown = shown.filter(({ onStop }) => onStop === null).length;
	return {
		summary: `${stopped} of ${countOf(shown.length, 'customer')} ${stopped === 1 ? 'is' : 'are'} on stop on ${dateText(day, 'd MMMM yyyy')}${unknown > 0 ? `; of ${unknown} ${listed.isPermitted ? 'Xero has no contact' : 'nothing is known'}` : ''}.`,
		day,
		currency,
		columns: COLUMNS,
		rowKey: ['knackRecordId'],
		rows: input.stoppedAlone ? shown.filter(({ onStop }) => onStop === true) : shown,
		tie: await tieAgeing(books, { side: 'sales', day, stand }),
		notIn: [
			'Drafts do not count, but as Knack has them under Unbilled.',
			...(input.fields.limit === undefined
				? ['Nobody is on stop for a limit, since no field for it is chosen.']
				: []),
			...(mostDaysLate === undefined
				? ['Nobody is on stop for being late, since that is not asked.']
				: []),
			...(listed.isPermitted
				? []
				: [
						`Contacts could not be read: of whoever is not found by name or ID among those who owe, nothing is known. ${listed.fault.fix}`,
					]),
		],
	};
}

/** Those that owe anything: all that can be told without the list of contacts. */
function contactsOf({ documents, deposits }: StandOnDay): ListedContact[] {
	return [...documents, ...deposits].map(({ contactId, contact }) => ({
		id: contactId,
		name: contact,
		number: undefined,
		isArchived: false,
	}));
}

/**
 * By the folded id, name or number. A number that is also somebody's name or id means that one: those of
 * two customers are not to be added up.
 */
function contactIdsByName(
	listed: readonly ListedContact[],
): ReadonlyMap<string, ReadonlySet<string>> {
	const by = (keyOf: (contact: ListedContact) => string | undefined) =>
		grouped(
			listed.flatMap((contact) => {
				const key = foldText(keyOf(contact) ?? '');
				return key === '' ? [] : [[key, contact.id] as const];
			}),
		);
	const kinds = [by(({ number }) => number), by(({ name }) => name), by(({ id }) => id)];
	return new Map(
		kinds.flatMap((ids) => [...ids].map(([key, own]) => [key, new Set(own)] as const)),
	);
}

function customersOf(
	{ table, records }: KnackRows,
	{ fields, customer }: OnStopInput,
	known: ReadonlyMap<string, ReadonlySet<string>>,
): Customer[] {
	const contactField = optionalField(table, fields.contact);
	const limitField = optionalField(table, fields.limit);
	const unbilledField = optionalField(table, fields.unbilled);
	const wanted = customer === undefined ? undefined : foldText(customer);
	const all = records.flatMap((record): Customer[] => {
		const title = recordTitle(record, table);
		const name = contactField ? textIn(record, contactField) : title;
		const names = [record.id, title, name].map(foldText);
		if (wanted !== undefined && !names.includes(wanted)) return [];
		return [
			{
				record,
				title,
				contactIds: known.get(foldText(name)),
				limit: limitField && amountIn(record, table, limitField),
				unbilled: (unbilledField && amountIn(record, table, unbilledField)) ?? decimal(0),
			},
		];
	});
	if (wanted === undefined || all.length > 0) return all;
	throw new InsightInputError(
		`${table.name} has no record for the customer ${customer ?? ''}.`,
		'Give the record ID, or the name as it stands in Knack.',
	);
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Customers whose contact was merged into another one, with that one as well: all that they owe is
 * there. A name that a contact in use has is that one's, whoever had it before.
 */
async function whereMerged(
	books: Books,
	customers: readonly Customer[],
	archived: ReadonlySet<string>,
): Promise<Customer[]> {
	const isAway = ({ contactIds = NOBODY }: Customer) =>
		[...contactIds].every((id) => archived.has(id));
	const away = customers.filter(isAway).flatMap(({ contactIds = NOBODY }) => [...contactIds]);
	const into = await mergedInto(books, away, archived);
	const ledTo = (id: string): string[] => {
		const way = [id];
		// No answer leads round in a circle for ever.
		for (let next = into.get(id); next !== undefined && !way.includes(next); next = into.get(next))
			way.push(next);
		return way;
	};
	return customers.map((customer) =>
		customer.contactIds && isAway(customer)
			? { ...customer, contactIds: new Set([...customer.contactIds].flatMap(ledTo)) }
			: customer,
	);
}

/** Neither yes nor no: whoever reads it has to look. */
function unknownRow({ record, title }: Customer, knowsAll: boolean): InsightRow {
	const why = knowsAll
		? 'Xero has no such contact.'
		: 'Contacts could not be read, and nobody of that name owes anything.';
	return {
		summary: `${title}: nobody knows whether to stop. ${why}`,
		customer: title,
		onStop: null,
		why,
		exposure: null,
		limit: null,
		room: null,
		balance: null,
		unbilled: null,
		order: null,
		deposits: null,
		late: null,
		daysLate: null,
		knackRecordId: record.id,
	};
}

function customerRow(
	{ record, title, limit, unbilled }: Customer,
	{
		owed,
		judged,
		order,
		mostDaysLate,
		currency,
	}: {
		readonly owed: Owed;
		readonly judged: Judged;
		readonly order: Decimal;
		readonly mostDaysLate: number | undefined;
		readonly currency: string;
	},
): InsightRow {
	const { exposure, room, isOverLimit, isTooLate } = judged;
	const text = (amount: Decimal | undefined): Cell =>
		amount === undefined ? null : amountText(amount, currency);
	const told = (amount: Decimal) => moneyText(amount, currency);
	const why = [
		...(isOverLimit && limit ? [`${told(exposure)} is over the limit of ${told(limit)}`] : []),
		...(isTooLate
			? [`${told(owed.late)} is more than ${countOf(mostDaysLate ?? 0, 'day')} late`]
			: []),
	].join(', and ');
	const onStop = isOverLimit || isTooLate;
	return {
		summary: onStop ? `${title} is on stop: ${why}.` : `${title} is not on stop.`,
		customer: title,
		onStop,
		why: why === '' ? null : `${why}.`,
		exposure: text(exposure),
		limit: text(limit),
		room: text(room),
		balance: text(owed.balance),
		unbilled: text(unbilled),
		order: text(order),
		deposits: text(owed.deposits),
		late: text(owed.late),
		daysLate: owed.daysLate,
		knackRecordId: record.id,
	};
}
