import type { XeroClient } from '../../xero/client';
import { readId } from '../../xero/documents/reading';
import { readPage } from '../../xero/pages';
import { whereIds } from '../xeroEvents/readDocuments';

/** Xero's largest page. */
const PAGE_SIZE = 1_000;

/**
 * Those of the payments that were removed in Xero, where they stay readable. A payment that this
 * organisation does not know is another's, and not among them. Throws ServiceFaultError.
 */
export async function readRemovedPayments(
	client: XeroClient,
	ids: readonly string[],
): Promise<ReadonlySet<string>> {
	const removed = new Set<string>();
	for (const where of whereIds('PaymentID', ids)) {
		const { elements } = await readPage(
			client,
			{
				path: '/Payments',
				query: { where },
				listName: 'Payments',
				pageSize: PAGE_SIZE,
				takesPageSize: true,
			},
			1,
		);
		for (const element of elements) {
			const id = readId(element, 'PaymentID');
			if (id !== undefined && element.Status === 'DELETED') removed.add(id.toLowerCase());
		}
	}
	return removed;
}
