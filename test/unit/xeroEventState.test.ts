import fc from 'fast-check';
import { judgeEvent, sweptKinds } from '../../lib/sync/xeroEvents/eventFilter';
import {
	mergedStates,
	missingEvents,
	NO_EVENTS,
	passOver,
	readEventState,
	takeDelivery,
	takeVersions,
} from '../../lib/sync/xeroEvents/eventState';
import { isSweepDue } from '../../lib/sync/xeroEvents/sweepChanges';
import { VirtualClock } from '../support/virtualClock';
import { createGathering } from '../../lib/sync/trigger/gathering';
import { createEventWait } from '../../lib/sync/xeroEvents/eventWait';
import { categoryOf } from '../../lib/sync/xeroEvents/watchedDocuments';
import type { XeroEvent } from '../../lib/xero/webhookDelivery';
import { hostClock } from '../../lib/n8n/clock';

const MINUTE_MS = 60_000;

function event(over: Partial<XeroEvent> = {}): XeroEvent {
	return {
		organisationId: 'org',
		category: 'INVOICE',
		type: 'UPDATE',
		resourceId: 'a',
		resourceUrl: '',
		dateText: '2026-11-22T10:00:00.000',
		atMs: 0,
		...over,
	};
}

const delivery = (events: XeroEvent[], first = 0, last = first + events.length - 1) => ({
	events,
	firstSequence: first,
	lastSequence: last,
});

describe('what Xero Trigger remembers', () => {
	it('takes each event once, whatever the deliveries and their order, also over a restart', () => {
		const events = fc.array(fc.record({ resourceId: fc.nat(20), at: fc.nat(5) }), {
			maxLength: 20,
		});
		fc.assert(
			fc.property(fc.array(events, { maxLength: 10 }), (deliveries) => {
				let state = NO_EVENTS;
				const taken: string[] = [];
				const told = new Set<string>();
				for (const entries of deliveries) {
					const list = entries.map(({ resourceId, at }) =>
						event({ resourceId: String(resourceId), dateText: String(at) }),
					);
					for (const one of list) told.add(`${one.resourceId} ${one.dateText}`);
					const result = takeDelivery(state, delivery(list));
					taken.push(...result.fresh.map((one) => `${one.resourceId} ${one.dateText}`));
					state = readEventState(JSON.parse(JSON.stringify(result.state)));
				}
				expect(taken.sort()).toEqual([...told].sort());
			}),
		);
	});

	it('hands on the newest version of a document, and no older one after it', () => {
		const versions = fc.array(fc.record({ id: fc.nat(4), atMs: fc.nat(9) }), { maxLength: 40 });
		fc.assert(
			fc.property(versions, (list) => {
				let state = NO_EVENTS;
				const last = new Map<string, number>();
				for (const { id, atMs } of list) {
					const version = { key: String(id), atMs, mark: `v${atMs}` };
					const taken = takeVersions(state, [version]);
					state = taken.state;
					if (taken.fresh.length === 0) continue;
					expect(atMs).toBeGreaterThan(last.get(version.key) ?? -1);
					last.set(version.key, atMs);
				}
				for (const [key, atMs] of last) {
					const newest = Math.max(
						...list.filter(({ id }) => String(id) === key).map((v) => v.atMs),
					);
					expect(atMs).toBe(newest);
				}
			}),
		);
	});

	it('is the same whichever of two copies is stored last', () => {
		const first = takeVersions(NO_EVENTS, [{ key: 'a', mark: 'old', atMs: 1 }]).state;
		const second = takeVersions(takeDelivery(NO_EVENTS, delivery([event()])).state, [
			{ key: 'a', mark: 'new', atMs: 2 },
		]).state;
		for (const merged of [mergedStates(first, second), mergedStates(second, first)]) {
			expect(merged.events).toEqual(second.events);
			expect(merged.delivered).toEqual([['a', { mark: 'new', atMs: 2 }]]);
		}
	});

	it('starts afresh from what it cannot read', () => {
		for (const stored of [undefined, null, 'x', { version: 7 }, { version: 1, events: 3 }]) {
			expect(readEventState(stored)).toEqual(NO_EVENTS);
		}
	});

	it('notices a gap between deliveries, and that it is filled when they come late', () => {
		let { state } = takeDelivery(NO_EVENTS, delivery([event()], 1));
		expect(missingEvents(state)).toBe(0);
		state = takeDelivery(state, delivery([event({ resourceId: 'b' })], 5)).state;
		expect([missingEvents(state), state.sweepSoon]).toEqual([3, true]);
		state = takeDelivery(state, delivery([event({ resourceId: 'c' })], 3)).state;
		expect(missingEvents(state)).toBe(2);
		state = takeDelivery(state, delivery([], 2, 4)).state;
		expect(missingEvents(state)).toBe(0);
	});

	it('keeps as many documents as sweeps read again, and forgets the oldest of the others', () => {
		const version = (index: number, atMs: number) => ({ key: `${atMs}-${index}`, mark: 'm', atMs });
		const old = Array.from({ length: 3_000 }, (_, index) => version(index, MINUTE_MS));
		const { state } = takeVersions(NO_EVENTS, old);
		// All of one instant: a sweep's window still reaches them.
		expect(takeVersions(state, old).fresh).toEqual([]);
		const later = takeVersions(state, [version(0, 60 * MINUTE_MS)]);
		expect(later.state.delivered.length).toBe(1_000);
	});

	it('does not sweep what a webhook told of and the filter does not want', () => {
		const state = passOver(NO_EVENTS, [{ key: 'a', atMs: 10_000 }]);
		expect(takeVersions(state, [{ key: 'a', mark: 'm', atMs: 9_000 }]).fresh).toEqual([]);
		expect(takeVersions(state, [{ key: 'a', mark: 'm', atMs: 30_000 }]).fresh).toHaveLength(1);
	});
});

