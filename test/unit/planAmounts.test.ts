import type { Draft } from '../../lib/sync/draft';
import type { Plan } from '../../lib/sync/plan/plan';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { order, planOf, posted, said } from './planFixtures';
import { SETTINGS } from './syncFixtures';

const ITEMS = {
	settings: {
		...SETTINGS,
		items: [
			{ code: 'BOOK', sales: { unitPrice: '10', taxType: 'OUTPUT2' }, purchases: {} },
			{ code: 'FREE', sales: {}, purchases: { unitPrice: '3' } },
			{ code: 'STAMP', sales: { unitPrice: '1', taxType: 'NONE' }, purchases: {} },
			{ code: 'CHAIR', sales: { unitPrice: '50', accountCode: '200' }, purchases: {} },
		],
	},
};

/** A draft of an order with a line of nothing but these values. */
function bare(line: FieldValues, fields: FieldValues = {}): Draft {
	return {
		...order({ status: 'DRAFT', ...fields }),
		lines: [{ fields: { description: 'Labour', accountCode: '200', taxType: 'OUTPUT2', ...line } }],
	};
}

function quoted(line: FieldValues): Draft {
	return {
		...bare(line),
		type: 'quote',
		fields: { 'contact.name': 'Acme Limited', date: '2026-11-01', quoteNumber: 'Q-1' },
	};
}

function lineOf(plan: Plan): WireElement {
	if (plan.action !== 'create' && plan.action !== 'update') throw new Error(said(plan));
	const lines = plan.element().LineItems;
	return Object(Array.isArray(lines) ? lines[0] : undefined) as WireElement;
}

const created = (draft: Draft, more: Parameters<typeof planOf>[2] = {}) =>
	lineOf(planOf(draft, undefined, more));

describe('the amounts of a new line', () => {
	it('are the price that the amount gives, where so many places are sure to be kept', () => {
		const given = { quantity: '8', lineAmount: '101' };
		expect(created(bare(given))).toMatchObject({ Quantity: 8, UnitAmount: 12.625 });
		expect(created(bare(given))).not.toHaveProperty('LineAmount');
		// Of a quote it is not known whether Xero keeps more than two.
		expect(created(quoted(given))).toMatchObject({ Quantity: 8, LineAmount: 101 });
		expect(created(quoted(given))).not.toHaveProperty('UnitAmount');
		expect(created(quoted({ quantity: '8', lineAmount: '100' }))).toMatchObject({
			UnitAmount: 12.5,
		});
	});

	it('are the quantity that price and amount give', () => {
		expect(created(bare({ unitAmount: '25', lineAmount: '100' }))).toMatchObject({
			Quantity: 4,
			UnitAmount: 25,
		});
		const discounted = { unitAmount: '25', lineAmount: '90', discountRate: '10' };
		expect(created(bare(discounted))).toMatchObject({ Quantity: 4, DiscountRate: 10 });
	});

	it('have the discount of an item whose price Xero knows, and none of mere words', () => {
		const item = { itemCode: 'BOOK', discountRate: '10', quantity: '' };
		expect(created(bare(item), ITEMS)).toMatchObject({ ItemCode: 'BOOK', DiscountRate: 10 });
		expect(created(bare({ discountRate: '10' }))).not.toHaveProperty('DiscountRate');
		expect(created(bare({ quantity: '1', unitAmount: '9', discountRate: '0' }))).not.toHaveProperty(
			'DiscountRate',
		);
	});

	it('are left as they are for the rule that says what is wrong with them', () => {
		const said = (line: FieldValues) =>
			planOf(bare(line), undefined).issues.map(({ field, code }) => `${field} ${code}`);
		const both = { quantity: '2', unitAmount: '10', discountRate: '10', discountAmount: '5' };
		expect(said(both)).toEqual([expect.stringMatching(/^lineItems\[0\]\.discountAmount /)]);
		expect(said({ ...both, discountAmount: '2' })).toEqual([]);
		const contradicting = { quantity: '2', unitAmount: '10', lineAmount: '21' };
		expect(said(contradicting)).toEqual([expect.stringMatching(/^lineItems\[0\]\.lineAmount /)]);
	});

	it('come to nothing with a discount of all of it', () => {
		const line = created(bare({ quantity: '2', lineAmount: '0', discountRate: '100' }));
		expect(line).toMatchObject({ Quantity: 2, LineAmount: 0, DiscountRate: 100 });
		const free = created(bare({ unitAmount: '5', lineAmount: '0', discountRate: '100' }));
		expect(free).toMatchObject({ UnitAmount: 5, DiscountRate: 100 });
	});

	it('are one of what is priced, where the user says so, and of nothing else', () => {
		const options = { blankQuantity: 'one' } as const;
		const one = (line: FieldValues) => created(bare(line), { ...ITEMS, options }).Quantity;
		expect(one({ unitAmount: '5' })).toBe(1);
		expect(one({ itemCode: 'BOOK' })).toBe(1);
		expect(one({ unitAmount: '5', quantity: '3' })).toBe(3);
		expect(one({})).toBeUndefined();
		expect(one({ lineAmount: '50' })).toBeUndefined();
		expect(one({ itemCode: 'BOOK', lineAmount: '50' })).toBeUndefined();
	});
});

