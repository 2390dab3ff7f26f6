import type Big from 'big.js';

import type { Call } from './call';
import { rounded, sum, ZERO } from './decimals';
import {
	controlAccount,
	foreignAmount,
	inBase,
	partsOf,
	rounding,
	signOf,
	systemAccount,
} from './documentPostings';
import type { AllocationRow, CreditRow, InvoiceRow, PaymentRow } from './model';
import type { Part, Posting } from './posting';
import { payableOf, settlementsOf } from './settlements';
import { sharedByTracking, sharesOf } from './trackingShares';

/** Money against an invoice or for a credit; what the rates made of it is a realised gain. */
export function paymentPostings(call: Call, payment: PaymentRow): Posting[] {
	const { kind, id } = payment.target;
	const row = kind === 'invoice' ? call.ledger.invoices.get(id) : call.ledger.credits(kind).get(id);
	if (!row) throw new Error(`The payment ${payment.paymentId} is for nothing.`);
	const bank: Part = {
		accountId: payment.accountId,
		amount: bankAmountInBase(call, payment, row).times(settlingSign(row)),
		tracking: [],
		foreign: foreignOnBank(call, payment, row),
	};
	return dated(call, payment.date, row, [
		...sharedByTracking(bank, sharesOf(partsOf(call, row))),
		...settled(call, row, payment.paymentId),
	]);
}

/** Credit against an invoice: both are settled by it, each at its own rate. */
export function allocationPostings(call: Call, allocation: AllocationRow): Posting[] {
	const invoice = call.ledger.invoices.get(allocation.invoiceId);
	const credit = call.ledger.credits(allocation.creditKind).get(allocation.creditId);
	if (!invoice || !credit) throw new Error(`${allocation.allocationId} allocates nothing.`);
	const { allocationId } = allocation;
	return dated(call, allocation.date, invoice, [
		...settled(call, invoice, allocationId),
		...settled(call, credit, allocationId),
	]);
}

/** What is left over is a gain where another currency is concerned, and otherwise a rounding. */
function dated(
	call: Call,
	date: string,
	row: InvoiceRow | CreditRow,
	parts: readonly Part[],
): Posting[] {
	const rest = sum(parts.map((part) => part.amount)).neg();
	const isForeign = row.currencyCode !== call.ledger.info.value.baseCurrency;
	const gain: Part[] =
		isForeign && !rest.eq(ZERO)
			? [{ accountId: systemAccount(call, 'REALISEDCURRENCYGAIN'), amount: rest, tracking: [] }]
			: rounding(call, rest);
	return [...parts, ...gain].map((part) => ({ ...part, date }));
}

/**
 * The part of a document that one settlement settles, taken back from where it stands: debtors or
 * creditors, and for a prepayment the accounts and the tax of its lines. What stays is always the
 * open part of the whole, rounded once, so that nothing is left of what is settled in full.
 */
function settled(call: Call, row: InvoiceRow | CreditRow, settlementId: string): Part[] {
	let open = payableOf(row);
	for (const one of settlementsOf(call.ledger, row)) {
		const after = open.minus(one.amount);
		const id = 'payment' in one ? one.payment.paymentId : one.allocation.allocationId;
		if (id === settlementId) {
			return row.kind === 'prepayment'
				? partsTakenBack(call, row, open, after)
				: controlTakenBack(call, row, open, after);
		}
		open = after;
	}
	throw new Error(`${settlementId} does not settle ${row.id}.`);
}

/** 1 where money comes in to settle it. What was paid in advance goes out again. */
function settlingSign(row: InvoiceRow | CreditRow): 1 | -1 {
	const sign = signOf(row);
	if (row.kind !== 'overpayment' && row.kind !== 'prepayment') return sign;
	return sign === 1 ? -1 : 1;
}

/** By tracking as well, so that each option's part is gone once all is settled. */
function controlTakenBack(call: Call, row: InvoiceRow | CreditRow, open: Big, after: Big): Part[] {
	const sign = settlingSign(row);
	const shares = sharesOf(partsOf(call, row));
	const left = (of: Big, by: 1 | -1): Part[] =>
		sharedByTracking(
			{
				accountId: controlAccount(call, row),
				amount: inBase(row, of).times(sign).times(by),
				tracking: [],
				foreign: foreignAmount(call, row.currencyCode, of.times(sign).times(by)),
			},
			shares,
		);
	return [...left(after, 1), ...left(open, -1)];
}

function partsTakenBack(call: Call, row: CreditRow, open: Big, after: Big): Part[] {
	const { total } = row.totals;
	const left = (part: Part, of: Big): Big => rounded(part.amount.times(of).div(total), 2);
	return partsOf(call, row).map((part) => ({
		...part,
		amount: left(part, after).minus(left(part, open)),
	}));
}

/** What the bank gained or gave, at the rate of the day of payment. */
function bankAmountInBase(call: Call, payment: PaymentRow, row: InvoiceRow | CreditRow): Big {
	const { baseCurrency } = call.ledger.info.value;
	if (row.currencyCode === baseCurrency) return payment.amount;
	const bank = call.ledger.accounts.get(payment.accountId)?.currencyCode ?? baseCurrency;
	return bank === baseCurrency
		? payment.bankAmount
		: rounded(payment.amount.div(payment.currencyRate), 2);
}

function foreignOnBank(
	call: Call,
	payment: PaymentRow,
	row: InvoiceRow | CreditRow,
): Part['foreign'] {
	const bank = call.ledger.accounts.get(payment.accountId)?.currencyCode;
	return bank === undefined
		? undefined
		: foreignAmount(call, bank, payment.bankAmount.times(settlingSign(row)));
}
