import type { Draft, DraftLine } from '../../lib/sync/draft';
import type { PlanOptions } from '../../lib/sync/plan/planInput';
import type { DocumentLine, FieldValues } from '../../lib/xero/documents/definition';
import { linesSent, order, planOf, posted, said } from './planFixtures';

/** Lines that are hard to tell from each other, once both sides have changed some of them. */

const PARTS: FieldValues = { description: 'Parts', quantity: '1', unitAmount: '4' };
const REMOVES = { removeOmittedLines: true } as const;

/** A line of these values alone, where `order` has some of its own. */
const bare = (fields: FieldValues): DraftLine => ({ fields });
const of = (...lines: readonly DraftLine[]): Draft => ({ ...order({ status: 'DRAFT' }), lines });

interface Scene {
	readonly sent: Draft;
	readonly now: Draft;
	readonly inXero?: (lines: readonly DocumentLine[]) => readonly DocumentLine[];
	readonly options?: Partial<PlanOptions>;
}

function planned({ sent, now, inXero = (lines) => lines, options = {} }: Scene) {
	const there = posted(sent);
	const lines = inXero(there.lines ?? []);
	return planOf(now, { ...there, lines, amounts: undefined }, { options });
}

const told = (scene: Scene) => {
	const plan = planned(scene);
	return [said(plan), linesSent(plan)];
};

const edit =
	(at: number, fields: FieldValues) =>
	(lines: readonly DocumentLine[]): DocumentLine[] =>
		lines.map((line, index) =>
			index === at ? { ...line, fields: { ...line.fields, ...fields } } : line,
		);
const byHand = (fields: FieldValues): DocumentLine => ({ id: 'by-hand', fields });

describe('a line that both have changed', () => {
	const dearer = { unitAmount: '12' };
	const cheaper = edit(0, { unitAmount: '11' });

	it('is known by its words, wherever a new one of the record stands', () => {
		expect(
			told({
				sent: order(),
				now: order({}, [{ description: 'Travel', quantity: '3', unitAmount: '7' }, dearer]),
				inXero: cheaper,
			}),
		).toEqual([
			'update XERO_BOTH_CHANGED lineItems[0].description',
			['new Travel 7', 'line-1 Labour 11'],
		]);
	});

	it.each<[string, FieldValues, FieldValues]>([
		['words', { description: 'Travel' }, { description: 'Goodwill', accountCode: '200' }],
		[
			'item',
			{ description: 'Labour', itemCode: 'BOOK' },
			{ description: 'Labour', itemCode: 'GIFT', unitAmount: '1' },
		],
	])('is known by its %s beside one that each side has added', (_what, ours, theirs) => {
		const added = { quantity: '7', unitAmount: '3' };
		const item: FieldValues = 'itemCode' in ours ? { itemCode: 'CHAIR' } : {};
		const plan = planned({
			sent: order({}, [item]),
			now: order({}, [
				{ ...added, ...ours },
				{ ...item, ...dearer },
			]),
			inXero: (lines) => [byHand(theirs), ...edit(0, { unitAmount: '11' })(lines)],
		});
		expect(plan.issues.map(({ code, field }) => `${code} ${field}`)).toContain(
			'XERO_BOTH_CHANGED lineItems[1].unitAmount',
		);
		expect(linesSent(plan)).toContain('line-1 Labour 11');
	});
});

