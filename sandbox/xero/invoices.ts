import type { Call } from './call';
import { asNumber } from './decimals';
import { dateMembers, hasAttachments, renderDocument } from './documentRender';
import type { Json, JsonObject } from './json';
import type { AllocationRow, InvoiceRow } from './model';
import { saveInvoice } from './invoiceSaving';
import type { Detail, Resource } from './resource';
import { msDateOf } from './xeroDates';

export const invoices: Resource<InvoiceRow> = {
	path: 'Invoices',
	idName: 'InvoiceID',
	scopes: ['accounting.invoices'],
	paging: 'size',
	understandsWhere: true,
	understandsSummary: true,
	hasPdf: true,
	fields: (call) => ({
		invoiceid: (invoice) => invoice.id,
		invoicenumber: (invoice) => invoice.number,
		repeatinginvoiceid: (invoice) => invoice.repeatingInvoiceId,
		reference: (invoice) => invoice.reference ?? '',
		type: (invoice) => invoice.type,
		status: (invoice) => invoice.status,
		date: (invoice) => invoice.date,
		duedate: (invoice) => invoice.dueDate,
		total: (invoice) => invoice.totals.total,
		subtotal: (invoice) => invoice.totals.subTotal,
		amountdue: (invoice) => invoice.amountDue,
		amountpaid: (invoice) => invoice.amountPaid,
		amountcredited: (invoice) => invoice.amountCredited,
		currencycode: (invoice) => invoice.currencyCode,
		fullypaidondate: (invoice) => invoice.fullyPaidOn,
		updateddateutc: (invoice) => invoice.updatedMs,
		'contact.contactid': (invoice) => invoice.contactId,
		'contact.name': (invoice) => call.ledger.contacts.get(invoice.contactId)?.name,
		'contact.contactnumber': (invoice) =>
			call.ledger.contacts.get(invoice.contactId)?.contactNumber,
	}),
	idOf: (invoice) => invoice.id,
	updatedMs: (invoice) => invoice.updatedMs,
	rows: (call) => call.ledger.invoices.all(),
	find: (call, named) => {
		const key = named.toLowerCase();
		return call.ledger.invoices.get(key) ?? call.ledger.invoices.lookUp('number', key)[0];
	},
	narrow,
	// Statuses gives pages whether or not page was sent.
	forcesPaging: (call) => call.query('Statuses') !== undefined,
	render: renderInvoice,
	save: saveInvoice,
	refusalsHaveIds: true,
};

function narrow(call: Call, rows: readonly InvoiceRow[]): readonly InvoiceRow[] {
	const ids = lowerSet(call.queryList('IDs'));
	const numbers = lowerSet(call.queryList('InvoiceNumbers'));
	const contactIds = lowerSet(call.queryList('ContactIDs'));
	const statuses = lowerSet(call.queryList('Statuses'));
	const term = call.query('searchTerm')?.toLowerCase();
	const mine = call.queryFlag('createdByMyApp');
	return rows.filter(
		(invoice) =>
			(!ids || ids.has(invoice.id)) &&
			(!numbers || numbers.has(invoice.number.toLowerCase())) &&
			(!contactIds || contactIds.has(invoice.contactId)) &&
			(!statuses || statuses.has(invoice.status.toLowerCase())) &&
			(!mine || invoice.createdByClientId === call.app.clientId) &&
			(term === undefined ||
				invoice.number.toLowerCase().includes(term) ||
				(invoice.reference ?? '').toLowerCase().includes(term)),
	);
}

function lowerSet(list: readonly string[] | undefined): ReadonlySet<string> | undefined {
	return list && new Set(list.map((member) => member.toLowerCase()));
}

