import type { Call } from './call';
import { cisDeductionOn } from './cis';
import { ZERO } from './decimals';
import { isPosted, readDocument, type DocumentDraft } from './documents';
import { checkLockDates } from './lockDates';
import { UnknownId } from './failures';
import type { Input } from './input';
import { invoiceByNumber, isGone, nextInvoiceNumber, readNumber } from './invoiceNumbers';
import type { InvoiceRow, InvoiceType } from './model';
import { dueByTerms } from './paymentTerms';
import { Problems, refuse } from './problems';
import type { SaveMode } from './resource';
import { changesAmounts, keepsUpdatedTime } from './settledInvoice';
import { readUrl } from './urls';

export const WRONG_STATE = 'Invoice not of valid status for modification';
export const HAS_PAYMENTS =
	'This document cannot be edited as it has a payment or credit note allocated to it.';

const TYPE_MISSING = 'Invoice Type must be specified as ACCREC or ACCPAY.';
const LINES_MISSING = 'One or more line items must be specified';

/** From where a person or an app may move an invoice to where; PAID is never set. */
const MOVES: Readonly<Record<string, readonly string[]>> = {
	'': ['DRAFT', 'SUBMITTED', 'AUTHORISED'],
	DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
	SUBMITTED: ['SUBMITTED', 'AUTHORISED', 'DRAFT', 'DELETED'],
	AUTHORISED: ['AUTHORISED', 'VOIDED'],
	PAID: ['PAID'],
};

const APPROVED = new Set(['AUTHORISED', 'PAID']);

/** POST matches InvoiceID, then InvoiceNumber (of sales invoices); PUT only creates. */
export function saveInvoice(call: Call, input: Input, mode: SaveMode, id?: string): InvoiceRow {
	const existing = matched(call, input, mode, id);
	const row = existing ? changed(call, input, existing) : created(call, input);
	call.ledger.invoices.put(row.id, row);
	markContact(call, row);
	call.ledger.changed('invoice', row.id, existing ? 'updated' : 'created');
	return row;
}

function matched(
	call: Call,
	input: Input,
	mode: SaveMode,
	id: string | undefined,
): InvoiceRow | undefined {
	const invoiceId = (id ?? input.trimmed('InvoiceID'))?.toLowerCase();
	if (invoiceId !== undefined) {
		const found = call.ledger.invoices.get(invoiceId);
		if (!found) throw new UnknownId();
		return found;
	}
	const number = input.trimmed('InvoiceNumber');
	if (mode === 'create' || number === undefined) return undefined;
	const type = readType(input);
	if (type === 'ACCPAY' && !call.settings.billNumberMatches) return undefined;
	const holder = invoiceByNumber(call, type, number);
	if (holder && isGone(holder) && call.settings.deletedNumberReusable) return undefined;
	return holder;
}

/** A word that is none of Xero's statuses ends the request, as any wrong word does. */
function readStatus(input: Input): string | undefined {
	const statuses = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED'];
	return input.oneOf('Status', statuses, 'Xero.API.Library..InvoiceStatus');
}

function readType(input: Input): InvoiceType {
	const type = input.trimmed('Type')?.toUpperCase();
	if (type === 'ACCREC' || type === 'ACCPAY') return type;
	return refuse(TYPE_MISSING);
}

