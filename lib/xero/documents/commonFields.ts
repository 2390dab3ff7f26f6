import { LINE_AMOUNT_TYPES } from './fieldChoices';
import type { FieldFacts } from './modelFields';

export const CURRENCY: FieldFacts = {
	label: 'Currency',
	kind: 'currency',
	usual: true,
	alsoCalled: ['currency code'],
};

/** Xero keeps six decimal places of a rate. */
export const CURRENCY_RATE: FieldFacts = {
	label: 'Currency Rate',
	kind: 'rate',
	places: 6,
	alsoCalled: ['exchange rate'],
};

export const AMOUNTS_ARE: FieldFacts = {
	label: 'Amounts Are',
	kind: 'choice',
	usual: true,
	choices: LINE_AMOUNT_TYPES,
	alsoCalled: ['line amount types', 'tax treatment'],
};

/** What moves money is not approved: it is recorded, or it is deleted. */
export const RECORDED_STATUS: FieldFacts = {
	label: 'Status',
	kind: 'choice',
	choices: [
		{ value: 'AUTHORISED', label: 'Recorded' },
		{ value: 'DELETED', label: 'Deleted' },
	],
};
