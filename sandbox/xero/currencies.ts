import type { Call } from './call';
import { badRequest, type Answer } from './failures';
import { readElement } from './input';
import type { JsonObject } from './json';
import type { Route } from './transport';

const CURRENCY_NAMES: Readonly<Record<string, string>> = {
	AUD: 'Australian Dollar',
	CAD: 'Canadian Dollar',
	CHF: 'Swiss Franc',
	EUR: 'Euro',
	GBP: 'British Pound',
	JPY: 'Japanese Yen',
	NZD: 'New Zealand Dollar',
	SGD: 'Singapore Dollar',
	USD: 'United States Dollar',
};

/** The currencies an organisation subscribes to; one more a request. */
export const currencyRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/Currencies',
		scopes: ['accounting.settings.read'],
		handle: (call) => call.envelope({ Currencies: call.ledger.currencies.all().map(render) }),
	},
	{
		method: 'PUT',
		path: '/Currencies',
		scopes: ['accounting.settings'],
		handle: addCurrency,
	},
];

function addCurrency(call: Call): Answer {
	const code = readElement(call.body, 'Currencies').trimmed('Code')?.toUpperCase() ?? '';
	const { info, currencies } = call.ledger;
	if (CURRENCY_NAMES[code] === undefined) {
		throw badRequest(10, 'ValidationException', `The currency code '${code}' is not valid.`);
	}
	currencies.put(code, code);
	const { exchangeRates, baseCurrency } = info.value;
	if (code !== baseCurrency && exchangeRates[code] === undefined) {
		info.update({ exchangeRates: { ...exchangeRates, [code]: '1' } });
	}
	return call.envelope({ Currencies: [render(code)] });
}

function render(Code: string): JsonObject {
	return { Code, Description: CURRENCY_NAMES[Code] ?? Code };
}
