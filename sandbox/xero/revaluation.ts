import type Big from 'big.js';

import type { Call } from './call';
import { rounded, ZERO } from './decimals';
import { systemAccount } from './documentPostings';
import { exchangeRateOn } from './exchangeRates';
import type { Posting } from './posting';

/**
 * What is owed, owing and held in other currencies at the rate of a day: each account is moved to
 * its worth on that day, and the other side is the one line of unrealised gains. No document makes
 * these entries and nothing keeps them: they are reckoned for the day of a report.
 */
export function revaluationOn(call: Call, all: readonly Posting[], day: string): Posting[] {
	if (!call.settings.revaluesForeignBalances) return [];
	const held = new Map<string, { accountId: string; code: string; base: Big; foreign: Big }>();
	for (const { date, accountId, amount, foreign } of all) {
		if (!foreign || date > day) continue;
		const key = `${accountId} ${foreign.currencyCode}`;
		const sum = held.get(key);
		held.set(key, {
			accountId,
			code: foreign.currencyCode,
			base: (sum?.base ?? ZERO).plus(amount),
			foreign: (sum?.foreign ?? ZERO).plus(foreign.amount),
		});
	}
	const gains = systemAccount(call, 'UNREALISEDCURRENCYGAIN');
	return [...held.values()].flatMap(({ accountId, code, base, foreign }): Posting[] => {
		const rate = exchangeRateOn(call.ledger.info.value, code, day);
		const gain = rounded(foreign.div(rate), 2).minus(base);
		if (gain.eq(ZERO)) return [];
		return [
			{ date: day, accountId, amount: gain, tracking: [] },
			{ date: day, accountId: gains, amount: gain.neg(), tracking: [] },
		];
	});
}