describe('the amounts of a line that is in Xero', () => {
	const priced = { quantity: '2', unitAmount: '10.5' };
	const updated = (before: FieldValues, after: FieldValues, inXero: WireElement = {}) =>
		lineOf(planOf(bare(after), posted(bare(before), {}, [inXero])));

	it('keep a discount that the record does not map', () => {
		const line = updated(priced, { ...priced, unitAmount: '12' }, { DiscountRate: 10 });
		expect(line).toMatchObject({
			LineItemID: 'line-1',
			Quantity: 2,
			UnitAmount: 12,
			DiscountRate: 10,
		});
	});

	it('have the discount that the record has by now, as part of the same line', () => {
		const line = updated({ ...priced, discountRate: '10' }, { ...priced, discountRate: '20' });
		expect(line).toMatchObject({ LineItemID: 'line-1', UnitAmount: 10.5, DiscountRate: 20 });
		const less = updated({ ...priced, discountAmount: '5' }, { ...priced, discountAmount: '0' });
		expect(less).toMatchObject({ LineItemID: 'line-1', UnitAmount: 10.5 });
		expect(less.DiscountAmount ?? 0).toBe(0);
	});

	it('are those of a new line where a discount goes and the line becomes negative', () => {
		const beside = bare({ description: 'Parts', quantity: '10', unitAmount: '10' }).lines ?? [];
		const two = (fields: FieldValues): Draft => {
			const draft = bare(fields);
			return { ...draft, lines: [...(draft.lines ?? []), ...beside] };
		};
		const there = posted(two({ ...priced, discountRate: '10' }));
		const line = lineOf(
			planOf(two({ quantity: '2', unitAmount: '-10.5', discountRate: '0' }), there),
		);
		expect(line).toMatchObject({ Quantity: 2, UnitAmount: -10.5 });
		expect(line).not.toHaveProperty('LineItemID');
		expect(line).not.toHaveProperty('DiscountRate');
	});

	it('take an amount that Xero shows beside the rate for the same discount', () => {
		const shown = { DiscountRate: 10, DiscountAmount: 2.1 };
		const record = { ...priced, discountRate: '10' };
		expect(said(planOf(bare(record), posted(bare(record), {}, [shown])))).toBe('keep');
		const line = updated(record, { ...record, unitAmount: '12' }, shown);
		expect(line).toMatchObject({ LineItemID: 'line-1', UnitAmount: 12, DiscountRate: 10 });
		expect(line).not.toHaveProperty('DiscountAmount');
	});

	it('are sent back as the amount where Xero’s price, which it has shortened, does not give it', () => {
		const two = (unitAmount: string): Draft => {
			const { lines = [], ...draft } = bare({ quantity: '3', lineAmount: '100' });
			return { ...draft, lines: [...lines, ...(bare({ quantity: '1', unitAmount }).lines ?? [])] };
		};
		const shown = { Quantity: 3, UnitAmount: 33.33, LineAmount: 100 };
		const line = lineOf(planOf(two('6'), posted(two('5'), {}, [shown])));
		expect(line).toMatchObject({ LineItemID: 'line-1', Quantity: 3, LineAmount: 100 });
		expect(line).not.toHaveProperty('UnitAmount');
		const whole = lineOf(planOf(two('6'), posted(two('5'), {}, [{ ...shown, LineAmount: 99.99 }])));
		expect(whole).toMatchObject({ Quantity: 3 });
	});

	it('are none of a line of mere words, whatever discount the record has for it', () => {
		const words = bare({});
		expect(said(planOf(bare({ discountRate: '10' }), posted(words)))).toBe('keep');
	});

	it('have the tax that the record gives, and nothing else of them is touched', () => {
		const line = updated({ ...priced, taxAmount: '4.2' }, { ...priced, taxAmount: '4.21' });
		expect(line).toMatchObject({
			LineItemID: 'line-1',
			Quantity: 2,
			UnitAmount: 10.5,
			TaxAmount: 4.21,
		});
	});

	it('have the record’s tax beside an amount that Xero’s price does not give', () => {
		const there = posted(bare({ quantity: '3', lineAmount: '100' }), {}, [
			{ Quantity: 3, UnitAmount: 33.33, LineAmount: 100 },
		]);
		const options = { accountantEdits: 'knackWins' } as const;
		const line = lineOf(planOf(bare({ taxAmount: '20.01' }), there, { options }));
		expect(line).toMatchObject({ Quantity: 3, LineAmount: 100, TaxAmount: 20.01 });
		expect(line).not.toHaveProperty('UnitAmount');
	});

	it('have price and tax where the record gives both anew', () => {
		const line = updated(
			{ ...priced, taxAmount: '4.2' },
			{ ...priced, unitAmount: '12', taxAmount: '4.81' },
		);
		expect(line).toMatchObject({ Quantity: 2, UnitAmount: 12, TaxAmount: 4.81 });
	});

	it('take a discount alone, where the price is Xero’s', () => {
		const there = posted(bare({ ...priced, discountRate: '10' }));
		const options = { accountantEdits: 'knackWins' } as const;
		const line = lineOf(planOf(bare({ discountRate: '20' }), there, { options }));
		expect(line).toMatchObject({ Quantity: 2, UnitAmount: 10.5, DiscountRate: 20 });
	});

	it('stay where the record is blank', () => {
		expect(updated(priced, { quantity: '', unitAmount: '12' })).toMatchObject({
			Quantity: 2,
			UnitAmount: 12,
		});
	});

	it('are without a discount that became nothing', () => {
		const line = updated({ ...priced, discountRate: '10' }, { ...priced, discountRate: '0' });
		expect(line).toMatchObject({ LineItemID: 'line-1', Quantity: 2, UnitAmount: 10.5 });
		expect(line.DiscountRate ?? 0).toBe(0);
	});

	it('are those of a new line where one kind of discount takes the place of the other', () => {
		const line = updated({ ...priced, discountAmount: '5' }, { ...priced, discountRate: '10' });
		expect(line).toMatchObject({ DiscountRate: 10 });
		expect(line).not.toHaveProperty('LineItemID');
		expect(line).not.toHaveProperty('DiscountAmount');
	});

	it('stay a line’s own where its price is below nothing', () => {
		const two = (unitAmount: string): Draft => {
			const draft = bare({ quantity: '1', unitAmount });
			return { ...draft, lines: [...(draft.lines ?? []), ...(bare({ ...priced }).lines ?? [])] };
		};
		const line = lineOf(planOf(two('-6'), posted(two('-5'))));
		expect(line).toMatchObject({ LineItemID: 'line-1', UnitAmount: -6 });
	});

	it.each(['discountRate', 'discountAmount'])('are without a %s that is cleared', (path) => {
		const line = updated({ ...priced, [path]: '5' }, { ...priced, [path]: '' });
		expect(line).toMatchObject({ LineItemID: 'line-1', Quantity: 2, UnitAmount: 10.5 });
		expect(Object.values(line)).not.toContain(5);
	});

	it('are the price that an amount of the record gives with Xero’s quantity', () => {
		const line = updated(priced, { lineAmount: '30', unitAmount: '', quantity: '' });
		expect(line).toMatchObject({ LineItemID: 'line-1', Quantity: 2, UnitAmount: 15 });
		expect(line).not.toHaveProperty('LineAmount');
	});

	it('keep the tax that Xero has, but for what changes it', () => {
		const taxed = { TaxAmount: 4.21 };
		expect(updated(priced, { ...priced, description: 'Work' }, taxed)).toMatchObject({
			LineItemID: 'line-1',
			...taxed,
		});
		const changes: readonly FieldValues[] = [
			{ taxType: 'NONE' },
			{ accountCode: '429', taxType: 'INPUT2' },
		];
		for (const change of changes) {
			expect(updated(priced, { ...priced, ...change }, taxed)).not.toHaveProperty('TaxAmount');
		}
		expect(updated(priced, { ...priced, unitAmount: '12' }, taxed)).not.toHaveProperty('TaxAmount');
	});

	it('lose the tax where prices come to include it', () => {
		const before = bare(priced);
		const after = bare(priced, { lineAmountTypes: 'Inclusive' });
		const there = posted(before, {}, [{ TaxAmount: 4.2 }]);
		const plan = planOf(
			{ ...after, lines: [{ fields: { ...after.lines?.[0]?.fields, unitAmount: '12' } }] },
			there,
		);
		expect(lineOf(plan)).not.toHaveProperty('TaxAmount');
		const header = planOf(after, there);
		expect(said(header)).toBe('update lineAmountTypes');
		expect('amounts' in header && header.amounts?.total.toString()).toBe('21');
		expect('amounts' in header && header.amounts?.totalTax.toString()).toBe('3.5');
	});

	it('are of another currency where the record names another', () => {
		const plan = planOf(bare(priced, { currencyCode: 'EUR' }), posted(bare(priced)));
		expect(said(plan)).toBe('update currencyCode');
		expect('amounts' in plan && plan.amounts).toMatchObject({ currency: 'EUR' });
	});
});

