import { inAddress } from '../../texts';
import { readOnlineInvoiceUrl } from '../../xero/onlineInvoice';
import { bookList } from './books';

/** Where the customer sees and pays an invoice; a call for each. */
export const onlineInvoiceUrl = bookList(
	async ({ client }, { id }: { readonly id: string }): Promise<string | undefined> =>
		await readOnlineInvoiceUrl(client, `/Invoices/${inAddress(id)}`),
);
