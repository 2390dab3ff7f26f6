import type Big from 'big.js';

import type { Call } from './call';
import { sum } from './decimals';
import { isForCustomers } from './documentPostings';
import { isPosted } from './documents';
import { badRequest, type Answer } from './failures';
import type { JsonObject } from './json';
import type { CreditRow, InvoiceRow, InvoiceType } from './model';
import { amountText, cell, headerRow, report, section } from './reportShape';
import { standOn, type StandOnDay } from './settlements';
import { dateString, endOfMonth, longDate } from './xeroDates';

const TITLES = ['Date', 'Number', 'Due Date', '', 'Total', 'Paid', 'Credited', 'Due'];

interface OpenDocument {
	readonly row: InvoiceRow | CreditRow;
	readonly stand: StandOnDay;
}

/**
 * What one contact owed, or was owed, on a day: payments and allocations count from their own days.
 * Credits that are left over take from it. What was paid in advance is not in it, being on the
 * accounts of its lines. Each currency has a section of its own.
 */
export function agedReport(call: Call, type: InvoiceType, id: string, name: string): Answer {
	const contactId = call.query('contactId')?.toLowerCase();
	const contact = contactId === undefined ? undefined : call.ledger.contacts.get(contactId);
	if (!contact) throw badRequest(10, 'ValidationException', 'contactId must name a contact.');
	const day = call.query('date') ?? endOfMonth(call.today());
	const open = openDocuments(call, type, contact.contactId, day);
	const currencies = [...new Set(open.map(({ row }) => row.currencyCode))].sort();
	const sections = currencies.map((currencyCode) => {
		const ofCurrency = open.filter(({ row }) => row.currencyCode === currencyCode);
		const title = currencies.length > 1 ? currencyCode : '';
		return section(title, [...ofCurrency.map((one) => openRow(one, day)), summaryRow(ofCurrency)]);
	});
	return report(call, id, name, `${name} - ${contact.name}`, `As at ${longDate(day)}`, [
		headerRow(TITLES),
		...(sections.length > 0 ? sections : [section('', [summaryRow([])])]),
	]);
}

function openDocuments(
	call: Call,
	type: InvoiceType,
	contactId: string,
	day: string,
): OpenDocument[] {
	const { ledger } = call;
	const from = call.query('fromDate');
	const to = call.query('toDate') ?? day;
	const isOfSide = (row: InvoiceRow | CreditRow): boolean =>
		isPosted(row.status) &&
		row.contactId === contactId &&
		isForCustomers(row) === (type === 'ACCREC') &&
		row.date <= to &&
		(from === undefined || row.date >= from);
	const stands = (row: InvoiceRow | CreditRow): OpenDocument => {
		const stand = standOn(ledger, row, day);
		return { row, stand: row.kind === 'invoice' ? stand : turned(stand) };
	};
	return [
		...ledger.invoices.filter(isOfSide),
		...ledger.creditNotes.filter(isOfSide),
		...ledger.overpayments.filter(isOfSide),
	]
		.map(stands)
		.filter(({ stand }) => !stand.open.eq(0))
		.sort((a, b) => (a.row.date < b.row.date ? -1 : Number(a.row.date > b.row.date)));
}

/** A credit is owed the other way. */
function turned({ total, paid, credited, open }: StandOnDay): StandOnDay {
	return { total: total.neg(), paid: paid.neg(), credited: credited.neg(), open: open.neg() };
}

function openRow({ row, stand }: OpenDocument, day: string): JsonObject {
	const idName =
		row.kind === 'invoice'
			? 'invoiceID'
			: row.kind === 'creditNote'
				? 'creditNoteID'
				: 'overpaymentID';
	const late = row.dueDate !== undefined && row.dueDate < day;
	const values = [
		dateString(row.date),
		row.number,
		row.dueDate === undefined ? '' : dateString(row.dueDate),
		late ? 'Overdue' : '',
		...amountsOf(stand).map(amountText),
	];
	return { RowType: 'Row', Cells: values.map((value) => cell(value, idName, row.id)) };
}

function amountsOf({ total, paid, credited, open }: StandOnDay): Big[] {
	return [total, paid, credited, open];
}

function summaryRow(documents: readonly OpenDocument[]): JsonObject {
	const amounts = documents.map(({ stand }) => amountsOf(stand));
	const totals = [0, 1, 2, 3].map((column) =>
		sum(amounts.flatMap((row) => row.slice(column, column + 1))),
	);
	return {
		RowType: 'SummaryRow',
		Cells: ['Total', '', '', '', ...totals.map(amountText)].map((value) => cell(value)),
	};
}
