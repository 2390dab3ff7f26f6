import fc from 'fast-check';
import type { Clock } from '../../lib/clock';
import { ServiceFaultError } from '../../lib/serviceFault';
import type { XeroClient, XeroWrite, XeroWriteAnswer } from '../../lib/xero/client';
import { MOST_BYTES } from '../../lib/xero/requestSize';
import type { XeroDocument } from '../../lib/xero/documents/definition';
import { SALES_INVOICE as definition } from '../../lib/xero/documents/salesInvoice';
import {
	writeElements,
	type WriteItem,
	type WriteResult,
} from '../../lib/sync/write/writeElements';
import { Turns } from '../../lib/sync/write/turns';

function items(count: number): WriteItem[] {
	return Array.from({ length: count }, (_, index) => ({
		element: { InvoiceNumber: `INV-${index}` },
	}));
}

function numberOf(item: WriteItem): string {
	return String(item.element.InvoiceNumber);
}

function at(
	results: ReadonlyMap<WriteItem, WriteResult>,
	all: readonly WriteItem[],
	position: number,
): WriteResult | undefined {
	const item = all[position];
	return item && results.get(item);
}

/** More than any of these takes. */
const MOST_REQUESTS = 1_000;

/** A service that keeps what it takes, and answers by a rule of the test's own. */
function service(answer: (numbers: string[], call: number) => XeroWriteAnswer | 'take') {
	const sent: XeroWrite[] = [];
	const ledger: string[] = [];
	const client = {
		organisationId: 'org',
		calls: () => ({ reads: 0, writes: sent.length }),
		dayRemaining: () => undefined,
		read: () => Promise.reject(new Error('not read here')),
		write(request: XeroWrite): Promise<XeroWriteAnswer> {
			sent.push(request);
			if (sent.length > MOST_REQUESTS) throw new Error('It goes on for ever.');
			const { Invoices: elements } = request.body as { Invoices: Array<{ InvoiceNumber: string }> };
			const numbers = elements.map((element) => element.InvoiceNumber);
			const given = answer(numbers, sent.length);
			if (given !== 'take') return Promise.resolve(given);
			ledger.push(...numbers);
			return Promise.resolve({
				kind: 'accepted',
				body: {
					Invoices: elements.map((element) => ({
						...element,
						InvoiceID: `id-${element.InvoiceNumber}`,
					})),
				},
			});
		},
	} satisfies XeroClient;
	return { client, sent, ledger };
}

const REFUSED: XeroWriteAnswer = {
	kind: 'refused',
	status: 400,
	messages: ['One of them is bad'],
	elements: [],
};

const UNREADABLE = new ServiceFaultError({
	service: 'xero',
	cause: 'unavailable',
	message: 'Xero cannot be read.',
	fix: 'Try again.',
});

