import { DOCUMENTS } from '../../lib/xero/documents';
import type { DocumentLine, FieldValues } from '../../lib/xero/documents/definition';
import type { PlanOptions } from '../../lib/sync/plan/planInput';
import type { Draft } from '../../lib/sync/draft';
import { linesSent, order, planOf, posted, said } from './planFixtures';

/** Who has changed which line since a document was sent. */

const LABOUR: FieldValues = {};
const PARTS: FieldValues = { description: 'Parts', quantity: '1', unitAmount: '4' };
const TRAVEL: FieldValues = { description: 'Travel', quantity: '3', unitAmount: '7' };
const GOODWILL: DocumentLine = {
	id: 'by-hand',
	fields: { description: 'Goodwill', quantity: '1', unitAmount: '-1', accountCode: '200' },
};

interface Scene {
	readonly sent: readonly FieldValues[];
	readonly now: readonly FieldValues[];
	readonly inXero?: (lines: readonly DocumentLine[]) => readonly DocumentLine[];
	readonly options?: Partial<PlanOptions>;
}

const edited =
	(at: number, fields: FieldValues) =>
	(lines: readonly DocumentLine[]): DocumentLine[] =>
		lines.map((line, index) =>
			index === at ? { ...line, fields: { ...line.fields, ...fields } } : line,
		);
const without = (at: number) => (lines: readonly DocumentLine[]) =>
	lines.filter((_, index) => index !== at);

function planned({ sent, now, inXero, options }: Scene) {
	const before = order({}, sent);
	const there = posted(before);
	const document = inXero
		? { ...there, lines: inXero(there.lines ?? []), amounts: undefined }
		: there;
	const plan = planOf(order({}, now), document, options ? { options } : {});
	return {
		said: said(plan),
		messages: plan.issues.map(({ message }) => message),
		lines: linesSent(plan),
	};
}

const REMOVES = { removeOmittedLines: true } as const;

