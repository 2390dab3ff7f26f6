import { judged } from '../../../issueCodes';
import { booksOf } from '../../../xero/books';
import { placedLabel } from '../draftValues';
import type { Rule } from '../rule';
import { valueRule } from '../valueRule';

const currencyNotEnabled = valueRule(
	{
		...judged('XERO_CURRENCY_NOT_ENABLED'),
		kinds: ['currency'],
	},
	(_placed, code, { settings }) =>
		settings.currencies.includes(code)
			? undefined
			: {
					message: `The organisation does not use the currency ${code}.`,
					fix: `Add ${code} in Xero under Settings, Currencies, or use ${settings.currencies.join(', ')}.`,
				},
);

const brandingThemeUnknown = valueRule(
	{
		...judged('XERO_BRANDING_THEME_UNKNOWN'),
		kinds: ['brandingTheme'],
	},
	(_placed, id, { settings }) =>
		settings.brandingThemes.some((theme) => theme.id === id)
			? undefined
			: {
					message: 'The chosen branding theme is no longer in Xero.',
					fix: 'Choose a branding theme from the list in the node.',
				},
);

/** Items are only read for a run whose records name any; without them nothing can be said. */
const itemUnknown = valueRule(
	{
		...judged('XERO_ITEM_UNKNOWN'),
		kinds: ['item'],
	},
	(placed, code, { settings }) =>
		!settings.items || booksOf(settings).item(code)
			? undefined
			: {
					message: `${placedLabel(placed)} "${code}" is not an item of the organisation.`,
					fix: 'Choose an item from the list in the node, add it in Xero, or leave the item out.',
				},
);

export const organisationRules: readonly Rule[] = [
	currencyNotEnabled,
	brandingThemeUnknown,
	itemUnknown,
];
