import type { Call } from './call';
import { cisRefusal } from './cis';
import type { Input } from './input';
import type { LineRules } from './lineRules';
import type { LineRow } from './model';
import type { AccountRow, TaxRateRow } from './organisationModel';

/** Accounts that Xero posts to itself; ROUNDING is the one that may be put on a line. */
const NOT_ON_LINES = new Set([
	'DEBTORS',
	'CREDITORS',
	'GST',
	'HISTORICAL',
	'RETAINEDEARNINGS',
	'TRACKINGTRANSFERS',
	'BANKCURRENCYGAIN',
	'UNREALISEDCURRENCYGAIN',
	'REALISEDCURRENCYGAIN',
]);

/** The line's account: by code or id, else as it was, else the item's. */
export function lineAccount(
	call: Call,
	input: Input,
	before: LineRow | undefined,
	itemAccountCode: string | undefined,
	complain: (message: string) => void,
): AccountRow | undefined {
	const { accounts } = call.ledger;
	const code = input.trimmed('AccountCode');
	const id = input.trimmed('AccountID')?.toLowerCase();
	const asSent = code ?? id;
	let account: AccountRow | undefined;
	if (code !== undefined) account = call.ledger.accountByCode(code);
	else if (id !== undefined) account = accounts.get(id);
	else if (before?.accountId !== undefined) return accounts.get(before.accountId);
	else if (itemAccountCode !== undefined) account = call.ledger.accountByCode(itemAccountCode);
	const shown = asSent ?? itemAccountCode;
	if (shown === undefined) return undefined;
	const systemOnly =
		account?.systemAccount !== undefined && NOT_ON_LINES.has(account.systemAccount);
	if (!account || account.type === 'BANK' || systemOnly) {
		complain(`Account code '${shown}' is not a valid code for this document.`);
		return undefined;
	}
	const ofScheme = cisRefusal(call, account);
	if (ofScheme !== undefined) {
		complain(ofScheme);
		return undefined;
	}
	if (account.status !== 'ACTIVE') {
		complain(
			`Account code '${shown}' has been archived or has been deleted. Each line item must reference a valid account.`,
		);
		return undefined;
	}
	return account;
}

/** The line's tax rate: as sent, else as it was, else the item's, else the account's default. */
export function lineTaxType(
	call: Call,
	input: Input,
	before: LineRow | undefined,
	itemTaxType: string | undefined,
	account: AccountRow | undefined,
	rules: LineRules,
	complain: (message: string) => void,
): TaxRateRow | undefined {
	if (rules.lineAmountTypes === 'NoTax') return call.ledger.taxRates.get('NONE');
	const sent = input.trimmed('TaxType')?.toUpperCase();
	const accountStays = account === undefined || account.accountId === before?.accountId;
	const taxType =
		sent ?? (accountStays ? before?.taxType : undefined) ?? itemTaxType ?? account?.taxType;
	if (taxType === undefined) return undefined;
	const rate = call.ledger.taxRates.get(taxType);
	if (!rate || rate.status === 'DELETED') {
		complain(
			`The TaxType code ${input.trimmed('TaxType') ?? taxType} does not exist or cannot be used for this type of transaction.`,
		);
		return undefined;
	}
	if (rate.status !== 'ACTIVE') {
		complain('Tax rate must be Active');
		return undefined;
	}
	if (account && !rate.appliesTo.includes(account.accountClass)) {
		complain(`The TaxType code '${taxType}' cannot be used with account code '${account.code}'.`);
		return undefined;
	}
	return rate;
}
