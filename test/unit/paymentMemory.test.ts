import fc from 'fast-check';
import {
	nextChangesState,
	readChangesState,
	waitingIds,
} from '../../lib/sync/payments/changesState';
import type { ChangesState, InvoiceDealtWith } from '../../lib/sync/payments/changesState';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.UTC(2026, 10, 22, 10);

function next(
	before: ChangesState | undefined,
	dealtWith: readonly InvoiceDealtWith[],
	over: Partial<Parameters<typeof nextChangesState>[1]> = {},
): ChangesState {
	return nextChangesState(before, {
		scope: 'demo',
		nowMs: NOW_MS,
		updatedThroughMs: NOW_MS,
		dealtWith,
		...over,
	});
}

const invoice = (
	id: string,
	ending: InvoiceDealtWith['ending'],
	over: Partial<InvoiceDealtWith> = {},
): InvoiceDealtWith => ({ id, fingerprint: `f-${id}`, ending, ...over });

describe('what a run over changes leaves for the next', () => {
	it('comes back from n8n as it went, and only for the same scope', () => {
		const state = next(undefined, [invoice('a', 'done'), invoice('b', 'attention')]);
		const stored: unknown = JSON.parse(JSON.stringify(state));
		expect(readChangesState(stored, 'demo')).toEqual(stored);
		expect(readChangesState(stored, 'other')).toBeUndefined();
		for (const other of [undefined, null, 7, '', [], { version: 2 }, { ...state, known: 'x' }]) {
			expect(readChangesState(other, 'demo')).toBeUndefined();
		}
	});

	it('stays small however many invoices there are', () => {
		let state: ChangesState | undefined;
		for (let run = 0; run < 12; run += 1) {
			const many = Array.from({ length: 1_000 }, (_, index) =>
				invoice(`00000000-0000-4000-8000-${run}-${index}`, index % 3 ? 'done' : 'attention'),
			);
			state = next(state, many, { nowMs: NOW_MS + run });
		}
		expect(JSON.stringify(state).length).toBeLessThan(250_000);
	});

	it('keeps the most recent fingerprints', () => {
		const first = next(undefined, [invoice('old', 'done')]);
		const many = Array.from({ length: 999 }, (_, index) => invoice(`n${index}`, 'done'));
		const second = next(first, many);
		expect(second.known[0]?.[0]).toBe('old');
		const third = next(second, [invoice('old', 'done'), invoice('new', 'done')]);
		expect(third.known.map(([id]) => id)).toContain('old');
		expect(third.known.map(([id]) => id)).not.toContain('n0');
	});

	it('tries what failed every time, and what needs a person ever more rarely', () => {
		const state = next(undefined, [invoice('f', 'failed'), invoice('a', 'attention')]);
		expect(waitingIds(state, NOW_MS + 1)).toEqual(['f', 'a']);
		const later = next(state, [invoice('f', 'failed'), invoice('a', 'attention')], {
			nowMs: NOW_MS + 10 * HOUR_MS,
		});
		expect(waitingIds(later, NOW_MS + 12 * HOUR_MS)).toEqual(['f']);
		expect(waitingIds(later, NOW_MS + 15 * HOUR_MS)).toEqual(['f', 'a']);
		const gone = next(later, [], { nowMs: NOW_MS + 31 * 24 * HOUR_MS });
		expect(waitingIds(gone, NOW_MS + 32 * 24 * HOUR_MS)).toEqual(['f']);
	});

	it('tries at once what a clock that was ahead had tried in the future', () => {
		const state = next(undefined, [invoice('a', 'attention')]);
		const ahead = next(state, [invoice('a', 'attention')], { nowMs: NOW_MS + 25 * 24 * HOUR_MS });
		expect(waitingIds(ahead, NOW_MS + HOUR_MS)).toEqual(['a']);
	});

	it('never passes a failed invoice that there is no room to remember', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('done', 'failed', 'attention' as const), { maxLength: 900 }),
				(endings) => {
					const dealtWith = endings.map((ending, index) =>
						invoice(`i${index}`, ending, { updatedAtMs: NOW_MS - 10_000 + index }),
					);
					const state = next(undefined, dealtWith);
					const waiting = new Set(state.waiting.map(({ id }) => id));
					for (const { id, ending, updatedAtMs = 0 } of dealtWith) {
						if (ending !== 'failed') continue;
						expect(waiting.has(id) || state.updatedThroughMs < updatedAtMs).toBe(true);
					}
				},
			),
			{ numRuns: 60 },
		);
		const failed = Array.from({ length: 700 }, (_, index) =>
			invoice(`i${index}`, 'failed', { updatedAtMs: NOW_MS - 10_000 + index }),
		);
		expect(next(undefined, failed).updatedThroughMs).toBe(NOW_MS - 10_000 + 499);
	});

	it('never moves its place back', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: NOW_MS })), (moments) => {
				let state: ChangesState | undefined;
				let furthest = 0;
				for (const updatedThroughMs of moments) {
					state = next(state, [], { updatedThroughMs });
					furthest = Math.max(furthest, updatedThroughMs);
					expect(state.updatedThroughMs).toBe(furthest);
				}
			}),
		);
	});
});
