import fc from 'fast-check';
import { decimal, roundHalfUp, type Decimal } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { order, planOf, posted } from './planFixtures';

/**
 * What Xero has of a line once a record's change has gone over: what the record says, and of the
 * rest what was there. A line replaces the one in Xero as a whole.
 */

const COUNTS = ['1', '2', '8'];
const PRICES = ['4', '10.5', '12.625', '-3'];
const discounts = fc.constantFrom<FieldValues>(
	{},
	{ discountRate: '10' },
	{ discountRate: '20' },
	{ discountAmount: '2' },
	{ discountAmount: '3' },
);

/** A line as Xero has it: whole, and free of contradiction. */
const present = fc
	.record({
		quantity: fc.constantFrom(...COUNTS),
		unitAmount: fc.constantFrom(...PRICES),
		discounts,
	})
	.map(
		({ quantity, unitAmount, discounts: given }): FieldValues => ({
			quantity,
			unitAmount,
			// Xero refuses a discount of money owed.
			...(unitAmount.startsWith('-') ? {} : given),
		}),
	);

/** What a record says of it: some of the amounts, each of them by itself. */
const wanted = fc
	.record({
		counts: fc.constantFrom<FieldValues>(
			{},
			...COUNTS.map((quantity) => ({ quantity })),
			...PRICES.map((unitAmount) => ({ unitAmount })),
			{ quantity: '3', unitAmount: '7' },
			{ quantity: '3', unitAmount: '-7' },
			{ quantity: '', unitAmount: '7' },
			{ lineAmount: '90' },
			{ quantity: '8', lineAmount: '90' },
			{ unitAmount: '25', lineAmount: '90' },
			{ quantity: '3', unitAmount: '', lineAmount: '90' },
		),
		discounts: fc.oneof(
			discounts,
			fc.constantFrom<FieldValues>(
				{ discountRate: '0' },
				{ discountAmount: '0' },
				{ discountRate: '', discountAmount: '0' },
				{ discountRate: '0', discountAmount: '' },
			),
		),
	})
	.map(({ counts, discounts: given }) => ({ ...counts, ...given }));

const BESIDE: FieldValues = { description: 'Parts', quantity: '100', unitAmount: '10' };

function draftOf(line: FieldValues): Draft {
	const fields = { description: 'Labour', accountCode: '200', taxType: 'OUTPUT2' };
	return {
		...order({ status: 'DRAFT' }),
		lines: [{ fields: { ...fields, ...line } }, { fields: { ...fields, ...BESIDE } }],
	};
}

const number = (value: unknown): Decimal | undefined =>
	typeof value === 'number' ? decimal(String(value)) : undefined;
const given = (values: FieldValues, path: string): Decimal | undefined => {
	const value = values[path];
	return typeof value === 'string' && value !== '' ? decimal(value) : undefined;
};
const text = (value: Decimal | undefined) => (value && !value.eq(0) ? value.toFixed() : 'none');

/** What quantity, price and discount come to. */
function net(line: WireElement): Decimal | undefined {
	const [count, price] = [number(line.Quantity), number(line.UnitAmount)];
	if (!count || !price) return undefined;
	const kept = decimal(100).minus(number(line.DiscountRate) ?? 0);
	const gross = count.times(price).times(kept).times('0.01');
	return roundHalfUp(gross.minus(number(line.DiscountAmount) ?? 0), 2);
}

/** The discount that the line ends with: the record's, in the place of either kind of Xero's. */
function discountDue(before: FieldValues, now: FieldValues) {
	const [rate, amount] = [given(now, 'discountRate'), given(now, 'discountAmount')];
	if (text(rate) !== 'none' || text(amount) !== 'none') return [text(rate), text(amount)];
	return (['discountRate', 'discountAmount'] as const).map((path) =>
		now[path] === undefined ? text(given(before, path)) : 'none',
	);
}

const PLANS = { options: { accountantEdits: 'knackWins' } } as const;

const asWritten = (values: FieldValues): WireElement => ({
	LineItemID: 'line-1',
	...Object.fromEntries(
		[
			['Quantity', 'quantity'] as const,
			['UnitAmount', 'unitAmount'] as const,
			['DiscountRate', 'discountRate'] as const,
			['DiscountAmount', 'discountAmount'] as const,
		].flatMap(([name, path]) => (values[path] === undefined ? [] : [[name, Number(values[path])]])),
	),
});

/** The line as it is then; undefined where a rule holds it. */
function lineAfter(before: FieldValues, now: FieldValues): WireElement | undefined {
	const plan = planOf(draftOf(now), posted(draftOf(before)), PLANS);
	if (plan.action === 'keep') return asWritten(before);
	if (plan.action !== 'update') return undefined;
	const lines = plan.element().LineItems;
	return Object(Array.isArray(lines) ? lines[0] : undefined) as WireElement;
}

describe('a line in Xero, of which the record changes some of the amounts', () => {
	it('has what the record says, and of the rest what it had', () => {
		fc.assert(
			fc.property(present, wanted, (before, now) => {
				const sent = lineAfter(before, now);
				fc.pre(sent !== undefined);
				const isReckoned = given(now, 'lineAmount') !== undefined;
				const of = (path: string, name: string) => {
					const value = given(now, path) ?? (isReckoned ? undefined : given(before, path));
					if (value) expect(text(number(sent[name]))).toBe(text(value));
				};
				of('quantity', 'Quantity');
				of('unitAmount', 'UnitAmount');
				expect([text(number(sent.DiscountRate)), text(number(sent.DiscountAmount))]).toEqual(
					discountDue(before, now),
				);
				const amount = number(sent.LineAmount);
				if (isReckoned) expect((amount ?? net(sent))?.toFixed()).toBe(now.lineAmount);
				// Nothing is sent that could contradict the rest.
				if (amount && net(sent)) expect(net(sent)?.toFixed()).toBe(amount.toFixed());
			}),
		);
	});

	it('is the same line, unless its discount could not be taken off it', () => {
		fc.assert(
			fc.property(present, wanted, (before, now) => {
				const sent = lineAfter(before, now);
				fc.pre(sent !== undefined);
				const kinds = ['discountRate', 'discountAmount'] as const;
				const due = discountDue(before, now);
				const gone = kinds.filter((path, at) => before[path] !== undefined && due[at] === 'none');
				const isOther = due.some((each) => each !== 'none');
				const isNegative = number(sent.UnitAmount)?.lt(0) ?? false;
				const isNew = gone.length > 0 && (isOther || isNegative);
				expect(sent.LineItemID).toBe(isNew ? undefined : 'line-1');
				// Of a discount that is left out nobody has said that it goes.
				for (const path of isNew ? [] : gone) {
					expect(sent[path === 'discountRate' ? 'DiscountRate' : 'DiscountAmount']).toBe(0);
				}
			}),
		);
	});

	it('is left alone where the record says what it has', () => {
		const paths = fc.subarray(['quantity', 'unitAmount', 'discountRate', 'discountAmount']);
		fc.assert(
			fc.property(present, paths, (before, chosen) => {
				const own = Object.entries(before).filter(([path]) => chosen.includes(path));
				const plan = planOf(draftOf(Object.fromEntries(own)), posted(draftOf(before)), PLANS);
				expect(plan.action).toBe('keep');
			}),
		);
	});
});
