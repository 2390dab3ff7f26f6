import { saveBankTransaction } from './bankTransactionSaving';
import { hasAttachments, renderDocument } from './documentRender';
import type { BankTransactionRow } from './model';
import type { Resource } from './resource';

/** Money in and out of a bank account; the only way to make overpayments and prepayments. */
export const bankTransactions: Resource<BankTransactionRow> = {
	path: 'BankTransactions',
	idName: 'BankTransactionID',
	scopes: ['accounting.banktransactions'],
	paging: 'size',
	understandsWhere: true,
	fields: (call) => ({
		banktransactionid: (row) => row.id,
		type: (row) => row.type,
		status: (row) => row.status,
		date: (row) => row.date,
		reference: (row) => row.reference ?? '',
		total: (row) => row.totals.total,
		isreconciled: (row) => row.isReconciled,
		'bankaccount.accountid': (row) => row.bankAccountId,
		'bankaccount.code': (row) => call.ledger.accounts.get(row.bankAccountId)?.code,
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
			// Only what is spent and received has a reference (OpenAPI).
			Reference: row.type.includes('-') ? undefined : (row.reference ?? ''),
			BankAccount: { AccountID: row.bankAccountId, Code: account?.code, Name: account?.name },
			IsReconciled: row.isReconciled,
			Url: row.url,
			...renderDocument(call, row, detail),
			...creditMember(row),
			HasAttachments: hasAttachments(call, row.id),
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
