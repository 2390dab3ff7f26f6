import { contentHash } from '../../hash';
import type { Issue } from '../../issue';
import { moneyText } from '../../money';
import type {
	DocumentAmounts,
	DocumentDefinition,
	FieldValue,
	FieldValues,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import { isStopping, issueOf } from '../check/check';
import { EXPECTED_TOTAL, headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { Match } from '../find/matching';
import type { FieldChange } from '../outcome';
import { fingerprintOf, fingerprintText } from '../sourceLink/fingerprint';
import { closedPeriods } from './closedPeriods';
import { rateSentBack } from './currencyRate';
import { buildElement, type ElementParts } from './elements';
import { fieldsToSend } from './header';
import { settleLate } from './lateDocuments';
import { pairLines, newLine, planLines, type LinePlan, type PlannedLine } from './lines';
import {
	checkAllocationDay,
	checkEditable,
	checkLines,
	checkNewStatus,
	checkPeriods,
	checkSize,
	checkTotals,
	tellWhatStays,
	type Found,
} from './planChecks';
import type { PlanInput } from './planInput';
import { predictAmounts } from './predictAmounts';
import { correctionDue, type Wanted } from './inPlace';
import { planSourceLink, SOURCE_LINK } from './sourceLink';
import {
	checkBankDetails,
	judgeIssued,
	checkStanding,
	compareWithXero,
	type Compared,
} from './changesDue';

interface Planned {
	readonly draft: Draft;
	readonly issues: readonly Issue[];
	/** What identifies the record across runs, such as `invoiceNumber:INV-7`. */
	readonly key: string;
	/** Of everything that the record wants to see in Xero. */
	readonly contentHash: string;
	/** What counts as sent once the plan is carried out; see `fingerprint.ts`. */
	readonly fingerprint?: string;
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
		if (value !== undefined) return `${key.path}:${value}`;
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
	const base = {
		draft: given.draft,
		key: draftKey(definition, given.draft),
		contentHash: draftHash(given.draft),
	};
	if (given.draft.skipReason !== undefined) return { ...base, issues, action: 'skip' };
	const found: Found = (rule, finding) => {
		issues.push(...issueOf(rule, finding, options.ruleSeverities));
	};
	if (!match || match.kind === 'stopped' || issues.some(isStopping)) {
		issues.push(...(given.issuesWhenDue ?? []));
		// One look shows everything: what is amiss in the lines is said with what stops the record.
		if (given.draft.lines) checkLines(given, given.draft.lines, undefined, found);
		return { ...base, issues, action: 'stop' };
	}
	const name = definition.label.toLowerCase();
	const periods = closedPeriods(given.settings, options.booksClosedUntil);
	const present = match.kind === 'matched' ? match.document : undefined;
	const late = settleLate(given, present, periods);
	if (late.finding) found(LATE_RULES.lateDocument, late.finding);
	const { draft } = late;
	const input: PlanInput = { ...given, draft };
	checkAllocationDay(draft, present, periods, options.today, found);

	if (match.kind === 'missing') {
		issues.push(...(given.issuesWhenDue ?? []));
		if (options.writePolicy === 'updateOnly') {
			found(LATE_RULES.createForbidden, {
				message: `There is no such ${name} in Xero, and the node only updates.`,
				fix: 'Create it in Xero, or let the node create documents too.',
			});
		}
		const { lines, ...plan } = planCreate(input, found);
		checkPeriods(input, undefined, undefined, found);
		checkLines(input, lines, undefined, found);
		if (definition.type === 'contact') {
			checkBankDetails(plan.changes, headerText(draft, 'name') ?? 'the contact', found);
		}
		checkNewStatus(definition, headerText(draft, 'status'), found);
		checkTotals(definition, draft, plan.amounts, found);
		checkSize(definition, draft, plan.element, found);
		return issues.some(isStopping)
			? { ...base, issues, action: 'stop' }
			: { ...base, ...plan, issues };
	}

	const { document, by, surplus = [] } = match;
	const before = [...issues];
	const update = planUpdate(input, match, found);
	const { fingerprint, due, correction } = update;
	if (due || correction) issues.push(...(given.issuesWhenDue ?? []));
	if ((due || correction) && options.writePolicy === 'createOnly') {
		issues.splice(0, issues.length, ...before);
		found(LATE_RULES.updateForbidden, {
			message: `The ${name} is in Xero already and differs, and the node only creates.`,
			fix: 'Change it in Xero by hand, or let the node update documents too.',
		});
		return { ...base, issues, action: 'stop' };
	}
	const stops = issues.filter(isStopping);
	// What both have changed is held; the rest of the record goes over all the same.
	const isPartial =
		due !== undefined &&
		stops.length > 0 &&
		stops.every(({ code }) => code === LATE_RULES.bothChanged.code);
	if (stops.length > 0 && !isPartial) return { ...base, issues, action: 'stop' };
	if (correction) {
		return { ...base, issues, action: 'correct', document, by, ...correction, fingerprint };
	}
	if (!due) return { ...base, issues, action: 'keep', document, by, surplus, fingerprint };
	return { ...base, issues, action: 'update', document, by, surplus, ...due, fingerprint };
}

function planCreate(input: PlanInput, found: Found) {
	const { definition, draft, contactId, settings, options, replaces } = input;
	const fields: Record<string, FieldValue> = { ...withoutBlanks(draft.fields) };
	if (definition.defaultStatus !== undefined && fields.status === undefined) {
		fields.status = definition.defaultStatus;
	}
	const lines: PlannedLine[] | undefined = draft.lines?.map((line) =>
		newLine(definition.lineFields ?? [], line.fields, options.blankQuantity),
	);
	const sent = replaces?.sent ?? fingerprintOf(definition, draft);
	const link = planSourceLink(
		{ definition, draft, options, sent, replaces: replaces?.document },
		found,
	);
	const changes = Object.entries(fields)
		.filter(([field]) => field !== EXPECTED_TOTAL)
		.map(([field, after]): FieldChange => ({ field, after }));
	if (link !== undefined) {
		fields.url = link;
		changes.push({ field: SOURCE_LINK, after: link });
	}
	return {
		action: 'create' as const,
		lines: lines ?? [],
		element: () => buildElement(definition, { fields, lines, contactId }, settings),
		changes,
		amounts: definition.lineFields
			? predictAmounts(definition, fields, lines ?? [], settings)
			: undefined,
		fingerprint: fingerprintText(sent),
	};
}

/** A move to another contact, by the names that people know. */
function contactMove(
	draft: Draft,
	document: XeroDocument,
	contactId: string | undefined,
): FieldChange {
	const after = headerText(draft, 'contact.name') ?? contactId;
	return { field: 'contact', before: document.contactName ?? document.contactId, after };
}

/** A document that is not there yet has nothing that a blank could clear. */
function withoutBlanks(fields: FieldValues): FieldValues {
	if (!Object.values(fields).includes('')) return fields;
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function planUpdate(input: PlanInput, match: Extract<Match, { kind: 'matched' }>, found: Found) {
	const { definition, draft, settings, options } = input;
	const { document } = match;
	const compared = compareWithXero(input, match, found);
	const { header, status, movesContact } = compared;
	const lines = linesOf(input, document, compared);
	if (lines) {
		const left = lines.left - (compared.lines?.kept.size ?? 0);
		tellWhatStays(document, { ...lines, left }, found);
	}
	const { contactId } = input;
	const changes: FieldChange[] = [
		...header,
		...(movesContact ? [contactMove(draft, document, contactId)] : []),
		...(status ? [status] : []),
		...(lines?.changes ?? []),
	];
	checkStanding({ input, document, compared, changes }, found);
	const fingerprint = fingerprintText(compared.sent);
	const isCredited = match.credited !== undefined;
	if (changes.length === 0 && !isCredited) {
		const differs = compared.changedInXero.length + compared.contested.length > 0;
		if (!differs) checkKept(input, document, found);
		return { fingerprint };
	}
	if (definition.type === 'contact') {
		checkBankDetails(changes, String(document.fields.name ?? 'the contact'), found);
	}
	const issued = isCredited ? undefined : judgeIssued({ input, document, compared, changes });
	if (isCredited || issued?.kind === 'correct') {
		return { correction: correctionDue(input, document, compared, lines, changes), fingerprint };
	}
	if (!issued?.isFinal) checkEditable(definition, document, changes, lines, found);
	if (issued) found(issued.rule, issued.finding);
	if (!issued?.isStopping) checkPeriods(dayAsDue(input, header), document, status?.after, found);

	const fields = fieldsToSend(definition, document, draft, header);
	if (status) fields.status = status.after;
	const rate = rateSentBack(definition, document, changes, settings.organisation.baseCurrency);
	if (rate !== undefined) fields.currencyRate = rate;
	const link = planSourceLink({ definition, draft, options, sent: compared.sent, document }, found);
	if (link !== undefined) {
		changes.push({ field: SOURCE_LINK, before: document.fields.url, after: link });
		fields.url = link;
	}
	const alwaysNamed = definition.alwaysSent?.includes('contact.id') ?? false;
	const amounts = amountsAfter(input, document, { ...document.fields, ...fields }, lines);
	const parts: ElementParts = {
		// The id stands in the address where documents are written one at a time.
		id: definition.singly && definition.api === 'projects' ? undefined : document.id,
		fields,
		lines: lines?.lines,
		contactId: movesContact ? contactId : alwaysNamed ? document.contactId : undefined,
	};
	const element = () => buildElement(definition, parts, settings);
	if (lines?.lines) {
		const reached = status?.after ?? document.status;
		checkLines(input, lines.lines, reached, found);
		checkTotals(definition, draft, amounts, found);
		checkSize(definition, draft, element, found);
	}
	return { due: { element, changes, amounts }, fingerprint };
}

/** The record with its day only where that goes over: else the day is the one in Xero. */
function dayAsDue(input: PlanInput, header: readonly FieldChange[]): PlanInput {
	if (header.some(({ field }) => field === 'date')) return input;
	const fields: Record<string, FieldValue> = { ...input.draft.fields };
	delete fields.date;
	return { ...input, draft: { ...input.draft, fields } };
}

/** What Xero will reckon once the update is made. */
function amountsAfter(
	{ definition, settings }: PlanInput,
	document: XeroDocument,
	fields: FieldValues,
	lines: LinePlan | undefined,
): DocumentAmounts | undefined {
	const isReckonedAnew = ['lineAmountTypes', 'currencyCode'].some(
		(path) => fields[path] !== document.fields[path],
	);
	const sent = lines?.lines ?? (isReckonedAnew ? document.lines : undefined);
	if (!sent) return document.amounts;
	const isTaxKept = fields.lineAmountTypes === document.fields.lineAmountTypes;
	const kept = isTaxKept
		? sent
		: sent.map((line) => ({ ...line, fields: { ...line.fields, taxAmount: '' } }));
	return predictAmounts(definition, fields, kept, settings, document.lines);
}

function linesOf(
	{ definition: { lineFields }, options }: PlanInput,
	document: XeroDocument,
	{ lines, header }: Compared,
): LinePlan | undefined {
	if (!lines || !lineFields) return undefined;
	return planLines(lineFields, lines.wanted, document.lines ?? [], {
		removeOmitted: options.removeOmittedLines,
		dropTaxAmounts: header.some((change) => change.field === 'lineAmountTypes'),
		kept: lines.kept,
		blankQuantity: options.blankQuantity,
	});
}

/** A document that needs no change, and whose total is not the record's all the same, is said so. */
function checkKept(
	{ definition, draft, settings }: PlanInput,
	document: XeroDocument,
	found: Found,
) {
	const lines = draft.lines ?? [];
	const { amounts } = document;
	if (!definition.lineFields || lines.length === 0 || !amounts) return;
	const fields = { ...document.fields, ...draft.fields };
	// What the record does not map, such as a discount given in Xero, is no difference.
	const pairs = pairLines(definition.lineFields, lines, document.lines ?? []);
	const whole = lines.map((line, index) => {
		const present: Record<string, FieldValue> = { ...pairs[index]?.fields };
		// Reckoned by Xero from the others.
		delete present.lineAmount;
		return { fields: { ...present, ...line.fields } };
	});
	const own = predictAmounts(definition, fields, whole, settings);
	if (!own || own.total.eq(amounts.total)) return;
	found(LATE_RULES.answerDiffers, {
		field: 'total',
		message: `The record’s lines come to ${moneyText(own.total, own.currency)}; ${document.number ?? 'the document'} in Xero has ${moneyText(amounts.total, amounts.currency)}.`,
		fix: 'Compare the lines in Xero with the record.',
	});
}
