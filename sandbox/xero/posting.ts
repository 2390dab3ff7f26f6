import type Big from 'big.js';

import type { TrackingRef } from './model';

/** One side of an entry in the general ledger; debit positive. */
export interface Posting {
	readonly date: string;
	readonly accountId: string;
	/** In the base currency. */
	readonly amount: Big;
	readonly tracking: readonly TrackingRef[];
	/** What is owed or held in another currency, and so worth another sum each day. */
	readonly foreign?: { readonly currencyCode: string; readonly amount: Big };
}

/** A posting whose day is that of what makes it. */
export type Part = Omit<Posting, 'date'>;
