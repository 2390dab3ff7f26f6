import { livePayments, paymentsOf, saveBatchPayment } from './batchPayments';
import type { Call } from './call';
import { asNumber, sum } from './decimals';
import { renderInvoice } from './invoices';
import { isJsonObject, type JsonObject } from './json';
import type { BatchPaymentRow, PaymentRow } from './model';
import { savePayment } from './paymentSaving';
import type { Detail, Resource } from './resource';
import { dateString, msDate, msDateOf } from './xeroDates';

export const payments: Resource<PaymentRow> = {
	path: 'Payments',
	idName: 'PaymentID',
	scopes: ['accounting.payments'],
	paging: 'size',
	understandsWhere: true,
	fields: (call) => ({
		paymentid: (payment) => payment.paymentId,
		status: (payment) => payment.status,
		paymenttype: (payment) => payment.paymentType,
		date: (payment) => payment.date,
		amount: (payment) => payment.amount,
		reference: (payment) => payment.reference ?? '',
		isreconciled: (payment) => payment.isReconciled,
		updateddateutc: (payment) => payment.updatedMs,
		'invoice.invoiceid': (payment) =>
			payment.target.kind === 'invoice' ? payment.target.id : undefined,
		'invoice.invoicenumber': (payment) =>
			payment.target.kind === 'invoice'
				? call.ledger.invoices.get(payment.target.id)?.number
				: undefined,
	}),
	idOf: (payment) => payment.paymentId,
	updatedMs: (payment) => payment.updatedMs,
	rows: (call) => call.ledger.payments.all(),
	find: (call, named) => call.ledger.payments.get(named.toLowerCase()),
	render: renderPayment,
	save: savePayment,
};

export function renderPayment(call: Call, payment: PaymentRow, detail: Detail): JsonObject {
	const account = call.ledger.accounts.get(payment.accountId);
	return {
		PaymentID: payment.paymentId,
		...(payment.batchPaymentId === undefined ? {} : { BatchPaymentID: payment.batchPaymentId }),
		Date: msDateOf(payment.date),
		BankAmount: asNumber(payment.bankAmount),
		Amount: asNumber(payment.amount),
		Reference: payment.reference ?? '',
		// Recorded: lists give no rate, and no name of the account.
		CurrencyRate: detail.single ? asNumber(payment.currencyRate) : 0,
		PaymentType: payment.paymentType,
		Status: payment.status,
		UpdatedDateUTC: msDate(payment.updatedMs),
		HasAccount: true,
		IsReconciled: payment.isReconciled,
		Account: account && {
			AccountID: account.accountId,
			Code: account.code,
			...(detail.single ? { Name: account.name } : {}),
		},
		...renderTarget(call, payment, detail),
		HasValidationErrors: false,
	};
}

/** Recorded: the whole invoice where one payment is read or written, and who it is in lists. */
function renderTarget(call: Call, { target }: PaymentRow, detail: Detail): JsonObject {
	const { ledger } = call;
	const contactOf = (contactId: string): JsonObject => ({
		ContactID: contactId,
		Name: ledger.contacts.get(contactId)?.name,
	});
	if (target.kind === 'invoice') {
		const invoice = ledger.invoices.get(target.id);
		if (!invoice) throw new Error(`A payment is for the invoice ${target.id}, which is not there.`);
		const { type, number, currencyCode } = invoice;
		return {
			Invoice: detail.single
				? namingBatches(renderInvoice(call, invoice, detail))
				: {
						Type: type,
						InvoiceID: target.id,
						InvoiceNumber: number,
						CurrencyCode: currencyCode,
						Contact: contactOf(invoice.contactId),
						LineItems: [],
						Payments: [],
						CreditNotes: [],
						Prepayments: [],
						Overpayments: [],
						IsDiscounted: false,
						HasErrors: false,
					},
		};
	}
	const credit = ledger.credits(target.kind).get(target.id);
	const of = {
		Type: credit?.type,
		CurrencyCode: credit?.currencyCode,
		Contact: contactOf(credit?.contactId ?? ''),
	};
	if (target.kind === 'overpayment') {
		// What pays an overpayment back stands under Invoice, by the overpayment's id.
		const Type = credit?.type.startsWith('RECEIVE') ? 'AROVERPAYMENT' : 'APOVERPAYMENT';
		return { Invoice: { ...of, InvoiceID: target.id, Type } };
	}
	return target.kind === 'creditNote'
		? { CreditNote: { ...of, CreditNoteID: target.id, CreditNoteNumber: credit?.number } }
		: { Prepayment: { ...of, PrepaymentID: target.id } };
}

/** Recorded: a payment's invoice names a batch by its own id, in the place of the payment's. */
function namingBatches(invoice: JsonObject): JsonObject {
	const payments = invoice['Payments'];
	if (!Array.isArray(payments)) return invoice;
	return {
		...invoice,
		Payments: payments.map((payment) => {
			if (!isJsonObject(payment) || payment['BatchPaymentID'] === undefined) return payment;
			const { BatchPaymentID, ...rest } = payment;
			return { ...rest, PaymentID: BatchPaymentID, CurrencyRate: 0 };
		}),
	};
}

export const batchPayments: Resource<BatchPaymentRow> = {
	path: 'BatchPayments',
	idName: 'BatchPaymentID',
	scopes: ['accounting.payments'],
	paging: 'none',
	understandsWhere: true,
	fields: () => ({
		batchpaymentid: (batch) => batch.batchPaymentId,
		status: (batch) => batch.status,
		type: (batch) => batch.type,
		date: (batch) => batch.date,
		reference: (batch) => batch.reference ?? '',
		updateddateutc: (batch) => batch.updatedMs,
	}),
	idOf: (batch) => batch.batchPaymentId,
	updatedMs: (batch) => batch.updatedMs,
	rows: (call) => call.ledger.batchPayments.all(),
	find: (call, named) => call.ledger.batchPayments.get(named.toLowerCase()),
	save: saveBatchPayment,
	render: (call, batch) => {
		const live = livePayments(call.ledger, batch);
		// Of one that was taken back, all that it paid.
		const shown = batch.status === 'DELETED' ? paymentsOf(call.ledger, batch) : live;
		return {
			BatchPaymentID: batch.batchPaymentId,
			Account: { AccountID: batch.accountId },
			...batch.texts,
			Reference: batch.reference ?? '',
			DateString: dateString(batch.date),
			Date: msDateOf(batch.date),
			Type: batch.type,
			Status: batch.status,
			TotalAmount: asNumber(sum(shown.map(({ amount }) => amount))),
			UpdatedDateUTC: msDate(batch.updatedMs),
			IsReconciled: live.some(({ isReconciled }) => isReconciled),
			Payments: shown.map(({ paymentId, target, amount }) => ({
				PaymentID: paymentId,
				Invoice: { InvoiceID: target.id },
				Amount: asNumber(amount),
			})),
		};
	},
};
