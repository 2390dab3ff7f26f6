import { contentHash } from '../../hash';
import type { Issue } from '../../issue';
import { oneText } from '../../texts';
import { without } from '../../without';
import type {
	DocumentAmounts,
	DocumentDefinition,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import type { PlanApproval } from '../approval/approved';
import { isStopping, issueOf } from '../check/check';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { FieldChange } from '../outcome';
import { checkBankDetails } from './bankDetails';
import type { TakenOver } from './bothWays';
import { closedPeriods } from './closedPeriods';
import type { Wanted } from './inPlace';
import { settleConstructionScheme, tellConstructionScheme } from './constructionScheme';
import { settleLate } from './lateDocuments';
import {
	checkAllocationDay,
	checkLines,
	checkNewStatus,
	checkPeriods,
	checkSize,
	checkTotals,
	type Found,
} from './planChecks';
import { planCreate } from './planCreate';
import type { PlanInput } from './planInput';
import { planUpdate } from './planUpdate';
import type { PredictedDocument } from './predictAmounts';
import { withoutIdleTax } from './untaxed';

interface Planned {
	readonly draft: Draft;
	readonly issues: readonly Issue[];
	/** What identifies the record across runs, such as `invoiceNumber:INV-7`. */
	readonly key: string;
	/** Of everything that the record wants to see in Xero. */
	readonly contentHash: string;
	/** What counts as sent once the plan is carried out; see `fingerprint.ts`. */
	readonly fingerprint?: string;
	/** What it does to the order that it is for. */
	readonly order?: ForOrder;
	/** What a person has changed in Xero and the record is to take over; see `bothWays.ts`. */
	readonly forRecord?: TakenOver;
	/** Whose approval it has, and what stands for it; see `approval/holdUnapproved.ts`. */
	readonly approval?: PlanApproval;
}

/** What a bill does to the order that it is for; see `orders/settleOrder.ts`. */
interface ForOrder {
	readonly isClosing: boolean;
	readonly isChanged: boolean;
	/** Whether it takes less of it than before. */
	readonly isReduced: boolean;
	/** Whether others of the run need what it leaves, so that it is written before them. */
	readonly makesRoom: boolean;
	/** What opens the order again before the bill is changed, in words; each is one write call. */
	readonly opening: readonly string[];
}

/** What is to be done for one record. Exactly one per draft; made without writing anything. */
export type Plan = Planned &
	(
		| { readonly action: 'skip' }
		| { readonly action: 'stop' }
		| {
				readonly action: 'create';
				/** Made when it is sent, or too large to be: a preview of thousands keeps none. */
				readonly element: () => WireElement;
				readonly changes: readonly FieldChange[];
				readonly amounts?: DocumentAmounts;
		  }
		| {
				readonly action: 'update';
				readonly element: () => WireElement;
				readonly changes: readonly FieldChange[];
				readonly document: XeroDocument;
				readonly by: string;
				readonly amounts?: DocumentAmounts;
				readonly surplus: readonly XeroDocument[];
		  }
		| {
				/** Credited, and made anew: what the customer has is not rewritten. */
				readonly action: 'correct';
				readonly document: XeroDocument;
				readonly by: string;
				readonly changes: readonly FieldChange[];
				/** The document as it would be with the changes. */
				readonly wanted: Wanted;
				readonly amounts?: DocumentAmounts;
		  }
		| {
				readonly action: 'keep';
				readonly document: XeroDocument;
				readonly by: string;
				/** Twins of the document, to be taken back. */
				readonly surplus: readonly XeroDocument[];
		  }
	);

/** What identifies a draft across runs: its id, else its surest key. */
export function draftKey(definition: DocumentDefinition, draft: Draft): string {
	if (draft.id !== undefined) return `id:${draft.id}`;
	for (const key of definition.keys) {
		const value = headerText(draft, key.path);
		if (value !== undefined) return oneText(key.path, ':', value);
	}
	const contact = headerText(draft, 'emailAddress');
	return contact === undefined ? '' : `emailAddress:${contact}`;
}

export function draftHash(draft: Draft): string {
	return contentHash({
		type: draft.type,
		id: draft.id,
		fields: draft.fields,
		lines: draft.lines?.map((line) => line.fields),
	});
}

export function planDraft(given: PlanInput): Plan {
	const { definition, match, options } = given;
	const issues: Issue[] = [...given.draft.issues, ...(match?.issues ?? [])];
	let base: Pick<Plan, 'draft' | 'key' | 'contentHash'> = {
		draft: given.draft,
		key: draftKey(definition, given.draft),
		contentHash: draftHash(given.draft),
	};
	if (given.draft.skipReason !== undefined) return { issues, action: 'skip', ...base };
	const found: Found = (rule, finding) => {
		issues.push(...issueOf(rule, finding, options.ruleSeverities));
	};
	if (!match || match.kind === 'stopped' || issues.some(isStopping)) {
		issues.push(...(given.issuesWhenDue ?? []));
		// One look shows everything: what is amiss in the lines is said with what stops the record.
		if (given.draft.lines) checkLines(given, given.draft.lines, undefined, found);
		return { issues, action: 'stop', ...base };
	}
	const name = definition.label.toLowerCase();
	const periods = closedPeriods(given.settings, options.booksClosedUntil);
	const present = match.kind === 'matched' ? match.document : undefined;
	const late = settleLate(given, present, periods);
	if (late.finding) found(LATE_RULES.lateDocument, late.finding);
	const untaxed = withoutIdleTax(definition, late.draft, present);
	const draft = settleConstructionScheme({ ...given, draft: untaxed }, present);
	const input: PlanInput = { ...given, draft };
	// What follows the plan goes by the draft that is sent: one that is late is not approved after all.
	base = { ...base, draft };
	checkAllocationDay(input, present, periods, found);

	if (match.kind === 'missing') {
		issues.push(...(given.issuesWhenDue ?? []));
		if (options.writePolicy === 'updateOnly') {
			found(LATE_RULES.createForbidden, {
				message: `There is no such ${name} in Xero, and the node only updates.`,
				fix: 'Create it in Xero, or let the node create documents too.',
			});
		}
		const unpaired = (draft.lines ?? []).map((line) => ({ line }));
		tellConstructionScheme(input, undefined, unpaired, found);
		const { lines, ...plan } = planCreate(input, found);
		checkPeriods(input, undefined, undefined, found);
		checkLines(input, lines, undefined, found);
		if (definition.isContact) {
			checkBankDetails(plan.changes, headerText(draft, 'name') ?? 'the contact', found);
		}
		checkNewStatus(definition, headerText(draft, 'status'), found);
		checkTotals(definition, draft, plan.amounts, found);
		checkSize(definition, draft, plan.element, found);
		return issues.some(isStopping)
			? { issues, action: 'stop', ...base }
			: { issues, ...base, ...plan, amounts: plan.amounts && amountsAlone(plan.amounts) };
	}

	const { document, by, surplus = [] } = match;
	const before = [...issues];
	const update = planUpdate(input, match, found);
	const { fingerprint, due, correction, forRecord } = update;
	const told = { ...base, ...(forRecord ? { forRecord } : {}) };
	if (due || correction) {
		const stopping = [...(given.issuesWhenDue ?? []), ...(match.issuesWhenDue ?? [])];
		const isSaid = ({ message }: Issue) => stopping.some((each) => each.message === message);
		issues.splice(0, issues.length, ...issues.filter((issue) => !isSaid(issue)), ...stopping);
	}
	if ((due || correction) && options.writePolicy === 'createOnly') {
		issues.splice(0, issues.length, ...before);
		found(LATE_RULES.updateForbidden, {
			message: `The ${name} is in Xero already and differs, and the node only creates.`,
			fix: 'Change it in Xero by hand, or let the node update documents too.',
		});
		return { issues, action: 'stop', ...base };
	}
	const stops = issues.filter(isStopping);
	// What both have changed is held; the rest of the record goes over all the same.
	const isContested =
		stops.length > 0 && stops.every(({ code }) => code === LATE_RULES.bothChanged.code);
	if (isContested && !due) return { issues, action: 'stop', ...told };
	if (stops.length > 0 && !isContested) return { issues, action: 'stop', ...base };
	if (correction) {
		return { issues, action: 'correct', document, by, ...correction, fingerprint, ...base };
	}
	if (!due) return { issues, action: 'keep', document, by, surplus, fingerprint, ...told };
	const amounts = due.amounts && amountsAlone(due.amounts);
	return { issues, action: 'update', document, by, surplus, ...due, amounts, fingerprint, ...told };
}

/** Without what was reckoned for the checks of the plan alone. */
function amountsAlone(amounts: PredictedDocument): DocumentAmounts {
	return without(amounts, 'roundedOnce', 'ifRounded', 'imbalance');
}
