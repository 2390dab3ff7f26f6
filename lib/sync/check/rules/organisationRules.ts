import { calendarDate } from '../../../dates';
import type { DocumentDefinition } from '../../../xero/documents/definition';
import type { Account, OrganisationSettings, TaxRate } from '../../../xero/settings';
import { headerText, linePath, placedLabel, placedValues, textOf } from '../draftValues';
import type { Finding, Rule, RuleContext } from '../rule';

export function accountByCode(settings: OrganisationSettings, code: string): Account | undefined {
	return settings.accounts.find((account) => account.code === code || account.id === code);
}

export function taxRateByType(settings: OrganisationSettings, type: string): TaxRate | undefined {
	return settings.taxRates.find((rate) => rate.taxType === type);
}

function accountName(account: Account): string {
	return account.code === undefined ? account.name : `${account.code} ${account.name}`;
}

/** Accounts of the debtors', creditors' and similar control accounts cannot stand in a line. */
const CONTROL_ACCOUNTS: ReadonlySet<string> = new Set([
	'DEBTORS',
	'CREDITORS',
	'GST',
	'GSTONIMPORTS',
	'UNREALISEDCURRENCYGAIN',
	'BANKCURRENCYGAIN',
	'REALISEDCURRENCYGAIN',
	'UNPAIDEXPCLM',
	'HISTORICAL',
	'TRACKINGTRANSFERS',
]);

function accountFinding(account: Account, code: string, where: string): Finding | undefined {
	if (account.status !== 'ACTIVE') return undefined;
	if (account.type === 'BANK') {
		return {
			message: `${where} names the bank account ${accountName(account)}; Xero takes no bank account in a line.`,
			fix: 'Choose a sales, expense or balance sheet account.',
		};
	}
	if (account.systemAccount !== undefined && CONTROL_ACCOUNTS.has(account.systemAccount)) {
		return {
			message: `${where} names ${accountName(account)}, which Xero keeps for itself.`,
			fix: 'Choose a sales, expense or other account of your own.',
		};
	}
	return account.code === undefined && account.id !== code
		? {
				message: `${where} names an account without a code.`,
				fix: 'Give the account a code in Xero.',
			}
		: undefined;
}

/** Looks at every account that the draft names. */
function accountRule(
	rule: Omit<Rule, 'find'>,
	find: (account: Account | undefined, code: string, label: string) => Finding | undefined,
): Rule {
	return {
		...rule,
		find({ definition, draft, settings }) {
			return placedValues(definition, draft).flatMap((placed) => {
				const code = placed.field.kind === 'account' ? textOf(placed.value) : undefined;
				if (code === undefined) return [];
				const finding = find(accountByCode(settings, code), code, placedLabel(placed));
				return finding ? [{ field: placed.path, ...finding }] : [];
			});
		},
	};
}

const accountUnknown = accountRule(
	{
		code: 'XERO_ACCOUNT_UNKNOWN',
		severity: 'block',
		title: 'Accounts exist in the organisation',
		canBeLowered: false,
	},
	(account, code, label) =>
		account === undefined
			? {
					message: `${label} "${code}" is not in the organisation's chart of accounts.`,
					fix: 'Choose an account from the list in the node, or add it in Xero.',
				}
			: undefined,
);

const accountArchived = accountRule(
	{
		code: 'XERO_ACCOUNT_ARCHIVED',
		severity: 'block',
		title: 'Accounts are active',
		canBeLowered: false,
	},
	(account, _code, label) =>
		account !== undefined && account.status !== 'ACTIVE'
			? {
					message: `${label} ${accountName(account)} is archived in Xero.`,
					fix: 'Choose an active account, or restore this one in Xero.',
				}
			: undefined,
);

const accountUnusable: Rule = accountRule(
	{
		code: 'XERO_ACCOUNT_NOT_FOR_LINES',
		severity: 'block',
		title: 'Accounts may stand in a line',
		canBeLowered: false,
	},
	(account, code, label) =>
		account === undefined ? undefined : accountFinding(account, code, label),
);

