import fc from 'fast-check';
import type { XeroClient, XeroWrite, XeroWriteAnswer } from '../../lib/xero/client';
import type { XeroDocument } from '../../lib/xero/documents/definition';
import { SALES_INVOICE as definition } from '../../lib/xero/documents/salesInvoice';
import {
	writeElements,
	type WriteItem,
	type WriteResult,
} from '../../lib/sync/write/writeElements';

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
