import type Big from 'big.js';

import type { Call } from './call';
import { ZERO } from './decimals';
import { documentPostings, journalPostings } from './documentPostings';
import { isPosted } from './documents';
import type { AccountRow } from './organisationModel';
import type { Posting } from './posting';
import { allocationPostings, paymentPostings } from './settlementPostings';

/** The general ledger as documents, payments and allocations make it, each on its own day. */
export function postings(call: Call): Posting[] {
	const { ledger } = call;
	const documents = [
		...ledger.invoices.all(),
		...ledger.creditNotes.all(),
		...ledger.bankTransactions.all(),
	];
	return [
		...documents
			.filter((row) => isPosted(row.status))
			.flatMap((row) => documentPostings(call, row)),
		...ledger.manualJournals
			.filter((journal) => journal.status === 'POSTED')
			.flatMap((journal) => journalPostings(call, journal)),
		...ledger.payments
			.filter((payment) => payment.status === 'AUTHORISED')
			.flatMap((payment) => paymentPostings(call, payment)),
		...ledger.allocations
			.filter((allocation) => !allocation.deleted)
			.flatMap((allocation) => allocationPostings(call, allocation)),
	];
}

/** Sums by account of the postings that pass. */
export function balances(
	list: readonly Posting[],
	passes: (posting: Posting) => boolean,
): Map<string, Big> {
	const sums = new Map<string, Big>();
	for (const posting of list) {
		if (!passes(posting)) continue;
		sums.set(posting.accountId, (sums.get(posting.accountId) ?? ZERO).plus(posting.amount));
	}
	return sums;
}

/** Accounts that have at least one sum, in the order of their codes. */
export function accountsIn(call: Call, sums: readonly ReadonlyMap<string, Big>[]): AccountRow[] {
	return call.ledger.accounts
		.filter((account) => sums.some((one) => !(one.get(account.accountId) ?? ZERO).eq(ZERO)))
		.sort((a, b) => (a.code < b.code ? -1 : 1));
}
