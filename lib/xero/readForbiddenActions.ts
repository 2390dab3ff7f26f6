import { z } from '../vendor/zod';
import type { XeroClient } from './client';
import { readList } from './pages';

const actionElement = z.object({ Name: z.string(), Status: z.string() });

const known = new WeakMap<XeroClient, Promise<ReadonlySet<string>>>();

/**
 * What the organisation's plan does not allow at the moment, by Xero's names such as
 * `CreateApprovedInvoice` (Organisation endpoint, Actions). One call for the life of the client.
 * Throws ServiceFaultError.
 */
export async function readForbiddenActions(client: XeroClient): Promise<ReadonlySet<string>> {
	const kept = known.get(client);
	if (kept) return await kept;
	const reading = readActions(client);
	known.set(client, reading);
	reading.catch(() => known.delete(client));
	return await reading;
}

async function readActions(client: XeroClient): Promise<ReadonlySet<string>> {
	const { elements } = await readList(client, { path: '/Organisation/Actions' }, 'Actions');
	return new Set(
		elements.flatMap((element) => {
			const parsed = actionElement.safeParse(element);
			return parsed.success && parsed.data.Status !== 'ALLOWED' ? [parsed.data.Name] : [];
		}),
	);
}
