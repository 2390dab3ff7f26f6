import { judged } from '../../../issueCodes';
import { booksOf } from '../../../xero/books';
import type { DocumentDefinition, FieldKind } from '../../../xero/documents/definition';
import type { Account, OrganisationSettings, TaxRate } from '../../../xero/settings';
import { accountName, successorOfAccount, successorOfTaxRate } from '../../settingSuccessors';
import { linePath, placedLabel, textOf } from '../draftValues';
import type { Finding, LineRule, Rule } from '../rule';
import { lineRule, valueRule } from '../valueRule';

/** Whether money can be paid into it, or out of it (Payments endpoint, Account). */
export function takesPayments(account: Account): boolean {
	return account.type === 'BANK' || account.enablePaymentsToAccount;
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

function accountFinding(account: Account, label: () => string): Finding | undefined {
	if (account.status !== 'ACTIVE') return undefined;
	if (account.type === 'BANK') {
		return {
			message: `${label()} names the bank account ${accountName(account)}; Xero takes no bank account in a line.`,
			fix: 'Choose a sales, expense or balance sheet account.',
		};
	}
	if (account.systemAccount !== undefined && CONTROL_ACCOUNTS.has(account.systemAccount)) {
		return {
			message: `${label()} names ${accountName(account)}, which Xero keeps for itself.`,
			fix: 'Choose a sales, expense or other account of your own.',
		};
	}
	return undefined;
}

/** Looks at every account that the draft names. */
function accountRule(
	rule: Omit<Rule, 'find'>,
	find: (
		account: Account | undefined,
		code: string,
		label: () => string,
		settings: OrganisationSettings,
	) => Finding | undefined,
	kinds: readonly FieldKind[] = ['account', 'paymentAccount'],
): Rule {
	return valueRule({ ...rule, kinds }, (placed, code, { settings }) =>
		find(booksOf(settings).account(code), code, () => placedLabel(placed), settings),
	);
}

/** A line may give the account by its id, beside other fields that are ids. */
const ACCOUNT_ID = 'accountID';

const accountUnknown = valueRule(
	{ ...judged('XERO_ACCOUNT_UNKNOWN'), kinds: ['account', 'paymentAccount', 'id'] },
	(placed, code, { settings }) => {
		const { kind, path } = placed.field;
		if (kind === 'id' && path !== ACCOUNT_ID) return undefined;
		return booksOf(settings).account(code) === undefined
			? {
					message: `${placedLabel(placed)} "${code}" is not in the organisation's chart of accounts.`,
					fix: 'Choose an account from the list in the node, or add it in Xero.',
				}
			: undefined;
	},
);

const accountArchived = accountRule(
	judged('XERO_ACCOUNT_ARCHIVED'),
	(account, _code, label, settings) => {
		if (account === undefined || account.status === 'ACTIVE') return undefined;
		const successor = successorOfAccount(settings, account);
		return {
			message: `${label()} ${accountName(account)} is archived in Xero.`,
			fix: successor
				? `Choose ${accountName(successor)}, which looks like its successor, or another active account; or restore this one in Xero.`
				: 'Choose an active account, or restore this one in Xero.',
		};
	},
);

const accountUnusable: Rule = accountRule(
	judged('XERO_ACCOUNT_NOT_FOR_LINES'),
	(account, _code, label) => (account === undefined ? undefined : accountFinding(account, label)),
	['account'],
);

/** The `canApplyTo` flag that a tax rate needs for an account of a class. */
const FLAG_OF_CLASS: Readonly<Record<string, keyof TaxRate['canApplyTo']>> = {
	ASSET: 'assets',
	EQUITY: 'equity',
	EXPENSE: 'expenses',
	LIABILITY: 'liabilities',
	REVENUE: 'revenue',
};

function taxFitsAccount(rate: TaxRate, account: Account): boolean {
	const flag = FLAG_OF_CLASS[account.accountClass];
	return flag === undefined || rate.canApplyTo[flag];
}

const taxUnknown = valueRule(
	{
		...judged('XERO_TAX_RATE_UNKNOWN'),
		kinds: ['taxType'],
	},
	(placed, type, { settings }) => {
		const rate = booksOf(settings).taxRate(type);
		if (rate?.status === 'ACTIVE') return undefined;
		const successor = rate && successorOfTaxRate(settings, rate);
		return {
			message: rate
				? `${placedLabel(placed)} "${rate.name}" is not active in Xero.`
				: `${placedLabel(placed)} "${type}" is not a tax rate of the organisation.`,
			fix: successor
				? `Choose "${successor.name}", which looks like its successor, or another tax rate from the list in the node.`
				: 'Choose a tax rate from the list in the node.',
		};
	},
);

const taxNotForAccount = lineRule(
	judged('XERO_TAX_NOT_FOR_ACCOUNT'),
	(fields, index, { settings }) => {
		const type = textOf(fields.taxType);
		const code = textOf(fields.accountCode);
		const rate = type === undefined ? undefined : booksOf(settings).taxRate(type);
		const account = code === undefined ? undefined : booksOf(settings).account(code);
		if (!rate || !account || taxFitsAccount(rate, account)) return undefined;
		const others = settings.taxRates
			.filter((other) => other.status === 'ACTIVE' && taxFitsAccount(other, account))
			.filter((other) => other.effectiveRate.eq(rate.effectiveRate))
			.map((other) => `"${other.name}"`);
		return {
			field: linePath(index, 'taxType'),
			message: `The tax rate "${rate.name}" cannot be used with account ${accountName(account)} (line ${index + 1}).`,
			fix:
				others.length > 0
					? `Choose another account, or the tax rate ${others.join(' or ')}.`
					: 'Choose another account or another tax rate.',
		};
	},
);

/**
 * Whether an account came with the Construction Industry Scheme (UK). "The account code 321 cannot be
 * used in line items via the API" (Xero's staff; help.xero.com/uk/CIS-AddEditBill): a person sets it
 * on Xero's screen. An organisation that is not in the scheme has none.
 */
export function isOfConstructionScheme({ systemAccount = '' }: Account): boolean {
	return systemAccount.startsWith('CIS');
}

/** Whether one can be made whose lines lack their account, until a person has chosen it. */
export function mayLackAccounts({ lifecycle, amounts }: DocumentDefinition): boolean {
	return lifecycle.initial !== undefined && !amounts.mustBalance;
}

const ofConstructionScheme = lineRule(
	judged('XERO_CIS_ACCOUNT'),
	(fields, index, { definition, draft, settings }) => {
		const books = booksOf(settings);
		const item = books.item(textOf(fields.itemCode) ?? '');
		const ofItem =
			definition.amounts.sideOf(draft.fields) === 'sale' ? item?.sales : item?.purchases;
		const own = textOf(fields.accountCode);
		const code = own ?? ofItem?.accountCode;
		const account = code === undefined ? undefined : books.account(code);
		if (!account || !isOfConstructionScheme(account)) return undefined;
		return {
			field: linePath(index, 'accountCode'),
			message: `${accountName(account)} (line ${index + 1}) is of the Construction Industry Scheme: Xero takes it on its own screen alone.`,
			fix: schemeFix(definition, {
				isOfItem: own === undefined,
				isInXero: draft.lines?.[index]?.id !== undefined,
			}),
		};
	},
);

function schemeFix(
	definition: DocumentDefinition,
	{ isOfItem, isInXero }: { readonly isOfItem: boolean; readonly isInXero: boolean },
): string {
	if (isInXero) {
		return 'Make the change in Xero, on its own screen: the record is left alone once both say the same. Or undo it in Knack.';
	}
	const byHand = `enter the ${definition.label.toLowerCase()} in Xero by hand`;
	if (isOfItem) {
		return `Choose another account for the line, or for the item in Xero; or ${byHand}.`;
	}
	return mayLackAccounts(definition)
		? 'Choose Send as Draft under "Lines on CIS Accounts" in Options, set the account in Xero and approve there; or choose another account.'
		: `Choose another account, or ${byHand}.`;
}

export const accountRules: readonly Rule[] = [
	accountUnknown,
	accountArchived,
	accountUnusable,
	taxUnknown,
];

/** Rules about what the accounts and tax rates of a line are to each other. */
export const accountLineRules: readonly LineRule[] = [taxNotForAccount, ofConstructionScheme];