describe('a new line', () => {
	it('is no line that another one is already, though its price is the same', () => {
		const more = { ...PARTS, description: 'More parts' };
		expect(told({ sent: order({}, [PARTS]), now: order({}, [PARTS, more]) })).toEqual([
			'update lineItems[1].description',
			['line-1 Parts 4', 'new More parts 4'],
		]);
	});

	it('is no line that a person has put there, though its price is the same', () => {
		expect(
			told({
				sent: order(),
				now: order({}, [{}, { ...PARTS, description: 'Travel' }]),
				inXero: (lines) => [...lines, byHand({ ...PARTS, description: 'Gift' })],
			}),
		).toEqual([
			'update XERO_CHANGED_IN_XERO lineItems[1].description',
			['line-1 Labour 10.5', 'new Travel 4', 'by-hand Gift 4'],
		]);
	});

	it('is a person’s line where the record names that one by its id', () => {
		const { lines = [], ...record } = order({}, [{}, { ...PARTS, description: 'Gift' }]);
		const named = lines.map((line, at) => (at === 1 ? { ...line, id: 'by-hand' } : line));
		expect(
			told({
				sent: order(),
				now: { ...record, lines: named },
				inXero: (there) => [
					...there,
					byHand({ description: 'Gift', quantity: '1', unitAmount: '3', accountCode: '200' }),
				],
			})[1],
		).toEqual(['line-1 Labour 10.5', 'by-hand Gift 4']);
	});

	it('is one of what has a price, where the user says so', () => {
		const now = order({}, [PARTS, { description: 'Travel', quantity: '', unitAmount: '7' }]);
		const plan = planned({
			sent: order({}, [PARTS]),
			now,
			options: { blankQuantity: 'one' },
		});
		if (plan.action !== 'update') throw new Error(said(plan));
		expect(plan.element().LineItems).toMatchObject([{}, { Description: 'Travel', Quantity: 1 }]);
	});

	it('beside a person’s, whose tax was set by hand, lets that one be', () => {
		const taxed = byHand({
			description: 'Gift',
			quantity: '1',
			unitAmount: '5',
			taxType: 'OUTPUT2',
			accountCode: '200',
			taxAmount: '0.99',
		});
		const giftOf = (fields: FieldValues) => {
			const plan = planned({
				sent: order({ status: 'DRAFT' }, [PARTS]),
				now: order({ status: 'DRAFT', ...fields }, [{ ...PARTS, unitAmount: '6' }]),
				inXero: (lines) => [...lines, taxed],
			});
			if (plan.action !== 'update') throw new Error(said(plan));
			return Object(plan.element().LineItems)[1];
		};
		expect(giftOf({})).toMatchObject({ LineItemID: 'by-hand', TaxAmount: 0.99 });
		// Where prices come to include it, Xero works it out anew.
		expect(giftOf({ lineAmountTypes: 'Inclusive' })).not.toHaveProperty('TaxAmount');
	});

	it('without words is known by the words that both lack', () => {
		const wordless = { itemCode: 'BOOK', quantity: '1', unitAmount: '4', description: '' };
		expect(
			told({
				sent: order({ status: 'DRAFT' }, [wordless]),
				now: order({ status: 'DRAFT' }, [
					{ ...wordless, itemCode: 'PEN', quantity: '2', unitAmount: '3' },
				]),
				inXero: (lines) => [
					byHand({ description: 'Gift', quantity: '9', unitAmount: '1' }),
					...lines,
				],
			})[0],
		).toBe(
			'update XERO_CHANGED_IN_XERO lineItems[0].itemCode lineItems[0].quantity lineItems[0].unitAmount',
		);
	});
});

describe('lines that are alike', () => {
	it('are as many as before, of which the record has dropped one', () => {
		expect(told({ sent: order({}, [PARTS, PARTS]), now: order({}, [PARTS]) })).toEqual([
			'keep XERO_LINES_LEFT',
			[],
		]);
		expect(
			told({ sent: order({}, [PARTS, PARTS]), now: order({}, [PARTS]), options: REMOVES }),
		).toEqual(['update lineItems', ['line-1 Parts 4']]);
	});

	it('are one less in Xero, where a person has taken one out', () => {
		expect(
			told({
				sent: order({}, [PARTS, PARTS]),
				now: order({}, [PARTS, PARTS]),
				inXero: (lines) => lines.slice(1),
			}),
		).toEqual(['keep XERO_CHANGED_IN_XERO', []]);
	});

	it('are one more in Xero, which is a person’s even where omitted lines are to go', () => {
		const more = (lines: readonly DocumentLine[]) => [...lines, byHand(lines[0]?.fields ?? {})];
		for (const options of [{}, REMOVES]) {
			expect(
				told({ sent: order({}, [PARTS]), now: order({}, [PARTS]), inXero: more, options }),
			).toEqual(['keep XERO_CHANGED_IN_XERO', []]);
		}
	});
});

