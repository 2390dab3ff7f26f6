import { renderAllocations } from './allocations';
import type { Call } from './call';
import { saveCreditNote } from './creditSaving';
import { asNumber } from './decimals';
import { dateMembers, hasAttachments, renderDocument } from './documentRender';
import type { JsonObject } from './json';
import type { CreditKind, CreditRow } from './model';
import type { Detail, Resource } from './resource';
import { msDateOf } from './xeroDates';

/** What the API calls each kind of credit. */
const CREDIT_NAMES: Readonly<Record<CreditKind, { readonly one: string; readonly many: string }>> =
	{
		creditNote: { one: 'CreditNote', many: 'CreditNotes' },
		overpayment: { one: 'Overpayment', many: 'Overpayments' },
		prepayment: { one: 'Prepayment', many: 'Prepayments' },
	};

/** Overpayments and prepayments are made by bank transactions: here they are only read. */
export const overpayments = creditResource('overpayment', ['accounting.payments']);
export const prepayments = creditResource('prepayment', ['accounting.payments']);
export const creditNotes: Resource<CreditRow> = {
	...creditResource('creditNote', ['accounting.invoices']),
	hasPdf: true,
	save: saveCreditNote,
};

function creditResource(kind: CreditKind, scopes: readonly string[]): Resource<CreditRow> {
	const { one, many } = CREDIT_NAMES[kind];
	return {
		path: many,
		idName: `${one}ID`,
		scopes,
		paging: 'size',
		understandsWhere: true,
		fields: (call) => ({
			[`${one.toLowerCase()}id`]: (credit: CreditRow) => credit.id,
			[`${one.toLowerCase()}number`]: (credit: CreditRow) => credit.number,
			type: (credit: CreditRow) => credit.type,
			status: (credit: CreditRow) => credit.status,
			date: (credit: CreditRow) => credit.date,
			reference: (credit: CreditRow) => credit.reference ?? '',
			total: (credit: CreditRow) => credit.totals.total,
			remainingcredit: (credit: CreditRow) => credit.remainingCredit,
			updateddateutc: (credit: CreditRow) => credit.updatedMs,
			'contact.contactid': (credit: CreditRow) => credit.contactId,
			'contact.name': (credit: CreditRow) => call.ledger.contacts.get(credit.contactId)?.name,
		}),
		idOf: (credit) => credit.id,
		updatedMs: (credit) => credit.updatedMs,
		rows: (call) => call.ledger.credits(kind).all(),
		find: (call, named) => {
			const table = call.ledger.credits(kind);
			const key = named.toLowerCase();
			return (
				table.get(key) ??
				(kind === 'creditNote'
					? table.find((credit) => credit.number.toLowerCase() === key)
					: undefined)
			);
		},
		narrow: (call, rows) => {
			const references = call.queryList('References');
			if (kind !== 'overpayment' || !references) return rows;
			return rows.filter((credit) => references.includes(credit.reference ?? ''));
		},
		render: (call, credit, detail) => renderCredit(call, credit, detail),
	};
}

function renderCredit(call: Call, credit: CreditRow, detail: Detail): JsonObject {
	const { one } = CREDIT_NAMES[credit.kind];
	return {
		[`${one}ID`]: credit.id,
		...(credit.kind === 'creditNote'
			? { CreditNoteNumber: credit.number, SentToContact: credit.sentToContact }
			: {}),
		Type: credit.type,
		Reference: credit.reference ?? '',
		...renderDocument(call, credit, detail),
		...dateMembers('DueDate', credit.dueDate),
		...(credit.fullyPaidOn === undefined ? {} : { FullyPaidOnDate: msDateOf(credit.fullyPaidOn) }),
		...(credit.cisDeduction?.gt(0) ? { CISDeduction: asNumber(credit.cisDeduction) } : {}),
		RemainingCredit: asNumber(credit.remainingCredit),
		Allocations: renderAllocations(call, credit),
		Payments: credit.paymentIds.flatMap((paymentId): JsonObject[] => {
			const payment = call.ledger.payments.get(paymentId);
			return payment?.status === 'AUTHORISED'
				? [
						{
							PaymentID: paymentId,
							Date: msDateOf(payment.date),
							Amount: asNumber(payment.amount),
							Reference: payment.reference ?? '',
						},
					]
				: [];
		}),
		HasAttachments: hasAttachments(call, credit.id),
		HasErrors: false,
	};
}
