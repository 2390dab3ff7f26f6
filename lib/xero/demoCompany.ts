import type { XeroClient } from './client';
import { readList } from './pages';

/** Whether Xero says, now, that the organisation is a demo company. One call. Throws ServiceFaultError. */
export async function readIsDemoCompany(
	client: XeroClient,
): Promise<{ readonly name: string; readonly isDemoCompany: boolean }> {
	const { elements } = await readList(client, { path: '/Organisation' }, 'Organisations');
	const [organisation] = elements;
	return {
		name: typeof organisation?.Name === 'string' ? organisation.Name : 'The organisation',
		// What is not said is not so.
		isDemoCompany: elements.length === 1 && organisation?.IsDemoCompany === true,
	};
}
