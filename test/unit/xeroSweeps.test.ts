import { NO_EVENTS, type EventMemory, type EventState } from '../../lib/sync/xeroEvents/eventState';
import { isSweepDue, sweepChanges } from '../../lib/sync/xeroEvents/sweepChanges';
import type { XeroClient } from '../../lib/xero/client';

const MINUTE_MS = 60_000;
const MANY = 12_500;

interface Stamped {
	readonly id: string;
	readonly atMs: number;
}

/** A list of contacts, oldest change first, in pages as Xero gives them, with the time if it tells it. */
function listing(contacts: readonly Stamped[], xeroClock?: () => number): XeroClient {
	return {
		organisationId: 'one',
		read: async ({ query = {}, modifiedSinceMs = 0 }) => {
			const since = Math.floor(modifiedSinceMs / 1_000) * 1_000;
			const changed = contacts.filter(({ atMs }) => atMs > since);
			const size = Number(query.pageSize);
			const start = (Number(query.page) - 1) * size;
			const elements = changed.slice(start, start + size);
			return await Promise.resolve({
				...(xeroClock ? { DateTimeUTC: `/Date(${xeroClock()})/` } : {}),
				Contacts: elements.map(({ id, atMs }) => ({
					ContactID: id,
					UpdatedDateUTC: `/Date(${atMs}+0000)/`,
				})),
				pagination: { pageCount: Math.ceil(changed.length / size) },
			});
		},
		write: async () => await Promise.reject(new Error('A sweep writes nothing.')),
		calls: () => ({ reads: 0, writes: 0 }),
		dayRemaining: () => undefined,
	};
}

function emptyMemory(): EventMemory {
	let state: EventState = NO_EVENTS;
	return {
		state: () => state,
		change(work) {
			const done = work(state);
			({ state } = done);
			return done.result;
		},
	};
}

/** Sweeps of a list by a computer whose clock may differ from Xero's. */
function sweeping(
	contacts: readonly Stamped[],
	clock: () => number,
	{ xeroClock, memory = emptyMemory() }: { xeroClock?: () => number; memory?: EventMemory } = {},
) {
	const client = listing(contacts, xeroClock);
	return async (): Promise<unknown[]> => {
		const question = { organisationIds: ['one'], kinds: ['contact' as const], includeRaw: false };
		const organisation = { name: 'One', shortCode: '!1', timeZone: 'Europe/London' };
		const ports = {
			client: async () => await Promise.resolve(client),
			organisation: async () => await Promise.resolve(organisation),
			now: clock,
		};
		const items = await sweepChanges(question, ports, memory);
		return items.map(({ document }) => document.id);
	};
}

describe('sweeps of Xero', () => {
	it.each([14, 6, 0, -14])(
		'tell once of what changes right after the first, with a clock that is %i minutes ahead',
		async (minutes) => {
			let nowMs = Date.UTC(2026, 10, 22, 10);
			const before = [20, 8, 1].map((ago) => ({
				id: `before ${ago}`,
				atMs: nowMs - ago * MINUTE_MS,
			}));
			const contacts: Stamped[] = [...before];
			const sweep = sweeping(contacts, () => nowMs + minutes * MINUTE_MS);
			expect(await sweep()).toEqual([]);
			contacts.push({ id: 'right after', atMs: nowMs + 2_000 });
			for (const told of [['right after'], [], [], [], []]) {
				nowMs += 5 * MINUTE_MS;
				expect(await sweep()).toEqual(told);
			}
		},
	);

	it.each([90, 25, -90])(
		'miss nothing with a clock that is %i minutes ahead, nor when it is put right',
		async (minutes) => {
			let nowMs = Date.UTC(2026, 10, 22, 10);
			let aheadMs = minutes * MINUTE_MS;
			const contacts: Stamped[] = [{ id: 'before', atMs: nowMs - MINUTE_MS }];
			const memory = emptyMemory();
			const clock = () => nowMs + aheadMs;
			const sweep = sweeping(contacts, clock, { xeroClock: () => nowMs, memory });
			const change = (id: string) => {
				nowMs += MINUTE_MS;
				contacts.push({ id, atMs: nowMs });
			};
			expect(await sweep()).toEqual([]);
			change('while it is wrong');
			nowMs += 15 * MINUTE_MS;
			expect(await sweep()).toEqual(['while it is wrong']);
			change('just before it is right');
			aheadMs = 0;
			change('since it is right');
			nowMs += 14 * MINUTE_MS;
			expect(isSweepDue(memory.state(), nowMs, 15 * MINUTE_MS)).toBe(true);
			expect(await sweep()).toEqual(['just before it is right', 'since it is right']);
			expect(isSweepDue(memory.state(), nowMs, 15 * MINUTE_MS)).toBe(false);
			expect(await sweep()).toEqual([]);
		},
	);

	it('find their place again that a clock had noted which was ahead', async () => {
		const nowMs = Date.UTC(2026, 10, 22, 10);
		const memory = emptyMemory();
		memory.change((state) => ({
			state: { ...state, through: { 'one|contact': nowMs + 24 * 60 * MINUTE_MS } },
			result: undefined,
		}));
		const contacts = [{ id: 'since', atMs: nowMs - 10 * MINUTE_MS }];
		const sweep = sweeping(contacts, () => nowMs, { xeroClock: () => nowMs, memory });
		expect(await sweep()).toEqual(['since']);
		expect(await sweep()).toEqual([]);
	});

	it('get past more documents of a few minutes than one of them reads, and tell each once', async () => {
		const contacts: Stamped[] = [];
		let nowMs = Date.UTC(2026, 10, 22, 10);
		const sweep = sweeping(contacts, () => nowMs);
		await sweep();
		// A first load, such as of this package.
		for (let made = 0; made < MANY; made += 1) {
			nowMs += 15;
			contacts.push({ id: `contact-${made}`, atMs: nowMs });
		}
		const told: unknown[] = [];
		for (let look = 0; look < 5; look += 1) {
			nowMs += 5 * MINUTE_MS;
			told.push(...(await sweep()));
		}
		expect(new Set(told).size).toBe(MANY);
		expect(told).toHaveLength(MANY);
		contacts.push({ id: 'one more', atMs: nowMs + 1 });
		nowMs += 5 * MINUTE_MS;
		expect(await sweep()).toEqual(['one more']);
	});
});
