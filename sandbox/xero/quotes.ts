import type { Call } from './call';
import { dateMembers, renderDocument } from './documentRender';
import { NEVER_POSTED, readDocument } from './documents';
import { UnknownId } from './failures';
import type { Input } from './input';
import type { QuoteRow } from './model';
import { Problems, refuse } from './problems';
import type { Resource, SaveMode } from './resource';

const MOVES: Readonly<Record<string, readonly string[]>> = {
	'': ['DRAFT', 'SENT'],
	DRAFT: ['DRAFT', 'SENT', 'DELETED'],
	SENT: ['SENT', 'ACCEPTED', 'DECLINED', 'DELETED'],
	ACCEPTED: ['ACCEPTED', 'INVOICED', 'SENT', 'DELETED'],
	DECLINED: ['DECLINED', 'SENT', 'DELETED'],
	INVOICED: ['INVOICED', 'SENT', 'DELETED'],
};

/** Quotes have no `where`; their lists are always 100 to a page and carry no paging block. */
export const quotes: Resource<QuoteRow> = {
	path: 'Quotes',
	idName: 'QuoteID',
	scopes: ['accounting.invoices'],
	paging: 'page',
	understandsWhere: false,
	showsSummarizeErrors: true,
	hasPdf: true,
	forcesPaging: () => true,
	fields: () => ({
		quoteid: (quote) => quote.id,
		quotenumber: (quote) => quote.number,
		status: (quote) => quote.status,
		date: (quote) => quote.date,
		expirydate: (quote) => quote.expiryDate,
		updateddateutc: (quote) => quote.updatedMs,
	}),
	idOf: (quote) => quote.id,
	updatedMs: (quote) => quote.updatedMs,
	rows: (call) => call.ledger.quotes.all(),
	find: (call, named) => call.ledger.quotes.get(named.toLowerCase()),
	narrow: (call, rows) => {
		const status = call.query('Status')?.toUpperCase();
		const contactId = call.query('ContactID')?.toLowerCase();
		const number = call.query('QuoteNumber')?.toLowerCase();
		return rows.filter(
			(quote) =>
				(status === undefined || quote.status === status) &&
				(contactId === undefined || quote.contactId === contactId) &&
				(number === undefined || quote.number.toLowerCase().includes(number)) &&
				within(quote.date, call.query('DateFrom'), call.query('DateTo')) &&
				within(quote.expiryDate, call.query('ExpiryDateFrom'), call.query('ExpiryDateTo')),
		);
	},
	render: (call, quote, detail) => ({
		QuoteID: quote.id,
		QuoteNumber: quote.number,
		Reference: quote.reference ?? '',
		Terms: quote.terms ?? '',
		Title: quote.title ?? '',
		Summary: quote.summary ?? '',
		...renderDocument(call, quote, detail, call.settings.quoteUnitPlaces),
		LineAmountTypes: quote.lineAmountTypes.toUpperCase(),
		...dateMembers('ExpiryDate', quote.expiryDate),
	}),
	save: saveQuote,
};

function within(
	date: string | undefined,
	from: string | undefined,
	to: string | undefined,
): boolean {
	if (from === undefined && to === undefined) return true;
	if (date === undefined) return false;
	return (from === undefined || date >= from) && (to === undefined || date <= to);
}

function saveQuote(call: Call, input: Input, mode: SaveMode, id?: string): QuoteRow {
	const existing = matched(call, input, mode, id);
	const status = input.trimmed('Status')?.toUpperCase() ?? existing?.status ?? 'DRAFT';
	if (!MOVES[existing?.status ?? '']?.includes(status)) {
		refuse('Quote status change is invalid.');
	}
	const problems = new Problems();
	if (!input.sent('Contact')) problems.add('Contact is required for a quote.');
	if (!input.sent('Date') && call.settings.quoteWithoutDate === 'refused') {
		problems.add('Date is required for a quote.');
	}
	problems.refuseIfAny();
	const draft = readDocument(
		call,
		input,
		existing,
		{
			sales: true,
			hasBrandingTheme: true,
			discounts: true,
			negativeQuantity: true,
			needsAccounts: false,
			unitDecimalPlaces: call.settings.quoteUnitPlaces,
			makesContacts: true,
			contactMustBeActive: !existing,
			posts: NEVER_POSTED,
			longestReference: 4_000,
		},
		problems,
	);
	const number = input.trimmed('QuoteNumber') ?? existing?.number;
	const holder = number === undefined ? undefined : quoteByNumber(call, number);
	if (holder && holder.id !== existing?.id) problems.add('Quote number must be unique.');
	const own = {
		title: limited(input, 'Title', 100, existing?.title, problems),
		summary: limited(input, 'Summary', 3_000, existing?.summary, problems),
		terms: limited(input, 'Terms', 4_000, existing?.terms, problems),
		expiryDate: input.date('ExpiryDate') ?? existing?.expiryDate,
	};
	problems.refuseIfAny();
	draft.storeContact();
	const row: QuoteRow = {
		...draft.common,
		...own,
		kind: 'quote',
		id: existing?.id ?? call.guid(),
		number: number ?? nextNumber(call),
		status,
	};
	call.ledger.quotes.put(row.id, row);
	call.ledger.changed('quote', row.id, existing ? 'updated' : 'created');
	return row;
}

function matched(
	call: Call,
	input: Input,
	mode: SaveMode,
	id: string | undefined,
): QuoteRow | undefined {
	const quoteId = (id ?? input.trimmed('QuoteID'))?.toLowerCase();
	if (quoteId !== undefined) {
		const found = call.ledger.quotes.get(quoteId);
		if (!found) throw new UnknownId();
		return found;
	}
	const number = input.trimmed('QuoteNumber');
	return mode === 'create' || number === undefined ? undefined : quoteByNumber(call, number);
}

function quoteByNumber(call: Call, number: string): QuoteRow | undefined {
	return call.ledger.quotes.lookUp('number', number.toLowerCase())[0];
}

/** A text no longer than Xero stores. */
export function limited(
	input: Input,
	name: string,
	longest: number,
	before: string | undefined,
	problems: Problems,
): string | undefined {
	if (!input.has(name)) return before;
	const value = input.text(name);
	if (value !== undefined && value.length > longest) {
		problems.add(`${name} must not exceed ${longest} characters.`);
	}
	return value;
}

function nextNumber(call: Call): string {
	const { info } = call.ledger;
	for (;;) {
		const next = info.value.nextQuoteNumber;
		info.update({ nextQuoteNumber: next + 1 });
		const number = `QU-${String(next).padStart(4, '0')}`;
		if (!quoteByNumber(call, number)) return number;
	}
}
