import { reckonAgeing } from '../../../lib/insights/ageing/ageing';
import type { Books } from '../../../lib/insights/reading/books';
import { at } from '../sandboxXeroSession';
import { booksOf } from '../../support/jobBooks';
import { frozenSandbox } from '../../support/xeroInMemory';

/** Books of a Xero that keeps invoices of archived contacts to itself unless it is asked for them. */
function keepingBack({ client, ...books }: Books, archivedId: string): Books {
	const ofOthers = (invoices: readonly unknown[]) =>
		invoices.filter((invoice) => at(invoice, 'Contact', 'ContactID') !== archivedId);
	return {
		...books,
		client: {
			...client,
			read: async (request) => {
				const body = await client.read(request);
				const isAsked = request.query?.includeArchived === 'true';
				const list = at(body, 'Invoices');
				if (isAsked || request.path !== '/Invoices' || !Array.isArray(list)) return body;
				return { ...(typeof body === 'object' ? body : {}), Invoices: ofOthers(list) };
			},
		},
	};
}

describe('invoices of a contact that is archived', () => {
	it('are owed as the ledger has it', async () => {
		const sandbox = frozenSandbox();
		const books = await booksOf(sandbox);
		const answer = await books.client.write({
			method: 'PUT',
			path: '/Invoices',
			body: {
				Type: 'ACCREC',
				Contact: { Name: 'Gone Ltd' },
				Date: '2026-08-01',
				DueDate: '2026-08-31',
				Status: 'AUTHORISED',
				LineAmountTypes: 'NoTax',
				LineItems: [{ Description: 'Goods', Quantity: 1, UnitAmount: 90, AccountCode: '200' }],
			},
			idempotencyKey: 'the invoice of the test',
		});
		expect(answer.kind).toBe('accepted');
		const { person } = sandbox.xero;
		const id = String(person.contacts().find(({ Name }) => Name === 'Gone Ltd')?.ContactID);
		person.archiveContact(id, true);
		const insight = await reckonAgeing(keepingBack(await booksOf(sandbox), id), {
			side: 'sales',
			day: books.today,
			detail: 'contacts',
			buckets: 'days',
		});
		expect(insight.rows).toMatchObject([{ contact: 'Gone Ltd', balance: '90.00' }]);
		expect(insight.tie[0]).toMatchObject({ state: 'agrees' });
	});
});
