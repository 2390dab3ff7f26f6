import { digestOf } from '../../lib/sync/sourceLink/digest';
import type { UpsertOptions } from '../../lib/sync/upsert';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { Random } from '../prove/random';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { draft, LINE, previewAndRun, writtenByHand } from './rightOrHeldTestbed';

/** As much of a line in Xero as a person's edit sends. */
interface LineInXero {
	readonly LineItemID?: string;
	readonly Description: string;
	readonly Quantity: number;
	readonly UnitAmount: number;
	readonly AccountCode: string;
	readonly TaxType: string;
	readonly DiscountRate?: number;
}

const DISCOUNTED: FieldValues = { discountRate: '10' };
const NOTHING_MORE: FieldValues = {};

/** Invoices with few lines and with many, whose fingerprint is one digest for all of them. */
describe('lines that both sides edit', () => {
	let world: XeroInMemory;
	let lines: FieldValues[];
	let header: FieldValues;

	beforeEach(async () => {
		await freshWorld();
	});

	async function freshWorld(): Promise<void> {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		header = {};
	}

	const run = (options: Partial<UpsertOptions> = {}) =>
		previewAndRun(world, [draft({ lines, fields: header })], options);

	function work(number: number, extra: FieldValues = {}): FieldValues {
		const unitAmount = String(10 + number);
		return { ...LINE, description: `Work ${number}`, unitAmount, ...extra };
	}

	async function posted(
		count: number,
		extra: (number: number) => FieldValues = () => NOTHING_MORE,
	) {
		lines = Array.from({ length: count }, (_, at) => work(at + 1, extra(at + 1)));
		expect((await run()).kinds).toEqual(['created']);
	}

	function priced(number: number, unitAmount: string): void {
		const description = `Work ${number}`;
		expect(lines.map((line) => line.description)).toContain(description);
		lines = lines.map((line) =>
			line.description === description ? { ...line, unitAmount } : line,
		);
	}

	const invoice = () => {
		const [found] = world.sandbox.xero.invoices();
		if (!found) throw new Error('There is no invoice.');
		return found;
	};

	function linesInXero(): LineInXero[] {
		return Object(invoice()).LineItems.map(
			({
				LineItemID,
				Description,
				Quantity,
				UnitAmount,
				AccountCode,
				TaxType,
				DiscountRate,
			}: LineInXero) => ({
				LineItemID,
				Description,
				Quantity,
				UnitAmount,
				AccountCode,
				TaxType,
				...(DiscountRate ? { DiscountRate } : {}),
			}),
		);
	}

	const inXero = async (LineItems: readonly LineInXero[], others: object = {}) =>
		await writtenByHand(world, 'Invoices', {
			InvoiceID: invoice().InvoiceID,
			LineItems,
			...others,
		});

	const pricedInXero = async (number: number, UnitAmount: number) =>
		await inXero(
			linesInXero().map((line) =>
				line.Description === `Work ${number}` ? { ...line, UnitAmount } : line,
			),
		);

	const byHand: LineInXero = {
		Description: 'By hand',
		Quantity: 1,
		UnitAmount: 5,
		AccountCode: '200',
		TaxType: 'OUTPUT2',
	};

	const priceOf = (description: string) =>
		linesInXero().flatMap((line) => (line.Description === description ? [line.UnitAmount] : []));

	it.each([12, 60, 200])(
		'doubles none of %i lines while they are held, run after run',
		async (count) => {
			await posted(count);
			await pricedInXero(5, 999);
			for (const number of [5, 7, 9]) priced(number, '777');
			header = { dueDate: '2026-12-28' };
			for (const time of ['first', 'second', 'third']) {
				const held = await run();
				expect([time, held.kinds, held.codes[0]]).toEqual([time, ['held'], ['XERO_BOTH_CHANGED']]);
				expect(linesInXero()).toHaveLength(count);
				expect(priceOf('Work 5')).toEqual([999]);
			}
			expect(invoice().DueDateString).toContain('2026-12-28');
			// The advice, followed: the record says what shall stand, as it does in Xero.
			await inXero(
				linesInXero().map((line) =>
					['Work 5', 'Work 7', 'Work 9'].includes(line.Description)
						? { ...line, UnitAmount: 777 }
						: line,
				),
			);
			expect(await run()).toMatchObject({ kinds: ['unchanged'], codes: [[]], writes: 0 });
		},
	);

	it('doubles none where an earlier version wrote that the lines are not known', async () => {
		await posted(60);
		const url = String(invoice().Url).replace(/-w\w+$/, '-l____');
		await inXero(linesInXero(), { Url: url });
		for (const number of [5, 7, 9]) priced(number, '777');
		expect(await run()).toMatchObject({
			kinds: ['held'],
			codes: [['XERO_BOTH_CHANGED']],
			writes: 0,
		});
	});

	it('knows the digest of all lines that an earlier version wrote, which counted their order', async () => {
		await posted(12);
		const [, each = ''] = /-l(\w+)$/.exec(String(invoice().Url)) ?? [];
		const digests = each.match(/.{4}/g) ?? [];
		expect(digests).toHaveLength(12);
		const url = String(invoice().Url).replace(/-l\w+$/, `-w${digestOf(digests.join(' '), 8)}`);
		await inXero(linesInXero(), { Url: url });
		await pricedInXero(5, 999);
		expect(await run()).toMatchObject({ kinds: ['unchanged'], writes: 0 });
		await pricedInXero(5, 15);
		priced(4, '55');
		expect((await run()).kinds).toEqual(['updated']);
	});

	it.each([12, 60])(
		'sends a price of %i lines with different blanks, which nobody touched in Xero',
		async (count) => {
			await posted(count, (number) => (number % 2 === 0 ? DISCOUNTED : NOTHING_MORE));
			priced(4, '55');
			expect(await run()).toMatchObject({
				kinds: ['updated'],
				codes: [[]],
				changes: [['lineItems[3].unitAmount']],
			});
		},
	);

	it('sends a price of many lines after one was dropped, and leaves that one', async () => {
		await posted(60);
		lines = lines.filter((line) => line.description !== 'Work 9');
		priced(4, '55');
		expect((await run()).kinds).toEqual(['updated']);
		priced(4, '56');
		expect(await run()).toMatchObject({ kinds: ['updated'], codes: [['XERO_LINES_LEFT']] });
		expect([priceOf('Work 4'), priceOf('Work 9')]).toEqual([[56], [19]]);
	});

	describe.each([12, 60])('%i lines in another order than in Xero, part-paid there', (count) => {
		const reworded = (number: number, description: string) => {
			lines = lines.map((line) =>
				line.description === `Work ${number}` ? { ...line, description } : line,
			);
		};
		const order = () => linesInXero().map(({ LineItemID }) => LineItemID);

		beforeEach(async () => {
			await posted(count);
			const { InvoiceNumber } = invoice();
			const invoiceNumber = String(InvoiceNumber);
			world.sandbox.xero.recordPayment({ invoiceNumber, amount: 5, date: '2026-11-21' });
			lines = [...lines].reverse();
		});

		it('keep it, so that Xero takes new words, run after run', async () => {
			const before = order();
			for (const number of [4, 7]) {
				reworded(number, `New ${number}`);
				expect(await run()).toMatchObject({ kinds: ['updated'], codes: [[]] });
			}
			expect(order()).toEqual(before);
			expect(await run()).toMatchObject({ kinds: ['unchanged'], writes: 0 });
		});

		it('keep it beside one that the record dropped', async () => {
			const before = order();
			lines = lines.filter((line) => line.description !== 'Work 9');
			reworded(4, 'New 4');
			expect(await run()).toMatchObject({ kinds: ['updated'], codes: [['XERO_LINES_LEFT']] });
			expect(order()).toEqual(before);
		});

		it('are as they were sent, and what a person then recodes stays', async () => {
			reworded(4, 'New 4');
			await run();
			await inXero(
				linesInXero().map((line) =>
					line.Description === 'Work 5' ? { ...line, AccountCode: '260' } : line,
				),
			);
			expect(await run()).toMatchObject({ kinds: ['unchanged'], writes: 0 });
		});
	});

	describe.each([
		['another', work(20)],
		['one of the very amount', { ...work(2), description: 'Work 20' }],
	])('a line that the record dropped, and that stays, where it gets %s later', (_, later) => {
		beforeEach(async () => {
			await posted(3);
			lines = lines.filter((line) => line.description !== 'Work 2');
			priced(1, '55');
			expect(await run()).toMatchObject({ kinds: ['updated'], codes: [['XERO_LINES_LEFT']] });
			lines = [...lines, later];
		});

		it('is not overwritten by that, nor by what comes after', async () => {
			expect((await run()).changes).toEqual([['lineItems[2].description']]);
			expect(linesInXero()).toHaveLength(4);
			expect(priceOf('Work 2')).toEqual([12]);
			lines = [...lines, work(30)];
			expect((await run()).changes).toEqual([['lineItems[3].description']]);
			expect([linesInXero().length, priceOf('Work 2')]).toEqual([5, [12]]);
			expect(await run()).toMatchObject({ kinds: ['unchanged'], writes: 0 });
		});

		it('is removed once the user says so', async () => {
			await run();
			expect((await run({ removeOmittedLines: true })).kinds).toEqual(['updated']);
			expect([linesInXero().length, priceOf('Work 2')]).toEqual([3, []]);
		});

		it('is the record’s own again once it has it again', async () => {
			lines = [...lines, work(2)];
			await run();
			priced(2, '77');
			expect((await run()).changes).toEqual([['lineItems[3].unitAmount']]);
			expect([linesInXero().length, priceOf('Work 2')]).toEqual([4, [77]]);
		});
	});

	it('takes the line that Xero has for the contested one, and not one that is new above it', async () => {
		await posted(6);
		await pricedInXero(5, 999);
		priced(5, '777');
		lines = [work(20), ...lines];
		const held = await run();
		expect([held.kinds, held.changes]).toEqual([['held'], [['lineItems[0].description']]]);
		expect([priceOf('Work 5'), priceOf('Work 20')]).toEqual([[999], [30]]);
		expect(await run()).toMatchObject({ kinds: ['held'], writes: 0 });
	});

	it('keeps what a person added to many lines, where the record has only dropped one', async () => {
		await posted(60);
		await inXero([...linesInXero(), byHand]);
		lines = lines.filter((line) => line.description !== 'Work 9');
		const held = await run({ removeOmittedLines: true });
		expect(held).toMatchObject({ kinds: ['held'], codes: [['XERO_BOTH_CHANGED']], writes: 0 });
		expect(priceOf('By hand')).toEqual([5]);
	});

	it('neither doubles nor overwrites a line, whoever edits what, and comes to rest', async () => {
		for (let seed = 1; seed <= 20; seed += 1) {
			await freshWorld();
			const random = new Random(seed);
			await posted(random.pick([2, 5, 12, 30, 60]), (number) =>
				number % random.int(2, 4) === 0 ? DISCOUNTED : NOTHING_MORE,
			);
			const options = { removeOmittedLines: random.percent(40) };
			for (let round = 0; round < 3; round += 1) {
				const ofAccountant = await accountantEdits(random);
				const ofKnack = knackEdits(random, `${round}`);
				const before = countsOf(linesInXero());
				const first = await run(options);
				const where = JSON.stringify({ seed, round, codes: first.codes });
				expect([where, (await run(options)).writes]).toEqual([where, 0]);
				const after = linesInXero();
				for (const [description, count] of countsOf(after)) {
					expect([where, description, count <= Math.max(before.get(description) ?? 0, 1)]).toEqual([
						where,
						description,
						true,
					]);
				}
				for (const line of ofAccountant) {
					if (ofKnack.has(line.Description)) continue;
					expect([where, priceOf(line.Description)]).toEqual([where, [line.UnitAmount]]);
				}
			}
		}
	}, 60_000);

	/** Gives the lines that were priced anew. */
	async function accountantEdits(random: Random): Promise<readonly LineInXero[]> {
		const edited = linesInXero();
		const priced = new Map<string | undefined, LineInXero>();
		for (let edits = random.int(0, 3); edits > 0; edits -= 1) {
			const at = random.int(0, edited.length - 1);
			const [line = byHand] = edited.splice(at, 1);
			if (random.percent(60)) {
				const changed = { ...line, UnitAmount: random.int(500, 900) };
				edited.splice(at, 0, changed);
				priced.set(line.LineItemID, changed);
			} else edited.unshift(line);
		}
		await inXero(edited);
		return [...priced.values()];
	}

	/** Gives the words of the lines that were priced anew or dropped. */
	function knackEdits(random: Random, words: string): ReadonlySet<unknown> {
		const touched = new Set<unknown>();
		for (let edits = random.int(0, 3); edits > 0; edits -= 1) {
			const at = random.int(0, lines.length - 1);
			const kind = random.int(0, 3);
			if (kind === 0) lines.splice(at, 0, { ...work(70), description: `New ${words}${edits}` });
			else if (kind === 1) header = { dueDate: `2026-12-${random.int(21, 29)}` };
			else if (kind === 2 && lines.length > 1) touched.add(lines.splice(at, 1)[0]?.description);
			else {
				touched.add(lines[at]?.description);
				lines[at] = { ...lines[at], unitAmount: String(random.int(50, 400)) };
			}
		}
		return touched;
	}
});

function countsOf(lines: readonly LineInXero[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { Description } of lines) counts.set(Description, (counts.get(Description) ?? 0) + 1);
	return counts;
}