describe('the lines of a document, since they were sent', () => {
	it.each<[string, Scene, string, readonly string[]]>([
		[
			'are as they were, in whatever order the record has them',
			{ sent: [LABOUR, PARTS], now: [PARTS, LABOUR] },
			'keep',
			[],
		],
		[
			'have one more of the record’s',
			{ sent: [LABOUR], now: [LABOUR, PARTS] },
			'update lineItems[1].description',
			['line-1 Labour 10.5', 'new Parts 4'],
		],
		[
			'have one more of a person’s, which stays',
			{
				sent: [LABOUR],
				now: [{ unitAmount: '12' }],
				inXero: (lines) => [...lines, GOODWILL],
			},
			'update XERO_CHANGED_IN_XERO lineItems[0].unitAmount',
			['line-1 Labour 12', 'by-hand Goodwill -1'],
		],
		[
			'lost one that a person took out: it is not put back',
			{ sent: [LABOUR, PARTS], now: [LABOUR, PARTS], inXero: without(1) },
			'keep XERO_CHANGED_IN_XERO',
			[],
		],
		[
			'lost one of the record’s, which stays until it may be removed',
			{ sent: [LABOUR, PARTS], now: [LABOUR] },
			'keep XERO_LINES_LEFT XERO_ANSWER_DIFFERS',
			[],
		],
		[
			'lose it where omitted lines are to go',
			{ sent: [LABOUR, PARTS], now: [LABOUR], options: REMOVES },
			'update lineItems',
			['line-1 Labour 10.5'],
		],
		[
			'have another in its place, beside one that a person has put there',
			{
				sent: [LABOUR, PARTS],
				now: [LABOUR, TRAVEL],
				inXero: (lines) => [...lines, GOODWILL],
				options: REMOVES,
			},
			'update XERO_CHANGED_IN_XERO lineItems[1].description lineItems[1].quantity lineItems[1].unitAmount',
			['line-1 Labour 10.5', 'line-2 Travel 7', 'by-hand Goodwill -1'],
		],
		[
			'lose it on neither side where a person has changed it: both are shown',
			{
				sent: [LABOUR, PARTS],
				now: [LABOUR],
				inXero: edited(1, { unitAmount: '5' }),
				options: REMOVES,
			},
			'stop XERO_BOTH_CHANGED',
			[],
		],
		[
			'keep a price that a person set, beside one of the record’s',
			{
				sent: [LABOUR, PARTS],
				now: [{ unitAmount: '12' }, PARTS],
				inXero: edited(1, { unitAmount: '5' }),
			},
			'update XERO_CHANGED_IN_XERO lineItems[0].unitAmount',
			['line-1 Labour 12', 'line-2 Parts 5'],
		],
		[
			'have two prices for one line: a person decides',
			{ sent: [LABOUR], now: [{ unitAmount: '12' }], inXero: edited(0, { unitAmount: '11' }) },
			'stop XERO_BOTH_CHANGED',
			[],
		],
		[
			'have what both say now, whoever said it first',
			{ sent: [LABOUR], now: [{ unitAmount: '12' }], inXero: edited(0, { unitAmount: '12' }) },
			'keep',
			[],
		],
		[
			'are changed beside a line that is contested',
			{
				sent: [LABOUR, PARTS, TRAVEL],
				now: [{ unitAmount: '12' }, PARTS, { ...TRAVEL, unitAmount: '8' }],
				inXero: edited(0, { unitAmount: '11' }),
			},
			'update XERO_BOTH_CHANGED lineItems[2].unitAmount',
			['line-1 Labour 11', 'line-2 Parts 4', 'line-3 Travel 8'],
		],
		[
			'are two alike, of which the record has changed one',
			{
				sent: [PARTS, PARTS],
				now: [PARTS, { ...PARTS, quantity: '5' }],
			},
			'update lineItems[1].quantity',
			['line-1 Parts 4', 'line-2 Parts 4'],
		],
		[
			'lost one on one side and got one on the other',
			{ sent: [LABOUR, PARTS], now: [LABOUR, PARTS, TRAVEL], inXero: without(1) },
			'update XERO_CHANGED_IN_XERO lineItems[1].description',
			['line-1 Labour 10.5', 'new Travel 7'],
		],
	])('%s', (_what, scene, expected, lines) => {
		const plan = planned(scene);
		expect([plan.said, plan.lines]).toEqual([expected, lines]);
	});

	describe('of which the record has dropped one before', () => {
		/** A second change of the record, after one that has dropped its second line. */
		function later(scene: Omit<Scene, 'sent'>) {
			const first = posted(order({}, [LABOUR, PARTS]));
			const one = planOf(order({}, [{ unitAmount: '12' }]), first);
			if (one.action !== 'update') throw new Error(said(one));
			const { lines = [], fields } = DOCUMENTS.salesInvoice.read({
				InvoiceID: 'one',
				...one.element(),
			});
			const there = {
				...first,
				fields: { ...first.fields, ...fields },
				lines: scene.inXero?.(lines) ?? lines,
				amounts: undefined,
			};
			const plan = planOf(order({}, scene.now), there, { options: scene.options ?? {} });
			return [said(plan), linesSent(plan)];
		}
		const DEARER = { unitAmount: '12' };

		it.each<[string, Omit<Scene, 'sent'>, string, readonly string[]]>([
			['it stays, and nothing is said anew', { now: [DEARER] }, 'keep XERO_LINES_LEFT', []],
			[
				'it is not taken for one that the record has only now',
				{ now: [DEARER, TRAVEL] },
				'update XERO_LINES_LEFT lineItems[1].description',
				['line-1 Labour 12', 'new Travel 7', 'line-2 Parts 4'],
			],
			[
				'it is the record’s once more when it has the same words',
				{ now: [DEARER, { ...PARTS, unitAmount: '6' }] },
				'update lineItems[1].unitAmount',
				['line-1 Labour 12', 'line-2 Parts 6'],
			],
			['it is the record’s as it stands', { now: [DEARER, PARTS] }, 'keep', []],
			[
				'it is not taken for the one that the record now says otherwise in every word',
				{ now: [{ description: 'Work', quantity: '5', unitAmount: '13' }] },
				'update XERO_LINES_LEFT lineItems[0].description lineItems[0].quantity lineItems[0].unitAmount',
				['line-1 Work 13', 'line-2 Parts 4'],
			],
			[
				'it is the record’s again beside one that is not, by its words',
				{ now: [{ ...PARTS, unitAmount: '6' }] },
				'update XERO_LINES_LEFT lineItems[0].unitAmount',
				['line-1 Labour 12', 'line-2 Parts 6'],
			],
			[
				'it goes where omitted lines are to go',
				{ now: [DEARER], options: REMOVES },
				'update lineItems',
				['line-1 Labour 12'],
			],
			[
				'it stays a person’s who has changed it',
				{ now: [{ unitAmount: '13' }], inXero: edited(1, { unitAmount: '5' }) },
				'update XERO_CHANGED_IN_XERO lineItems[0].unitAmount',
				['line-1 Labour 13', 'line-2 Parts 5'],
			],
			[
				'it is no matter once a person has taken it out',
				{ now: [{ unitAmount: '13' }], inXero: without(1) },
				'update lineItems[0].unitAmount',
				['line-1 Labour 13'],
			],
		])('%s', (_what, scene, expected, lines) => {
			expect(later(scene)).toEqual([expected, lines]);
		});
	});

	it('are changed in the record’s own, though one that it has dropped has the same words and comes first', () => {
		const SPARE = { ...PARTS, unitAmount: '5' };
		const there = posted(order({}, [PARTS, LABOUR, SPARE]));
		const dropped = planOf(order({}, [{ unitAmount: '12' }, SPARE]), there);
		if (dropped.action !== 'update') throw new Error(said(dropped));
		const { lines, fields } = DOCUMENTS.salesInvoice.read({
			InvoiceID: 'one',
			...dropped.element(),
		});
		const now = { ...there, fields: { ...there.fields, ...fields }, amounts: undefined };
		const plan = planOf(order({}, [{ unitAmount: '12' }, { ...SPARE, unitAmount: '6' }]), {
			...now,
			...(lines ? { lines } : {}),
		});
		expect(linesSent(plan)).toEqual(['line-1 Parts 4', 'line-2 Labour 12', 'line-3 Parts 6']);
	});

	it('count as sent without the one that has gone, as if it never had been there', () => {
		const removed = planOf(order({}, [LABOUR]), posted(order({}, [LABOUR, PARTS])), {
			options: REMOVES,
		});
		expect(said(removed)).toBe('update lineItems');
		expect(removed.fingerprint).toBe(planOf(order({}, [LABOUR]), undefined).fingerprint);
		const left = planOf(order({}, [LABOUR]), posted(order({}, [LABOUR, PARTS])));
		expect(left.fingerprint).not.toBe(removed.fingerprint);
	});

	it('count as sent as both have them now, whoever changed them first', () => {
		const now = order({}, [{ unitAmount: '12' }]);
		const there = posted(order({}, [LABOUR]));
		const plan = planOf(now, {
			...there,
			lines: edited(0, { unitAmount: '12' })(there.lines ?? []),
		});
		expect(plan.fingerprint).toBe(planOf(now, undefined).fingerprint);
	});

	it('are as the record has them, and Xero reckons one otherwise: the totals are told', () => {
		const thirds: FieldValues = { quantity: '3', unitAmount: '33.33' };
		const lines = [{ LineAmount: 100 }];
		const there = posted(order({}, [thirds]), { SubTotal: 100, TotalTax: 20, Total: 120 }, lines);
		const plan = planOf(order({}, [thirds]), there);
		expect(said(plan)).toBe('keep XERO_ANSWER_DIFFERS');
		expect(plan.issues[0]?.message).toBe(
			'The record’s lines come to GBP 119.99; INV-1 in Xero has GBP 120.00.',
		);
	});

	it('are those whose ids the record has, whatever they say', () => {
		const there = posted(order({}, [LABOUR, PARTS]));
		const named = (ids: readonly string[], values: readonly FieldValues[]) => {
			const { lines = [], ...record } = order({}, values);
			const options = { accountantEdits: 'knackWins' } as const;
			const own = lines.map((line, at) => ({ ...line, id: ids[at] }));
			return planOf({ ...record, lines: own }, there, { options });
		};
		expect(said(named(['line-1', 'line-2'], [LABOUR, PARTS]))).toBe('keep');
		expect(linesSent(named(['line-2', 'line-1'], [LABOUR, PARTS]))).toEqual([
			'line-1 Parts 4',
			'line-2 Labour 10.5',
		]);
		expect(linesSent(named(['line-2', 'line-1'], [PARTS, { unitAmount: '12' }]))).toEqual([
			'line-1 Labour 12',
			'line-2 Parts 4',
		]);
	});

	it('are told in words where they are not the same on both sides', () => {
		const lost = planned({
			sent: [LABOUR, PARTS],
			now: [LABOUR, { ...PARTS, unitAmount: '5' }],
			inXero: without(1),
		});
		expect(lost.messages).toEqual([
			'The record Acme Limited and Xero both differ from what was last sent of INV-1: Description (line 2) is nothing in Xero and "Parts 1 × 5" in Knack.',
		]);
		const changed = planned({
			sent: [LABOUR, PARTS],
			now: [LABOUR],
			inXero: edited(1, { unitAmount: '5' }),
			options: REMOVES,
		});
		expect(changed.messages).toEqual([
			'The record Acme Limited and Xero both differ from what was last sent of INV-1: a line is "Parts" in Xero and nothing in Knack.',
		]);
		const left = planned({ sent: [LABOUR, PARTS], now: [LABOUR] });
		expect(left.messages).toEqual([
			'1 line(s) of INV-1 in Xero are not in Knack and stay as they are.',
			'The record’s lines come to GBP 25.20; INV-1 in Xero has GBP 30.00.',
		]);
		const added = planned({
			sent: [LABOUR],
			now: [LABOUR],
			inXero: (lines) => [...lines, { id: 'bare', fields: { quantity: '1', unitAmount: '2' } }],
		});
		expect(added.messages[0]).toContain('a line is "bare" in Xero and nothing in Knack.');
	});

	describe('of which there are too many for a digest each', () => {
		const many = Array.from({ length: 60 }, (_, at) => ({
			...PARTS,
			description: `Part ${at + 1}`,
		}));
		const repriced = many.map((line, at) => (at === 6 ? { ...line, unitAmount: '9' } : line));

		it.each<[string, Scene, string]>([
			['are as they were', { sent: many, now: many }, 'keep'],
			['are as they were in another order', { sent: many, now: [...many].reverse() }, 'keep'],
			[
				'go over where the record alone has changed one',
				{ sent: many, now: repriced },
				'update lineItems[6].unitAmount',
			],
			[
				'stay where a person alone has changed one',
				{ sent: many, now: many, inXero: edited(3, { unitAmount: '5' }) },
				'keep XERO_CHANGED_IN_XERO',
			],
			[
				'are for a person where both have changed one',
				{ sent: many, now: repriced, inXero: edited(3, { unitAmount: '5' }) },
				'stop XERO_BOTH_CHANGED',
			],
			[
				'go over beside one that a person added, which stays',
				{ sent: many, now: repriced, inXero: (lines) => [...lines, GOODWILL] },
				'update XERO_LINES_LEFT lineItems[6].unitAmount',
			],
			[
				'go over without one that the record has dropped',
				{ sent: many, now: many.slice(1), options: REMOVES },
				'update lineItems',
			],
			[
				'go over without it beside one that a person added, where omitted lines are to go',
				{
					sent: many,
					now: repriced,
					inXero: (lines) => [...lines, GOODWILL],
					options: REMOVES,
				},
				'update lineItems[6].unitAmount',
			],
		])('%s', (_what, scene, expected) => {
			expect(planned(scene).said).toBe(expected);
		});
	});
});

