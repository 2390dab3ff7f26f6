import { contentHash } from '../../hash';
import type { Issue } from '../../issue';
import type {
	DocumentAmounts,
	DocumentDefinition,
	FieldValue,
	FieldValues,
	WireElement,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { isStopping, issueOf, type RuleSeverities } from '../check/check';
import { EXPECTED_TOTAL, headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { Match } from '../match/matching';
import type { FieldChange } from '../outcome';
import { buildElement, type ElementParts } from './elements';
import { fieldsToSend, headerChanges, statusChange } from './header';
import { planLines, type LinePlan, type PlannedLine } from './lines';
import { checkEditable, checkNewStatus, checkSize, checkTotals, type Found } from './planChecks';
import { predictAmounts } from './predictAmounts';

export interface PlanOptions {
	readonly removeOmittedLines: boolean;
	readonly writePolicy: 'createOrUpdate' | 'createOnly' | 'updateOnly';
	readonly ruleSeverities: RuleSeverities;
}

interface Planned {
	readonly draft: Draft;
	readonly issues: readonly Issue[];
	/** What identifies the record across runs, such as `invoiceNumber:INV-7`. */
	readonly key: string;
	/** Of everything that the record wants to see in Xero. */
	readonly contentHash: string;
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
				/** The contact's element is put in when the contact has been created. */
				readonly awaitsContact: boolean;
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

export function planDraft(
	definition: DocumentDefinition,
	draft: Draft,
	match: Match | undefined,
	contactId: string | undefined,
	settings: OrganisationSettings,
	options: PlanOptions,
): Plan {
	const issues: Issue[] = [...draft.issues, ...(match?.issues ?? [])];
	const base = {
		draft,
		key: draftKey(definition, draft),
		contentHash: draftHash(draft),
	};
	if (draft.skipReason !== undefined) return { ...base, issues, action: 'skip' };
	if (!match || match.kind === 'stopped' || issues.some(isStopping)) {
		return { ...base, issues, action: 'stop' };
	}
	const found: Found = (rule, finding) => {
		issues.push(...issueOf(rule, finding, options.ruleSeverities));
	};
	const name = definition.label.toLowerCase();

	if (match.kind === 'missing') {
		if (options.writePolicy === 'updateOnly') {
			found(LATE_RULES.createForbidden, {
				message: `There is no such ${name} in Xero, and the node only updates.`,
				fix: 'Create it in Xero, or let the node create documents too.',
			});
		}
		const plan = planCreate(definition, draft, contactId, settings);
		checkNewStatus(definition, headerText(draft, 'status'), found);
		checkTotals(definition, draft, plan.amounts, found);
		checkSize(definition, draft, plan.element, found);
		return issues.some(isStopping)
			? { ...base, issues, action: 'stop' }
			: { ...base, ...plan, issues };
	}

	const { document, by, surplus = [] } = match;
	const update = planUpdate(definition, draft, match, contactId, settings, options, found);
	if (issues.some(isStopping)) return { ...base, issues, action: 'stop' };
	if (!update) return { ...base, issues, action: 'keep', document, by, surplus };
	if (options.writePolicy === 'createOnly') {
		found(LATE_RULES.updateForbidden, {
			message: `The ${name} is in Xero already and differs, and the node only creates.`,
			fix: 'Change it in Xero by hand, or let the node update documents too.',
		});
		return { ...base, issues, action: 'stop' };
	}
	return { ...base, issues, action: 'update', document, by, surplus, ...update };
}

function planCreate(
	definition: DocumentDefinition,
	draft: Draft,
	contactId: string | undefined,
	settings: OrganisationSettings,
) {
	const fields: Record<string, FieldValue> = { ...withoutBlanks(draft.fields) };
	if (definition.defaultStatus !== undefined && fields.status === undefined) {
		fields.status = definition.defaultStatus;
	}
	const lines: PlannedLine[] | undefined = draft.lines?.map((line) => ({
		fields: withoutBlanks(line.fields),
	}));
	return {
		action: 'create' as const,
		element: () => buildElement(definition, { fields, lines, contactId }, settings),
		changes: Object.entries(fields)
			.filter(([field]) => field !== EXPECTED_TOTAL)
			.map(([field, after]) => ({ field, after })),
		amounts: definition.lineFields
			? predictAmounts(definition, fields, lines ?? [], settings)
			: undefined,
		awaitsContact: definition.hasContact && contactId === undefined,
	};
}

/** A document that is not there yet has nothing that a blank could clear. */
function withoutBlanks(fields: FieldValues): FieldValues {
	if (!Object.values(fields).includes('')) return fields;
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function planUpdate(
	definition: DocumentDefinition,
	draft: Draft,
	{ document, by }: Extract<Match, { kind: 'matched' }>,
	contactId: string | undefined,
	settings: OrganisationSettings,
	options: PlanOptions,
	found: Found,
) {
	const header = headerChanges(definition, draft, document, by);
	const status = statusChange(definition, draft, document, found);
	const movesContact =
		definition.hasContact && contactId !== undefined && contactId !== document.contactId;
	const lines: LinePlan | undefined =
		draft.lines && definition.lineFields
			? planLines(definition.lineFields, draft.lines, document.lines ?? [], {
					removeOmitted: options.removeOmittedLines,
					dropTaxAmounts: header.some((change) => change.field === 'lineAmountTypes'),
				})
			: undefined;
	if (lines && lines.left > 0) {
		found(LATE_RULES.linesLeft, {
			field: 'lineItems',
			message: `${lines.left} line(s) of ${document.number ?? 'the document'} in Xero are not in Knack and stay as they are.`,
			fix: 'Remove them in Xero, or switch on "Remove Lines That Are Not in the Record" under Options.',
		});
	}
	const changes: FieldChange[] = [
		...header,
		...(movesContact ? [{ field: 'contact', before: document.contactId, after: contactId }] : []),
		...(status ? [status] : []),
		...(lines?.changes ?? []),
	];
	if (changes.length === 0) return undefined;
	checkEditable(definition, document, changes, lines, found);

	const fields = fieldsToSend(definition, document, header);
	if (status) fields.status = status.after;
	const alwaysNamed = definition.alwaysSent?.includes('contact.id') ?? false;
	const amounts = lines?.lines
		? predictAmounts(definition, { ...document.fields, ...fields }, lines.lines, settings)
		: document.amounts;
	const parts: ElementParts = {
		// The id stands in the address where documents are written one at a time.
		id: definition.singly && definition.api === 'projects' ? undefined : document.id,
		fields,
		lines: lines?.lines,
		contactId: movesContact || alwaysNamed ? (contactId ?? document.contactId) : undefined,
	};
	const element = () => buildElement(definition, parts, settings);
	if (lines?.lines) {
		checkTotals(definition, draft, amounts, found);
		checkSize(definition, draft, element, found);
	}
	return { element, changes, amounts };
}
