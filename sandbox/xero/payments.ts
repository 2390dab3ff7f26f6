import { saveBatchPayment } from './batchPayments';
import type { Call } from './call';
import { asNumber } from './decimals';
import { updatedMembers } from './documentRender';
import type { JsonObject } from './json';
import type { BatchPaymentRow, PaymentRow } from './model';
import { savePayment } from './paymentSaving';
import type { Resource } from './resource';
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

export function renderPayment(call: Call, payment: PaymentRow): JsonObject {
	const account = call.ledger.accounts.get(payment.accountId);
	return {
		PaymentID: payment.paymentId,
		...(payment.batchPaymentId === undefined ? {} : { BatchPaymentID: payment.batchPaymentId }),
		Date: msDateOf(payment.date),
		BankAmount: asNumber(payment.bankAmount),
		Amount: asNumber(payment.amount),
		Reference: payment.reference ?? '',
		CurrencyRate: asNumber(payment.currencyRate),
		PaymentType: payment.paymentType,
		Status: payment.status,
		...updatedMembers(payment.updatedMs),
		HasAccount: true,
		IsReconciled: payment.isReconciled,
		Account: account && { AccountID: account.accountId, Code: account.code, Name: account.name },
		...renderTarget(call, payment),
		HasValidationErrors: false,
	};
}

function renderTarget(call: Call, { target }: PaymentRow): JsonObject {
	const { ledger } = call;
	const contactOf = (contactId: string): JsonObject => ({
		ContactID: contactId,
		Name: ledger.contacts.get(contactId)?.name,
	});
	if (target.kind === 'invoice') {
		const invoice = ledger.invoices.get(target.id);
		return {
			Invoice: {
				Type: invoice?.type,
				InvoiceID: target.id,
				InvoiceNumber: invoice?.number,
				CurrencyCode: invoice?.currencyCode,
				Contact: contactOf(invoice?.contactId ?? ''),
				IsDiscounted: false,
				HasErrors: false,
			},
		};
	}
	const credit = ledger.credits(target.kind).get(target.id);
	const name = { creditNote: 'CreditNote', overpayment: 'Overpayment', prepayment: 'Prepayment' }[
		target.kind
	];
	return {
		[name]: {
			[`${name}ID`]: target.id,
			...(target.kind === 'creditNote' ? { CreditNoteNumber: credit?.number } : {}),
			Type: credit?.type,
			CurrencyCode: credit?.currencyCode,
			Contact: contactOf(credit?.contactId ?? ''),
		},
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
	render: (call, batch) => ({
		BatchPaymentID: batch.batchPaymentId,
		Account: { AccountID: batch.accountId },
		Reference: batch.reference ?? '',
		DateString: dateString(batch.date),
		Date: msDateOf(batch.date),
		Type: batch.type,
		Status: batch.status,
		TotalAmount: asNumber(batch.totalAmount),
		UpdatedDateUTC: msDate(batch.updatedMs),
		IsReconciled: false,
		Payments: batch.paymentIds.flatMap((paymentId): JsonObject[] => {
			const payment = call.ledger.payments.get(paymentId);
			return payment
				? [
						{
							PaymentID: paymentId,
							Invoice: { InvoiceID: payment.target.id },
							Amount: asNumber(payment.amount),
						},
					]
				: [];
		}),
	}),
};
