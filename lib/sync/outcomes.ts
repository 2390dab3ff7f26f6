import type { Issue } from '../issue';
import { amountText, moneyText, sum } from '../money';
import { countOf, oneText } from '../texts';
import { booksOf } from '../xero/books';
import type {
	DocumentAmounts,
	DocumentDefinition,
	XeroDocument,
} from '../xero/documents/definition';
import { nested } from '../xero/documents/nestedValues';
import type { OrganisationSettings } from '../xero/settings';
import { decimalOf, headerText, textOf } from './check/draftValues';
import { LATE_RULES } from './check/rules/lateRules';
import type { Draft, DraftSource, RecordPlace } from './draft';
import type { FieldChange, Outcome, OutcomeKind } from './outcome';
import type { Plan } from './plan/plan';
import { SOURCE_LINK } from './plan/sourceLink';
import { keptInKnack } from './sourceLink/keptFingerprint';
import { statusName } from './status/statusName';

export interface OutcomeFacts {
	readonly definition: DocumentDefinition;
	readonly shortCode?: string;
	/** For the currency of documents that name none. */
	readonly settings: OrganisationSettings;
	readonly calls: number;
	/** ISO 8601 UTC. */
	readonly at: string;
}

/** What is known of a record when its outcome is settled. */
export interface Settled {
	readonly outcome: OutcomeKind;
	readonly plan: Plan;
	/** The document as Xero has it now. */
	readonly document?: XeroDocument;
	/** Amounts of a document that is not there yet. */
	readonly predicted?: DocumentAmounts;
	readonly by?: string;
	/** What speaks for the match, in words. */
	readonly reasons?: readonly string[];
	readonly reason?: Outcome['reason'];
	readonly changes?: readonly FieldChange[];
	readonly issues: readonly Issue[];
	/** Whether changes are due that a preview does not send. */
	readonly isUnsent?: boolean;
	/** What is done in Xero for it, in words, in the order of doing. */
	readonly operations?: readonly string[];
	/** The Idempotency-Key of the request that wrote it. */
	readonly requestKey?: string;
	/** What was used of open credit, in words: a sentence goes on with it. */
	readonly credit?: string;
}

export function outcomeOf(settled: Settled, facts: OutcomeFacts): Outcome {
	const { plan, document, by } = settled;
	const { definition } = facts;
	const { draft } = plan;
	const amounts = inCurrency(document?.amounts ?? settled.predicted, currencyOf(settled, facts));
	const number = document?.number ?? draft.name ?? headerText(draft, definition.numberPath);
	const contactName =
		document?.contactName ??
		headerText(draft, 'contact.name') ??
		(definition.isContact ? headerText(draft, 'name') : undefined);
	const subject = subjectOf(plan, definition, number, contactName);
	return {
		outcome: settled.outcome,
		...optional('record', recordName(definition, draft) ?? number ?? contactName),
		document: {
			type: definition.type,
			...optional('id', document?.id ?? draft.id),
			...optional('number', number),
			...optional('status', document?.status),
			...(amounts ? amountsOf(amounts) : {}),
			...optional('contactId', document?.contactId),
			...optional('contactName', contactName),
			...optional('url', document && definition.link(document.id, facts.shortCode)),
		},
		source: placeOfSource(draft.source),
		...(by === undefined
			? {}
			: { match: { by, ...(settled.reasons ? { reasons: settled.reasons } : {}) } }),
		...(settled.reason ? { reason: settled.reason } : {}),
		changes: settled.changes ?? [],
		...(settled.operations?.length ? { operations: settled.operations } : {}),
		...forKnackOf(settled),
		...(plan.approval ? { approval: plan.approval } : {}),
		issues: [...settled.issues].sort((a, b) => rankOf(a) - rankOf(b)),
		summary: summaryOf(settled, definition, subject, amounts),
		sync: {
			key: oneText(definition.type, ':', plan.key),
			contentHash: plan.contentHash,
			...optional('fingerprint', keptFingerprint(settled)),
			calls: facts.calls,
			at: facts.at,
		},
		subject,
		...optional('requestKey', settled.requestKey),
		...(settled.outcome === 'wouldUpdate' && plan.action === 'correct' ? { isMadeAnew: true } : {}),
		itemIndexes: draft.itemIndexes,
	};
}