describe('a line that Xero still has as it was sent', () => {
	const LABOUR = { description: 'Labour', quantity: '2', unitAmount: '10' };

	it.each<[string, Draft, Draft]>([
		[
			'has an account that the record names no more',
			of(bare({ ...LABOUR, accountCode: '200', taxType: 'OUTPUT2' })),
			of(bare({ ...LABOUR, taxType: 'OUTPUT2', unitAmount: '12' })),
		],
		[
			'was sent without the account that another line has',
			of(bare(LABOUR), bare({ ...PARTS, accountCode: '200' })),
			of(bare({ ...LABOUR, unitAmount: '12' }), bare({ ...PARTS, accountCode: '200' })),
		],
		[
			'has the account that the other line still names',
			of(
				bare({ ...LABOUR, accountCode: '200', taxType: 'OUTPUT2' }),
				bare({ ...PARTS, accountCode: '200', taxType: 'NONE' }),
			),
			of(
				bare({ ...LABOUR, unitAmount: '12' }),
				bare({ ...PARTS, accountCode: '200', taxType: 'NONE' }),
			),
		],
	])('takes another price though it %s', (_what, sent, now) => {
		expect(said(planned({ sent, now }))).toBe('update lineItems[0].unitAmount');
	});

	it.each<[string, FieldValues, FieldValues, FieldValues]>([
		[
			'quantity',
			{ lineAmount: '100' },
			{ quantity: '8', lineAmount: '101' },
			{ quantity: '1', unitAmount: '100' },
		],
		[
			'price',
			{ quantity: '4', lineAmount: '100' },
			{ quantity: '5', unitAmount: '25', lineAmount: '125' },
			{ lineAmount: '100' },
		],
		[
			'amount',
			{ quantity: '4', unitAmount: '25' },
			{ quantity: '5', unitAmount: '25', lineAmount: '125' },
			{ lineAmount: '100' },
		],
	])('was worked out by Xero in the %s that the record has only now', (_what, was, is, worked) => {
		const words = { description: 'Labour', accountCode: '200', taxType: 'OUTPUT2' };
		const plan = planned({
			sent: of(bare({ ...words, ...was })),
			now: of(bare({ ...words, ...is })),
			inXero: edit(0, worked),
		});
		expect(plan.action).toBe('update');
		expect(plan.issues).toEqual([]);
	});
});

describe('a line in words', () => {
	const wordsOf = (line: FieldValues) => {
		const sent = of(bare({ ...line, taxType: 'NONE' }), bare(PARTS));
		const plan = planned({ sent, now: sent, inXero: (lines) => lines.slice(1) });
		return plan.issues[0]?.message.split(' is nothing in Xero and ').at(-1);
	};

	it.each<[FieldValues, string]>([
		[{ description: 'Labour', quantity: '2', unitAmount: '10' }, '"Labour 2 × 10" in Knack.'],
		[{ description: 'Labour', quantity: '2', lineAmount: '20' }, '"Labour 2 × 20" in Knack.'],
		[{ description: 'Labour', lineAmount: '20' }, '"Labour 20" in Knack.'],
		[{ description: 'Labour' }, '"Labour" in Knack.'],
		[{ itemCode: 'BOOK', quantity: '2', unitAmount: '10' }, '"2 × 10" in Knack.'],
	])('%j is %s', (line, words) => {
		expect(wordsOf(line)).toBe(words);
	});
});

