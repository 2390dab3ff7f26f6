import fc from 'fast-check';
import type { LineAmountTypes } from '../../lib/xero/documents/amountTypes';
import { documentAmounts } from '../../lib/xero/totals';
import { amountText, decimal } from '../../lib/money';
import type { FieldValues } from '../../lib/xero/documents/definition';
import type { TaxRate } from '../../lib/xero/settings';

const NOWHERE = {
	assets: false,
	equity: false,
	expenses: false,
	liabilities: false,
	revenue: false,
};

function rate(taxType: string, percent: string): TaxRate {
	return {
		taxType,
		name: taxType,
		status: 'ACTIVE',
		effectiveRate: decimal(percent),
		canApplyTo: NOWHERE,
	};
}

const RATES = [
	rate('OUTPUT2', '20'),
	rate('OUTPUT', '15'),
	rate('RRINPUT', '5'),
	rate('NY', '8.875'),
	rate('NONE', '0'),
];

/**
 * The oracle: whole numbers of the smallest fraction only, by no decimal library. A value is a
 * numerator over a denominator; rounding is half away from zero on the fraction itself.
 */
interface Fraction {
	readonly top: bigint;
	readonly bottom: bigint;
}

function fraction(text: string): Fraction {
	const [, sign = '', whole = '0', parts = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text) ?? [];
	const top = BigInt(`${whole}${parts}`);
	return { top: sign === '-' ? -top : top, bottom: 10n ** BigInt(parts.length) };
}

