import type { XeroClient } from '../../xero/client';
import type { WireElement } from '../../xero/documents/definition';
import { takePages } from '../../xero/pages';

/** Xero's largest page. */
const PAGE_SIZE = 1_000;

/**
 * Everything that answers a question, in pages of 1,000, each element made into what is kept of it as
 * it comes. Throws ServiceFaultError.
 */
export async function pagesOf<Kept>(
	client: XeroClient,
	resource: string,
	query: Readonly<Record<string, string>>,
	keep: (element: WireElement) => Kept,
): Promise<Kept[]> {
	const kept: Kept[] = [];
	const request = {
		path: `/${resource}`,
		// By id, so that what is changed while pages are read does not move to another one.
		query: { order: `${resource.slice(0, -1)}ID`, ...query },
		listName: resource,
		pageSize: PAGE_SIZE,
		takesPageSize: true,
	};
	await takePages(client, request, (elements) => {
		for (const element of elements) kept.push(keep(element));
	});
	return kept;
}
