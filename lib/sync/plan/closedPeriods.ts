import { addDays, calendarDate, type CalendarDate } from '../../dates';
import { perObject } from '../../perObject';
import { remember } from '../../remember';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { headerText, textOf, wantedStatus } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';

/** Days up to and with one, in which nothing may be posted or taken out. */
export interface ClosedPeriod {
	readonly until: CalendarDate;
	readonly rule: LateRule;
	/** "lock date of the organisation", for sentences. */
	readonly name: string;
	/** How the period is opened again. */
	readonly opening: string;
}

/** Xero's two lock dates and the user's own, the one that Xero names first standing first. */
export function closedPeriods(
	settings: OrganisationSettings,
	booksClosedUntil: string | undefined,
): readonly ClosedPeriod[] {
	return periodsOf(settings)(booksClosedUntil ?? '');
}

/** Made once for all records of a run. */
const periodsOf = perObject(({ organisation }: OrganisationSettings) =>
	remember((booksClosedUntil) => periodsIn(organisation, booksClosedUntil)),
);

function periodsIn(
	organisation: OrganisationSettings['organisation'],
	booksClosedUntil: string,
): readonly ClosedPeriod[] {
	const opening = 'ask your accountant to move the lock date in Xero';
	const periods: ReadonlyArray<Omit<ClosedPeriod, 'until'> & { until?: CalendarDate }> = [
		{
			until: organisation.endOfYearLockDate,
			rule: LATE_RULES.yearLocked,
			name: 'end of year lock date of the organisation',
			opening,
		},
		{
			until: organisation.periodLockDate,
			rule: LATE_RULES.periodLocked,
			name: 'lock date of the organisation',
			opening,
		},
		{
			until: calendarDate(booksClosedUntil),
			rule: LATE_RULES.booksClosed,
			name: 'day under Books Closed Until in the node',
			opening: 'move Books Closed Until under Options',
		},
	];
	return periods.flatMap((period) =>
		period.until === undefined ? [] : [{ ...period, until: period.until }],
	);
}

/** The closed period that a day lies in; undefined for an open day. */
export function periodOf(
	day: CalendarDate | undefined,
	periods: readonly ClosedPeriod[],
): ClosedPeriod | undefined {
	return day === undefined ? undefined : periods.find(({ until }) => day <= until);
}

/** The day after everything that is closed. */
export function firstOpenDay(periods: readonly ClosedPeriod[]): CalendarDate | undefined {
	const latest = periods.reduce<CalendarDate | undefined>(
		(last, { until }) => (last === undefined || until > last ? until : last),
		undefined,
	);
	return latest && addDays(latest, 1);
}

/** A document as far as the books are concerned. */
interface Posting {
	readonly status?: string;
	readonly day?: CalendarDate;
}

export function isPosted(definition: DocumentDefinition, status: string | undefined): boolean {
	return status !== undefined && (definition.lifecycle.posted?.includes(status) ?? false);
}

/** A document in Xero as it stands in the books. */
export function postingOf(document: XeroDocument): Posting {
	const { date } = document.fields;
	return {
		status: document.status,
		day: calendarDate(textOf(date) ?? ''),
	};
}

/** What a draft comes to, given what is in Xero already. Xero dates what has no date today. */
export function postingOfDraft(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument | undefined,
	status: string | undefined,
	today: CalendarDate | undefined,
): Posting {
	const given = calendarDate(headerText(draft, 'date') ?? '');
	const present = document && postingOf(document);
	const asNew = wantedStatus(definition, draft) ?? definition.lifecycle.posted?.[0];
	return {
		status: status ?? present?.status ?? asNew,
		day: given ?? present?.day ?? today,
	};
}

/**
 * Whether a document of a closed period may be a draft, or be dated later. What has no drafts is money,
 * which has no other day than that of the bank, and waits.
 */
export function mayGoLate({ lineFields, lifecycle }: DocumentDefinition): boolean {
	const { initial, posted } = lifecycle;
	return lineFields !== undefined && posted !== undefined && initial !== undefined;
}

/** What is looked at, and how it is called in a sentence. */
interface Changed {
	readonly definition: DocumentDefinition;
	readonly label: string;
	/** Whether its status alone is changed, so that its day is no matter of the record. */
	readonly isStatusAlone?: boolean;
}

/**
 * Why a change may not be made: it would post on a closed day, or take away or alter what was posted
 * on one. Drafts, quotes and orders are in no books, so no day is closed to them.
 */
export function closedPeriodFinding(
	{ definition, label, isStatusAlone = false }: Changed,
	before: Posting | undefined,
	after: Posting,
	periods: readonly ClosedPeriod[],
): { readonly rule: LateRule; readonly finding: Finding } | undefined {
	const old = isPosted(definition, before?.status) ? periodOf(before?.day, periods) : undefined;
	if (old) {
		return {
			rule: old.rule,
			finding: {
				field: 'date',
				message: `${label} is posted on ${before?.day}, in a closed period (the ${old.name} is ${old.until}), so it can be neither changed nor taken out.`,
				fix: `Correct it by a document dated after ${old.until}, or ${old.opening}.`,
			},
		};
	}
	const next = isPosted(definition, after.status) ? periodOf(after.day, periods) : undefined;
	if (!next) return undefined;
	return {
		rule: next.rule,
		finding: {
			field: 'date',
			message: `The date ${after.day} lies in a closed period: the ${next.name} is ${next.until}.`,
			fix: isStatusAlone
				? `Give it a date after ${next.until} in Xero, or ${next.opening}.`
				: `Use a date after ${next.until}, ${mayGoLate(definition) ? 'choose what to do under "Documents in a Locked Period" in Options, ' : ''}or ${next.opening}.`,
		},
	};
}
