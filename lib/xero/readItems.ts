import { canonicalDecimal, parseDecimal } from '../money';
import { z } from '../vendor/zod';
import { readList } from './pages';
import { oncePerClient } from './oncePerClient';
import type { Item, ItemDetails } from './settings';

const text = z.string().nullish();
const detailsElement = z
	.object({
		UnitPrice: z.union([z.number(), z.string()]).nullish(),
		AccountCode: text,
		COGSAccountCode: text,
		TaxType: text,
	})
	.nullish();
const itemElement = z.object({
	Code: z.string(),
	Name: text,
	SalesDetails: detailsElement,
	PurchaseDetails: detailsElement,
});

function detailsOf(element: z.infer<typeof detailsElement>): ItemDetails {
	const price = parseDecimal(element?.UnitPrice);
	// A tracked item is bought to its cost of goods sold account.
	const accountCode = element?.AccountCode || element?.COGSAccountCode;
	return {
		...(price ? { unitPrice: canonicalDecimal(price) } : {}),
		...(accountCode ? { accountCode } : {}),
		...(element?.TaxType ? { taxType: element.TaxType } : {}),
	};
}

/**
 * All items of the organisation, in the one call that the endpoint has for them; kept for as long
 * as the client is. Throws ServiceFaultError.
 */
export const readItems = oncePerClient(async (client): Promise<readonly Item[]> => {
	const request = { path: '/Items', query: { unitdp: '4' } };
	const { elements } = await readList(client, request, 'Items');
	return elements.flatMap((element): Item[] => {
		const parsed = itemElement.safeParse(element);
		if (!parsed.success) return [];
		const { Code, Name, SalesDetails, PurchaseDetails } = parsed.data;
		return [
			{
				code: Code,
				...(Name ? { name: Name } : {}),
				sales: detailsOf(SalesDetails),
				purchases: detailsOf(PurchaseDetails),
			},
		];
	});
});
