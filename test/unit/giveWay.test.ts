import { createGiveWay, mapGivingWay } from '../../lib/giveWay';
import { mapRecords, type ItemToMap } from '../../lib/sync/map/mapRecords';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';

/** A clock on which every look at it is a millisecond of work, and which counts how often it rested. */
function workingClock() {
	const seen = { turns: 0, longestMs: 0 };
	let now = 0;
	let since = 0;
	const clock = {
		now: () => (now += 1),
		sleep: async () => {
			seen.longestMs = Math.max(seen.longestMs, now - since);
			seen.turns += 1;
			since = now;
			await Promise.resolve();
		},
	};
	return { clock, seen };
}

describe('Work over many records', () => {
	it('gives way before it has held the event loop for fifty milliseconds, and keeps the order', async () => {
		const { clock, seen } = workingClock();
		const items = Array.from({ length: 5_000 }, (_, index) => index);
		const doubled = await mapGivingWay(items, createGiveWay(clock), (item) => item * 2);
		expect(doubled).toEqual(items.map((item) => item * 2));
		expect(seen.turns).toBeGreaterThan(100);
		expect(seen.longestMs).toBeLessThanOrEqual(50);
	});

	it('gives way while records are mapped', async () => {
		const { clock, seen } = workingClock();
		const items = Array.from({ length: 1_000 }, (_, index): ItemToMap => {
			const json = { Customer: 'Acme', Lines: [{ Description: 'Work', Quantity: 1 }] };
			const values = { 'contact.name': 'Acme', reference: `ORD-${index}` };
			return { index, json, source: {}, values, lineList: 'Lines', groupBy: '', status: '' };
		});
		const records = await mapRecords(
			{
				definition: SALES_INVOICE,
				lineSource: 'list',
				lineTable: { table: '', connection: '' },
				isAutoMapped: false,
				expressions: {},
				numbering: { by: 'mapping' },
				upsert: { ruleSeverities: {} },
			},
			items,
			[],
			{
				knack: async () => await Promise.reject(new Error('Knack is not asked')),
				timeZone: 'Europe/London',
				giveWay: createGiveWay(clock),
			},
		);
		expect(records.map(({ values }) => values.reference)).toEqual(
			items.map(({ index }) => `ORD-${index}`),
		);
		expect(seen.turns).toBeGreaterThanOrEqual(3_000 / 25);
		expect(seen.longestMs).toBeLessThanOrEqual(50);
	});

	it('goes on when the clock is set back', async () => {
		let now = 1_000_000;
		let turns = 0;
		const giveWay = createGiveWay({
			now: () => now,
			sleep: async () => {
				turns += 1;
				await Promise.resolve();
			},
		});
		now = 0;
		await giveWay();
		expect(turns).toBe(1);
	});
});
