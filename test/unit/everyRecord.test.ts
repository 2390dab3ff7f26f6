import { recordsIn } from '../../lib/xero/answers';
import type { XeroClient, XeroRead } from '../../lib/xero/client';
import { everyRecord } from '../../lib/xero/everyRecord';

const MOST = 1_000;

/** A client whose answers are made from the query. */
function answering(answer: (query: Readonly<Record<string, string>>) => unknown) {
	const asked: Array<Readonly<Record<string, string>>> = [];
	const client: XeroClient = {
		organisationId: 'o',
		async read({ query = {} }: XeroRead) {
			asked.push(query);
			return await Promise.resolve(answer(query));
		},
		write: async () => await Promise.reject(new Error('Nothing is written')),
		calls: () => ({ reads: asked.length, writes: 0 }),
		dayRemaining: () => undefined,
	};
	return { client, asked };
}

const numbered = (from: number, count: number) =>
	Array.from({ length: count }, (_, index) => ({ JournalNumber: from + index }));
const envelope = { Id: '1', Status: 'OK', ProviderName: 'App', DateTimeUTC: '/Date(0)/' };

describe('reading page after page of any part of Xero', () => {
	test('ends with the last page that the answer tells of', async () => {
		const { client, asked } = answering(({ page }) => ({
			...envelope,
			pagination: { page: Number(page), pageSize: 2, pageCount: 3, itemCount: 5 },
			Contacts: numbered(Number(page) * 10, page === '3' ? 1 : 2),
		}));
		expect(await everyRecord(client, { path: '/Contacts' }, MOST)).toHaveLength(5);
		expect(asked.map(({ page }) => page)).toEqual(['1', '2', '3']);
		expect(asked[0]?.pageSize).toBeDefined();
	});

	test('sends no size of a page where it is not known that one is taken, and keeps the given one', async () => {
		const { client, asked } = answering(() => ({ ...envelope, Currencies: [] }));
		await everyRecord(client, { path: '/Currencies' }, MOST);
		await everyRecord(client, { path: '/Contacts', query: { pageSize: '7' } }, MOST);
		expect(asked).toEqual([{ page: '1' }, { page: '1', pageSize: '7' }]);
	});

	test('reads journals on from the number of the last one', async () => {
		const { client, asked } = answering(({ offset = '0' }) => ({
			...envelope,
			Journals: numbered(Number(offset) + 1, Number(offset) >= 200 ? 30 : 100),
		}));
		const found = await everyRecord(client, { path: '/Journals' }, MOST);
		expect(found?.map((each) => Object(each).JournalNumber)).toEqual(
			Array.from({ length: 230 }, (_, index) => index + 1),
		);
		expect(asked).toEqual([{}, { offset: '100' }, { offset: '200' }]);
	});

	test('reads files by how many there are, whose pages are smaller than those of others', async () => {
		const { client } = answering(({ page }) => ({
			TotalCount: 120,
			Page: Number(page),
			PerPage: 50,
			Items: numbered(Number(page) * 100, page === '3' ? 20 : 50),
		}));
		expect(await everyRecord(client, { path: '/Files', api: 'files' }, MOST)).toHaveLength(120);
	});

	test('says nothing twice of what answers the whole each time', async () => {
		const { client, asked } = answering(() => ({ ...envelope, Accounts: numbered(0, 150) }));
		expect(await everyRecord(client, { path: '/Accounts' }, MOST)).toHaveLength(150);
		expect(asked).toHaveLength(2);
	});

	test.each([
		[
			'never ends',
			({ page }: Readonly<Record<string, string>>) => numbered(Number(page) * 100, 100),
		],
		['comes at once', () => numbered(0, 300_000)],
	])('gives up on what %s', async (_, records) => {
		const { client, asked } = answering((query) => ({ ...envelope, Items: records(query) }));
		expect(await everyRecord(client, { path: '/LinkedTransactions' }, MOST)).toBeUndefined();
		expect(asked.length).toBeLessThan(20);
	});

	test('gives what is no list as the one record that it is', async () => {
		const { client } = answering(() => ({ assetId: 'a', lines: [{ a: 1 }] }));
		expect(await everyRecord(client, { path: '/Assets/a', api: 'assets' }, MOST)).toEqual([
			{ assetId: 'a', lines: [{ a: 1 }] },
		]);
	});

	test('is content with nothing that changed', async () => {
		const { client } = answering(() => undefined);
		expect(await everyRecord(client, { path: '/Contacts', modifiedSinceMs: 1 }, MOST)).toEqual([]);
	});

	test('takes a later page that is no list for none of Xero’s', async () => {
		const { client } = answering(({ page }) =>
			page === '1' ? { ...envelope, Items: numbered(0, 100) } : { Message: 'Sorry' },
		);
		await expect(everyRecord(client, { path: '/Users' }, MOST)).rejects.toThrow('read');
	});
});

describe('the records of an answer', () => {
	test.each([
		['a list of Accounting', { ...envelope, Invoices: [{ a: 1 }] }, [{ a: 1 }]],
		['an empty one', { ...envelope, Invoices: [] }, []],
		[
			'one beside warnings',
			{ ...envelope, Warnings: [{ Message: 'x' }], Items: [{ a: 1 }] },
			[{ a: 1 }],
		],
		['a list of Projects', { pagination: {}, items: [{ a: 1 }] }, [{ a: 1 }]],
		['a list of payroll', { providerName: 'x', problem: null, timesheets: [{ a: 1 }] }, [{ a: 1 }]],
		['a list that stands alone', [{ a: 1 }], [{ a: 1 }]],
		['a record that has lists itself', { id: '1', lines: [{ a: 1 }] }, undefined],
		['an answer with two lists', { ...envelope, A: [], B: [] }, undefined],
		['one record of payroll', { providerName: 'x', timesheet: { a: 1 } }, undefined],
		['a text', 'x', undefined],
	])('%s', (_, body, records) => {
		expect(recordsIn(body)).toEqual(records);
	});
});
