import type { CalendarDate } from '../../dates';
import { contentHash } from '../../hash';
import type { Issue } from '../../issue';
import { amountText, canonicalDecimal, parseDecimal, type Decimal } from '../../money';
import { faultOr } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import { isAllocated } from '../../xero/documents/allocations';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { BILL } from '../../xero/documents/bill';
import type { SALES_INVOICE } from '../../xero/documents/salesInvoice';
import { toWireValue } from '../../xero/documents/wireValues';
import { findDocuments } from '../../xero/lookups';
import { issueOf, type RuleSeverities } from '../check/check';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import { liveOnes } from '../find/twins';
import { issuesOfXero } from '../words/xeroWords';
import { isTurnTaken } from '../write/turns';
import { withId, withIssues } from './named';
import { isOnItsWay, type DocumentStrategy, type FollowUp, type Followed } from './strategy';

const INVOICE = 'allocation.invoiceNumber';
const AMOUNT = 'allocation.amount';

/** A credit note may be put against an invoice once it is there and approved. */
export function creditNoteStrategy(
	definition: DocumentDefinition,
	target: typeof SALES_INVOICE | typeof BILL,
): DocumentStrategy {
	return {
		async complete({ client }, drafts, severities) {
			const wanted = drafts.filter(isOnItsWay).flatMap((draft) => headerText(draft, INVOICE) ?? []);
			if (wanted.length === 0) return { drafts };
			const found = await findDocuments(client, target, {
				ids: [],
				values: { invoiceNumber: wanted },
			});
			const invoices = liveOnes(target, found);
			const named = invoices.map(({ id, number }) => ({ id, names: [number] }));
			const field = { path: INVOICE, what: 'invoice' };
			return {
				drafts: drafts.map((draft) =>
					isOnItsWay(draft)
						? withIssues(
								draft,
								withId(draft, field, named, severities).issues.slice(draft.issues.length),
							)
						: draft,
				),
				follow: (draft, document) =>
					followUp({ client, definition, target, invoices, severities }, draft, document),
			};
		},
	};
}

/** What allocations of a run have in common. */
interface Allocating {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	readonly target: DocumentDefinition;
	/** The invoices or bills that the records name. */
	readonly invoices: readonly XeroDocument[];
	readonly severities: RuleSeverities;
}

/** What is left to do for a record's allocation, given the credit note as far as it is there. */
function followUp(
	{ client, definition, target, invoices, severities }: Allocating,
	draft: Draft,
	document: XeroDocument | undefined,
): FollowUp | undefined {
	const number = headerText(draft, INVOICE);
	const invoice = invoices.find(
		(each) => number !== undefined && foldText(each.number ?? '') === foldText(number),
	);
	if (!invoice || number === undefined) return undefined;
	if (document && isAllocated(document, invoice.id)) return undefined;
	const status = document?.status ?? headerText(draft, 'status') ?? definition.defaultStatus;
	const amount = parseDecimal(headerText(draft, AMOUNT) ?? '');
	const name = definition.label.toLowerCase();
	if (status !== 'AUTHORISED') {
		const message =
			status === 'PAID'
				? `The ${name} is used up, so nothing of it is left for ${number}.`
				: `The ${name} is not approved yet, so it is not put against ${number}.`;
		const fix = 'Approve it, and run the record again; or clear the invoice to allocate to.';
		return { issues: notice({ field: INVOICE, message, fix }) };
	}
	return {
		change: { field: INVOICE, after: amount ? `${number}: ${amount.toFixed(2)}` : number },
		carryOut: async (note) =>
			await allocate(
				client,
				{ definition, target, note, invoiceId: invoice.id, amount },
				severities,
			),
	};
}

function notice(finding: { field: string; message: string; fix: string }): Issue[] {
	return [{ code: LATE_RULES.targetNotOpen.code, severity: 'warn', ...finding }];
}

/** A credit note and what it is to be put against. */
export interface Allocation {
	/** Registry entry of the credit note. */
	readonly definition: DocumentDefinition;
	/** Registry entry of the invoice or bill. */
	readonly target: DocumentDefinition;
	readonly note: XeroDocument;
	readonly invoiceId: string;
	/** As much as both sides have open unless told. */
	readonly amount?: Decimal;
	/** Today unless told. */
	readonly date?: CalendarDate;
}

/** Puts a credit note against an invoice or bill, where it is not yet. Never throws for Xero's faults. */
export async function allocate(
	client: XeroClient,
	{ definition, target, note, invoiceId, amount: wanted, date }: Allocation,
	severities: RuleSeverities,
): Promise<Followed> {
	const read = await faultOr(
		Promise.all([readOne(client, definition, note.id), readOne(client, target, invoiceId)]),
	);
	if (!read.ok) return unknown(read.failure.message, severities);
	const [present, invoice] = read.value;
	if (!present || !invoice) return unknown('What was to be allocated is not there.', severities);
	if (isAllocated(present, invoiceId)) return { kind: 'done', document: present };
	const amount = wanted ?? smaller(present.amounts?.amountDue, invoice.amounts?.amountDue);
	if (!amount || amount.lte(0) || invoice.status !== 'AUTHORISED') {
		const message = `${invoice.number ?? 'The invoice'} has nothing open that could be credited.`;
		const fix = 'Check the invoice in Xero, or clear the invoice to allocate to.';
		return { kind: 'noted', issues: notice({ field: INVOICE, message, fix }) };
	}
	const path = `/CreditNotes/${note.id}/Allocations`;
	const answer = await client.write({
		method: 'PUT',
		path,
		body: {
			Allocations: [
				{
					Amount: toWireValue('money', canonicalDecimal(amount)),
					Invoice: { InvoiceID: invoiceId },
					...(date === undefined ? {} : { Date: date }),
				},
			],
		},
		// By what it is for alone: two workers at once cannot both put the note against the invoice.
		idempotencyKey: `knack-xero-${contentHash({ organisation: client.organisationId ?? '', path, invoiceId, basis: present.updatedAtMs })}`,
	});
	if (answer.kind === 'stopped') return unknown(answer.fault.message, severities);
	const again = await faultOr(readOne(client, definition, note.id));
	const now = again.ok ? again.value : undefined;
	if (now && isAllocated(now, invoiceId)) return { kind: 'done', document: now };
	if (answer.kind === 'refused' && !isTurnTaken(answer.messages)) {
		const currency = note.amounts?.currency ?? '';
		return {
			kind: 'failed',
			outcome: 'blocked',
			issues: issuesOfXero(answer.messages).map((issue) => ({
				...issue,
				field: AMOUNT,
				message: `${amountText(amount, currency)} could not be allocated. ${issue.message}`,
			})),
		};
	}
	return unknown(
		answer.kind === 'unknown' ? answer.reason : 'Another run was at it at the same moment.',
		severities,
	);
}

function smaller(one: Decimal | undefined, other: Decimal | undefined): Decimal | undefined {
	return one && other ? (one.lt(other) ? one : other) : undefined;
}

function unknown(reason: string, severities: RuleSeverities): Followed {
	return {
		kind: 'failed',
		outcome: 'failed',
		issues: issueOf(
			LATE_RULES.noAnswer,
			{
				field: INVOICE,
				message: `The credit note is in Xero, but it is not known to be put against its invoice. ${reason}`,
				fix: 'Run the record again: what is there already is not done twice.',
			},
			severities,
		),
	};
}

async function readOne(
	client: XeroClient,
	definition: DocumentDefinition,
	id: string,
): Promise<XeroDocument | undefined> {
	const found = await findDocuments(client, definition, { ids: [id], values: {} });
	return found[0];
}
