import { nameKey } from './contactSaving';
import { removed } from './invoiceSaving';
import type { Call } from './call';
import { ValidationFailure } from './failures';
import { Input } from './input';
import type { JsonObject } from './json';
import { invoices, renderInvoice } from './invoices';
import { contacts, renderContact } from './contacts';
import { createPayment, deletePayment } from './paymentSaving';
import { booksOf } from './settlement';
import type { CreditKind, InvoiceRow, PaymentRow, ContactRow } from './model';
import { ProjectPerson } from './personProjects';
import { renderPayment } from './payments';
import { addRepeatingInvoice, makeScheduledInvoice } from './repeatingInvoices';

/** What a person does in Xero's own screens, past the limits of the API. */

export interface ContactSeed {
	readonly name: string;
	readonly contactNumber?: string;
	readonly emailAddress?: string;
	readonly archived?: boolean;
	/** Any other members by Xero's own names. */
	readonly fields?: JsonObject;
}

/** An invoice by id or number; a text may be either. */
export type InvoiceNamed = string | InvoiceNames;

interface InvoiceNames {
	readonly invoiceId?: string;
	readonly invoiceNumber?: string;
}

export interface PaymentByPerson extends InvoiceNames {
	/** All that is due when left out. */
	readonly amount?: string | number;
	readonly date?: string;
	readonly reference?: string;
	readonly accountCode?: string;
	readonly isReconciled?: boolean;
}

const ALL = { lines: true, single: true, summary: false } as const;

/** As lists tell of them: each alone would bear the whole of its invoice. */
const LISTED = { ...ALL, single: false } as const;

/** A person at one organisation's screen. Each method throws an Error in plain words if it cannot. */
export class Person extends ProjectPerson {
	seedContacts(seeds: readonly ContactSeed[], organisation?: string): ContactRow[] {
		const call = this.call(organisation);
		return seeds.map((seed) => {
			const made = plainly(() =>
				contacts.save?.(
					call,
					new Input({
						Name: seed.name,
						ContactNumber: seed.contactNumber,
						EmailAddress: seed.emailAddress,
						...seed.fields,
					}),
					'create',
				),
			);
			if (!made) throw new Error('Contacts cannot be made.');
			return seed.archived ? this.setArchived(call, made, true) : made;
		});
	}

	/** Makes or changes an invoice with the API's own members, without the API's limits. */
	saveInvoice(members: JsonObject, organisation?: string): JsonObject {
		// Xero's screen takes prices of four places.
		const call = this.call(organisation, 'unitdp=4');
		const row = plainly(() =>
			this.world.atomically(call.ledger, () =>
				invoices.save?.(call, new Input(members), 'createOrUpdate'),
			),
		);
		if (!row) throw new Error('Invoices cannot be made.');
		return renderInvoice(call, row, ALL);
	}

	recordPayment(payment: PaymentByPerson, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const invoice = this.invoice(call, payment);
		const row = plainly(() =>
			createPayment(
				call,
				new Input({
					Invoice: { InvoiceID: invoice.id },
					Account: { Code: payment.accountCode ?? '090' },
					Amount: payment.amount ?? invoice.amountDue.toFixed(2),
					Date: payment.date,
					Reference: payment.reference,
					IsReconciled: payment.isReconciled,
				}),
			),
		);
		return renderPayment(call, row, ALL);
	}

	deletePayment(paymentId: string, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const payment = call.ledger.payments.get(paymentId);
		if (!payment) throw new Error(`There is no payment ${paymentId}.`);
		// A person can unreconcile first.
		const settings = { ...call.settings, reconciledPaymentDeletable: true };
		const row = plainly(() => deletePayment(booksOf(call), settings, payment));
		return renderPayment(call, row, ALL);
	}

	voidInvoice(named: InvoiceNamed, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const invoice = this.invoice(call, named);
		const status = invoice.status === 'AUTHORISED' ? 'VOIDED' : 'DELETED';
		if (invoice.amountPaid.plus(invoice.amountCredited).gt(0)) {
			throw new Error('Remove the payments and credits of this invoice first.');
		}
		const row = plainly(() => removed(call, invoice, status));
		call.ledger.invoices.put(row.id, row);
		call.ledger.changed('invoice', row.id, 'updated');
		return renderInvoice(call, row, ALL);
	}

	approveInvoice(named: InvoiceNamed, organisation?: string): JsonObject {
		return this.editInvoice(named, { Status: 'AUTHORISED' }, organisation);
	}

	editInvoice(named: InvoiceNamed, members: JsonObject, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const invoice = this.invoice(call, named);
		return this.saveInvoice({ ...members, InvoiceID: invoice.id }, organisation);
	}

