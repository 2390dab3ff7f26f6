import { booksOf } from '../../../xero/books';
import { placedLabel } from '../draftValues';
import type { Rule } from '../rule';
import { valueRule } from '../valueRule';

const currencyNotEnabled = valueRule(
	{
		code: 'XERO_CURRENCY_NOT_ENABLED',
		kinds: ['currency'],
		severity: 'block',
		title: 'The currency is enabled in the organisation',
		canBeLowered: false,
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
		code: 'XERO_BRANDING_THEME_UNKNOWN',
		kinds: ['brandingTheme'],
		severity: 'block',
		title: 'The branding theme exists',
		canBeLowered: false,
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
		code: 'XERO_ITEM_UNKNOWN',
		kinds: ['item'],
		severity: 'block',
		title: 'Items exist in the organisation',
		canBeLowered: false,
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