describe('a discount in Xero that is blank in the record', () => {
	const discounted = { discountRate: '10' };
	const left = (value: string) => {
		const there = posted(order({}, [{ ...discounted, discountRate: value }]));
		const record = order({ reference: 'B' });
		const lines = record.lines?.map((line) => ({ ...line, leftBlank: ['discountRate'] }));
		const options = { accountantEdits: 'knackWins' } as const;
		return planOf({ ...record, ...(lines ? { lines } : {}) }, there, { options });
	};

	it('stays, and is told by its line', () => {
		expect(left('10').issues).toMatchObject([
			{
				code: 'XERO_DISCOUNT_LEFT',
				field: 'lineItems[0].discountRate',
				message:
					'Line 1 has a discount of 10 in Xero and none in Knack; a blank leaves it as it is.',
			},
		]);
		expect(left('0').issues).toEqual([]);
		expect(said(left('0'))).toBe('update reference');
	});

	it('is none of a line that Xero does not have yet', () => {
		const { lines = [], ...record } = order({}, [LABOUR, PARTS]);
		const blank = lines.map((line) => ({ ...line, leftBlank: ['discountRate'] }));
		expect(said(planOf({ ...record, lines: blank }, posted(order({}, [LABOUR]))))).toBe(
			'update lineItems[1].description',
		);
	});
});