	/** Makes or changes a contact with the API's own members. */
	saveContact(members: JsonObject, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const row = plainly(() =>
			this.world.atomically(call.ledger, () =>
				contacts.save?.(call, new Input(members), 'createOrUpdate'),
			),
		);
		if (!row) throw new Error('Contacts cannot be made.');
		return renderContact(call, row, ALL);
	}

	archiveContact(contactId: string, archived: boolean, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const row = this.setArchived(call, this.contact(call, contactId), archived);
		return renderContact(call, row, ALL);
	}

	/** Merges one contact into another: its documents move, and it stays behind archived. */
	mergeContacts(fromId: string, intoId: string, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const { ledger } = call;
		const from = this.contact(call, fromId);
		const into = this.contact(call, intoId);
		for (const invoice of ledger.invoices.filter((row) => row.contactId === from.contactId)) {
			ledger.invoices.put(invoice.id, { ...invoice, contactId: into.contactId });
		}
		for (const kind of ['creditNote', 'overpayment', 'prepayment'] as readonly CreditKind[]) {
			const table = ledger.credits(kind);
			for (const credit of table.filter((row) => row.contactId === from.contactId)) {
				table.put(credit.id, { ...credit, contactId: into.contactId });
			}
		}
		for (const row of ledger.bankTransactions.filter((one) => one.contactId === from.contactId)) {
			ledger.bankTransactions.put(row.id, { ...row, contactId: into.contactId });
		}
		const updatedMs = call.now();
		const merged: ContactRow = {
			...from,
			status: 'ARCHIVED',
			mergedToContactId: into.contactId,
			updatedMs,
		};
		ledger.contacts.put(from.contactId, merged);
		ledger.contacts.put(into.contactId, {
			...into,
			isCustomer: into.isCustomer || from.isCustomer,
			isSupplier: into.isSupplier || from.isSupplier,
			updatedMs,
		});
		ledger.changed('contact', from.contactId, 'updated');
		ledger.changed('contact', into.contactId, 'updated');
		return renderContact(call, merged, ALL);
	}

	invoices(organisation?: string): JsonObject[] {
		const call = this.call(organisation, 'unitdp=4');
		return call.ledger.invoices.all().map((row) => renderInvoice(call, row, ALL));
	}

	contacts(organisation?: string): JsonObject[] {
		const call = this.call(organisation);
		return call.ledger.contacts.all().map((row) => renderContact(call, row, ALL));
	}

	payments(organisation?: string): JsonObject[] {
		const call = this.call(organisation);
		return call.ledger.payments.all().map((row: PaymentRow) => renderPayment(call, row, LISTED));
	}

	/** Sets up a template of invoices; the members are those of each invoice. */
	addRepeatingInvoice(
		template: Parameters<typeof addRepeatingInvoice>[1],
		organisation?: string,
	): string {
		return addRepeatingInvoice(this.call(organisation), template).id;
	}

	/** The day of a template has come: one invoice more. */
	makeScheduledInvoice(repeatingInvoiceId: string, organisation?: string): JsonObject {
		const call = this.call(organisation);
		const template = call.ledger.repeatingInvoices.get(repeatingInvoiceId);
		if (!template) throw new Error(`There is no repeating invoice ${repeatingInvoiceId}.`);
		const row = plainly(() => makeScheduledInvoice(call, template));
		return renderInvoice(call, row, ALL);
	}

	private invoice(call: Call, named: InvoiceNamed): InvoiceRow {
		const wanted =
			typeof named === 'string' ? named : (named.invoiceId ?? named.invoiceNumber ?? '');
		const row = wanted === '' ? undefined : invoices.find(call, wanted);
		if (!row) throw new Error(`There is no invoice "${wanted}".`);
		return row;
	}

	private contact(call: Call, named: string): ContactRow {
		const byId = call.ledger.contacts.get(named);
		const row = byId ?? call.ledger.contacts.find((held) => held.nameKey === nameKey(named));
		if (!row) throw new Error(`There is no contact "${named}".`);
		return row;
	}

	private setArchived(call: Call, contact: ContactRow, archived: boolean): ContactRow {
		const row: ContactRow = {
			...contact,
			status: archived ? 'ARCHIVED' : 'ACTIVE',
			updatedMs: call.now(),
		};
		call.ledger.contacts.put(row.contactId, row);
		call.ledger.changed('contact', row.contactId, 'updated');
		return row;
	}
}

/** Turns what the API would have said into an Error a caller in the same process can read. */
function plainly<Result>(act: () => Result): Result {
	try {
		return act();
	} catch (error) {
		if (error instanceof ValidationFailure) throw new Error(error.errors.join(' '));
		throw error;
	}
}
