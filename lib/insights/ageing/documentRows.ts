import { amountText, moneyText } from '../../money';
import { documentOfType } from '../../xero/documents';
import type { InsightColumn, InsightRow } from '../insight';
import { moneyColumn } from '../moneyColumn';
import type { BookedInvoice, Side } from '../reading/invoices';
import type { AgeingInput } from './input';
import { bucketLabels, bucketOf } from './buckets';
import type { StandingDocument, StandOnDay } from './onDay';
import { countOf } from '../../texts';

export const DOCUMENT_KEY = ['documentId'];

export function documentColumns(): InsightColumn[] {
	return [
		{ key: 'contact', label: 'Contact', kind: 'text' },
		{ key: 'document', label: 'Document', kind: 'text' },
		{ key: 'number', label: 'Number', kind: 'text' },
		{ key: 'reference', label: 'Reference', kind: 'text' },
		{ key: 'date', label: 'Date', kind: 'date' },
		{ key: 'dueDate', label: 'Due Date', kind: 'date' },
		{ key: 'daysLate', label: 'Days Late', kind: 'number' },
		{ key: 'bucket', label: 'Bucket', kind: 'text' },
		{ key: 'currency', label: 'Currency', kind: 'text' },
		moneyColumn('total', 'Total'),
		moneyColumn('open', 'Open'),
		{ key: 'baseOpen', label: 'Open in Base Currency', kind: 'money' },
		{ key: 'isInBalance', label: 'In Balance', kind: 'yesNo' },
		{ key: 'url', label: 'Link', kind: 'link' },
		{ key: 'contactId', label: 'Contact ID', kind: 'text' },
		{ key: 'documentId', label: 'Document ID', kind: 'text' },
	];
}

const WORDS: Readonly<Record<StandingDocument['kind'] | 'draft', Readonly<Record<Side, string>>>> =
	{
		invoice: { sales: 'invoice', purchases: 'bill' },
		creditNote: { sales: 'credit note', purchases: 'supplier credit note' },
		overpayment: { sales: 'overpayment', purchases: 'overpayment' },
		prepayment: { sales: 'deposit', purchases: 'deposit' },
		draft: { sales: 'draft invoice', purchases: 'draft bill' },
	};

/** A row for each document, oldest due day first; deposits and drafts, not being in the balance, last. */
export function byDocument(
	input: AgeingInput,
	stand: StandOnDay,
	shortCode: string | undefined,
): InsightRow[] {
	const { baseCurrency } = stand;
	const sorted = [...stand.documents].sort((a, b) => (a.dueDate < b.dueDate ? -1 : 1));
	return [
		...sorted.map((one) => standingRow(input, one, { isInBalance: true, baseCurrency, shortCode })),
		...stand.deposits.map((one) =>
			standingRow(input, one, { isInBalance: false, baseCurrency, shortCode }),
		),
		...stand.drafts.map((one) =>
			draftRow(input, one, { isInBalance: false, baseCurrency, shortCode }),
		),
	];
}

interface Shown {
	readonly isInBalance: boolean;
	readonly baseCurrency: string;
	readonly shortCode: string | undefined;
}

function standingRow(
	{ side, buckets, day }: AgeingInput,
	one: StandingDocument,
	{ isInBalance, baseCurrency, shortCode }: Shown,
): InsightRow {
	const word = WORDS[one.kind][side];
	const isLate = one.kind === 'invoice' && one.daysLate > 0;
	const late = isLate ? `, ${countOf(one.daysLate, 'day')} late` : '';
	const open = moneyText(one.open, one.currency);
	return {
		summary: `${capital(word)} ${one.number ?? ''} of ${one.contact}: ${open} open${late}.`.replace(
			'  ',
			' ',
		),
		contact: one.contact,
		document: word,
		number: one.number ?? null,
		reference: one.reference ?? null,
		date: one.date,
		dueDate: one.kind === 'invoice' ? one.dueDate : null,
		daysLate: isLate ? one.daysLate : 0,
		bucket: one.kind === 'invoice' ? bucketLabels(buckets, day)[bucketOf(buckets, one, day)] : null,
		currency: one.currency,
		total: amountText(one.payable, one.currency),
		open: amountText(one.open, one.currency),
		baseOpen: amountText(one.base, baseCurrency),
		isInBalance,
		url: linkOf(side, one.kind, one.id, shortCode),
		contactId: one.contactId,
		documentId: one.id,
	};
}

function draftRow(
	{ side }: AgeingInput,
	draft: BookedInvoice,
	{ isInBalance, baseCurrency, shortCode }: Shown,
): InsightRow {
	const word = WORDS.draft[side];
	return {
		summary:
			`${capital(word)} ${draft.number ?? ''} of ${draft.contact}: ${moneyText(draft.due, draft.currency)}, not approved.`.replace(
				'  ',
				' ',
			),
		contact: draft.contact,
		document: word,
		number: draft.number ?? null,
		reference: draft.reference ?? null,
		date: draft.date,
		dueDate: draft.dueDate ?? null,
		daysLate: 0,
		bucket: null,
		currency: draft.currency,
		total: amountText(draft.payable, draft.currency),
		open: amountText(draft.due, draft.currency),
		baseOpen: amountText(draft.due.div(draft.rate), baseCurrency),
		isInBalance,
		url: linkOf(side, 'invoice', draft.id, shortCode),
		contactId: draft.contactId,
		documentId: draft.id,
	};
}

function capital(text: string): string {
	return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Overpayments and deposits have no page of their own that could be linked to. */
function linkOf(
	side: Side,
	kind: StandingDocument['kind'],
	id: string,
	shortCode: string | undefined,
): string | null {
	const type =
		kind === 'invoice'
			? { sales: 'salesInvoice', purchases: 'bill' }[side]
			: kind === 'creditNote'
				? { sales: 'salesCreditNote', purchases: 'supplierCreditNote' }[side]
				: undefined;
	return type === undefined ? null : (documentOfType(type)?.link(id, shortCode) ?? null);
}
