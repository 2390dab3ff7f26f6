import type { XeroClient } from './client';
import { readList } from './pages';

/**
 * Where the customer sees and pays an invoice; undefined where Xero has no address for it. One call.
 * Throws ServiceFaultError.
 * @param path of the invoice, such as `/Invoices/…`
 */
export async function readOnlineInvoiceUrl(
	client: XeroClient,
	path: string,
): Promise<string | undefined> {
	const { elements } = await readList(client, { path: `${path}/OnlineInvoice` }, 'OnlineInvoices');
	const url = elements[0]?.OnlineInvoiceUrl;
	return typeof url === 'string' && url !== '' ? url : undefined;
}
