import { hold, LOWERABLE, type CodesByStage } from './judgement';

/** What the option Unusual Records finds. It warns or holds as the option says, unless told otherwise. */
export const UNUSUAL_CODES = {
	unusual: {
		XERO_UNUSUAL_AMOUNT: hold(
			'The total is not far from what documents of the contact come to',
			LOWERABLE,
		),
		XERO_UNUSUAL_PRICE: hold(
			'The price of a line is not far from other prices of its item or kind',
			LOWERABLE,
		),
		XERO_UNUSUAL_QUANTITY: hold(
			'The quantity of a line is not far from other quantities of its item or kind',
			LOWERABLE,
		),
		XERO_UNUSUAL_TENFOLD: hold(
			'An amount is not ten or a hundred times what it usually is, nor a tenth of it',
			LOWERABLE,
		),
		XERO_UNUSUAL_TWICE: hold(
			'The contact has no document of the same amount, text and nearly the same day under another number',
			LOWERABLE,
		),
		XERO_UNUSUAL_SUPPLIER_NUMBER: hold(
			'The supplier’s number differs from all others of the supplier in more than signs and zeros',
			LOWERABLE,
		),
		XERO_UNUSUAL_ACCOUNT: hold(
			'The account of a line is one that its item, kind or contact has had before',
			LOWERABLE,
		),
		XERO_UNUSUAL_TAX_RATE: hold(
			'The tax rate of a line is one that its item, kind or contact has had before',
			LOWERABLE,
		),
		XERO_UNUSUAL_TAX_NUMBER: hold(
			'The tax number of a supplier is known who charges tax for the first time',
			LOWERABLE,
		),
		XERO_UNUSUAL_CURRENCY: hold('The currency is one that the contact has had before', LOWERABLE),
		XERO_UNUSUAL_YEAR: hold('The date lies in the financial year of the work', LOWERABLE),
		XERO_UNUSUAL_NO_JOB: hold(
			'A cost names its job where costs of its kind have always had one',
			LOWERABLE,
		),
		XERO_UNUSUAL_BELOW_COST: hold('An item is not sold for less than it costs', LOWERABLE),
		XERO_UNUSUAL_EXCHANGED: hold('Quantity and price of a line are not exchanged', LOWERABLE),
		XERO_UNUSUAL_CREDIT_LIMIT: hold(
			'What the contact owes stays within the credit limit that the record gives',
			LOWERABLE,
		),
		XERO_UNUSUAL_NUMBER_GAP: hold('No number is left out in the series', LOWERABLE),
	},
} as const satisfies CodesByStage;
