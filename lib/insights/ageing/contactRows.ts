import { grouped } from '../../grouped';
import { amountText, moneyText, sum, type Decimal } from '../../money';
import type { InsightColumn, InsightRow } from '../insight';
import { moneyColumn } from '../moneyColumn';
import type { AgeingInput } from './input';
import { BUCKET_KEYS, bucketLabels, bucketOf } from './buckets';
import type { StandingDocument, StandOnDay } from './onDay';
import type { Retentions } from './retentions';
import { SIDE_WORDS } from './side';
import { countOf } from '../../texts';

export const CONTACT_KEY = ['contactId', 'currency'];

export function contactColumns({ buckets, day }: AgeingInput): InsightColumn[] {
	const labels = bucketLabels(buckets, day);
	return [
		{ key: 'contact', label: 'Contact', kind: 'text' },
		{ key: 'currency', label: 'Currency', kind: 'text' },
		moneyColumn('balance', 'Balance'),
		...BUCKET_KEYS.map((key) => moneyColumn(key, labels[key])),
		moneyColumn('credits', 'Unallocated Credits'),
		moneyColumn('late', 'Late'),
		{ key: 'daysLate', label: 'Days Late', kind: 'number' },
		{ key: 'oldestDueDate', label: 'Oldest Due Date', kind: 'date', isNothingWhenBlank: true },
		moneyColumn('deposits', 'Deposits'),
		moneyColumn('drafts', 'Drafts'),
		moneyColumn('retention', 'Retention'),
		{ key: 'baseBalance', label: 'Balance in Base Currency', kind: 'money' },
		{ key: 'contactId', label: 'Contact ID', kind: 'text' },
	];
}

interface Part {
	readonly contactId: string;
	readonly contact: string;
	readonly currency: string;
	readonly document?: StandingDocument;
	readonly deposit?: Decimal;
	readonly draft?: Decimal;
	readonly retention?: Decimal;
}

/** A row for each contact and currency, most owed first within each currency. */
export function byContact(
	input: AgeingInput,
	stand: StandOnDay,
	retentions: Retentions | undefined,
): InsightRow[] {
	const parts: Part[] = [
		...stand.documents.map((document) => ({ ...whose(document), document })),
		...stand.deposits.map((deposit) => ({ ...whose(deposit), deposit: deposit.open.neg() })),
		...stand.drafts.map((draft) => ({ ...whose(draft), draft: draft.due })),
		...(retentions?.parts ?? []).map((part) => ({ ...whose(part), retention: part.amount })),
	];
	const groups = grouped(
		parts.map((part) => [`${part.contactId} ${part.currency}`, part] as const),
	);
	return [...groups.values()]
		.map((of) => contactRow(input, of, { knowsRetention: retentions !== undefined, ...stand }))
		.sort(byCurrencyThenBalance)
		.map(({ row }) => row);
}

function whose({
	contactId,
	contact,
	currency,
}: Pick<Part, 'contactId' | 'contact' | 'currency'>): Pick<
	Part,
	'contactId' | 'contact' | 'currency'
> {
	return { contactId, contact, currency };
}

interface SortedRow {
	readonly row: InsightRow;
	readonly currency: string;
	readonly contact: string;
	readonly balance: Decimal;
}

function byCurrencyThenBalance(a: SortedRow, b: SortedRow): number {
	if (a.currency !== b.currency) return a.currency < b.currency ? -1 : 1;
	return b.balance.cmp(a.balance) || (a.contact < b.contact ? -1 : 1);
}

function contactRow(
	{ side, buckets, day }: AgeingInput,
	parts: readonly [Part, ...Part[]],
	{
		knowsRetention,
		baseCurrency,
	}: { readonly knowsRetention: boolean; readonly baseCurrency: string },
): SortedRow {
	const { contactId, contact, currency } = parts[0];
	const documents = parts.flatMap(({ document }) => document ?? []);
	const invoices = documents.filter(({ kind }) => kind === 'invoice');
	const credits = documents.filter(({ kind }) => kind !== 'invoice');
	const openOf = (list: readonly StandingDocument[]) => sum(list.map(({ open }) => open));
	const late = invoices.filter(({ daysLate }) => daysLate > 0);
	const oldest = late.map(({ dueDate }) => dueDate).sort()[0];
	const daysLate = late.reduce((most, one) => Math.max(most, one.daysLate), 0);
	const balance = openOf(documents);
	const text = (amount: Decimal) => amountText(amount, currency);
	const extra = (key: 'deposit' | 'draft' | 'retention') =>
		sum(parts.flatMap((part) => part[key] ?? []));
	const ofBucket = BUCKET_KEYS.map((key) => [
		key,
		text(openOf(invoices.filter((one) => bucketOf(buckets, one, day) === key))),
	]);
	const row: InsightRow = {
		summary: sentence(SIDE_WORDS[side].owes, {
			contact,
			currency,
			balance,
			late: openOf(late),
			daysLate,
			credits: openOf(credits),
			deposits: extra('deposit'),
		}),
		contact,
		currency,
		balance: text(balance),
		...Object.fromEntries(ofBucket),
		credits: text(openOf(credits)),
		late: text(openOf(late)),
		daysLate,
		oldestDueDate: oldest ?? null,
		deposits: text(extra('deposit')),
		drafts: text(extra('draft')),
		retention: knowsRetention ? text(extra('retention')) : null,
		baseBalance: amountText(sum(documents.map(({ base }) => base)), baseCurrency),
		contactId,
	};
	return { row, currency, contact, balance };
}

function sentence(
	owes: string,
	told: {
		readonly contact: string;
		readonly currency: string;
		readonly balance: Decimal;
		readonly late: Decimal;
		readonly daysLate: number;
		readonly credits: Decimal;
		readonly deposits: Decimal;
	},
): string {
	const { contact, currency, balance, late, daysLate, credits, deposits } = told;
	const text = (amount: Decimal) => moneyText(amount, currency);
	return [
		`${contact} ${owes} ${text(balance)}`,
		late.gt(0) ? `, ${text(late)} late by up to ${countOf(daysLate, 'day')}` : '',
		credits.lt(0) ? `, after ${text(credits.neg())} of credit that is not allocated` : '',
		deposits.gt(0) ? `; ${text(deposits)} of deposits apart` : '',
		'.',
	].join('');
}