describe('the news of a document that is made, of which the delivery was lost', () => {
	const changed = [{ key: 'a', mark: 'm', atMs: 9_500 }];
	const told = [{ key: 'a', atMs: 10_000 }];
	const numbered = (sequence: number) => ({
		events: [],
		firstSequence: sequence,
		lastSequence: sequence,
	});

	it('is swept, though another event of it came that nobody wants', () => {
		const { state: before } = takeDelivery(NO_EVENTS, numbered(4));
		const { state } = takeDelivery(before, numbered(6));
		expect(takeVersions(passOver(state, told), changed).fresh).toEqual(changed);
	});

	it('is swept where Xero could not be read, and nothing is where no news is missing', () => {
		const unread = { ...NO_EVENTS, sweepSoon: true };
		expect(takeVersions(passOver(unread, told), changed).fresh).toEqual(changed);
		const { state: before } = takeDelivery(NO_EVENTS, numbered(4));
		const { state } = takeDelivery(before, numbered(5));
		expect(takeVersions(passOver(state, told), changed).fresh).toEqual([]);
	});
});

describe('which events are wanted', () => {
	it('knows categories in other spellings, and by their address', () => {
		expect(categoryOf(event({ category: 'PAYMENTS' }))).toBe('PAYMENT');
		expect(categoryOf(event({ category: 'CREDIT_NOTE' }))).toBe('CREDITNOTE');
		const resourceUrl = 'https://api.xero.com/api.xro/2.0/Payments/a';
		expect(categoryOf(event({ category: 'MONEY', resourceUrl }))).toBe('PAYMENT');
		expect(categoryOf(event({ category: 'MONEY', resourceUrl: '' }))).toBe('MONEY');
	});

	it('judges by organisation, category and type', () => {
		const filter = { organisationId: 'ORG', categories: ['INVOICE', 'OTHER'], types: ['CREATE'] };
		expect(judgeEvent(filter, event())).toBe('otherType');
		expect(judgeEvent(filter, event({ type: 'CREATE' }))).toBe('wanted');
		expect(judgeEvent(filter, event({ type: 'CREATE', organisationId: 'x' }))).toBe('unwanted');
		expect(judgeEvent(filter, event({ type: 'CREATE', category: 'CONTACT' }))).toBe('unwanted');
		expect(judgeEvent(filter, event({ type: 'CREATE', category: 'ROBOT' }))).toBe('wanted');
	});

	it('sweeps the lists in which the wanted changes show', () => {
		expect(sweptKinds({ categories: ['PAYMENT', 'INVOICE'], types: [] })).toEqual(['invoice']);
		expect(sweptKinds({ categories: ['OTHER'], types: [] })).toEqual([]);
		expect(sweptKinds({ categories: [], types: [] })).toHaveLength(5);
	});
});

