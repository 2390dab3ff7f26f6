import { readAccounts } from '../../xero/readSettings';
import type { Account } from '../../xero/settings';
import { bookList } from './books';

/** The chart of accounts, archived ones too. */
export const accounts = bookList(
	async ({ client }): Promise<readonly Account[]> => await readAccounts(client),
);
