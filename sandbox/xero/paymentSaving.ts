import type Big from 'big.js';

import type { Call } from './call';
import { rounded } from './decimals';
import { checkLockDates } from './lockDates';
import { exchangeRateOn } from './exchangeRates';
import type { Input } from './input';
import { invoiceByNumber } from './invoiceNumbers';
import type { CreditRow, InvoiceRow, PaymentRow } from './model';
import type { AccountRow } from './organisationModel';
import { Problems, refuse } from './problems';
import type { SaveMode } from './resource';
import { booksOf, settleCredit, settleInvoice, type Bookkeeping } from './settlement';

const OVERPAID = 'Payment amount exceeds the amount outstanding on this document';

/** Payments are made or deleted, never changed. */
export function savePayment(call: Call, input: Input, mode: SaveMode, id?: string): PaymentRow {
	const paymentId = (id ?? input.trimmed('PaymentID'))?.toLowerCase();
	if (paymentId !== undefined && mode === 'createOrUpdate') {
		const existing = call.ledger.payments.get(paymentId);
		if (!existing) refuse('The payment could not be found.');
		if (input.trimmed('Status')?.toUpperCase() !== 'DELETED') {
			refuse('Payments cannot be updated. Only the status DELETED can be set.');
		}
		if (existing.batchPaymentId !== undefined) {
			refuse('This payment is part of a batch payment. Delete the batch payment instead.');
		}
		return deletePayment(booksOf(call), call.settings, existing);
	}
	return createPayment(call, input);
}

interface Target {
	readonly kind: PaymentRow['target']['kind'];
	readonly row: InvoiceRow | CreditRow;
	readonly outstanding: Big;
	readonly paymentType: string;
}

export function createPayment(call: Call, input: Input, batchPaymentId?: string): PaymentRow {
	const problems = new Problems();
	const target = readTarget(call, input, problems);
	const account = readBankAccount(call, input.object('Account'), problems);
	const amount = input.decimal('Amount');
	const date = input.date('Date') ?? call.today();
	if (amount === undefined || amount.lte(0)) {
		problems.add('Payment amount must be greater than zero');
	} else if (!rounded(amount, 2).eq(amount)) {
		problems.add('Payment amount must not have more than two decimal places');
	}
	if (target && target.row.status !== 'AUTHORISED' && target.row.status !== 'PAID') {
		problems.add('Payments can only be made against Authorised documents');
	} else if (target && amount !== undefined && amount.gt(target.outstanding)) {
		problems.add(OVERPAID);
	}
	checkLockDates(call.ledger, [date], problems);
	problems.refuseIfAny();
	if (!target || !account || amount === undefined) return refuse('The payment is not complete.');

	const { info } = call.ledger;
	const { currencyCode } = target.row;
	const rateOfDay = exchangeRateOn(info.value, currencyCode, date);
	const currencyRate = input.decimal('CurrencyRate') ?? rateOfDay;
	const isInBase = currencyCode === info.value.baseCurrency;
	const inBase = isInBase ? amount : amount.div(currencyRate);
	const bankCurrency = account.currencyCode ?? info.value.baseCurrency;
	const bankAmount =
		input.decimal('BankAmount') ??
		(bankCurrency === currencyCode
			? amount
			: rounded(inBase.times(exchangeRateOn(info.value, bankCurrency, date)), 2));
	const paymentId = call.guid();
	if (target.kind === 'invoice' && date < target.row.date) {
		call.warn(paymentId, 'The payment date is prior to the invoice date.');
	}
	return recordPayment(booksOf(call), {
		paymentId,
		target: { kind: target.kind, id: target.row.id },
		accountId: account.accountId,
		date,
		amount,
		bankAmount,
		currencyRate,
		reference: input.text('Reference'),
		isReconciled: input.flag('IsReconciled') ?? false,
		status: 'AUTHORISED',
		paymentType: target.paymentType,
		batchPaymentId,
		updatedMs: call.now(),
	});
}

/** Enters a payment and adds the document up again. */
function recordPayment(books: Bookkeeping, payment: PaymentRow): PaymentRow {
	const { ledger } = books;
	const { kind, id } = payment.target;
	ledger.payments.put(payment.paymentId, payment);
	ledger.changed('payment', payment.paymentId, 'created');
	if (kind === 'invoice') {
		const invoice = ledger.invoices.get(id);
		if (invoice) {
			ledger.invoices.put(id, {
				...invoice,
				paymentIds: [...invoice.paymentIds, payment.paymentId],
			});
		}
		settleInvoice(books, id);
		ledger.changed('invoice', id, 'updated', 'payment');
	} else {
		const credit = ledger.credits(kind).get(id);
		if (credit) {
			ledger.credits(kind).put(id, {
				...credit,
				paymentIds: [...credit.paymentIds, payment.paymentId],
			});
		}
		settleCredit(books, kind, id);
	}
	return payment;
}