describe('many lines of which one digest is known', () => {
	const many = Array.from({ length: 60 }, (_, at) => ({
		...PARTS,
		description: `Part ${at + 1}`,
		...(at % 2 === 0 ? { accountCode: '429', taxType: 'NONE' } : {}),
	}));
	const repriced = many.map((line, at) => (at === 6 ? { ...line, unitAmount: '9' } : line));

	it('stay as they are beside a line that a person changed, and are told apart', () => {
		const plan = planned({
			sent: order({}, many),
			now: order({}, repriced),
			inXero: edit(3, { unitAmount: '5' }),
		});
		expect(plan.action).toBe('stop');
		expect(plan.issues[0]?.message).toContain(
			': Unit Price (line 4) is "5" in Xero and "4" in Knack; Unit Price (line 7) is "4" in Xero and "9" in Knack.',
		);
	});

	it('count as sent in what was sent, as long as a person has to decide', () => {
		const there = posted(order({}, many));
		const sent = planOf(order({}, many), undefined).fingerprint;
		const changed = { ...there, lines: edit(3, { unitAmount: '5' })(there.lines ?? []) };
		const record = order({ reference: 'B' }, repriced);
		const contested = planOf(record, changed);
		expect(said(contested)).toBe('update XERO_BOTH_CHANGED reference');
		expect(sent).toBeDefined();
		if (contested.action !== 'update') throw new Error(said(contested));
		const url = String(contested.element().Url);
		const again = { ...changed, fields: { ...changed.fields, url, reference: 'B' } };
		expect(said(planOf(record, again))).toBe('stop XERO_BOTH_CHANGED');
		// Once the person has taken it back, the record's change goes over.
		const back = { ...there, fields: { ...there.fields, url, reference: 'B' } };
		expect(said(planOf(record, back))).toBe('update lineItems[6].unitAmount');
	});

	it('are gone in Xero with one that a person took out: it is not put back', () => {
		expect(
			told({
				sent: order({}, many),
				now: order({}, many),
				inXero: (lines) => lines.slice(1),
			})[0],
		).toBe('keep XERO_CHANGED_IN_XERO');
	});

	it('are a person’s to decide where one is to go and another was changed', () => {
		const plan = planned({
			sent: order({}, many),
			now: order({}, many.slice(1)),
			inXero: edit(3, { unitAmount: '5' }),
			options: REMOVES,
		});
		expect(said(plan)).toBe('stop XERO_BOTH_CHANGED');
		expect(plan.issues[0]?.message).toContain('a line is "Part 1" in Xero and nothing in Knack');
	});

	it('are known though a person put one beside them where one of the record’s goes', () => {
		const [status, lines] = told({
			sent: order({}, many),
			now: order({}, many),
			inXero: (present) => [...present, byHand({ description: 'Goodwill', unitAmount: '-1' })],
			options: REMOVES,
		});
		expect([status, lines]).toEqual(['keep XERO_CHANGED_IN_XERO', []]);
	});
});

describe('what the record keeps of the lines that were sent', () => {
	it('is held against Xero like what the link in Xero keeps', () => {
		const { fingerprint } = planOf(order(), undefined);
		const there = posted(order(), { Url: undefined });
		const source = { ...order().source, fingerprint };
		expect(said(planOf(order({}, [{ unitAmount: '12' }], { source }), there))).toBe(
			'update lineItems[0].unitAmount',
		);
	});
});

describe('lines that stand elsewhere in Xero', () => {
	it('are looked at in the record’s order, and nobody else’s are', () => {
		const labour = (more: FieldValues) => order({}, [PARTS, more]);
		const turned = (lines: readonly DocumentLine[]) => [
			byHand({ description: 'Goodwill', quantity: '1', unitAmount: '-1' }),
			...[...lines].reverse(),
		];
		const told = (more: FieldValues) =>
			planned({ sent: labour({}), now: labour(more), inXero: turned }).issues.map(
				({ code, field }) => `${code} ${field}`,
			);
		// The line without an account is a person's.
		expect(told({ unitAmount: '12' })).toEqual(['XERO_CHANGED_IN_XERO lineItems']);
		expect(told({ discountRate: '130' })).toEqual([
			'XERO_CHANGED_IN_XERO lineItems',
			'XERO_DISCOUNT_OUT_OF_RANGE lineItems[1].discountRate',
			'XERO_TOTAL_NEGATIVE total',
		]);
	});
});
