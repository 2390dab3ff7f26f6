import { judged, type IssueCode } from '../../../issueCodes';
import { calendarDate } from '../../../dates';
import type { DocumentDefinition } from '../../../xero/documents/definition';
import { booksOf } from '../../../xero/books';
import type { OrganisationSettings } from '../../../xero/settings';
import { fieldsByPath, headerText, placedLabel } from '../draftValues';
import type { Rule, RuleContext } from '../rule';
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

/** Documents whose date Xero holds against the lock dates. */
function documentDate(definition: DocumentDefinition, context: RuleContext): string | undefined {
	if (!fieldsByPath(definition.fields).has('date')) return undefined;
	return calendarDate(headerText(context.draft, 'date') ?? context.today);
}

function lockRule(
	code: IssueCode,
	lockName: string,
	lockOf: (settings: OrganisationSettings) => string | undefined,
): Rule {
	return {
		...judged(code),
		find(context) {
			const { definition, draft, settings } = context;
			// Quotes and purchase orders are no ledger entries: lock dates do not hold for them.
			if (['contact', 'quote', 'purchaseOrder', 'item'].includes(definition.type)) return [];
			if (draft.id !== undefined && headerText(draft, 'date') === undefined) return [];
			const date = documentDate(definition, context);
			const lock = lockOf(settings);
			if (date === undefined || lock === undefined || date > lock) return [];
			return [
				{
					field: 'date',
					message: `The date ${date} lies in a locked period: the ${lockName} of the organisation is ${lock}.`,
					fix: `Use a date after ${lock}, or ask your accountant to move the lock date in Xero.`,
				},
			];
		},
	};
}

const periodLocked = lockRule(
	'XERO_PERIOD_LOCKED',
	'lock date',
	(settings) => settings.organisation.periodLockDate,
);

const yearLocked = lockRule(
	'XERO_YEAR_LOCKED',
	'end of year lock date',
	(settings) => settings.organisation.endOfYearLockDate,
);

export const organisationRules: readonly Rule[] = [
	currencyNotEnabled,
	brandingThemeUnknown,
	itemUnknown,
	periodLocked,
	yearLocked,
];