describe('writing a batch', () => {
	it('finds one record that makes Xero refuse all 50 with at most seven more calls', async () => {
		for (let bad = 0; bad < 50; bad++) {
			const { client, sent, ledger } = service((numbers) =>
				numbers.includes(`INV-${bad}`) ? REFUSED : 'take',
			);
			const all = items(50);
			const results = await writeElements(
				{ client, definition, method: 'PUT', readBack: async () => new Map() },
				all,
			);
			expect(at(results, all, bad)).toEqual({ kind: 'rejected', messages: ['One of them is bad'] });
			expect(ledger).toHaveLength(49);
			expect(new Set(ledger).size).toBe(49);
			expect(sent.length - 1).toBeLessThanOrEqual(7);
		}
	});

	it.each<[string, XeroWriteAnswer]>([
		['refuses', REFUSED],
		['does not answer', { kind: 'unknown', reason: 'reset' }],
	])(
		'goes on in usual batches where Xero %s larger ones, and blames no record',
		async (_, answer) => {
			const { client, sent, ledger } = service((numbers) =>
				numbers.length > 50 ? answer : 'take',
			);
			const all = items(230);
			const results = await writeElements(
				{ client, definition, method: 'POST', mostElements: 200, readBack: async () => new Map() },
				all,
			);
			expect(new Set([...results.values()].map(({ kind }) => kind))).toEqual(new Set(['written']));
			expect([...ledger].sort()).toEqual(all.map(numberOf).sort());
			expect(sent).toHaveLength(1 + 4 + 1);
		},
	);

	it('posts every good record once and rejects every bad one, however many there are', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 1, max: 130 }),
				fc.array(fc.nat(129), { maxLength: 12 }),
				async (count, planted) => {
					const bad = new Set(
						planted.filter((index) => index < count).map((index) => `INV-${index}`),
					);
					const { client, ledger } = service((numbers) =>
						numbers.some((number) => bad.has(number)) ? REFUSED : 'take',
					);
					const results = await writeElements(
						{ client, definition, method: 'PUT', readBack: async () => new Map() },
						items(count),
					);
					expect(results.size).toBe(count);
					const written = [...results].filter(([, result]) => result.kind === 'written');
					expect(written.map(([item]) => numberOf(item)).sort()).toEqual([...ledger].sort());
					expect(ledger).toHaveLength(count - bad.size);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('reads back after an answer that never came, and sends only what is not there', async () => {
		const arrived = new Set(['INV-0', 'INV-2']);
		const { client, sent, ledger } = service((_numbers, call) => {
			if (call > 1) return 'take';
			ledger.push(...arrived);
			return { kind: 'unknown', reason: 'reset' };
		});
		const asked: string[][] = [];
		const all = items(4);
		const results = await writeElements(
			{
				client,
				definition,
				method: 'PUT',
				readBack: async (lost) => {
					asked.push(lost.map(numberOf));
					return new Map(
						lost
							.filter((item) => arrived.has(String(item.element.InvoiceNumber)))
							.map((item) => [item, { id: `id-${numberOf(item)}` } as XeroDocument]),
					);
				},
			},
			all,
		);
		expect(asked).toEqual([['INV-0', 'INV-1', 'INV-2', 'INV-3']]);
		expect(ledger.sort()).toEqual(['INV-0', 'INV-1', 'INV-2', 'INV-3']);
		expect(at(results, all, 0)?.kind).toBe('readBack');
		expect(at(results, all, 1)?.kind).toBe('written');
		const keys = sent.map((request) => request.idempotencyKey);
		expect(new Set(keys).size).toBe(keys.length);
	});

	it('says of each record what is not known where Xero cannot be asked either, and sends no more', async () => {
		const { client, sent } = service(() => ({ kind: 'unknown', reason: 'The line broke.' }));
		const all = items(2);
		const results = await writeElements(
			{ client, definition, method: 'PUT', readBack: () => Promise.reject(UNREADABLE) },
			all,
		);
		expect(sent).toHaveLength(1);
		expect([...results.values()]).toEqual(
			all.map(() => ({ kind: 'unknown', reason: 'The line broke. Xero cannot be read.' })),
		);
	});

	it('sends no more in a request than Xero takes, what stands between the records included', async () => {
		const { client, sent } = service(() => 'take');
		const withoutText = Buffer.byteLength(JSON.stringify({ InvoiceNumber: 'INV-0', Note: '' }));
		const half = { Note: 'x'.repeat(MOST_BYTES / 2 - withoutText) };
		await writeElements(
			{ client, definition, method: 'PUT', readBack: async () => new Map() },
			items(2).map(({ element }) => ({ element: { ...element, ...half } })),
		);
		for (const { body } of sent) {
			const { Invoices: elements } = body as { Invoices: unknown[] };
			const text = elements.map((element) => JSON.stringify(element)).join(',');
			expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
		}
		expect(sent).toHaveLength(2);
	});

	it('derives the key of a request from its content alone', async () => {
		const runs = await Promise.all(
			[1, 2].map(async () => {
				const { client, sent } = service(() => 'take');
				await writeElements(
					{ client, definition, method: 'PUT', readBack: async () => new Map() },
					items(3),
				);
				return sent.map((request) => request.idempotencyKey);
			}),
		);
		expect(runs[0]).toEqual(runs[1]);
		const ofAnother = service(() => 'take');
		const results = await writeElements(
			{
				client: { ...ofAnother.client, organisationId: 'another' },
				definition,
				method: 'PUT',
				readBack: async () => new Map(),
			},
			items(3),
		);
		const [key] = ofAnother.sent.map((request) => request.idempotencyKey);
		expect(key).not.toBe(runs[0]?.[0]);
		// Each record is told under which it went.
		expect([...results.values()]).toMatchObject(new Array(3).fill({ requestKey: key }));
		expect(runs[0]?.[0]?.length).toBeLessThanOrEqual(128);
	});

	it('takes a refused element out of an accepted batch without touching the others', async () => {
		const { client } = service(() => 'take');
		const answering: XeroClient = {
			...client,
			write: () =>
				Promise.resolve({
					kind: 'accepted',
					body: {
						Invoices: [
							{ InvoiceID: 'id-0', InvoiceNumber: 'INV-0' },
							{
								InvoiceID: '00000000-0000-0000-0000-000000000000',
								HasErrors: true,
								LineItems: [{ ValidationErrors: [{ Message: 'Bad account' }] }],
								ValidationErrors: [{ Message: 'Bad account' }],
							},
						],
					},
				}),
		};
		const all = items(2);
		const results = await writeElements(
			{ client: answering, definition, method: 'PUT', readBack: async () => new Map() },
			all,
		);
		expect(at(results, all, 0)?.kind).toBe('written');
		expect(at(results, all, 1)).toEqual({ kind: 'rejected', messages: ['Bad account'] });
	});

	it('stops at a spent day and says so for every record that was not sent', async () => {
		const fault = {
			service: 'xero' as const,
			cause: 'daySpent' as const,
			message: 'The day is spent',
			fix: 'Wait',
		};
		const { client, sent } = service((_numbers, call) =>
			call === 1 ? 'take' : { kind: 'stopped', fault },
		);
		const results = await writeElements(
			{ client, definition, method: 'PUT', readBack: async () => new Map() },
			items(170),
		);
		expect(sent).toHaveLength(2);
		expect([...results.values()].filter((result) => result.kind === 'written')).toHaveLength(50);
		expect([...results.values()].filter((result) => result.kind === 'stopped')).toHaveLength(120);
	});

	it.each([408, 404, 413, 499, undefined])(
		'looks before it sends anything again after an answer of %s that is not Xero’s own',
		async (status) => {
			const steps: string[] = [];
			const { client, ledger } = service((numbers, call) => {
				steps.push(`send ${numbers.length}`);
				if (call > 1) return 'take';
				ledger.push(...numbers);
				return { kind: 'unknown', reason: 'Request Timeout', ...(status ? { status } : {}) };
			});
			const all = items(4);
			const results = await writeElements(
				{
					client,
					definition,
					method: 'PUT',
					readBack: async (lost) => {
						steps.push(`look ${lost.length}`);
						return new Map(lost.map((item) => [item, { id: numberOf(item) } as XeroDocument]));
					},
				},
				all,
			);
			expect(steps).toEqual(['send 4', 'look 4']);
			expect([...results.values()].map(({ kind }) => kind)).toEqual(new Array(4).fill('readBack'));
		},
	);

	it('finds the one that is denied on the way, looking before each sending', async () => {
		const steps: string[] = [];
		const { client, ledger } = service((numbers) => {
			steps.push('send');
			return numbers.includes('INV-5')
				? { kind: 'unknown', status: 404, reason: 'The answer was 404: not found.' }
				: 'take';
		});
		const all = items(8);
		const results = await writeElements(
			{
				client,
				definition,
				method: 'PUT',
				readBack: async () => {
					steps.push('look');
					return new Map();
				},
			},
			all,
		);
		expect(ledger).toHaveLength(7);
		expect(new Set(ledger).size).toBe(7);
		expect(at(results, all, 5)).toEqual({
			kind: 'rejected',
			messages: ['The answer was 404: not found.'],
		});
		expect(steps.join(' ')).not.toContain('look look');
		// Halves of it, and the one itself twice.
		expect(steps.filter((step) => step === 'send')).toHaveLength(8);
	});

	it('sends what never arrives three times, whole, and then says that it is not known', async () => {
		const { client, sent } = service(() => ({ kind: 'unknown', reason: 'reset' }));
		const all = items(4);
		const results = await writeElements(
			{ client, definition, method: 'PUT', readBack: async () => new Map() },
			all,
		);
		expect(sent.map(({ body }) => (body as { Invoices: unknown[] }).Invoices.length)).toEqual([
			4, 4, 4,
		]);
		expect([...results.values()]).toEqual(all.map(() => ({ kind: 'unknown', reason: 'reset' })));
	});

	it('sends what Xero answers without a word of it again, and then says that it is not known', async () => {
		const { client, sent } = service(() => ({ kind: 'accepted', body: { Invoices: [] } }));
		const all = items(1);
		const results = await writeElements(
			{ client, definition, method: 'PUT', readBack: async () => new Map() },
			all,
		);
		expect(sent).toHaveLength(3);
		expect([...results.values()]).toEqual([
			{ kind: 'unknown', reason: 'Xero’s answer was not complete.' },
		]);
	});

	it('stops in the middle of a search, and says so for all that were not taken', async () => {
		const fault = {
			service: 'xero' as const,
			cause: 'daySpent' as const,
			message: 'The day is spent',
			fix: 'Wait',
		};
		const { client, ledger } = service((numbers, call) => {
			if (call === 4) return { kind: 'stopped', fault };
			return numbers.includes('INV-0') ? REFUSED : 'take';
		});
		const all = items(8);
		const results = await writeElements(
			{ client, definition, method: 'PUT', readBack: async () => new Map() },
			all,
		);
		expect(ledger).toEqual([]);
		expect(all.map((item) => results.get(item)?.kind)).toEqual(all.map(() => 'stopped'));
	});

	describe('under turns of the records', () => {
		const MINUTE = 60_000;

		function turns(nowMs = 0, tickMs = 0) {
			let now = nowMs;
			const clock: Clock = {
				now: () => (now += tickMs),
				sleep: (milliseconds) => {
					now += milliseconds;
					return Promise.resolve();
				},
			};
			return { turns: new Turns(), clock, lookedUpAtMs: 0 };
		}
		const named = (count: number) =>
			items(count).map((item) => ({ ...item, identity: numberOf(item) }));
		const keysOf = (sent: readonly XeroWrite[]) => sent.map(({ idempotencyKey }) => idempotencyKey);
		const TAKEN: XeroWriteAnswer = {
			kind: 'refused',
			status: 400,
			messages: ['It was refused.', 'The Idempotency-Key was used with another request.'],
			elements: [],
		};

		async function written(
			answer: Parameters<typeof service>[0],
			{
				turn = turns(),
				all = named(2),
				found = () => new Map(),
			}: Partial<{
				turn: ReturnType<typeof turns>;
				all: WriteItem[];
				found: () => ReadonlyMap<WriteItem, XeroDocument>;
			}> = {},
		) {
			const { client, sent, ledger } = service(answer);
			let looks = 0;
			const results = await writeElements(
				{
					client,
					definition,
					method: 'PUT',
					mark: 'this run',
					turn,
					readBack: async () => {
						looks += 1;
						return found();
					},
				},
				all,
			);
			return {
				keys: keysOf(sent),
				ledger,
				looks,
				kinds: [...results.values()].map(({ kind }) => kind),
			};
		}

		it('are the same for the same records, in whatever order they come', async () => {
			const { keys } = await written(() => 'take');
			const reversed = await written(() => 'take', { all: named(2).reverse() });
			const others = await written(() => 'take', { all: named(3) });
			expect(reversed.keys).toEqual(keys);
			expect(others.keys).not.toEqual(keys);
		});

		it('stay what they are as long as it is not known what came of them', async () => {
			const lost = await written((_, call) =>
				call === 1 ? { kind: 'unknown', reason: 'reset' } : 'take',
			);
			expect(lost.keys).toHaveLength(2);
			expect(lost.keys[1]).toBe(lost.keys[0]);
			const late = await written((_, call) => (call === 1 ? { kind: 'late' } : 'take'), {
				turn: turns(0, 1),
			});
			expect(late.keys).toHaveLength(2);
			expect(late.keys[1]).toBe(late.keys[0]);
			expect(late.looks).toBe(1);
		});

		it('are given up to another worker once it has them, after it has had time to write', async () => {
			const turn = turns();
			const { keys, kinds, looks } = await written((_, call) => (call === 1 ? TAKEN : 'take'), {
				turn,
			});
			expect(keys).toHaveLength(2);
			expect(keys[1]).not.toBe(keys[0]);
			expect(looks).toBe(3);
			expect(turn.clock.now()).toBe(7_000);
			expect(kinds).toEqual(['written', 'written']);
		});

		it('are given up at once where what the other worker wrote is there', async () => {
			const turn = turns();
			const all = named(2);
			const { keys, kinds, looks } = await written(() => TAKEN, {
				turn,
				all,
				found: () => new Map(all.map((item) => [item, { id: 'there' } as XeroDocument])),
			});
			expect([keys.length, looks, turn.clock.now()]).toEqual([1, 1, 0]);
			expect(kinds).toEqual(['readBack', 'readBack']);
		});

		it('are used up by an answer of Xero that nothing can be made of', async () => {
			const { keys, kinds } = await written((_, call) =>
				call === 1 ? { kind: 'accepted', body: {} } : 'take',
			);
			expect(keys).toHaveLength(2);
			expect(keys[1]).not.toBe(keys[0]);
			expect(kinds).toEqual(['written', 'written']);
		});

		it.each<[string, XeroWriteAnswer]>([
			['refused', REFUSED],
			['accepted', { kind: 'accepted', body: { Invoices: [{ InvoiceID: '1' }] } }],
		])('are the next ones where the run itself had the last one %s', async (_, answer) => {
			const turn = turns();
			const all = named(1);
			const first = await written(() => answer, { turn, all });
			const second = await written(() => 'take', { turn, all });
			expect(first.keys).toHaveLength(1);
			expect(second.keys).toHaveLength(1);
			expect(second.keys).not.toEqual(first.keys);
			expect(second.looks).toBe(0);
		});

		it('are not fought for for ever', async () => {
			const { kinds, keys } = await written(() => TAKEN);
			expect(new Set(kinds)).toEqual(new Set(['unknown']));
			expect(keys).toHaveLength(31);
			expect(new Set(keys).size).toBe(31);
		});

		it('rest on a look-up that is looked through again where it is old', async () => {
			const fresh = await written(() => 'take', { turn: turns(4 * MINUTE) });
			expect([fresh.looks, fresh.ledger]).toEqual([0, ['INV-0', 'INV-1']]);
			const later = { ...turns(14 * MINUTE), lookedUpAtMs: 10 * MINUTE };
			expect((await written(() => 'take', { turn: later })).looks).toBe(0);
			const old = await written(() => 'take', { turn: turns(4 * MINUTE + 1) });
			expect([old.looks, old.ledger]).toEqual([1, ['INV-0', 'INV-1']]);
			const all = named(1);
			const there = await written(() => 'take', {
				turn: turns(5 * MINUTE),
				all,
				found: () => new Map(all.map((item) => [item, { id: 'there' } as XeroDocument])),
			});
			expect([there.kinds, there.keys]).toEqual([['readBack'], []]);
			const unread = await written(() => 'take', {
				turn: turns(5 * MINUTE),
				found: () => {
					throw UNREADABLE;
				},
			});
			expect([unread.kinds, unread.ledger]).toEqual([['stopped', 'stopped'], []]);
		});
	});

	describe('an answer of other elements than were sent', () => {
		const own = (number: number) => ({
			InvoiceID: `id-${number}`,
			InvoiceNumber: `INV-${number}`,
		});

		async function answered(elements: readonly unknown[]) {
			const { client } = service(() => 'take');
			const answering: XeroClient = {
				...client,
				write: () => Promise.resolve({ kind: 'accepted', body: { Invoices: elements } }),
			};
			const all = items(3);
			let looks = 0;
			const results = await writeElements(
				{
					client: answering,
					definition,
					method: 'PUT',
					readBack: async (lost) => {
						looks += 1;
						return new Map(lost.map((item) => [item, { id: numberOf(item) } as XeroDocument]));
					},
				},
				all,
			);
			return {
				looks,
				told: all.map((item) => {
					const result = results.get(item);
					return result?.kind === 'written' ? result.element.InvoiceID : result?.kind;
				}),
			};
		}

		it('in another order is told apart by what they bear', async () => {
			const { told, looks } = await answered([own(2), own(0), own(1)]);
			expect([told, looks]).toEqual([['id-0', 'id-1', 'id-2'], 0]);
		});

		it.each([
			['too short', [own(0), own(1)]],
			['too long', [own(0), own(1), own(2), own(3)]],
			['with one that is another record’s', [own(0), own(7), own(2)]],
			['with one twice', [own(0), own(0), own(2)]],
			['with nothing in the place of one', [own(0), null, own(2)]],
			['with one that has no id', [own(0), { InvoiceNumber: 'INV-1' }, own(2)]],
			['with one that says nothing of itself', [own(0), { InvoiceID: 'id-1' }, own(2)]],
			['empty', []],
		])('is not believed and looked up when it is %s', async (_what, elements) => {
			const { told, looks } = await answered(elements);
			expect([told, looks]).toEqual([['readBack', 'readBack', 'readBack'], 1]);
		});
	});
});
