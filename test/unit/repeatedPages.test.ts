import { calendarDateOf } from '../../lib/dates';
import { readChangedInvoices } from '../../lib/sync/payments/changedInvoices';
import { readChangedSince } from '../../lib/sync/xeroEvents/readDocuments';
import type { XeroClient } from '../../lib/xero/client';
import { takePages } from '../../lib/xero/pages';

const NOW_MS = Date.UTC(2026, 10, 30, 10);
const ENOUGH_CALLS = 200;

/** Something between here and Xero that answers the same page to every question. */
function repeating(listName: string, elements: readonly unknown[]) {
	let reads = 0;
	const client: XeroClient = {
		organisationId: 'one',
		read: async () => {
			reads += 1;
			if (reads > ENOUGH_CALLS) throw new Error('It is read for ever.');
			return await Promise.resolve({ [listName]: elements });
		},
		write: async () => await Promise.reject(new Error('Reading writes nothing.')),
		calls: () => ({ reads, writes: 0 }),
		dayRemaining: () => undefined,
	};
	return client;
}

/** A full page of what was changed before the last reading ended. */
function changedEarlier(idName: string): unknown[] {
	return Array.from({ length: 1_000 }, (_, index) => ({
		[idName]: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
		Type: 'ACCREC',
		Status: 'AUTHORISED',
		UpdatedDateUTC: `/Date(${NOW_MS - 240_000}+0000)/`,
	}));
}

describe('one full page that is answered again and again', () => {
	it('does not keep a sweep of Xero Trigger for ever', async () => {
		const client = repeating('Contacts', changedEarlier('ContactID'));
		const question = { sinceMs: NOW_MS - 300_000, reachedMs: NOW_MS, mostPages: 10 };
		const changed = await readChangedSince(client, 'one', 'contact', question);
		expect(changed.complete).toBe(false);
		expect(changed.documents).toHaveLength(1_000);
		expect(client.calls().reads).toBeLessThanOrEqual(12);
	});

	it('does not keep a run over everything that changed for ever', async () => {
		const client = repeating('Invoices', changedEarlier('InvoiceID'));
		const today = calendarDateOf(2026, 11, 30);
		if (!today) throw new Error('There is such a day.');
		const changed = await readChangedInvoices(client, {
			documentType: 'salesInvoice',
			state: {
				version: 1,
				scope: 'one',
				updatedThroughMs: NOW_MS,
				overdueThrough: today,
				known: [],
				waiting: [],
			},
			nowMs: NOW_MS,
			today,
			firstRunFromMs: 0,
			countsDays: false,
			fullCheckDays: 0,
		});
		expect(changed.complete).toBe(false);
		expect(client.calls().reads).toBeLessThanOrEqual(30);
	});

	const list = { path: '/Things', listName: 'Things', pageSize: 100, takesPageSize: false };

	it('is refused where a list is read to its end', async () => {
		const things = Array.from({ length: 100 }, (_, index) => ({ ThingID: index }));
		const client = repeating('Things', things);
		const taken: unknown[] = [];
		const reading = takePages(client, list, (elements) => void taken.push(...elements));
		await expect(reading).rejects.toMatchObject({ fault: { cause: 'unavailable' } });
		expect(taken).toEqual(things);
	});

	it('is the whole where it holds more than a page', async () => {
		const things = Array.from({ length: 150 }, (_, index) => ({ ThingID: index }));
		const client = repeating('Things', things);
		const taken: unknown[] = [];
		await takePages(client, list, (elements) => void taken.push(...elements));
		expect(taken).toEqual(things);
		expect(client.calls().reads).toBe(2);
	});
});
