import { z } from '../vendor/zod';
import { readList } from './pages';
import { oncePerClient } from './oncePerClient';

const actionElement = z.object({ Name: z.string(), Status: z.string() });

/**
 * What the organisation's plan does not allow at the moment, by Xero's names such as
 * `CreateApprovedInvoice` (Organisation endpoint, Actions). One call for the life of the client.
 * Throws ServiceFaultError.
 */
export const readForbiddenActions = oncePerClient(async (client): Promise<ReadonlySet<string>> => {
	const { elements } = await readList(client, { path: '/Organisation/Actions' }, 'Actions');
	return new Set(
		elements.flatMap((element) => {
			const parsed = actionElement.safeParse(element);
			return parsed.success && parsed.data.Status !== 'ALLOWED' ? [parsed.data.Name] : [];
		}),
	);
});