describe('what Xero will come to', () => {
	const totalOf = (draft: Draft) => {
		const plan = planOf(draft, undefined, ITEMS);
		return 'amounts' in plan ? plan.amounts?.total.toString() : plan.action;
	};

	it('has no tax where the record says that there is none', () => {
		expect(totalOf(order({ lineAmountTypes: 'NoTax' }))).toBe('21');
		expect(totalOf(order({ lineAmountTypes: 'Exclusive' }))).toBe('25.2');
		// A word that Xero does not know is a rule's to tell, and amounts are without tax as ever.
		expect(totalOf(order({ lineAmountTypes: 'Sometimes' }))).toBe('25.2');
	});

	it('takes price and tax of the item, and is not known without them', () => {
		const none = order({ status: 'DRAFT' });
		const of = (fields: FieldValues): Draft => ({
			...none,
			lines: [{ fields: { description: 'Book', accountCode: '200', ...fields } }],
		});
		expect(totalOf(of({ itemCode: 'BOOK', quantity: '2' }))).toBe('24');
		expect(totalOf(of({ itemCode: 'BOOK', quantity: '2', taxType: 'NONE' }))).toBe('20');
		expect(totalOf(of({ itemCode: 'BOOK', quantity: '2', unitAmount: '3' }))).toBe('7.2');
		expect(totalOf(of({ itemCode: 'BOOK' }))).toBeUndefined();
		expect(totalOf(of({ itemCode: 'BOOK', lineAmount: '7' }))).toBe('8.4');
		expect(totalOf(of({ itemCode: 'STAMP', quantity: '2', unitAmount: '3' }))).toBe('6');
		const bought = { ...of({ itemCode: 'FREE', quantity: '2' }), type: 'bill' } as const;
		expect(totalOf(bought)).toBe('7.2');
		expect(totalOf({ ...of({ itemCode: 'GONE', quantity: '2' }), type: 'bill' })).toBeUndefined();
		expect(totalOf(of({ itemCode: 'FREE', quantity: '2' }))).toBeUndefined();
		expect(totalOf(of({ itemCode: 'GONE', quantity: '2' }))).toBeUndefined();
		expect(totalOf(of({ itemCode: 'GONE', quantity: '2', unitAmount: '3', taxType: 'NONE' }))).toBe(
			'6',
		);
		// Tax by the item's account, where the line has none of its own; by the line's, where it has.
		expect(totalOf({ ...none, lines: [{ fields: { itemCode: 'CHAIR', quantity: '1' } }] })).toBe(
			'60',
		);
		// Of an account that nobody knows no tax is known.
		const nowhere = { description: 'Book', accountCode: '999', quantity: '2', unitAmount: '3' };
		expect(totalOf({ ...none, lines: [{ fields: nowhere }] })).not.toBe('7.2');
		const account = { itemCode: 'CHAIR', quantity: '1', accountCode: '835' };
		expect(totalOf({ ...none, lines: [{ fields: account }] })).toBe('50');
		expect(totalOf(of({ quantity: '2', unitAmount: '3' }))).toBe('7.2');
	});

	it('is not sure of a quote’s fine prices, unless Xero has shown that it keeps them', () => {
		const fine = quoted({ quantity: '100', unitAmount: '0.125' });
		expect(planOf(fine, undefined).issues).toMatchObject([
			{
				code: 'XERO_TOTAL_UNSURE',
				field: 'total',
				message: 'The total is GBP 15.00, or GBP 15.60 if Xero keeps 2 places of a price.',
				fix: 'Round the prices of the lines to 2 places in Knack where the difference matters.',
			},
		]);
		// Either may be the record's own total.
		for (const expectedTotal of ['15', '15.6', '12.5']) {
			const { issues } = planOf({ ...fine, fields: { ...fine.fields, expectedTotal } }, undefined);
			expect(issues.map(({ code }) => code)).toEqual(['XERO_TOTAL_UNSURE']);
		}
		const whole = quoted({ quantity: '100', unitAmount: '10' });
		expect(said(planOf(whole, undefined))).not.toContain('XERO_TOTAL_UNSURE');
		const changed = { options: { accountantEdits: 'knackWins' } } as const;
		expect(said(planOf(fine, posted(whole), changed))).toContain('XERO_TOTAL_UNSURE');
		const worded = { ...whole, lines: [...(whole.lines ?? []), ...(bare({}).lines ?? [])] };
		const stillFine = { ...worded, lines: [...(fine.lines ?? []), ...(bare({}).lines ?? [])] };
		expect(said(planOf(stillFine, posted(worded), changed))).toContain('XERO_TOTAL_UNSURE');
		const finer = quoted({ quantity: '100', unitAmount: '0.375' });
		expect(said(planOf(fine, posted(finer), changed))).not.toContain('XERO_TOTAL_UNSURE');
	});

	it('may be another where tax is rounded but once, which is said as nothing worse', () => {
		const cents = ['A', 'B', 'C'].map((description) => ({
			description,
			quantity: '1',
			unitAmount: '0.12',
		}));
		const [issue] = planOf(order({ expectedTotal: '0.43' }, cents), undefined).issues;
		expect(issue?.message).toBe(
			'Knack says 0.43, and Xero comes to GBP 0.42, because Xero rounds the tax of each line. Nothing else differs.',
		);
		// Also where the lines are not rounded either.
		const parts = cents.map((each) => ({ ...each, quantity: '1.5', unitAmount: '0.33' }));
		const [unrounded] = planOf(order({ expectedTotal: '1.78' }, parts), undefined).issues;
		expect(unrounded?.message).toContain('Xero comes to GBP 1.80, because Xero rounds the tax');
		const [other] = planOf(order({ expectedTotal: '0.44' }, cents), undefined).issues;
		expect(other?.message).toBe(
			'Knack says 0.44, but the lines come to GBP 0.36, with tax GBP 0.42.',
		);
	});

	it('is told with both sums where the record has another total', () => {
		const messageOf = (expectedTotal: string) =>
			planOf(order({ expectedTotal }), undefined)
				.issues.map(({ message }) => message)
				.join(' ');
		expect(messageOf('25')).toBe(
			'Knack says 25, but the lines come to GBP 21.00, with tax GBP 25.20.',
		);
	});
});