function created(call: Call, input: Input): InvoiceRow {
	const problems = new Problems();
	const sentType = input.trimmed('Type')?.toUpperCase();
	const type = sentType === 'ACCPAY' ? 'ACCPAY' : 'ACCREC';
	if (sentType !== type) problems.add(TYPE_MISSING);
	const status = readStatus(input) ?? 'DRAFT';
	if (!MOVES['']?.includes(status)) problems.add('Invoice not of valid status for creation');
	if ((input.list('LineItems') ?? []).length === 0) problems.add(LINES_MISSING);
	const draft = readDraft(call, input, undefined, type, status, problems);
	const number = readNumber(call, input, undefined, type, problems);
	const own = readOwnMembers(call, input, undefined, type, status, draft, problems);
	checkApproval(call, type, '', status, draft, problems);
	problems.refuseIfAny();
	draft.storeContact();
	countApproval(call, type, '', status);
	const cisDeduction = cisDeductionOn(call.ledger, type, draft.common);
	const due = draft.common.totals.total.minus(cisDeduction);
	const paid = status === 'AUTHORISED' && due.eq(0);
	return {
		...draft.common,
		...own,
		kind: 'invoice',
		id: call.guid(),
		type,
		number: number ?? nextInvoiceNumber(call),
		status: paid ? 'PAID' : status,
		cisDeduction,
		amountPaid: ZERO,
		amountCredited: ZERO,
		amountDue: due,
		fullyPaidOn: paid ? draft.common.date : undefined,
		paymentIds: [],
		allocationIds: [],
	};
}

function changed(call: Call, input: Input, existing: InvoiceRow): InvoiceRow {
	const status = readStatus(input) ?? existing.status;
	const settled = existing.amountPaid.plus(existing.amountCredited).gt(0);
	if (isGone(existing)) refuse(WRONG_STATE);
	if (settled && (status === 'VOIDED' || status === 'DELETED')) {
		refuse(
			`The status ${status} cannot be applied to the invoice because it has payments or credit notes allocated to it.`,
		);
	}
	if (!MOVES[existing.status]?.includes(status)) refuse(WRONG_STATE);
	if (input.sent('Type') && readType(input) !== existing.type) refuse(WRONG_STATE);
	const problems = new Problems();
	if (status === 'VOIDED' || status === 'DELETED') return removed(call, existing, status);
	const draft = readDraft(call, input, existing, existing.type, status, problems);
	const number = readNumber(call, input, existing, existing.type, problems);
	const own = readOwnMembers(call, input, existing, existing.type, status, draft, problems);
	checkApproval(call, existing.type, existing.status, status, draft, problems);
	if (settled && changesAmounts(draft.common, existing)) problems.add(HAS_PAYMENTS);
	if (APPROVED.has(existing.status) && draft.common.currencyCode !== existing.currencyCode) {
		problems.add('The currency of an approved invoice cannot be changed.');
	}
	problems.refuseIfAny();
	draft.storeContact();
	countApproval(call, existing.type, existing.status, status);
	const cisDeduction = cisDeductionOn(call.ledger, existing.type, draft.common);
	const amountDue = draft.common.totals.total
		.minus(cisDeduction)
		.minus(existing.amountPaid)
		.minus(existing.amountCredited);
	return {
		...existing,
		...draft.common,
		...own,
		currencyRate: settled ? existing.currencyRate : draft.common.currencyRate,
		number: number ?? existing.number,
		status,
		cisDeduction,
		amountDue,
		updatedMs: keepsUpdatedTime(existing, draft, own) ? existing.updatedMs : call.now(),
	};
}

/** Voiding and deleting keep the document as it was; what was due is not due any more. */
export function removed(
	call: Call,
	existing: InvoiceRow,
	status: 'VOIDED' | 'DELETED',
): InvoiceRow {
	const problems = new Problems();
	if (isPosted(existing.status)) checkLockDates(call.ledger, [existing.date], problems);
	problems.refuseIfAny();
	return { ...existing, status, amountDue: ZERO, updatedMs: call.now() };
}

function readDraft(
	call: Call,
	input: Input,
	existing: InvoiceRow | undefined,
	type: InvoiceType,
	status: string,
	problems: Problems,
): DocumentDraft {
	const approves = status === 'AUTHORISED' && existing?.status !== 'AUTHORISED';
	return readDocument(
		call,
		input,
		existing,
		{
			sales: type === 'ACCREC',
			hasBrandingTheme: type === 'ACCREC',
			discounts: type === 'ACCREC',
			negativeQuantity: call.settings.negativeInvoiceQuantity === 'taken',
			needsAccounts: status !== 'DRAFT',
			unitDecimalPlaces: call.unitDecimalPlaces,
			makesContacts: true,
			contactMustBeActive: existing === undefined || approves,
			posts: { before: isPosted(existing?.status), after: isPosted(status) },
			longestReference: 255,
		},
		problems,
	);
}

