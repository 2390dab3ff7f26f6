import { calendarDate, calendarDateOf, type CalendarDate } from '../../dates';
import type { XeroDocument } from '../../xero/documents/definition';
import { headerText, textOf } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { isPosted, periodOf } from '../plan/closedPeriods';
import { linesToBe } from '../plan/elements';
import type { Plan } from '../plan/plan';
import type { Completed, FollowUp } from '../references/completed';
import { notUndone } from './compareReversal';
import { findReversals, keyOfReversal } from './findReversals';
import { makeReversal } from './makeReversal';
import { notReversed, reversalStays } from './reversalStays';
import type { Reversal, ReversingRun } from './reversingRun';

/** Reverses each journal that is posted by a second one, once. */
export function withReversals(run: ReversingRun, drafts: readonly Draft[]): Completed {
	const known = new Map<string, Known>();
	let stays: ReadonlySet<string> = new Set();
	return {
		drafts,
		async learn(plans) {
			const gone = plans.flatMap(goneOf);
			const ids = [...plans.flatMap((plan) => idOf(plan) ?? []), ...gone];
			const found = await findReversals(run.client, run.definition, run.reverses, ids);
			for (const plan of plans) {
				const id = idOf(plan);
				if (id === undefined) continue;
				known.set(id, { reversal: found.get(id), ...comesTo(run, plan) });
			}
			stays = new Set(gone.filter((id) => found.has(id)));
		},
		review: (planned) =>
			planned.map(({ plan }) => {
				const said = goneOf(plan)
					.filter((id) => stays.has(id))
					.flatMap((id) => reversalStays(run.definition, { id }));
				return said.length === 0 ? plan : { ...plan, issues: [...plan.issues, ...said] };
			}),
		follow: ({ draft }, document) => {
			const { reversal, becomes } = known.get(document?.id ?? '') ?? {};
			// What is taken out of the books has nothing to be reversed.
			if (becomes === 'gone') {
				return document && reversal && { issues: reversalStays(run.definition, document) };
			}
			if (!document || !reversal) return followUp(run, draft, document, becomes ?? document);
			return noticeOfDiffering(run, document, becomes ?? document, reversal);
		},
	};
}

/** What is known of a journal that is there. */
interface Known {
	readonly reversal: XeroDocument | undefined;
	/** The journal once its plan is carried out. */
	readonly becomes: XeroDocument | 'gone' | undefined;
}

function comesTo(
	{ definition, reverses, settings }: ReversingRun,
	plan: Plan,
): Pick<Known, 'becomes'> {
	if (plan.action === 'keep') return { becomes: plan.document };
	if (plan.action !== 'update') return { becomes: undefined };
	const { statusPath = 'status', lifecycle } = definition;
	const isGone = plan.changes.some(
		({ field, after }) => field === statusPath && lifecycle.gone.includes(String(after)),
	);
	if (isGone) return { becomes: 'gone' };
	const { document } = plan;
	const { dayPath } = reverses;
	const day =
		plan.changes.find(({ field }) => field === dayPath)?.after ?? document.fields[dayPath];
	const fields = { ...document.fields, ...(day === undefined ? {} : { [dayPath]: day }) };
	const lines = linesToBe(definition, plan.element(), settings);
	return { becomes: { ...document, fields, lines: lines.length > 0 ? lines : document.lines } };
}

function noticeOfDiffering(
	{ definition, reverses }: ReversingRun,
	{ id }: XeroDocument,
	journal: XeroDocument,
	reversal: XeroDocument,
): FollowUp | undefined {
	const difference = notUndone(reverses, journal, reversal);
	if (difference === undefined) return undefined;
	const name = definition.label.toLowerCase();
	return notice('lineItems', {
		message: `The reversal of the ${name} does not undo it: ${difference}.`,
		fix: `In Xero void the ${name} whose narration begins with "${keyOfReversal(id)}", and run the record again: the reversal is then made anew. Or change it there to undo what the ${name} says.`,
	});
}

/** Journals of the record that a person has taken out of the books. */
function goneOf({ issues }: Plan): string[] {
	const gone = issues.filter(({ code }) => code === LATE_RULES.documentGone.code);
	return gone.flatMap(({ candidates = [] }) => candidates.map(({ id }) => id));
}

function idOf(plan: Plan): string | undefined {
	return plan.action === 'update' || plan.action === 'keep' ? plan.document.id : undefined;
}

function followUp(
	run: ReversingRun,
	draft: Draft,
	document: XeroDocument | undefined,
	journal: XeroDocument | undefined,
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
	// A day that a person set in Xero stays, whatever the record says.
	const own = calendarDate(
		textOf(journal?.fields[reverses.dayPath]) ?? headerText(draft, reverses.dayPath) ?? '',
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
	return { issues: notReversed(field, finding) };
}
