import Big from 'big.js';

import { ONE } from './decimals';
import type { OrganisationInfo } from './organisationModel';

/** Units of a currency that one of the base currency buys on a day. */
export function exchangeRateOn(info: OrganisationInfo, currencyCode: string, day: string): Big {
	if (currencyCode === info.baseCurrency) return ONE;
	const past = info.pastExchangeRates.find(
		(one) => one.currencyCode === currencyCode && day < one.until,
	);
	return new Big(past?.rate ?? info.exchangeRates[currencyCode] ?? 1);
}