function times(a: Fraction, b: Fraction): Fraction {
	return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

function minus(a: Fraction, b: Fraction): Fraction {
	return { top: a.top * b.bottom - b.top * a.bottom, bottom: a.bottom * b.bottom };
}

/** In units of 10^-places, half away from zero. */
function rounded({ top, bottom }: Fraction, places: number): bigint {
	const scaled = top * 10n ** BigInt(places);
	const size = scaled < 0n ? -scaled : scaled;
	const units = (2n * size + bottom) / (2n * bottom);
	return scaled < 0n ? -units : units;
}

interface Line {
	readonly quantity: string;
	readonly unitAmount: string;
	readonly discountRate?: string;
	readonly discountAmount?: string;
	readonly taxType: string;
}

function oracle(lines: readonly Line[], types: LineAmountTypes, places: number) {
	let linesTotal = 0n;
	let tax = 0n;
	for (const line of lines) {
		const quantity = { top: rounded(fraction(line.quantity), 4), bottom: 10_000n };
		const price = { top: rounded(fraction(line.unitAmount), 4), bottom: 10_000n };
		let amount = times(quantity, price);
		if (line.discountRate !== undefined) {
			const kept = minus({ top: 100n, bottom: 1n }, fraction(line.discountRate));
			amount = times(amount, { top: kept.top, bottom: kept.bottom * 100n });
		}
		if (line.discountAmount !== undefined) amount = minus(amount, fraction(line.discountAmount));
		const lineUnits = rounded(amount, places);
		const percent = fraction(
			RATES.find((each) => each.taxType === line.taxType)?.effectiveRate.toFixed() ?? '0',
		);
		const base: Fraction = { top: lineUnits, bottom: 10n ** BigInt(places) };
		let lineTax: Fraction = { top: 0n, bottom: 1n };
		if (types === 'Exclusive') {
			lineTax = times(base, { top: percent.top, bottom: percent.bottom * 100n });
		} else if (types === 'Inclusive') {
			// amount - amount / (1 + p/100)  =  amount x p / (100 + p)
			const divisor = percent.bottom * 100n + percent.top;
			lineTax = times(base, { top: percent.top, bottom: divisor });
		}
		linesTotal += lineUnits;
		tax += rounded(lineTax, places);
	}
	const [subTotal, total] =
		types === 'Inclusive' ? [linesTotal - tax, linesTotal] : [linesTotal, linesTotal + tax];
	return { subTotal, tax, total };
}

const asUnits = (amount: { times(by: string): { toFixed(): string } }, places: number) =>
	BigInt(amount.times(`1e${places}`).toFixed());

const number = (most: number, places: number) =>
	fc
		.tuple(fc.integer({ min: -most, max: most }), fc.nat(10 ** places - 1))
		.map(([whole, parts]) => `${whole}.${String(parts).padStart(places, '0')}`);

const line: fc.Arbitrary<Line> = fc.record(
	{
		quantity: number(500, 5),
		unitAmount: number(5_000, 6),
		discountRate: fc.integer({ min: 1, max: 10_000 }).map((parts) => (parts / 100).toFixed(2)),
		taxType: fc.constantFrom(...RATES.map((each) => each.taxType)),
	},
	{ requiredKeys: ['quantity', 'unitAmount', 'taxType'] },
);

const fieldsOf = (each: Line): FieldValues => ({ ...each });

describe('the totals that Xero will compute', () => {
	it('equal an independent reckoning in whole numbers, to the hundredth', () => {
		fc.assert(
			fc.property(
				fc.array(line, { maxLength: 12 }),
				fc.constantFrom<LineAmountTypes>('Exclusive', 'Inclusive', 'NoTax'),
				(lines, types) => {
					const amounts = documentAmounts(lines.map(fieldsOf), types, RATES);
					const expected = oracle(lines, types, 2);
					expect(asUnits(amounts.subTotal, 2)).toBe(expected.subTotal);
					expect(asUnits(amounts.totalTax, 2)).toBe(expected.tax);
					expect(asUnits(amounts.total, 2)).toBe(expected.total);
				},
			),
			{ numRuns: 400 },
		);
	});

	it('round the tax of each line, not of the document, as in Xero’s own example', () => {
		const lines = ['25.06', '25.61', '25.63'].map((unitAmount) => ({
			quantity: '1',
			unitAmount,
			taxType: 'OUTPUT',
		}));
		const amounts = documentAmounts(lines, 'Exclusive', RATES);
		expect(amounts.lines.map((each) => each.taxAmount.toFixed(2))).toEqual([
			'3.76',
			'3.84',
			'3.84',
		]);
		expect(amounts.totalTax.toFixed(2)).toBe('11.44');
		expect(amounts.total.toFixed(2)).toBe('87.74');
	});

	it('take tax out of inclusive amounts', () => {
		const amounts = documentAmounts(
			[{ quantity: '1', unitAmount: '120', taxType: 'OUTPUT2' }],
			'Inclusive',
			RATES,
		);
		expect([amounts.subTotal, amounts.totalTax, amounts.total].map(String)).toEqual([
			'100',
			'20',
			'120',
		]);
	});

	it('keep four decimals of a unit price, and round the line half up', () => {
		const amounts = documentAmounts(
			[{ quantity: '3', unitAmount: '0.33335', taxType: 'NONE' }],
			'Exclusive',
			RATES,
		);
		// 0.33335 is kept as 0.3334; three of them are 1.0002.
		expect(amounts.total.toFixed(2)).toBe('1.00');
	});

	it('round unit prices to two decimals where Xero keeps no more', () => {
		const lines = [{ quantity: '100', unitAmount: '0.3333', taxType: 'NONE' }];
		expect(documentAmounts(lines, 'Exclusive', RATES).total.toFixed(2)).toBe('33.33');
		expect(documentAmounts(lines, 'Exclusive', RATES, 2).total.toFixed(2)).toBe('33.00');
	});

	it.each([
		['no quantity', { unitAmount: '12.5' }, '12.50'],
		['only an amount', { lineAmount: '99.995' }, '100.00'],
		['an amount and a price', { lineAmount: '50', unitAmount: '25' }, '50.00'],
		['words only', { description: 'Thank you' }, '0.00'],
		['a discount amount', { quantity: '2', unitAmount: '50', discountAmount: '10' }, '90.00'],
		['an unreadable price', { quantity: '2', unitAmount: 'ten' }, '0.00'],
	])('know what a line with %s is worth', (_what, fields: FieldValues, total) => {
		expect(documentAmounts([fields], 'Exclusive', RATES).total.toFixed(2)).toBe(total);
	});

	it('let a tax amount on the line override, except where there is no tax', () => {
		const lines = [{ quantity: '1', unitAmount: '100', taxType: 'OUTPUT2', taxAmount: '19.99' }];
		expect(documentAmounts(lines, 'Exclusive', RATES).total.toFixed(2)).toBe('119.99');
		expect(documentAmounts(lines, 'NoTax', RATES).total.toFixed(2)).toBe('100.00');
	});
});

describe('an amount as text', () => {
	it.each([
		['1240', 'GBP', '1240.00'],
		['1240', 'JPY', '1240'],
		['0.005', 'EUR', '0.01'],
		['1240.5', 'KWD', '1240.500'],
		// Xero keeps hundredths of a yen: hidden, a balance of 0.45 would look settled.
		['0.45', 'JPY', '0.45'],
	])('%s in %s is %s', (value, currency, text) => {
		expect(amountText(decimal(value), currency)).toBe(text);
	});
});
