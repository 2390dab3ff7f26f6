import type { Call } from './call';
import { asNumber, ONE, rounded, ZERO } from './decimals';
import { readDocument } from './documents';
import { checkLockDates } from './lockDates';
import { UnknownId } from './failures';
import { Input } from './input';
import { HAS_PAYMENTS, WRONG_STATE } from './invoiceSaving';
import type { BankTransactionRow, CreditKind, CreditRow } from './model';
import { readBankAccount } from './paymentSaving';
import { Problems, refuse } from './problems';
import type { SaveMode } from './resource';
import { readUrl } from './urls';

const TYPES = new Set([
	'RECEIVE',
	'SPEND',
	'RECEIVE-OVERPAYMENT',
	'RECEIVE-PREPAYMENT',
	'SPEND-OVERPAYMENT',
	'SPEND-PREPAYMENT',
]);

/** Makes a bank transaction, changes one, or takes it out of the books again. */
export function saveBankTransaction(
	call: Call,
	input: Input,
	mode: SaveMode,
	id?: string,
): BankTransactionRow {
	const existingId = (id ?? input.trimmed('BankTransactionID'))?.toLowerCase();
	const existing =
		existingId === undefined ? undefined : call.ledger.bankTransactions.get(existingId);
	if (existingId !== undefined && !existing) throw new UnknownId();
	if (existing?.status === 'DELETED') refuse('This Bank Transaction cannot be edited.');
	const status = input.trimmed('Status')?.toUpperCase() ?? existing?.status ?? 'AUTHORISED';
	if (status !== 'AUTHORISED' && !(existing && status === 'DELETED')) refuse(WRONG_STATE);
	const type = existing?.type ?? input.trimmed('Type')?.toUpperCase() ?? '';
	if (!TYPES.has(type)) refuse(`Bank transaction type '${type}' is not valid.`);

	const kind: CreditKind = type.endsWith('OVERPAYMENT') ? 'overpayment' : 'prepayment';
	const credit =
		existing?.creditId === undefined ? undefined : call.ledger.credits(kind).get(existing.creditId);
	if (credit && !credit.remainingCredit.eq(credit.totals.total)) refuse(HAS_PAYMENTS);
	checkEditable(call, existing, status);
	if (existing && status === 'DELETED') return deleted(call, existing, credit);

	const problems = new Problems();
	const bank = existing
		? call.ledger.accounts.get(existing.bankAccountId)
		: readBankAccount(call, input.object('BankAccount'), problems);
	const overpays = kind === 'overpayment' && type.includes('-');
	const ofBank = bank?.currencyCode ?? call.ledger.info.value.baseCurrency;
	if ((input.trimmed('CurrencyCode')?.toUpperCase() ?? ofBank) !== ofBank) {
		problems.add('The currency of a bank transaction must be that of its bank account.');
	}
	const inBankCurrency = new Input({ ...input.submitted, CurrencyCode: ofBank });
	const draft = readDocument(
		call,
		overpays ? asOverpayment(inBankCurrency) : inBankCurrency,
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
	if (draft.common.lines.length === 0) problems.add('One or more line items must be specified');
	const url = readUrl(input, existing?.url, problems);
	problems.refuseIfAny();
	draft.storeContact();
	const isCredit = type.includes('-');
	const row: BankTransactionRow = {
		...draft.common,
		kind: 'bankTransaction',
		id: existing?.id ?? call.guid(),
		number: '',
		status,
		type,
		bankAccountId: bank?.accountId ?? '',
		reference: isCredit ? undefined : draft.common.reference,
		url,
		isReconciled: input.flag('IsReconciled') ?? existing?.isReconciled ?? false,
		creditId: existing?.creditId ?? (isCredit ? call.guid() : undefined),
	};
	call.ledger.bankTransactions.put(row.id, row);
	if (isCredit) storeCredit(call, row, kind);
	call.ledger.changed('bankTransaction', row.id, existing ? 'updated' : 'created');
	return row;
}

/** What was matched with the bank is not touched, and perhaps nothing that was spent is. */
function checkEditable(
	{ settings }: Call,
	existing: BankTransactionRow | undefined,
	status: string,
): void {
	if (existing?.isReconciled) {
		refuse(
			'This Bank Transaction cannot be edited as it has been reconciled with a Bank Statement.',
		);
	}
	const isSpent = existing?.type === 'SPEND' && status !== 'DELETED';
	if (isSpent && settings.spendMoneyUpdate === 'refused') {
		refuse('Spend money transactions cannot be updated.');
	}
}

/** Gone from the books on its own day, and with it what it had made. */
function deleted(
	call: Call,
	existing: BankTransactionRow,
	credit: CreditRow | undefined,
): BankTransactionRow {
	const problems = new Problems();
	checkLockDates(call.ledger, [existing.date], problems);
	problems.refuseIfAny();
	const row: BankTransactionRow = { ...existing, status: 'DELETED', updatedMs: call.now() };
	call.ledger.bankTransactions.put(row.id, row);
	call.ledger.changed('bankTransaction', row.id, 'updated');
	if (credit) {
		const { kind, id } = credit;
		const gone = { ...credit, status: 'VOIDED', remainingCredit: ZERO, updatedMs: call.now() };
		call.ledger.credits(kind).put(id, gone);
		call.ledger.changed(kind, id, 'updated');
	}
	return row;
}

/** An overpayment is owed, not earned: its line has no tax and no account of its own. */
function asOverpayment(input: Input): Input {
	const lines = input.list('LineItems');
	if (!lines) return new Input({ ...input.submitted, LineAmountTypes: 'NoTax' });
	return new Input({
		...input.submitted,
		LineAmountTypes: 'NoTax',
		LineItems: lines.map((line) => ({
			LineItemID: line.text('LineItemID'),
			Description: line.text('Description') ?? 'Overpayment',
			Quantity: 1,
			// Rounded here, since the places of a price would be a second rounding.
			UnitAmount: asNumber(
				line.decimal('LineAmount') ??
					rounded((line.decimal('Quantity') ?? ONE).times(line.decimal('UnitAmount') ?? ZERO), 2),
			),
		})),
	});
}

function storeCredit(call: Call, row: BankTransactionRow, kind: CreditKind): void {
	const id = row.creditId ?? call.guid();
	const before = call.ledger.credits(kind).get(id);
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
		paymentIds: before?.paymentIds ?? [],
		allocationIds: before?.allocationIds ?? [],
	});
	call.ledger.changed(kind, id, before ? 'updated' : 'created');
}