/** What the record calls itself: an invoice has its order's number as a rule under Reference. */
function recordName(definition: DocumentDefinition, draft: Draft): string | undefined {
	const paths = ['reference', definition.numberPath, 'name', 'code', 'contact.name'];
	if (draft.name !== undefined) return draft.name;
	return paths
		.map((path) => (path === undefined ? undefined : headerText(draft, path)))
		.find((text) => text !== undefined && text !== '');
}

/** Outcomes after which Xero is as the plan says, so that what both last agreed on is known. */
const AS_PLANNED: ReadonlySet<OutcomeKind> = new Set(['updated', 'unchanged', 'wouldUpdate']);

/** Whether all that goes to Xero is there, but for what both have changed. */
export function isAsPlanned(
	outcome: OutcomeKind,
	issues: readonly Pick<Issue, 'code' | 'severity'>[],
): boolean {
	if (outcome !== 'held') return AS_PLANNED.has(outcome);
	const stopping = issues.filter(({ severity }) => severity !== 'warn');
	return stopping.every(({ code }) => code === LATE_RULES.bothChanged.code);
}

function forKnackOf({ outcome, plan, issues, isUnsent }: Settled): Pick<Outcome, 'forKnack'> {
	const { forRecord } = plan;
	if (!forRecord || !isAsPlanned(outcome, issues)) return {};
	const { values, fingerprint, fingerprintUnsent } = forRecord;
	// Written into Knack after a preview, it must not say that Xero has what was never sent.
	return {
		forKnack: {
			values: nested(values),
			fingerprint: isUnsent ? fingerprintUnsent : fingerprint,
		},
	};
}

/** What a Knack field is to keep of what was sent, beside the link as it is, or is to be. */
function keptFingerprint({ outcome, plan, document, changes = [] }: Settled): string | undefined {
	if (plan.fingerprint === undefined) return undefined;
	const isForeseen = outcome === 'wouldCreate' || outcome === 'wouldUpdate';
	const link = changes.find(({ field }) => field === SOURCE_LINK)?.after;
	const url = (isForeseen ? link : undefined) ?? document?.fields.url;
	return keptInKnack(plan.fingerprint, textOf(url), plan.draft.source);
}

/** What an item shows of its source: the page and what was last sent are for the run itself. */
export function placeOfSource({ knackRecordId, table, applicationId }: DraftSource): RecordPlace {
	return Object.assign(
		optional('knackRecordId', knackRecordId),
		optional('table', table),
		optional('applicationId', applicationId),
	);
}

/** What keeps the record from Xero stands first: a person reads from the top. */
function rankOf({ severity }: Issue): number {
	return severity === 'warn' ? 1 : 0;
}

function optional<Key extends string>(key: Key, value: string | undefined) {
	return value === undefined ? {} : { [key]: value };
}

/** That of a document whose answers do not tell it: of its bank account, or the organisation's. */
function currencyOf({ plan, document }: Settled, { definition, settings }: OutcomeFacts): string {
	const { inCurrencyOf } = definition.amounts;
	const named = inCurrencyOf && (document?.fields ?? plan.draft.fields)[inCurrencyOf];
	const account = typeof named === 'string' ? booksOf(settings).account(named) : undefined;
	return account?.currencyCode ?? settings.organisation.baseCurrency;
}

function inCurrency(
	amounts: DocumentAmounts | undefined,
	currency: string,
): DocumentAmounts | undefined {
	return amounts?.currency === '' ? { ...amounts, currency } : amounts;
}

function amountsOf(amounts: DocumentAmounts) {
	const text = (value: DocumentAmounts['total']) => amountText(value, amounts.currency);
	return {
		subTotal: text(amounts.subTotal),
		totalTax: text(amounts.totalTax),
		total: text(amounts.total),
		...(amounts.amountDue ? { amountDue: text(amounts.amountDue) } : {}),
		currency: amounts.currency,
	};
}

