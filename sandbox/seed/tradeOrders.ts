/** The orders of the seeded trade business, some of which Xero will not take as they are. */

interface Line {
	description: string;
	quantity: number;
	unitPrice: string;
	discount?: number;
	accountCode?: string;
	taxRate?: string;
}

export interface TradeOrder {
	customer: string;
	status: string;
	/** Days before today. */
	daysAgo: number;
	currency?: string;
	reference?: string;
	notes?: string;
	lines: Line[];
}

export const tradeOrders: readonly TradeOrder[] = [
	{
		customer: 'Ashdown Kitchens Ltd',
		status: 'Completed',
		daysAgo: 12,
		reference: 'PO 4471',
		lines: [
			{ description: 'Fit kitchen units', quantity: 3, unitPrice: '280', accountCode: '210' },
			{ description: 'Oak worktop, 3 m', quantity: 2, unitPrice: '189.50' },
			{ description: 'Disposal of old units', quantity: 1, unitPrice: '75' },
		],
	},
	{
		customer: 'Bramley & Sons Ltd',
		status: 'Completed',
		daysAgo: 9,
		lines: [
			{
				description: 'Cider press, spare seals\nPack of 12',
				quantity: 4,
				unitPrice: '13.33',
				discount: 5,
			},
			{ description: 'Call-out', quantity: 1, unitPrice: '60', accountCode: '210' },
		],
	},
	{
		customer: 'Fernhill Primary School',
		status: 'In Progress',
		daysAgo: 7,
		reference: 'FPS-2207',
		notes: 'Deliver before 8 am.\nAsk for the caretaker.',
		lines: [
			{ description: 'Reading corner shelving', quantity: 6, unitPrice: '42.25' },
			{ description: 'Installation, half day', quantity: 1, unitPrice: '160', accountCode: '210' },
			{
				description: 'Picture books, used',
				quantity: 30,
				unitPrice: '1.15',
				taxRate: 'Zero Rated Income',
			},
		],
	},
	{
		customer: 'Dunmore Dental Practice',
		status: 'In Progress',
		daysAgo: 5,
		lines: [{ description: 'Waiting room bench', quantity: 2, unitPrice: '345.99', discount: 10 }],
	},
	{
		customer: 'Greenway Café',
		status: 'In Progress',
		daysAgo: 4,
		lines: [
			{ description: 'Counter repair', quantity: 2.5, unitPrice: '48', accountCode: '210' },
			// An expense account on a sale with sales tax: Xero will not have it.
			{ description: 'Sundries', quantity: 1, unitPrice: '12.40', accountCode: '429' },
		],
	},
	{
		customer: 'Harbour View Guest House',
		status: 'New',
		daysAgo: 2,
		lines: [
			{ description: 'Sash window, made to measure', quantity: 4, unitPrice: '412.5' },
			{ description: 'Paint, exterior white, 5 l', quantity: 3, unitPrice: '36.95' },
			{ description: 'Fitting', quantity: 4, unitPrice: '95', accountCode: '210' },
			{
				description: 'Energy-saving seals',
				quantity: 12,
				unitPrice: '4.20',
				taxRate: '5% (VAT on Income)',
			},
		],
	},
	{
		customer: 'Atelier Dubois SARL',
		status: 'New',
		daysAgo: 1,
		currency: 'EUR',
		reference: 'BC 2026-118',
		notes: 'Prices in euro.',
		lines: [
			{
				description: 'Display plinth, oak',
				quantity: 3,
				unitPrice: '210',
				taxRate: 'Zero Rated Income',
			},
		],
	},
	{
		customer: 'Rivermead Properties',
		status: 'New',
		daysAgo: 0,
		lines: [
			{ description: 'Fire door, 30 minute', quantity: 5, unitPrice: '149.99' },
			{ description: 'Fitting', quantity: 5, unitPrice: '85', accountCode: '210' },
		],
	},
];
