import type { Call } from './call';
import { asNumber } from './decimals';
import { checkLockDates } from './lockDates';
import { NOT_FOUND, Refusal, ValidationFailure, type Answer } from './failures';
import { Input, readElements } from './input';
import type { JsonObject } from './json';
import type { AllocationRow, CreditKind, CreditRow, InvoiceRow } from './model';
import { Problems, refuse } from './problems';
import { refusedElement, validationException } from './refusals';
import { booksOf, settleCredit, settleInvoice, type Bookkeeping } from './settlement';
import type { Route } from './transport';
import { msDateOf } from './xeroDates';

/** Putting credit against invoices, and taking it back. */
export function allocationRoutes(kind: CreditKind, many: string, scope: string): Route[] {
	return [
		{
			method: 'PUT',
			path: `/${many}/:id/Allocations`,
			scopes: [scope],
			handle: (call) => allocate(call, kind),
		},
		{
			method: 'DELETE',
			path: `/${many}/:id/Allocations/:allocationId`,
			scopes: [scope],
			handle: (call) => {
				const credit = creditOf(call, kind);
				const allocation = call.ledger.allocations.get(call.param('allocationId').toLowerCase());
				if (!allocation || allocation.creditId !== credit.id || allocation.deleted) {
					throw new Refusal(NOT_FOUND);
				}
				try {
					removeAllocation(booksOf(call), allocation);
				} catch (error) {
					if (!(error instanceof ValidationFailure)) throw error;
					const failed = refusedElement({ idName: 'AllocationID' }, new Input({}), error);
					return validationException([{ ...failed, AllocationID: allocation.allocationId }]);
				}
				return call.envelope({ AllocationID: allocation.allocationId, IsDeleted: true });
			},
		},
	];
}

function removeAllocation(books: Bookkeeping, allocation: AllocationRow): void {
	const { ledger } = books;
	const problems = new Problems();
	checkLockDates(ledger, [allocation.date], problems);
	problems.refuseIfAny();
	ledger.allocations.put(allocation.allocationId, { ...allocation, deleted: true });
	settleCredit(books, allocation.creditKind, allocation.creditId);
	settleInvoice(books, allocation.invoiceId);
	ledger.changed('invoice', allocation.invoiceId, 'updated');
}

export function renderAllocations(call: Call, credit: CreditRow): JsonObject[] {
	return credit.allocationIds.flatMap((id): JsonObject[] => {
		const allocation = call.ledger.allocations.get(id);
		return allocation && !allocation.deleted ? [renderAllocation(call, allocation)] : [];
	});
}

function allocate(call: Call, kind: CreditKind): Answer {
	const inputs = readElements(call.body, 'Allocations', call.reading);
	const failed: JsonObject[] = [];
	const answer = call.world.atomically(call.ledger, () => {
		const made: AllocationRow[] = [];
		for (const input of inputs) {
			try {
				made.push(allocateOne(call, kind, creditOf(call, kind), input));
			} catch (error) {
				if (!(error instanceof ValidationFailure)) throw error;
				failed.push(refusedElement({ idName: 'AllocationID' }, input, error));
			}
		}
		if (failed.length > 0) throw new Refusal(validationException(failed));
		return call.envelope({ Allocations: made.map((row) => renderAllocation(call, row)) });
	});
	return answer;
}

const KIND_IN_WORDS: Readonly<Record<CreditKind, string>> = {
	creditNote: 'Credit note',
	overpayment: 'Overpayment',
	prepayment: 'Prepayment',
};

function allocateOne(call: Call, kind: CreditKind, credit: CreditRow, input: Input): AllocationRow {
	const problems = new Problems();
	const invoice = readInvoice(call, input);
	const amount = input.decimal('Amount') ?? refuse('Amount must be specified.');
	const date = input.date('Date') ?? call.today();
	if (credit.status !== 'AUTHORISED') problems.add('Only authorised credits can be allocated.');
	if (invoice.status !== 'AUTHORISED') {
		problems.add('Credit can only be allocated to authorised invoices.');
	}
	if (isSales(credit) !== (invoice.type === 'ACCREC')) {
		problems.add('The credit and the invoice must both be for sales, or both for purchases.');
	}
	if (credit.contactId !== invoice.contactId) {
		problems.add('The credit and the invoice must be for the same contact.');
	}
	if (credit.currencyCode !== invoice.currencyCode) {
		problems.add('The credit and the invoice must be in the same currency.');
	}
	if (amount.lte(0)) problems.add('The allocation amount must be greater than zero.');
	if (amount.gt(credit.remainingCredit)) {
		problems.add('The allocation amount exceeds the remaining credit.');
	}
	if (amount.gt(invoice.amountDue)) {
		// Reported for overpayments (calcinai/xero-php issue 335) and for credit notes (Neto's help).
		problems.add(
			`${KIND_IN_WORDS[kind]} cannot be allocated as amount is greater than amount outstanding`,
		);
	}
	// An old prepayment cannot be put to use through a lock (productideas.xero.com, 50050143).
	const ofCredit = credit.kind === 'prepayment' ? [credit.date] : [];
	checkLockDates(call.ledger, [date, ...ofCredit], problems);
	problems.refuseIfAny();

	const row: AllocationRow = {
		allocationId: call.guid(),
		creditId: credit.id,
		creditKind: credit.kind,
		invoiceId: invoice.id,
		amount,
		date,
		deleted: false,
	};
	call.ledger.allocations.put(row.allocationId, row);
	call.ledger.credits(credit.kind).put(credit.id, {
		...credit,
		allocationIds: [...credit.allocationIds, row.allocationId],
	});
	call.ledger.invoices.put(invoice.id, {
		...invoice,
		allocationIds: [...invoice.allocationIds, row.allocationId],
	});
	settleCredit(booksOf(call), credit.kind, credit.id);
	settleInvoice(booksOf(call), invoice.id);
	call.ledger.changed('invoice', invoice.id, 'updated');
	return row;
}

function readInvoice(call: Call, input: Input): InvoiceRow {
	const sent = input.object('Invoice');
	const id = sent?.trimmed('InvoiceID')?.toLowerCase();
	const number = sent?.trimmed('InvoiceNumber')?.toLowerCase();
	const found =
		id !== undefined
			? call.ledger.invoices.get(id)
			: call.ledger.invoices.find((invoice) => invoice.number.toLowerCase() === number);
	return found ?? refuse('The invoice could not be found.');
}

function isSales(credit: CreditRow): boolean {
	return credit.type === 'ACCRECCREDIT' || credit.type.startsWith('RECEIVE');
}

function creditOf(call: Call, kind: CreditKind): CreditRow {
	const credit = call.ledger.credits(kind).get(call.param('id').toLowerCase());
	if (!credit) throw new Refusal(NOT_FOUND);
	return credit;
}

function renderAllocation(call: Call, allocation: AllocationRow): JsonObject {
	return {
		AllocationID: allocation.allocationId,
		Amount: asNumber(allocation.amount),
		Date: msDateOf(allocation.date),
		Invoice: {
			InvoiceID: allocation.invoiceId,
			InvoiceNumber: call.ledger.invoices.get(allocation.invoiceId)?.number,
		},
		IsDeleted: false,
	};
}