/** The `canApplyTo` flag that a tax rate needs for an account of a class. */
const FLAG_OF_CLASS: Readonly<Record<string, keyof TaxRate['canApplyTo']>> = {
	ASSET: 'assets',
	EQUITY: 'equity',
	EXPENSE: 'expenses',
	LIABILITY: 'liabilities',
	REVENUE: 'revenue',
};

export function taxFitsAccount(rate: TaxRate, account: Account): boolean {
	const flag = FLAG_OF_CLASS[account.accountClass];
	return flag === undefined || rate.canApplyTo[flag];
}

const taxUnknown: Rule = {
	code: 'XERO_TAX_RATE_UNKNOWN',
	severity: 'block',
	title: 'Tax rates exist in the organisation and are active',
	canBeLowered: false,
	find({ definition, draft, settings }) {
		return placedValues(definition, draft).flatMap((placed) => {
			const type = placed.field.kind === 'taxType' ? textOf(placed.value) : undefined;
			if (type === undefined) return [];
			const rate = taxRateByType(settings, type);
			if (rate?.status === 'ACTIVE') return [];
			return [
				{
					field: placed.path,
					message: rate
						? `${placedLabel(placed)} "${rate.name}" is not active in Xero.`
						: `${placedLabel(placed)} "${type}" is not a tax rate of the organisation.`,
					fix: 'Choose a tax rate from the list in the node.',
				},
			];
		});
	},
};

const taxNotForAccount: Rule = {
	code: 'XERO_TAX_NOT_FOR_ACCOUNT',
	severity: 'block',
	title: 'The tax rate of a line fits its account',
	canBeLowered: false,
	find({ draft, settings }) {
		return (draft.lines ?? []).flatMap((line, index) => {
			const type = textOf(line.fields.taxType);
			const code = textOf(line.fields.accountCode);
			const rate = type === undefined ? undefined : taxRateByType(settings, type);
			const account = code === undefined ? undefined : accountByCode(settings, code);
			if (!rate || !account || taxFitsAccount(rate, account)) return [];
			const others = settings.taxRates
				.filter((other) => other.status === 'ACTIVE' && taxFitsAccount(other, account))
				.filter((other) => other.effectiveRate.eq(rate.effectiveRate))
				.map((other) => `"${other.name}"`);
			return [
				{
					field: linePath(index, 'taxType'),
					message: `The tax rate "${rate.name}" cannot be used with account ${accountName(account)} (line ${index + 1}).`,
					fix:
						others.length > 0
							? `Choose another account, or the tax rate ${others.join(' or ')}.`
							: 'Choose another account or another tax rate.',
				},
			];
		});
	},
};

const currencyNotEnabled: Rule = {
	code: 'XERO_CURRENCY_NOT_ENABLED',
	severity: 'block',
	title: 'The currency is enabled in the organisation',
	canBeLowered: false,
	find({ definition, draft, settings }) {
		return placedValues(definition, draft).flatMap((placed) => {
			const code = placed.field.kind === 'currency' ? textOf(placed.value) : undefined;
			if (code === undefined || settings.currencies.includes(code)) return [];
			return [
				{
					field: placed.path,
					message: `The organisation does not use the currency ${code}.`,
					fix: `Add ${code} in Xero under Settings, Currencies, or use ${settings.currencies.join(', ')}.`,
				},
			];
		});
	},
};

const brandingThemeUnknown: Rule = {
	code: 'XERO_BRANDING_THEME_UNKNOWN',
	severity: 'block',
	title: 'The branding theme exists',
	canBeLowered: false,
	find({ definition, draft, settings }) {
		return placedValues(definition, draft).flatMap((placed) => {
			const id = placed.field.kind === 'brandingTheme' ? textOf(placed.value) : undefined;
			if (id === undefined || settings.brandingThemes.some((theme) => theme.id === id)) return [];
			return [
				{
					field: placed.path,
					message: 'The chosen branding theme is no longer in Xero.',
					fix: 'Choose a branding theme from the list in the node.',
				},
			];
		});
	},
};

