import type { Call } from './call';
import { cisDeductionOfCredit } from './cis';
import { isPosted, readDocument } from './documents';
import { checkLockDates } from './lockDates';
import { UnknownId } from './failures';
import type { Input } from './input';
import { HAS_PAYMENTS, WRONG_STATE } from './invoiceSaving';
import type { CreditRow } from './model';
import { Problems, refuse } from './problems';
import type { SaveMode } from './resource';
import { payableOf } from './settlements';

const MOVES: Readonly<Record<string, readonly string[]>> = {
	'': ['DRAFT', 'SUBMITTED', 'AUTHORISED'],
	DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
	SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
	AUTHORISED: ['AUTHORISED', 'VOIDED'],
	PAID: ['PAID'],
};

/** POST matches CreditNoteID, then CreditNoteNumber (of sales credit notes); PUT only creates. */
export function saveCreditNote(call: Call, input: Input, mode: SaveMode, id?: string): CreditRow {
	const existing = matched(call, input, mode, id);
	const status = input.trimmed('Status')?.toUpperCase() ?? existing?.status ?? 'DRAFT';
	if (!MOVES[existing?.status ?? '']?.includes(status)) refuse(WRONG_STATE);
	const used = existing !== undefined && !existing.remainingCredit.eq(payableOf(existing));
	if (used) refuse(HAS_PAYMENTS);
	const row =
		existing && (status === 'VOIDED' || status === 'DELETED')
			? withoutTrace(call, existing, status)
			: written(call, input, existing, status);
	call.ledger.creditNotes.put(row.id, row);
	call.ledger.changed('creditNote', row.id, existing ? 'updated' : 'created');
	return row;
}

function matched(
	call: Call,
	input: Input,
	mode: SaveMode,
	id: string | undefined,
): CreditRow | undefined {
	const creditNoteId = (id ?? input.trimmed('CreditNoteID'))?.toLowerCase();
	if (creditNoteId !== undefined) {
		const found = call.ledger.creditNotes.get(creditNoteId);
		if (!found) throw new UnknownId();
		return found;
	}
	const number = input.trimmed('CreditNoteNumber');
	if (mode === 'create' || number === undefined || readType(input) === 'ACCPAYCREDIT') {
		return undefined;
	}
	return creditNoteByNumber(call, number);
}

function withoutTrace(call: Call, existing: CreditRow, status: string): CreditRow {
	const problems = new Problems();
	if (isPosted(existing.status)) checkLockDates(call.ledger, [existing.date], problems);
	problems.refuseIfAny();
	const { totals } = existing;
	return {
		...existing,
		status,
		remainingCredit: totals.total.minus(totals.total),
		updatedMs: call.now(),
	};
}

function written(
	call: Call,
	input: Input,
	existing: CreditRow | undefined,
	status: string,
): CreditRow {
	const type = existing?.type ?? readType(input);
	const problems = new Problems();
	const draft = readDocument(
		call,
		input,
		existing,
		{
			sales: type === 'ACCRECCREDIT',
			hasBrandingTheme: type === 'ACCRECCREDIT',
			discounts: type === 'ACCRECCREDIT',
			negativeQuantity: true,
			needsAccounts: status !== 'DRAFT',
			unitDecimalPlaces: call.unitDecimalPlaces,
			makesContacts: true,
			contactMustBeActive: existing === undefined,
			posts: { before: isPosted(existing?.status), after: isPosted(status) },
			longestReference: 255,
		},
		problems,
	);
	const number = input.trimmed('CreditNoteNumber') ?? existing?.number;
	if (type === 'ACCRECCREDIT' && number !== undefined && number !== existing?.number) {
		if (creditNoteByNumber(call, number)) problems.add('Credit note number must be unique.');
	}
	if (status !== 'DRAFT' && draft.common.lines.length === 0) {
		problems.add('One or more line items must be specified');
	}
	problems.refuseIfAny();
	draft.storeContact();
	const cisDeduction = cisDeductionOfCredit(call, type, draft.common);
	return {
		...draft.common,
		kind: 'creditNote',
		id: existing?.id ?? call.guid(),
		type,
		number: number ?? (type === 'ACCPAYCREDIT' ? '' : nextNumber(call)),
		status,
		dueDate: input.date('DueDate') ?? existing?.dueDate,
		sentToContact: existing?.sentToContact ?? false,
		cisDeduction,
		remainingCredit: draft.common.totals.total.minus(cisDeduction),
		paymentIds: existing?.paymentIds ?? [],
		allocationIds: existing?.allocationIds ?? [],
	};
}

function readType(input: Input): 'ACCRECCREDIT' | 'ACCPAYCREDIT' {
	const type = input.trimmed('Type')?.toUpperCase();
	if (type === 'ACCRECCREDIT' || type === 'ACCPAYCREDIT') return type;
	return refuse('Credit Note Type must be specified as ACCRECCREDIT or ACCPAYCREDIT.');
}

function creditNoteByNumber(call: Call, number: string): CreditRow | undefined {
	return call.ledger.creditNotes
		.lookUp('number', number.toLowerCase())
		.find((credit) => credit.type === 'ACCRECCREDIT');
}

function nextNumber(call: Call): string {
	const { info } = call.ledger;
	for (;;) {
		const next = info.value.nextCreditNoteNumber;
		info.update({ nextCreditNoteNumber: next + 1 });
		const number = `CN-${String(next).padStart(4, '0')}`;
		if (!creditNoteByNumber(call, number)) return number;
	}
}