describe('a document whose total is not what its lines come to', () => {
	it('is told with both totals, where nothing else is to be said', () => {
		const there = posted(order());
		const { total, ...others } = there.amounts ?? {};
		const odd = { ...there, amounts: { ...others, total: total?.plus('0.03') } } as typeof there;
		const plan = planOf(order(), odd);
		expect(said(plan)).toMatch(/^keep XERO_/);
		expect(plan.issues[0]?.message).toBe(
			'The record’s lines come to GBP 25.20; INV-1 in Xero has GBP 25.23.',
		);
		expect(planOf(order(), there).issues).toEqual([]);
		// Of euros it is told in euros, though the record names no currency.
		const euros = { ...odd, fields: { ...odd.fields, currencyCode: 'EUR' } };
		expect(planOf(order(), euros).issues[0]?.message).toMatch(/^The record’s lines come to EUR /);
		// A record without lines says nothing of the total, nor one of an item without a price.
		expect(planOf(order({}, []), odd).issues.map(({ code }) => code)).not.toContain(
			plan.issues[0]?.code,
		);
		const item: Draft = {
			...order({ status: 'DRAFT' }),
			lines: [{ fields: { itemCode: 'GONE', quantity: '2' } }],
		};
		const unpriced = { ...posted(item), amounts: odd.amounts } as typeof there;
		expect(planOf(item, unpriced).issues).toEqual([]);
		// What both have changed is a person's to decide first.
		const redue = { ...odd, fields: { ...odd.fields, dueDate: '2026-12-24' } };
		expect(said(planOf(order({ dueDate: '2026-12-20' }), redue))).toBe('stop XERO_BOTH_CHANGED');
		// What a person changed there accounts for it.
		const changed = { ...odd, fields: { ...odd.fields, reference: 'By hand' } };
		expect(planOf(order({ reference: '' }), changed).issues.map(({ code }) => code)).not.toContain(
			plan.issues[0]?.code,
		);
		// Whether prices include tax may be Xero's alone to say.
		const including = posted(order({ lineAmountTypes: 'Inclusive' }));
		expect(including.amounts?.total.toString()).toBe('21');
		expect(planOf(order(), including).issues).toEqual([]);
		// A discount that was given in Xero is no difference.
		const given = posted(order(), {}, [{ DiscountRate: 10 }]);
		const less = { ...given, amounts: { ...others, total: total?.times('0.9') } } as typeof there;
		expect(planOf(order(), less).issues).toEqual([]);
	});
});
