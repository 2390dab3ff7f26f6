import { calendarDate, latestOf, type CalendarDate } from '../../dates';
import type { Issue } from '../../issue';
import { amountText, parseDecimal, type Decimal } from '../../money';
import { faultOr } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import { isAllocated } from '../../xero/documents/allocations';
import type { Allocating, DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { issueOf, type RuleSeverities } from '../check/check';
import { isApproved, isOpenForMoney } from '../check/approval';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { putAgainst } from '../credit/putAgainst';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import { liveOnes } from '../find/twins';
import { postingOf } from '../plan/closedPeriods';
import { isPassing, stepHeld } from '../words/notSent';
import { issuesOfXero } from '../words/xeroWords';
import { isTurnTaken } from '../write/turns';
import { isOnItsWay, type Completed, type FollowUp, type Followed } from './completed';
import { withId, withIssues } from './named';

/** What allocations of a run have in common. */
interface AllocatingRun {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	readonly allocates: Allocating;
	readonly severities: RuleSeverities;
	readonly today: CalendarDate;
}

/** A document may be put against another once it is there and approved. Throws ServiceFaultError. */
export async function readAllocations(
	run: AllocatingRun,
	drafts: readonly Draft[],
): Promise<Completed> {
	const { client, allocates, severities } = run;
	const { against, numberPath } = allocates;
	const wanted = drafts.filter(isOnItsWay).flatMap((draft) => headerText(draft, numberPath) ?? []);
	if (wanted.length === 0) return { drafts };
	const found = await findDocuments(client, against, {
		ids: [],
		values: { [against.numberPath]: wanted },
	});
	const targets = liveOnes(against, found);
	const named = targets.map(({ id, number }) => ({ id, names: [number] }));
	const field = { path: numberPath, what: 'invoice' };
	return {
		drafts: drafts.map((draft) =>
			isOnItsWay(draft)
				? withIssues(
						draft,
						withId(draft, field, named, severities).issues.slice(draft.issues.length),
					)
				: draft,
		),
		follow: ({ draft }, document) => followUp(run, targets, draft, document),
	};
}

/** What is left to do for a record's allocation, given the credit note as far as it is there. */
function followUp(
	{ client, definition, allocates, severities, today }: AllocatingRun,
	invoices: readonly XeroDocument[],
	draft: Draft,
	document: XeroDocument | undefined,
): FollowUp | undefined {
	const { numberPath, amountPath } = allocates;
	const number = headerText(draft, numberPath);
	const invoice = invoices.find(
		(each) => number !== undefined && foldText(each.number ?? '') === foldText(number),
	);
	if (!invoice || number === undefined) return undefined;
	if (document && isAllocated(document, invoice.id)) return undefined;
	const status = document?.status ?? headerText(draft, 'status') ?? definition.lifecycle.initial;
	const amount = parseDecimal(headerText(draft, amountPath) ?? '');
	const name = definition.label.toLowerCase();
	if (!isOpenForMoney(definition, { status })) {
		const finding = isApproved(definition, { status })
			? {
					message: `The ${name} is used up, so nothing of it is left for ${number}.`,
					fix: 'Clear the invoice to allocate to, or take the allocation back in Xero that used it up.',
				}
			: {
					message: `The ${name} is not approved yet, so it is not put against ${number}.`,
					fix: 'Approve it, and run the record again; or clear the invoice to allocate to.',
				};
		return { issues: notice({ field: numberPath, ...finding }) };
	}
	const what = amount ? `${number}: ${amount.toFixed(2)}` : number;
	const own =
		calendarDate(headerText(draft, 'date') ?? '') ?? (document && postingOf(document).day);
	const day = latestOf(today, own, postingOf(invoice).day);
	return {
		change: { field: numberPath, after: what },
		inWords: [`Allocate to ${what}${day === today ? '' : `, on ${day}`}`],
		carryOut: async (note) =>
			await allocate(
				client,
				{ definition, note, invoiceId: invoice.id, amount, date: today },
				severities,
			),
	};
}

function notice(finding: { field: string; message: string; fix: string }): Issue[] {
	return [{ code: LATE_RULES.targetNotOpen.code, severity: 'warn', ...finding }];
}

/** A credit note and what it is to be put against. */
export interface Allocation {
	/** Of the credit note. */
	readonly definition: DocumentDefinition;
	readonly note: XeroDocument;
	readonly invoiceId: string;
	/** As much as both sides have open unless told. */
	readonly amount?: Decimal;
	/** The day on which it posts, unless one of both is dated later. */
	readonly date: CalendarDate;
}

/** Puts a credit note against an invoice or bill, where it is not yet. Never throws for Xero's faults. */
export async function allocate(
	client: XeroClient,
	{ definition, note, invoiceId, amount: wanted, date }: Allocation,
	severities: RuleSeverities,
): Promise<Followed> {
	const { allocates } = definition;
	if (!allocates) throw new Error(`A ${definition.type} is put against nothing.`);
	const { against, numberPath: field } = allocates;
	const unknown = (reason: string) => notKnown(reason, field, severities);
	const read = await faultOr(
		Promise.all([readOne(client, definition, note.id), readOne(client, against, invoiceId)]),
	);
	if (!read.ok) return unknown(read.failure.message);
	const [present, invoice] = read.value;
	if (!present || !invoice) return unknown('What was to be allocated is not there.');
	if (isAllocated(present, invoiceId)) return { kind: 'done', document: present };
	const amount = wanted ?? smaller(present.amounts?.amountDue, invoice.amounts?.amountDue);
	if (!amount || amount.lte(0) || !isOpenForMoney(against, invoice)) {
		const message = `${invoice.number ?? 'The invoice'} has nothing open that could be credited.`;
		const fix = 'Check the invoice in Xero, or clear the invoice to allocate to.';
		return { kind: 'noted', issues: notice({ field, message, fix }) };
	}
	// By what it is for alone: two workers at once cannot both put the note against the invoice.
	const answer = await putAgainst(client, {
		resource: definition.wire.resource,
		creditId: note.id,
		invoiceId,
		amount,
		date: latestOf(date, postingOf(present).day, postingOf(invoice).day),
		basis: String(present.updatedAtMs ?? ''),
	});
	if (answer.kind === 'stopped') {
		const stopped = answer.fault;
		if (!isPassing(stopped)) return unknown(stopped.message);
		const said = `${note.number ?? 'It'} is in Xero, and not put against ${invoice.number ?? 'the invoice'}.`;
		return stepHeld(stopped, said);
	}
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
				field: allocates.amountPath,
				message: `${amountText(amount, currency)} could not be allocated. ${issue.message}`,
			})),
		};
	}
	return unknown(
		answer.kind === 'unknown' ? answer.reason : 'Another run was at it at the same moment.',
	);
}

function smaller(one: Decimal | undefined, other: Decimal | undefined): Decimal | undefined {
	return one && other ? (one.lt(other) ? one : other) : undefined;
}

function notKnown(reason: string, field: string, severities: RuleSeverities): Followed {
	return {
		kind: 'failed',
		outcome: 'failed',
		issues: issueOf(
			LATE_RULES.noAnswer,
			{
				field,
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
