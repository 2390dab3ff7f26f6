import type { Call } from './call';
import { addHistory } from './attachments';
import { ValidationFailure, type Answer } from './failures';
import { invoices } from './invoices';
import type { InvoiceRow } from './model';
import { messages, validationException } from './refusals';
import { findOrRefuse } from './resource';
import type { Route } from './transport';
import { dateOfEpochMs } from './xeroDates';

const EMAILABLE = new Set(['SUBMITTED', 'AUTHORISED', 'PAID']);
const ONLINE = new Set(['SUBMITTED', 'AUTHORISED', 'PAID']);
const EMAILS_A_DAY = 1_000;

export const invoiceActionRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/Invoices/:id/OnlineInvoice',
		scopes: ['accounting.invoices.read'],
		handle: (call) => {
			const invoice = findOrRefuse(call, invoices);
			if (invoice.type !== 'ACCREC' || !ONLINE.has(invoice.status)) {
				return refused(invoice, 'An online invoice is not available for this document.');
			}
			const { shortCode } = call.ledger.info.value;
			const code = invoice.id.replace(/-/g, '');
			return call.envelope({
				OnlineInvoices: [
					{ OnlineInvoiceUrl: `https://in.example.com/${encodeURIComponent(shortCode)}/${code}` },
				],
			});
		},
	},
	{
		method: 'POST',
		path: '/Invoices/:id/Email',
		scopes: ['accounting.invoices'],
		handle: emailInvoice,
	},
];

function emailInvoice(call: Call): Answer {
	const invoice = findOrRefuse(call, invoices);
	if (invoice.type !== 'ACCREC' || !EMAILABLE.has(invoice.status)) {
		return refused(invoice, 'Only submitted, authorised or paid sales invoices can be emailed.');
	}
	const contact = call.ledger.contacts.get(invoice.contactId);
	if (contact?.texts['EmailAddress'] === undefined) {
		return refused(invoice, 'The contact does not have an email address.');
	}
	const { info } = call.ledger;
	const { customerEmails } = info.value;
	const on = dateOfEpochMs(call.now());
	const sentToday = customerEmails.on === on ? customerEmails.count : 0;
	if (sentToday >= EMAILS_A_DAY) {
		return refused(invoice, 'The daily email limit has been reached.');
	}
	info.update({ customerEmails: { on, count: sentToday + 1 } });
	const settled = invoice.amountPaid.plus(invoice.amountCredited).gt(0);
	call.ledger.invoices.put(invoice.id, {
		...invoice,
		sentToContact: true,
		updatedMs: settled ? invoice.updatedMs : call.now(),
	});
	addHistory(call, invoice.id, 'Emailed', `This invoice has been emailed to ${contact.name}.`);
	call.ledger.changed('invoice', invoice.id, 'updated');
	return { status: 204 };
}

function refused(invoice: InvoiceRow, message: string): Answer {
	const failure = new ValidationFailure([message]);
	return validationException([
		{ InvoiceID: invoice.id, ValidationErrors: messages(failure.errors) },
	]);
}