export function deletePayment(
	books: Bookkeeping,
	settings: {
		readonly reconciledPaymentDeletable: boolean;
		readonly paymentDeletionTouchesInvoice: boolean;
	},
	payment: PaymentRow,
): PaymentRow {
	if (payment.status === 'DELETED') refuse('This payment has already been deleted.');
	if (payment.isReconciled && !settings.reconciledPaymentDeletable) {
		refuse('This payment has been reconciled and cannot be deleted.');
	}
	const { ledger } = books;
	const problems = new Problems();
	checkLockDates(ledger, [payment.date], problems);
	problems.refuseIfAny();
	const deleted: PaymentRow = { ...payment, status: 'DELETED', updatedMs: books.now() };
	ledger.payments.put(payment.paymentId, deleted);
	ledger.changed('payment', payment.paymentId, 'updated');
	const { kind, id } = payment.target;
	if (kind === 'invoice') {
		settleInvoice(books, id, settings.paymentDeletionTouchesInvoice);
		ledger.changed('invoice', id, 'updated', 'payment');
	} else {
		settleCredit(books, kind, id);
	}
	return deleted;
}

/** Exactly one of invoice, credit note, prepayment or overpayment. */
function readTarget(call: Call, input: Input, problems: Problems): Target | undefined {
	const invoice = readInvoice(call, input);
	const credits = (['creditNote', 'overpayment', 'prepayment'] as const).map((kind) => ({
		kind,
		row: readCredit(call, input, kind),
	}));
	const named = [invoice, ...credits.map((credit) => credit.row)].filter(
		(row) => row !== undefined,
	);
	if (named.length !== 1) {
		problems.add(
			'A payment must be for exactly one Invoice, CreditNote, Prepayment or Overpayment, which could not be found.',
		);
		return undefined;
	}
	if (invoice) {
		return {
			kind: 'invoice',
			row: invoice,
			outstanding: invoice.amountDue,
			paymentType: invoice.type === 'ACCREC' ? 'ACCRECPAYMENT' : 'ACCPAYPAYMENT',
		};
	}
	for (const { kind, row } of credits) {
		if (row) {
			const paymentType = refundType(row);
			return { kind, row, outstanding: row.remainingCredit, paymentType };
		}
	}
	return undefined;
}

function readInvoice(call: Call, input: Input): InvoiceRow | undefined {
	const sent = input.object('Invoice');
	const id = sent?.trimmed('InvoiceID')?.toLowerCase();
	if (id !== undefined) return call.ledger.invoices.get(id);
	const number = sent?.trimmed('InvoiceNumber') ?? input.trimmed('InvoiceNumber');
	if (number === undefined) return undefined;
	return invoiceByNumber(call, 'ACCREC', number) ?? invoiceByNumber(call, 'ACCPAY', number);
}

function readCredit(call: Call, input: Input, kind: CreditRow['kind']): CreditRow | undefined {
	const name = { creditNote: 'CreditNote', overpayment: 'Overpayment', prepayment: 'Prepayment' }[
		kind
	];
	const sent = input.object(name);
	const id = sent?.trimmed(`${name}ID`)?.toLowerCase();
	if (id !== undefined) return call.ledger.credits(kind).get(id);
	if (kind !== 'creditNote') return undefined;
	const number = sent?.trimmed('CreditNoteNumber') ?? input.trimmed('CreditNoteNumber');
	if (number === undefined) return undefined;
	return call.ledger.creditNotes.find((credit) => credit.number === number);
}

function refundType(credit: CreditRow): string {
	const sales = credit.type === 'ACCRECCREDIT' || credit.type.startsWith('RECEIVE');
	const side = sales ? 'AR' : 'AP';
	if (credit.kind === 'creditNote') return `${side}CREDITPAYMENT`;
	return credit.kind === 'overpayment' ? `${side}OVERPAYMENTPAYMENT` : `${side}PREPAYMENTPAYMENT`;
}

/** A bank account, or one with payments enabled. */
export function readBankAccount(
	call: Call,
	sent: Input | undefined,
	problems: Problems,
): AccountRow | undefined {
	const id = sent?.trimmed('AccountID')?.toLowerCase();
	const code = sent?.trimmed('Code');
	const account =
		id !== undefined
			? call.ledger.accounts.get(id)
			: code === undefined
				? undefined
				: call.ledger.accountByCode(code);
	if (!account) {
		if (id === undefined && code === undefined) {
			// Quoted by users of the API; the other is a guess.
			problems.add('You must specify an Account code or Account ID for the payment.');
		} else {
			problems.add('Account could not be found');
		}
		return undefined;
	}
	if (account.status !== 'ACTIVE') {
		problems.add(`Account code '${account.code}' has been archived or has been deleted.`);
	} else if (account.type !== 'BANK' && !account.enablePaymentsToAccount) {
		problems.add(
			`Account code '${account.code}' is not a bank account and is not enabled for payments.`,
		);
	}
	return account;
}
