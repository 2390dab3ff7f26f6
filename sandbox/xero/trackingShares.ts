import type Big from 'big.js';

import { rounded, sum, ZERO } from './decimals';
import type { TrackingRef } from './model';
import type { Part } from './posting';

/** How much of a document's lines and their tax bears the same tracking. */
interface Share {
	readonly tracking: readonly TrackingRef[];
	readonly amount: Big;
}

/** The lines of a document by their tracking, those without any as well. */
export function sharesOf(parts: readonly Part[]): Share[] {
	const shares = new Map<string, Share>();
	for (const { tracking, amount } of parts) {
		const key = tracking
			.map(({ trackingOptionId }) => trackingOptionId)
			.sort()
			.join(' ');
		const before = shares.get(key)?.amount ?? ZERO;
		shares.set(key, { tracking, amount: before.plus(amount) });
	}
	return [...shares.values()];
}

/**
 * Debtors, creditors and the bank follow the lines that they stand for. A guess from the balance sheet
 * of one option, on which Xero shows these accounts (help.xero.com, "How does Xero use the Tracking
 * Transfers account?"). The first share takes the cents.
 */
export function sharedByTracking(whole: Part, shares: readonly Share[]): Part[] {
	const all = sum(shares.map(({ amount }) => amount));
	const [only, ...others] = shares;
	if (others.length === 0) return [{ ...whole, tracking: only?.tracking ?? [] }];
	if (all.eq(ZERO)) return [whole];
	const cut = (amount: Big): Big[] => {
		const cuts = others.map((share) => rounded(amount.times(share.amount).div(all), 2));
		return [amount.minus(sum(cuts)), ...cuts];
	};
	const amounts = cut(whole.amount);
	const foreign = whole.foreign && cut(whole.foreign.amount);
	return shares.map(({ tracking }, index) => ({
		...whole,
		tracking,
		amount: amounts[index] ?? ZERO,
		...(whole.foreign ? { foreign: { ...whole.foreign, amount: foreign?.[index] ?? ZERO } } : {}),
	}));
}
