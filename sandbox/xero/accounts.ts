import { accountClassOf, isAccountType } from './chart';
import type { Call } from './call';
import { NOT_FOUND, Refusal, UnknownId, ValidationFailure } from './failures';
import { Input } from './input';
import type { AccountRow } from './organisationModel';
import { balances, postings } from './postings';
import { Problems } from './problems';
import { limited } from './quotes';
import { refusedElement, validationException } from './refusals';
import type { Resource, SaveMode } from './resource';
import type { Route } from './transport';
import { msDate } from './xeroDates';

export const accounts: Resource<AccountRow> = {
	path: 'Accounts',
	idName: 'AccountID',
	scopes: ['accounting.settings'],
	paging: 'none',
	understandsWhere: true,
	takesOne: true,
	fields: () => ({
		accountid: (account) => account.accountId,
		code: (account) => account.code,
		name: (account) => account.name,
		type: (account) => account.type,
		class: (account) => account.accountClass,
		status: (account) => account.status,
		taxtype: (account) => account.taxType,
		systemaccount: (account) => account.systemAccount ?? '',
		enablepaymentstoaccount: (account) => account.enablePaymentsToAccount,
		updateddateutc: (account) => account.updatedMs,
	}),
	idOf: (account) => account.accountId,
	updatedMs: (account) => account.updatedMs,
	rows: (call) => call.ledger.accounts.filter(({ status }) => status !== 'DELETED'),
	find: (call, named) => {
		const account = call.ledger.accounts.get(named.toLowerCase());
		return account?.status === 'DELETED' ? undefined : account;
	},
	render: (_call, account) => ({
		AccountID: account.accountId,
		Code: account.code,
		Name: account.name,
		Status: account.status,
		Type: account.type,
		TaxType: account.taxType,
		Class: account.accountClass,
		Description: account.description,
		SystemAccount: account.systemAccount ?? '',
		EnablePaymentsToAccount: account.enablePaymentsToAccount,
		ShowInExpenseClaims: false,
		BankAccountNumber: account.bankAccountNumber,
		BankAccountType: account.bankAccountType ?? '',
		CurrencyCode: account.currencyCode,
		ReportingCode: account.accountClass.slice(0, 3),
		HasAttachments: false,
		AddToWatchlist: false,
		UpdatedDateUTC: msDate(account.updatedMs),
	}),
	save: saveAccount,
};

export const accountDeletion: Route = {
	method: 'DELETE',
	path: '/Accounts/:id',
	scopes: ['accounting.settings'],
	handle: (call) => {
		const account = accounts.find(call, call.param('id'));
		if (!account) throw new Refusal(NOT_FOUND);
		const isUsed = balances(postings(call), () => true).has(account.accountId);
		if (isUsed || account.systemAccount !== undefined) {
			const failure = new ValidationFailure([
				'This account is used and cannot be deleted. It can be archived.',
			]);
			const element = refusedElement(accounts, new Input({}), failure, account.accountId);
			return validationException([element]);
		}
		const deleted = store(
			call,
			{ ...account, status: 'DELETED', updatedMs: call.now() },
			'updated',
		);
		return call.envelope({
			Accounts: [accounts.render(call, deleted, { lines: true, single: true, summary: false })],
		});
	},
};

function saveAccount(call: Call, input: Input, _mode: SaveMode, id?: string): AccountRow {
	const accountId = (id ?? input.trimmed('AccountID'))?.toLowerCase();
	const existing = accountId === undefined ? undefined : call.ledger.accounts.get(accountId);
	if (accountId !== undefined && !existing) throw new UnknownId();
	const problems = new Problems();
	const code = limited(input, 'Code', 10, existing?.code, problems) ?? '';
	const name = limited(input, 'Name', 150, existing?.name, problems) ?? '';
	const type = input.trimmed('Type')?.toUpperCase() ?? existing?.type ?? '';
	if (!isAccountType(type)) problems.add('Account type is not valid.');
	if (name === '') problems.add('Please enter a name for this account.');
	if (code === '' && type !== 'BANK') problems.add('Please enter a code for this account.');
	const number = input.trimmed('BankAccountNumber') ?? existing?.bankAccountNumber;
	if (type === 'BANK' && number === undefined) {
		problems.add('A bank account number must be given for an account of the type BANK.');
	}
	const holder = code === '' ? undefined : call.ledger.accountByCode(code);
	if (holder && holder.accountId !== existing?.accountId) {
		problems.add('Please enter a unique Code.');
	}
	const taxType = input.trimmed('TaxType')?.toUpperCase() ?? existing?.taxType ?? 'NONE';
	if (!call.ledger.taxRates.has(taxType)) {
		problems.add(`The TaxType code '${taxType}' does not exist.`);
	}
	const status = input.oneOf('Status', ['ACTIVE', 'ARCHIVED'], 'Xero.API.Library..AccountStatus');
	if (status === 'ARCHIVED' && existing?.systemAccount !== undefined) {
		problems.add('System accounts cannot be archived.');
	}
	problems.refuseIfAny();
	const { baseCurrency } = call.ledger.info.value;
	const currency = input.trimmed('CurrencyCode')?.toUpperCase() ?? existing?.currencyCode;
	const row: AccountRow = {
		accountId: existing?.accountId ?? call.guid(),
		code,
		name,
		type,
		accountClass: accountClassOf(type),
		status: status ?? existing?.status ?? 'ACTIVE',
		taxType,
		description: limited(input, 'Description', 4_000, existing?.description, problems),
		systemAccount: existing?.systemAccount,
		enablePaymentsToAccount:
			input.flag('EnablePaymentsToAccount') ?? existing?.enablePaymentsToAccount ?? false,
		bankAccountNumber: type === 'BANK' ? number : undefined,
		bankAccountType: type === 'BANK' ? (input.trimmed('BankAccountType') ?? 'BANK') : undefined,
		currencyCode: type === 'BANK' ? (currency ?? baseCurrency) : undefined,
		updatedMs: call.now(),
	};
	return store(call, row, existing ? 'updated' : 'created');
}

function store(call: Call, row: AccountRow, action: 'created' | 'updated'): AccountRow {
	call.ledger.accounts.put(row.accountId, row);
	call.ledger.changed('account', row.accountId, action);
	return row;
}
