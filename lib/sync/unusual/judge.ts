import { daysBetween, type CalendarDate } from '../../dates';
import { mapGivingWay, type GiveWay } from '../../giveWay';
import type { Issue, Severity } from '../../issue';
import { countOf } from '../../texts';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { AmountsDue } from '../../xero/newestDocuments';
import { isOpenForMoney } from '../check/approval';
import { isStopping, issueOf } from '../check/check';
import { EXPECTED_TOTAL, headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import { contactFound } from '../find/matching';
import type { Plan } from '../plan/plan';
import { withDefaults } from '../plan/predictAmounts';
import { contactIdOf, planned, type Row } from '../row';
import { todayOf, type UpsertContext, type UpsertOptions } from '../upsertContext';
import { unusualLines, unusualTotal } from './amounts';
import { otherFinancialYear, soldBelowCost, taxWithoutNumber } from './circumstances';
import { costWithoutJob, unusualCoding, unusualCurrency } from './coding';
import { overCreditLimit, readDueOfLimited, type Replaced } from './creditLimit';
import type { Look, Unusual } from './look';
import type { PostedHistory } from './postedHistory';
import { postingOf, type Posting } from './posting';
import { readHistory } from './readHistory';
import { missingOf, releaseCode, releases, releaseText } from './release';
import { gapInSeries, postedUnderAnotherNumber, supplierNumberAgain } from './sameAgain';

/** Everything that needs only what was posted, and the record. */
const LOOKS: ReadonlyArray<(look: Look) => readonly Unusual[]> = [
	unusualTotal,
	unusualLines,
	postedUnderAnotherNumber,
	supplierNumberAgain,
	unusualCoding,
	unusualCurrency,
	taxWithoutNumber,
	otherFinancialYear,
	costWithoutJob,
	soldBelowCost,
	gapInSeries,
];

type Due = ReturnType<typeof due>[number];

/** Whether documents of a type can be read by contact, and so be judged. */
export function canBeJudged({ lookup }: DocumentDefinition): boolean {
	return lookup.days?.takesContacts === true;
}

/**
 * Holds what is about to be posted against what was, and warns of the unusual or holds it, until a
 * person releases it. At most four calls. Throws ServiceFaultError.
 * @returns takes into the history what became of the rows, once they were sent
 */
export async function judgeUnusual(
	context: UpsertContext,
	definition: DocumentDefinition,
	rows: readonly Row[],
	options: UpsertOptions,
	giveWay: GiveWay,
): Promise<(() => void) | undefined> {
	const { unusual: policy } = options;
	if (policy === undefined || !canBeJudged(definition)) return undefined;
	const dueRows = due(rows);
	if (dueRows.length === 0) return undefined;
	const { client, clock, settings, history: shelf } = context;
	const reads = client.calls().reads;
	const contactIds = [...new Set(dueRows.flatMap(({ row }) => contactIdOf(row) ?? []))];
	const nowMs = clock.now();
	const history = await readHistory({ client, definition, shelf, nowMs, giveWay }, contactIds);
	const drafts = dueRows.map(({ row }) => ({ draft: row.draft, contactId: contactIdOf(row) }));
	const amountsDue = await readDueOfLimited(client, definition, drafts);
	context.tell?.(sentenceOf(definition, history, { nowMs, calls: client.calls().reads - reads }));
	const judging: Judging = {
		context: { ...context, settings },
		definition,
		options: { ...options, unusual: policy },
		history,
		amountsDue,
		numbersOfRun: new Set(rows.flatMap(({ draft }) => numberOf(definition, draft.fields) ?? [])),
		before: new Map(),
		replaced: new Map(),
		today: options.today ?? todayOf(context),
	};
	await mapGivingWay(dueRows, giveWay, (each) => judgeRow(judging, each));
	return () => learn(judging, dueRows);
}

/** What is to be done where it is said in figures, or where its coding is. */
function due(rows: readonly Row[]) {
	return planned(rows, 'create', 'update', 'correct').filter(
		({ plan }) => plan.action !== 'update' || plan.changes.some(({ field }) => counts(field)),
	);
}

const COUNTING =
	/^(date|currencyCode|status|contact\.id|invoiceNumber|reference)$|^lineItems|^total|^lineAmountTypes/;

function counts(field: string): boolean {
	return COUNTING.test(field) && field !== EXPECTED_TOTAL;
}

interface Judging {
	readonly context: UpsertContext;
	readonly definition: DocumentDefinition;
	readonly options: UpsertOptions & { readonly unusual: 'warn' | 'hold' };
	readonly history: PostedHistory;
	readonly amountsDue: AmountsDue;
	readonly numbersOfRun: ReadonlySet<string>;
	/** Records of the run that go over, by contact. */
	readonly before: Map<string, Posting[]>;
	/** What is due of documents in whose place those records come. */
	readonly replaced: Map<string, Replaced[]>;
	readonly today: CalendarDate;
}

function judgeRow(judging: Judging, { row, plan }: Due): void {
	const { definition, history, amountsDue, before, numbersOfRun, today } = judging;
	const { settings } = judging.context;
	const posting = postingOfRow(judging, row, plan);
	const contactKey = posting.contactId ?? posting.contactName;
	const ofContact = history.ofContact(posting.contactId).filter(({ id }) => id !== posting.id);
	const contact = contactFound(row.contact?.match);
	const look: Look = {
		definition,
		settings,
		draft: row.draft,
		posting,
		history,
		ofContact,
		before: before.get(contactKey) ?? [],
		numbersOfRun,
		today,
		...(contact ? { contact } : {}),
	};
	const replaced = [
		...(judging.replaced.get(contactKey) ?? []),
		...replacedBy(definition, plan, posting),
	];
	const found = [
		...LOOKS.flatMap((each) => each(look)),
		...overCreditLimit(look, amountsDue, replaced),
		...reverseChargeIn(plan),
	];
	settle(judging, { row, plan }, posting, found);
	if (row.plan?.action !== 'stop') {
		before.set(contactKey, [...(before.get(contactKey) ?? []), posting]);
		judging.replaced.set(contactKey, replaced);
	}
}

/** What the contact owes of the document by now: nothing of a draft, or of what another contact has. */
function replacedBy(
	definition: DocumentDefinition,
	plan: Due['plan'],
	{ contactId }: Posting,
): Replaced[] {
	if (plan.action === 'create') return [];
	const { document } = plan;
	if (!isOpenForMoney(definition, document) || document.contactId !== contactId) return [];
	const { amountDue, currency } = document.amounts ?? {};
	return amountDue && currency !== undefined ? [{ currency, amount: amountDue }] : [];
}

function postingOfRow({ definition, context }: Judging, row: Row, plan: Due['plan']): Posting {
	const { settings } = context;
	const { draft } = row;
	const { amounts } = plan;
	const side = definition.amounts.sideOf(draft.fields);
	const contactId = contactIdOf(row);
	const contactName = headerText(draft, 'contact.name');
	const number = numberOf(definition, draft.fields);
	const date =
		textOf(plan.changes.find(({ field }) => field === 'date')?.after) ??
		headerText(draft, 'date') ??
		(plan.action === 'create' ? undefined : textOf(plan.document.fields.date)) ??
		todayOf(context);
	const amountTypes =
		draft.fields.lineAmountTypes ??
		(plan.action === 'create' ? undefined : plan.document.fields.lineAmountTypes);
	const known = contactFound(row.contact?.match)?.fields.name;
	return postingOf({
		...(plan.action === 'create' ? {} : { id: plan.document.id }),
		...(number === undefined ? {} : { number }),
		...(contactId === undefined ? {} : { contactId }),
		contactName: contactName ?? textOf(known) ?? '',
		currency:
			amounts?.currency ?? headerText(draft, 'currencyCode') ?? settings.organisation.baseCurrency,
		...(amounts ? { amounts } : {}),
		fields: {
			...draft.fields,
			date,
			...(amountTypes === undefined ? {} : { lineAmountTypes: amountTypes }),
		},
		lines: (draft.lines ?? []).map(({ fields }) => withDefaults(side, fields, settings) ?? fields),
		isPosted: true,
	});
}

function numberOf(definition: DocumentDefinition, fields: Row['draft']['fields']) {
	return textOf(fields[definition.numberPath]);
}

/** What is found of the reverse charge is unusual too, and released like all else. */
function reverseChargeIn({ issues }: Plan): Unusual[] {
	const rule = LATE_RULES.reverseCharge;
	return issues
		.filter(({ code }) => code === rule.code)
		.map(({ field, message }) => ({
			rule,
			...(field === undefined ? {} : { field }),
			message,
			numbers: {},
			released: [message],
		}));
}

/** Says what was found with the plan, or holds the record where a person has not released it. */
function settle(
	{ options }: Judging,
	{ row, plan }: Due,
	posting: Posting,
	found: readonly Unusual[],
): void {
	if (found.length === 0) return;
	const { key, contentHash, draft } = plan;
	// Before it has a number a record is told by its own place in Knack.
	const place = draft.source.knackRecordId ?? key;
	const release = draft.source.unusual?.release;
	const code = releaseCode(found, place, posting);
	const missing = release ? missingOf(release) : [];
	const isReleased = (each: Unusual) =>
		release !== undefined && missing.length === 0 && releases(release, each, place, posting);
	const issues = found.flatMap((each): Issue[] => {
		const isDone = isReleased(each);
		const severity = each.isOnlySaid || isDone ? 'warn' : options.unusual;
		const finding = {
			...(each.field === undefined ? {} : { field: each.field }),
			message: isDone ? `${each.message} ${releaseText(release)}` : each.message,
			fix: '',
		};
		const rule = { ...each.rule, severity, canBeLowered: true };
		return issueOf(rule, finding, isDone ? {} : options.ruleSeverities).map((issue) => ({
			...issue,
			fix: fixOf(issue.severity, isDone, code, missing),
			numbers: each.numbers,
			...(issue.severity === 'hold' ? { releaseCode: code } : {}),
		}));
	});
	const others = plan.issues.filter((issue) => issue.code !== LATE_RULES.reverseCharge.code);
	row.plan = issues.some(isStopping)
		? { action: 'stop', draft, key, contentHash, issues: [...others, ...issues] }
		: { ...plan, issues: [...others, ...issues] };
}

function fixOf(
	severity: Severity,
	isReleased: boolean,
	code: string,
	missing: readonly string[],
): string {
	if (isReleased) return 'Nothing is to be done.';
	if (severity !== 'hold') return 'Look at the record, and correct it in Knack if it is wrong.';
	const lacking = missing.length === 0 ? '' : ` The release does not say ${missing.join(', ')}.`;
	return `Correct the record; or, if it is right, enter the release code ${code}, with who releases it, when and why.${lacking}`;
}

/** What was posted of the run counts for the next one, and so do numbers of what is held. */
function learn(judging: Judging, rows: readonly Due[]): void {
	for (const { row, plan } of rows) {
		const posting = postingOfRow(judging, row, plan);
		const { sent } = row;
		if (sent?.kind === 'done') {
			// A draft is nothing that was posted.
			const posted = judging.definition.lifecycle.posted ?? [];
			const isPosted = posted.length === 0 || posted.includes(sent.document.status ?? '');
			judging.history.add({ ...posting, id: sent.document.id, isPosted });
		} else if (posting.number !== undefined) judging.history.addNumber(posting.number);
	}
}

const MINUTE_MS = 60_000;

function sentenceOf(
	{ plural }: DocumentDefinition,
	history: PostedHistory,
	{ nowMs, calls }: { readonly nowMs: number; readonly calls: number },
): string {
	const days = history.days();
	const minutes = Math.floor((nowMs - history.readAtMs) / MINUTE_MS);
	const read = minutes === 0 ? 'read now' : `read ${countOf(minutes, 'minute')} ago`;
	const cost = countOf(calls, 'Xero call');
	if (!days) return `Unusual Records: no ${plural} are posted yet to compare with (${cost}).`;
	const span = `${days.from} to ${days.to} (${countOf(daysBetween(days.from, days.to), 'day')})`;
	return `Unusual Records: compared with ${history.all().length} ${plural} posted from ${span}, ${read} and kept for an hour (${cost}).`;
}
