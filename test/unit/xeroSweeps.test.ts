import { NO_EVENTS, type EventMemory, type EventState } from '../../lib/sync/xeroEvents/eventState';
import { sweepChanges } from '../../lib/sync/xeroEvents/sweepChanges';
import type { XeroClient } from '../../lib/xero/client';

const MINUTE_MS = 60_000;
const MANY = 12_500;

interface Stamped {
	readonly id: string;
	readonly atMs: number;
}

/** A list of contacts, oldest change first, in pages as Xero gives them. */
function listing(contacts: readonly Stamped[]): XeroClient {
	return {
		organisationId: 'one',
		read: async ({ query = {}, modifiedSinceMs = 0 }) => {
			const since = Math.floor(modifiedSinceMs / 1_000) * 1_000;
			const changed = contacts.filter(({ atMs }) => atMs > since);
			const size = Number(query.pageSize);
			const start = (Number(query.page) - 1) * size;
			const elements = changed.slice(start, start + size);
			return await Promise.resolve({
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
function sweeping(contacts: readonly Stamped[], clock: () => number) {
	const client = listing(contacts);
	const memory = emptyMemory();
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
