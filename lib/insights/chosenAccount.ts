import type { Account } from '../xero/settings';
import { InsightInputError } from './inputError';

/** The account that is set under a label, by its code or id. Throws InsightInputError. */
export function chosenAccount(chart: readonly Account[], label: string, chosen: string): Account {
	const account = chart.find(({ code, id }) => code === chosen || id === chosen.toLowerCase());
	if (account) return account;
	throw new InsightInputError(
		`Xero has no account ${chosen}, which is set as ${label}.`,
		'Choose the account from the list.',
	);
}
