import { calendarDate, calendarDateOf, type CalendarDate } from '../../dates';
import type { XeroDocument } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { isPosted, periodOf } from '../plan/closedPeriods';
import type { Plan } from '../plan/plan';
import type { Completed, FollowUp } from '../references/completed';
import { findReversals, keyOfReversal } from './findReversals';
import { makeReversal } from './makeReversal';
import type { Reversal, ReversingRun } from './reversingRun';

/** Reverses each journal that is posted by a second one, once. */
export function withReversals(run: ReversingRun, drafts: readonly Draft[]): Completed {
	const known = new Map<string, XeroDocument>();
	const moved = new Set<string>();
	const taken = new Set<string>();
	return {
		drafts,
		async learn(plans) {
			const ids = plans.flatMap((plan) => idOf(plan) ?? []);
			const found = await findReversals(run.client, run.definition, run.reverses, ids);
			for (const [id, reversal] of found) known.set(id, reversal);
			for (const plan of plans) {
				if (isMoved(run, plan)) moved.add(idOf(plan) ?? '');
				if (isTakenOut(run, plan)) taken.add(idOf(plan) ?? '');
			}
		},
		follow: (draft, document) => {
			if (document && known.has(document.id)) {
				if (taken.has(document.id)) return noticeOfTaken(run, document);
				return noticeOfMoved(run, moved.has(document.id) ? document : undefined);
			}
			// What is taken out of the books has nothing to be reversed.
			return document && taken.has(document.id) ? undefined : followUp(run, draft, document);
		},
	};
}

/** Whether a journal changes in what its reversal has the opposite of, or is a month after. */
function isMoved({ reverses }: ReversingRun, plan: Plan): boolean {
	return (
		plan.action === 'update' &&
		plan.changes.some(({ field }) => field === reverses.dayPath || field.startsWith('lineItems'))
	);
}

/** Whether a journal is voided or deleted by its plan. */
function isTakenOut({ definition }: ReversingRun, plan: Plan): boolean {
	const { statusPath = 'status', lifecycle } = definition;
	return (
		plan.action === 'update' &&
		plan.changes.some(
			({ field, after }) => field === statusPath && lifecycle.gone.includes(String(after)),
		)
	);
}

function noticeOfTaken({ definition }: ReversingRun, { id }: XeroDocument): FollowUp {
	const name = definition.label.toLowerCase();
	return notice('status', {
		message: `The ${name} is taken out of the books, and its reversal stays posted.`,
		fix: `In Xero void the ${name} whose narration begins with "${keyOfReversal(id)}" too.`,
	});
}

function noticeOfMoved(
	{ definition }: ReversingRun,
	document: XeroDocument | undefined,
): FollowUp | undefined {
	if (!document) return undefined;
	const name = definition.label.toLowerCase();
	return notice('lineItems', {
		message: `The ${name} changes, and its reversal stays as it was.`,
		fix: `In Xero void the ${name} whose narration begins with "${keyOfReversal(document.id)}", and run the record again: the reversal is then made anew.`,
	});
}

function idOf(plan: Plan): string | undefined {
	return plan.action === 'update' || plan.action === 'keep' ? plan.document.id : undefined;
}

function followUp(
	run: ReversingRun,
	draft: Draft,
	document: XeroDocument | undefined,
): FollowUp | undefined {
	const { definition, reverses, periods } = run;
	const name = definition.label.toLowerCase();
	const field = reverses.dayPath;
	const status = [document?.status, headerText(draft, definition.statusPath ?? 'status')];
	if (!status.some((each) => isPosted(definition, each))) {
		return notice(field, {
			message: `The ${name} is not posted yet, so it is not reversed.`,
			fix: 'Post it, and run the record again.',
		});
	}
	const own = calendarDate(
		headerText(draft, reverses.dayPath) ?? String(document?.fields[reverses.dayPath] ?? ''),
	);
	const day = own && dayOf(run.reversal, own);
	if (!own || !day || day <= own) {
		return notice(field, {
			message: `The ${name} is not reversed, since the day of its reversal (${day ?? 'none'}) is not after its own (${own ?? 'none'}).`,
			fix: 'Choose a later day under Options, Reversal Date, and run the record again.',
		});
	}
	const period = periodOf(day, periods);
	if (period) {
		return notice(field, {
			message: `The ${name} is not reversed on ${day}: the ${period.name} is ${period.until}.`,
			fix: `Choose a later day under Options, or ${period.opening}, and run the record again.`,
		});
	}
	return {
		change: { field: 'reversal', after: day },
		inWords: [`New ${name} that reverses it, dated ${day}`],
		carryOut: async (journal) => await makeReversal(run, journal, day),
	};
}

/** The first day of the month after a day, or the day that was chosen for all. */
function dayOf(reversal: Reversal, own: CalendarDate): CalendarDate | undefined {
	if (reversal !== 'nextMonth') return reversal.on;
	const [year, month] = own.split('-').map(Number);
	if (year === undefined || month === undefined) return undefined;
	return month === 12 ? calendarDateOf(year + 1, 1, 1) : calendarDateOf(year, month + 1, 1);
}

function notice(field: string, finding: { message: string; fix: string }): FollowUp {
	return {
		issues: [{ code: LATE_RULES.notReversed.code, severity: 'warn', field, ...finding }],
	};
}