describe('when a sweep is due', () => {
	it.each([
		[{}, 15, true],
		[{ sweptMs: 0 }, 14, false],
		[{ sweptMs: 0 }, 15, true],
		[{ sweptMs: 0, sweepSoon: true }, 4, false],
		[{ sweptMs: 0, sweepSoon: true }, 5, true],
	])('%j after %d minutes: %s', (over, minutes, due) => {
		const nowMs = minutes * MINUTE_MS;
		expect(isSweepDue({ ...NO_EVENTS, ...over }, nowMs, 15 * MINUTE_MS)).toBe(due);
		expect(isSweepDue({ ...NO_EVENTS, ...over }, nowMs, 0)).toBe(false);
	});
});

describe('gathering', () => {
	const itself = async (together: readonly number[]) => await Promise.resolve(together);

	it('brings what comes in a short while into the hands of the first', async () => {
		const gathering = createGathering<number>(createEventWait());
		const first = gathering.gather('key', [1], 30, hostClock, itself);
		const other = gathering.gather('another key', [9], 0, hostClock, itself);
		expect(await gathering.gather('key', [2, 3], 30, hostClock, itself)).toBeUndefined();
		expect(await other).toEqual([9]);
		expect(await first).toEqual([1, 2, 3]);
		expect(await gathering.gather('key', [4], 0, hostClock, itself)).toEqual([4]);
	});

	it('waits little after a quiet time, longer under load, and never longer than is set', async () => {
		for (const [longest, expected] of [
			[2_000, [300, 1_000, 2_000]],
			[500, [300, 500, 500]],
			[100, [100, 100, 100]],
		] as const) {
			const clock = new VirtualClock();
			const gathering = createGathering<number>(createEventWait());
			const waits: number[] = [];
			const once = async (): Promise<void> => {
				const before = clock.now();
				await gathering.gather('key', [1], longest, clock, itself);
				waits.push(clock.now() - before);
			};
			for (let time = 0; time < 30; time += 1) await clock.run(once());
			expect([...new Set(waits)]).toEqual([...new Set<number>(expected)]);
			await clock.run(clock.sleep(61_000));
			await clock.run(once());
			expect(waits.at(-1)).toBe(expected[0]);
		}
	});

	it('gathers on while the reading before is under way, even one that fails', async () => {
		const clock = new VirtualClock();
		const gathering = createGathering<number>(createEventWait());
		const slow = gathering.gather('key', [1], 100, clock, async () => {
			await clock.sleep(10_000);
			throw new Error('Xero is down');
		});
		const later = (async () => {
			await clock.sleep(500);
			const second = gathering.gather('key', [2], 100, clock, itself);
			await clock.sleep(5_000);
			const third = gathering.gather('key', [3], 100, clock, itself);
			return [await second, await third, clock.now()] as const;
		})();
		const started = clock.now();
		const [failed, done] = await clock.run(Promise.allSettled([slow, later]));
		expect(failed.status).toBe('rejected');
		expect(done).toMatchObject({ value: [[2, 3], undefined, started + 10_100] });
	});
});