/** Tracking stands in a line under `tracking.<category id or name>`, with the option as value. */
const TRACKING_PATH = /^tracking\.(.+)$/;

function trackingFindings({ draft, settings }: RuleContext): Finding[] {
	return (draft.lines ?? []).flatMap((line, index) =>
		Object.entries(line.fields).flatMap(([path, value]): Finding[] => {
			const named = TRACKING_PATH.exec(path)?.[1];
			const option = textOf(value);
			if (named === undefined || option === undefined) return [];
			const field = linePath(index, path);
			const category = settings.trackingCategories.find(
				(each) => each.id === named || each.name.toLowerCase() === named.toLowerCase(),
			);
			if (!category || category.status !== 'ACTIVE') {
				return [
					{
						field,
						message: `The tracking category "${named}" is not active in Xero (line ${index + 1}).`,
						fix: 'Choose a tracking category of the organisation in the node.',
					},
				];
			}
			const known = category.options.find(
				(each) => each.id === option || each.name.toLowerCase() === option.toLowerCase(),
			);
			if (known?.status === 'ACTIVE') return [];
			return [
				{
					field,
					message: known
						? `The option "${known.name}" of ${category.name} is archived in Xero (line ${index + 1}).`
						: `${category.name} has no option "${option}" (line ${index + 1}).`,
					fix: `Add the option in Xero, or use one of: ${category.options
						.filter((each) => each.status === 'ACTIVE')
						.map((each) => each.name)
						.slice(0, 10)
						.join(', ')}.`,
				},
			];
		}),
	);
}

const trackingUnknown: Rule = {
	code: 'XERO_TRACKING_UNKNOWN',
	severity: 'block',
	title: 'Tracking categories and options exist and are active',
	canBeLowered: false,
	find: trackingFindings,
};

const trackingTooMany: Rule = {
	code: 'XERO_TRACKING_TOO_MANY',
	severity: 'block',
	title: 'A line has at most two tracking categories',
	canBeLowered: false,
	find({ draft }) {
		return (draft.lines ?? []).flatMap((line, index) => {
			const used = Object.keys(line.fields).filter(
				(path) => TRACKING_PATH.test(path) && textOf(line.fields[path]) !== undefined,
			);
			if (used.length <= 2) return [];
			return [
				{
					field: linePath(index, used[2] ?? 'tracking'),
					message: `Line ${index + 1} has ${used.length} tracking categories; Xero takes two.`,
					fix: 'Leave at most two of them mapped.',
				},
			];
		});
	},
};

/** Documents whose date Xero holds against the lock dates. */
function documentDate(definition: DocumentDefinition, context: RuleContext): string | undefined {
	if (!definition.fields.some((field) => field.path === 'date')) return undefined;
	return calendarDate(headerText(context.draft, 'date') ?? context.today);
}

function lockRule(
	code: string,
	title: string,
	lockName: string,
	lockOf: (settings: OrganisationSettings) => string | undefined,
): Rule {
	return {
		code,
		severity: 'block',
		title,
		canBeLowered: false,
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
	'The date lies after the period lock date',
	'lock date',
	(settings) => settings.organisation.periodLockDate,
);

const yearLocked = lockRule(
	'XERO_YEAR_LOCKED',
	'The date lies after the end of year lock date',
	'end of year lock date',
	(settings) => settings.organisation.endOfYearLockDate,
);

export const organisationRules: readonly Rule[] = [
	accountUnknown,
	accountArchived,
	accountUnusable,
	taxUnknown,
	taxNotForAccount,
	currencyNotEnabled,
	brandingThemeUnknown,
	trackingUnknown,
	trackingTooMany,
	periodLocked,
	yearLocked,
];