type OwnMembers = Pick<
	InvoiceRow,
	'dueDate' | 'url' | 'sentToContact' | 'expectedPaymentDate' | 'plannedPaymentDate'
>;

function readOwnMembers(
	call: Call,
	input: Input,
	existing: InvoiceRow | undefined,
	type: InvoiceType,
	status: string,
	draft: DocumentDraft,
	problems: Problems,
): OwnMembers {
	const contact = call.ledger.contacts.get(draft.common.contactId);
	const dueDate =
		input.date('DueDate') ??
		existing?.dueDate ??
		(existing ? undefined : dueByTerms(contact, type, draft.common.date));
	if (dueDate === undefined && status !== 'DRAFT') problems.add('The Due Date must be specified.');
	const url = readInvoiceUrl(call, input, existing, problems);
	const sentToContact = input.flag('SentToContact') ?? existing?.sentToContact ?? false;
	return {
		dueDate,
		url,
		sentToContact: sentToContact && status !== 'DRAFT',
		expectedPaymentDate: input.date('ExpectedPaymentDate') ?? existing?.expectedPaymentDate,
		plannedPaymentDate: input.date('PlannedPaymentDate') ?? existing?.plannedPaymentDate,
	};
}

function readInvoiceUrl(
	{ settings }: Call,
	input: Input,
	existing: InvoiceRow | undefined,
	problems: Problems,
): string | undefined {
	if (!input.has('Url')) return existing?.url;
	if (existing && settings.urlOnUpdate === 'ignored') return existing.url;
	if (existing && settings.urlOnUpdate === 'refused') {
		problems.add('The Url of an invoice cannot be changed.');
	}
	return readUrl(input, existing?.url, problems);
}

function checkApproval(
	call: Call,
	type: InvoiceType,
	before: string,
	status: string,
	draft: DocumentDraft,
	problems: Problems,
): void {
	if (before !== '' && status !== 'DRAFT' && draft.common.lines.length === 0) {
		problems.add(LINES_MISSING);
	}
	if (draft.common.totals.total.lt(0)) {
		problems.add('The document total must not be less than zero.');
	}
	if (status !== 'AUTHORISED' || APPROVED.has(before)) return;
	const { approvableSalesInvoices, approvableBills } = call.ledger.info.value;
	const left = type === 'ACCREC' ? approvableSalesInvoices : approvableBills;
	if (left !== undefined && left <= 0) {
		problems.add('You have reached the limit of invoices you can approve');
	}
}

function countApproval(call: Call, type: InvoiceType, before: string, status: string): void {
	if (status !== 'AUTHORISED' || APPROVED.has(before)) return;
	const { info } = call.ledger;
	const { approvableSalesInvoices, approvableBills } = info.value;
	if (type === 'ACCREC' && approvableSalesInvoices !== undefined) {
		info.update({ approvableSalesInvoices: approvableSalesInvoices - 1 });
	} else if (type === 'ACCPAY' && approvableBills !== undefined) {
		info.update({ approvableBills: approvableBills - 1 });
	}
}

/** A contact becomes a customer or supplier with its first document; its time stays as it was. */
function markContact(call: Call, row: InvoiceRow): void {
	const contact = call.ledger.contacts.get(row.contactId);
	if (!contact) return;
	const customer = contact.isCustomer || row.type === 'ACCREC';
	const supplier = contact.isSupplier || row.type === 'ACCPAY';
	if (customer === contact.isCustomer && supplier === contact.isSupplier) return;
	call.ledger.contacts.put(contact.contactId, {
		...contact,
		isCustomer: customer,
		isSupplier: supplier,
	});
}