export function renderInvoice(call: Call, invoice: InvoiceRow, detail: Detail): JsonObject {
	const { summary } = detail;
	const rendered: JsonObject = {
		Type: invoice.type,
		InvoiceID: invoice.id,
		InvoiceNumber: invoice.number,
		// Recorded: bills have a reference, and it is always empty.
		Reference: invoice.type === 'ACCREC' ? (invoice.reference ?? '') : '',
		AmountDue: asNumber(invoice.amountDue),
		AmountPaid: asNumber(invoice.amountPaid),
		AmountCredited: asNumber(invoice.amountCredited),
		...(invoice.cisDeduction.gt(0) ? { CISDeduction: asNumber(invoice.cisDeduction) } : {}),
		SentToContact: invoice.sentToContact,
		Url: invoice.url,
		RepeatingInvoiceID: invoice.repeatingInvoiceId,
		HasErrors: false,
		IsDiscounted: invoice.totals.totalDiscount.gt(0),
		...renderDocument(call, invoice, detail),
		...dateMembers('DueDate', invoice.dueDate),
		...dateMembers('ExpectedPaymentDate', invoice.expectedPaymentDate),
		...dateMembers('PlannedPaymentDate', invoice.plannedPaymentDate),
	};
	if (invoice.fullyPaidOn !== undefined)
		rendered['FullyPaidOnDate'] = msDateOf(invoice.fullyPaidOn);
	if (summary) {
		delete rendered['LineItems'];
		return rendered;
	}
	const whole: JsonObject = {
		...rendered,
		HasAttachments: hasAttachments(call, invoice.id),
		Payments: renderPayments(call, invoice),
		...renderCredits(call, invoice),
	};
	return detail.single ? withoutEmpty(whole) : whole;
}

/** Recorded: single reads and writes leave out what there is none of; lists do not. */
function withoutEmpty(whole: JsonObject): JsonObject {
	const { AmountCredited, Payments, CreditNotes, HasAttachments, ...rest } = whole;
	const isEmpty = (list: Json): boolean => Array.isArray(list) && list.length === 0;
	return {
		...rest,
		...(AmountCredited === 0 ? {} : { AmountCredited }),
		...(isEmpty(Payments) ? {} : { Payments }),
		...(isEmpty(CreditNotes) ? {} : { CreditNotes }),
		...(HasAttachments === false ? {} : { HasAttachments }),
	};
}

function renderPayments(call: Call, invoice: InvoiceRow): Json {
	return invoice.paymentIds.flatMap((paymentId): JsonObject[] => {
		const payment = call.ledger.payments.get(paymentId);
		if (!payment) return [];
		if (payment.status === 'DELETED' && !call.settings.deletedPaymentStaysOnInvoice) return [];
		return [
			{
				PaymentID: payment.paymentId,
				...(payment.batchPaymentId === undefined ? {} : { BatchPaymentID: payment.batchPaymentId }),
				Date: msDateOf(payment.date),
				Amount: asNumber(payment.amount),
				Reference: payment.reference ?? '',
				CurrencyRate: asNumber(payment.currencyRate),
				HasAccount: false,
				HasValidationErrors: false,
			},
		];
	});
}

function renderCredits(call: Call, invoice: InvoiceRow): JsonObject {
	const live = invoice.allocationIds
		.map((allocationId) => call.ledger.allocations.get(allocationId))
		.filter((allocation): allocation is AllocationRow => allocation?.deleted === false);
	const of = (
		kind: AllocationRow['creditKind'],
		idName: string,
		numberName?: string,
	): JsonObject[] =>
		live
			.filter((allocation) => allocation.creditKind === kind)
			.map((allocation) => {
				const credit = call.ledger.credits(kind).get(allocation.creditId);
				return {
					[idName]: allocation.creditId,
					...(numberName === undefined ? {} : { [numberName]: credit?.number ?? '' }),
					ID: allocation.creditId,
					AppliedAmount: asNumber(allocation.amount),
					Date: msDateOf(allocation.date),
					DateString: `${allocation.date}T00:00:00`,
					Total: credit ? asNumber(credit.totals.total) : 0,
					HasErrors: false,
				};
			});
	return {
		CreditNotes: of('creditNote', 'CreditNoteID', 'CreditNoteNumber'),
		Prepayments: of('prepayment', 'PrepaymentID'),
		Overpayments: of('overpayment', 'OverpaymentID'),
	};
}