/** What became of records that nothing is the matter with, in words for counting them. */
export const COUNTED: ReadonlyArray<readonly [OutcomeKind, string]> = [
	['created', 'created'],
	['updated', 'updated'],
	['wouldCreate', 'would be created'],
	['wouldUpdate', 'would be updated'],
	['linked', 'linked'],
	['wouldLink', 'would be linked'],
	['undone', 'undone'],
	['wouldUndo', 'would be undone'],
	['unchanged', 'unchanged'],
	['skipped', 'skipped'],
];

/** How a sentence about a record begins. */
export const VERBS: Readonly<Record<OutcomeKind, string>> = {
	created: 'Created',
	updated: 'Updated',
	unchanged: 'No change to',
	skipped: 'Skipped',
	blocked: 'Did not write',
	held: 'Held back',
	failed: 'Could not write',
	wouldCreate: 'Would create',
	wouldUpdate: 'Would update',
	linked: 'Linked',
	wouldLink: 'Would link',
	undone: 'Undid',
	wouldUndo: 'Would undo',
};

/** The record as a sentence names it: "sales invoice INV-7 for Acme". */
function subjectOf(
	plan: Plan,
	definition: DocumentDefinition,
	number: string | undefined,
	contactName: string | undefined,
): string {
	const name = number ?? headerText(plan.draft, 'reference') ?? '';
	const forWhom =
		contactName === undefined
			? ''
			: definition.isContact
				? ` ${contactName}`
				: ` for ${contactName}`;
	return oneText(definition.label.toLowerCase(), name === '' ? '' : ` ${name}`, forWhom);
}

function summaryOf(
	{ outcome, plan, issues, changes, credit }: Settled,
	definition: DocumentDefinition,
	subject: string,
	amounts: DocumentAmounts | undefined,
): string {
	const what = [VERBS[outcome], ' ', subject];
	if (outcome === 'skipped') {
		return oneText(...what, ': ', plan.draft.skipReason ?? 'not meant to be synced');
	}
	if (['blocked', 'held', 'failed'].includes(outcome)) {
		const stopping = issues.find((issue) => issue.severity !== 'warn');
		return oneText(...what, ': ', stopping?.message ?? 'see the issues');
	}
	const count = plan.draft.lines?.length ?? 0;
	const lines = count === 0 ? [] : [hoursText(plan, definition) ?? countOf(count, 'line')];
	const money = amounts ? [amountsText(amounts)] : [];
	const differences =
		outcome === 'updated' || outcome === 'wouldUpdate' ? [changesText(definition, changes)] : [];
	const details = [...differences, ...lines, ...money].join(', ');
	return oneText(
		...what,
		...(details === '' ? [] : [': ', details]),
		...(credit ? ['; ', credit] : []),
	);
}

/** "37.5 hours"; undefined of what is no hours. */
function hoursText({ draft }: Plan, { isPaidByPeriod }: DocumentDefinition): string | undefined {
	if (!isPaidByPeriod) return undefined;
	const hours = (draft.lines ?? []).flatMap(
		({ fields }) => decimalOf(fields[isPaidByPeriod.unitsPath]) ?? [],
	);
	return `${sum(hours).toFixed()} hours`;
}

function changesText(definition: DocumentDefinition, all: Settled['changes'] = []): string {
	const changes = all.filter(({ field }) => field !== SOURCE_LINK);
	const [only] = changes;
	const { statusPath = 'status' } = definition;
	if (only && changes.length === 1 && only.field === statusPath) {
		const name = (status: FieldChange['before']) => statusName(definition, String(status ?? ''));
		return `${name(only.before)} to ${name(only.after)}`;
	}
	return `${countOf(changes.length, 'change')}`;
}

function amountsText(amounts: DocumentAmounts): string {
	const { currency, subTotal, totalTax, total, deducted } = amounts;
	const kept = deducted?.gt(0) ? ` less ${moneyText(deducted, currency)} CIS deduction` : '';
	return totalTax.eq(0)
		? `${moneyText(total, currency)}${kept}`
		: `${moneyText(subTotal, currency)} + ${moneyText(totalTax, currency)} tax = ${moneyText(total, currency)}${kept}`;
}
