import type { Call } from './call';
import { asNumber, ONE, ZERO } from './decimals';
import { renderDocument, updatedMembers } from './documentRender';
import { readDocument } from './documents';
import { NOT_FOUND, Refusal } from './failures';
import { Input } from './input';
import { WRONG_STATE } from './invoiceSaving';
import type { BankTransactionRow, CreditKind } from './model';
import { readBankAccount } from './paymentSaving';
import { Problems, refuse } from './problems';
import type { Resource, SaveMode } from './resource';

const TYPES = new Set([
	'RECEIVE',
	'SPEND',
	'RECEIVE-OVERPAYMENT',
	'RECEIVE-PREPAYMENT',
	'SPEND-OVERPAYMENT',
	'SPEND-PREPAYMENT',
]);

/** Money in and out of a bank account; the only way to make overpayments and prepayments. */
export const bankTransactions: Resource<BankTransactionRow> = {
	path: 'BankTransactions',
	idName: 'BankTransactionID',
	scopes: ['accounting.banktransactions'],
	paging: 'size',
	understandsWhere: true,
	fields: () => ({
		banktransactionid: (row) => row.id,
		type: (row) => row.type,
		status: (row) => row.status,
		date: (row) => row.date,
		reference: (row) => row.reference ?? '',
		total: (row) => row.totals.total,
		isreconciled: (row) => row.isReconciled,
		'contact.contactid': (row) => row.contactId,
		updateddateutc: (row) => row.updatedMs,
	}),
	idOf: (row) => row.id,
	updatedMs: (row) => row.updatedMs,
	rows: (call) => call.ledger.bankTransactions.all(),
	find: (call, named) => call.ledger.bankTransactions.get(named.toLowerCase()),
	render: (call, row, detail) => {
		const account = call.ledger.accounts.get(row.bankAccountId);
		return {
			BankTransactionID: row.id,
			Type: row.type,
			Reference: row.reference ?? '',
			BankAccount: { AccountID: row.bankAccountId, Code: account?.code, Name: account?.name },
			IsReconciled: row.isReconciled,
			...renderDocument(call, row, detail),
			...updatedMembers(row.updatedMs),
			...creditMember(row),
			HasAttachments: false,
		};
	},
	save: saveBankTransaction,
};

function creditMember(row: BankTransactionRow): { [name: string]: string } {
	if (row.creditId === undefined) return {};
	return row.type.endsWith('OVERPAYMENT')
		? { OverpaymentID: row.creditId }
		: { PrepaymentID: row.creditId };
}

function saveBankTransaction(
	call: Call,
	input: Input,
	mode: SaveMode,
	id?: string,
): BankTransactionRow {
	const existingId = (id ?? input.trimmed('BankTransactionID'))?.toLowerCase();
	const existing =
		existingId === undefined ? undefined : call.ledger.bankTransactions.get(existingId);
	if (existingId !== undefined && !existing) throw new Refusal(NOT_FOUND);
	if (existing?.status === 'DELETED') refuse('This Bank Transaction cannot be edited.');
	const status = input.trimmed('Status')?.toUpperCase() ?? existing?.status ?? 'AUTHORISED';
	if (status !== 'AUTHORISED' && !(existing && status === 'DELETED')) refuse(WRONG_STATE);
	const type = existing?.type ?? input.trimmed('Type')?.toUpperCase() ?? '';
	if (!TYPES.has(type)) refuse(`Bank transaction type '${type}' is not valid.`);

	const problems = new Problems();
	const bank = existing
		? call.ledger.accounts.get(existing.bankAccountId)
		: readBankAccount(call, input.object('BankAccount'), problems);
	const overpays = type.endsWith('OVERPAYMENT');
	const draft = readDocument(
		call,
		overpays ? asOverpayment(input) : input,
		existing,
		{
			sales: type.startsWith('RECEIVE'),
			discounts: false,
			negativeQuantity: true,
			needsAccounts: !overpays,
			unitDecimalPlaces: call.unitDecimalPlaces,
			makesContacts: true,
			contactMustBeActive: !existing,
			posts: { before: existing !== undefined, after: status === 'AUTHORISED' },
			longestReference: 255,
		},
		problems,
	);
	if (draft.common.lines.length === 0) problems.add('One or more line items must be specified.');
	problems.refuseIfAny();
	draft.storeContact();
	const makesCredit = !existing && type.includes('-');
	const row: BankTransactionRow = {
		...draft.common,
		kind: 'bankTransaction',
		id: existing?.id ?? call.guid(),
		number: '',
		status,
		type,
		bankAccountId: bank?.accountId ?? '',
		isReconciled: input.flag('IsReconciled') ?? existing?.isReconciled ?? false,
		creditId: existing?.creditId ?? (makesCredit ? call.guid() : undefined),
	};
	call.ledger.bankTransactions.put(row.id, row);
	if (makesCredit) storeCredit(call, row, overpays ? 'overpayment' : 'prepayment');
	call.ledger.changed('bankTransaction', row.id, existing ? 'updated' : 'created');
	return row;
}

/** An overpayment is owed, not earned: its line has no tax and no account of its own. */
function asOverpayment(input: Input): Input {
	const lines = input.list('LineItems') ?? [];
	return new Input({
		...input.submitted,
		LineAmountTypes: 'NoTax',
		LineItems: lines.map((line) => ({
			Description: line.text('Description') ?? 'Overpayment',
			Quantity: 1,
			UnitAmount: asNumber(
				line.decimal('LineAmount') ??
					(line.decimal('Quantity') ?? ONE).times(line.decimal('UnitAmount') ?? ZERO),
			),
		})),
	});
}

function storeCredit(call: Call, row: BankTransactionRow, kind: CreditKind): void {
	const id = row.creditId ?? call.guid();
	call.ledger.credits(kind).put(id, {
		reference: row.reference,
		contactId: row.contactId,
		date: row.date,
		lineAmountTypes: row.lineAmountTypes,
		lines: row.lines,
		totals: row.totals,
		currencyCode: row.currencyCode,
		currencyRate: row.currencyRate,
		createdByClientId: row.createdByClientId,
		updatedMs: row.updatedMs,
		kind,
		id,
		number: '',
		type: row.type,
		status: 'AUTHORISED',
		sentToContact: false,
		remainingCredit: row.totals.total,
		paymentIds: [],
		allocationIds: [],
	});
	call.ledger.changed(kind, id, 'created');
}
