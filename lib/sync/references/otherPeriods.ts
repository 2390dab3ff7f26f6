import { addDays, calendarDate } from '../../dates';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { PaidByPeriod } from '../../xero/documents/paidByPeriod';
import { longestPeriod, type PayCalendar } from '../../xero/payCalendar';
import { findDocuments } from '../../xero/lookups';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { headerText, textOf } from '../check/draftValues';
import type { Finding } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Plan } from '../plan/plan';
import type { Completed, Planned } from './completed';

interface Paid {
	readonly client: XeroClient;
	readonly definition: DocumentDefinition;
	readonly paths: PaidByPeriod;
	readonly calendars: readonly PayCalendar[];
	readonly severities: RuleSeverities;
}

/**
 * Holds hours of a day that lies in another timesheet of the person as well, as after a change of the
 * pay calendar: both would be paid. Where all are paid by one calendar there is none, and nothing is read.
 */
export function holdOtherPeriods(paid: Paid): Pick<Completed, 'learn' | 'review'> {
	const { client, definition, paths, calendars } = paid;
	if (calendars.length < 2) return {};
	let present: readonly XeroDocument[] = [];
	return {
		async learn(plans) {
			const drafts = plans.filter(isWriting).map(({ draft }) => draft);
			const people = drafts.flatMap((draft) => headerText(draft, paths.employeePath) ?? []);
			const days = drafts.flatMap((draft) => daysOf(draft, paths)).sort();
			const [first, last] = [days[0], days.at(-1)].map((day) => calendarDate(day ?? ''));
			if (!first || !last) return;
			const length = longestPeriod(calendars);
			present = await findDocuments(client, definition, {
				values: { [paths.employeePath]: people },
				days: { from: addDays(first, -length), to: addDays(last, length) },
				leavesLinesOut: true,
			});
		},
		review: (planned) => planned.map(({ plan }) => reviewed(paid, plan, present)),
	};
}

function isWriting({ action }: Plan): boolean {
	return action === 'create' || action === 'update';
}

function daysOf({ lines = [] }: Planned['plan']['draft'], { dayPath }: PaidByPeriod): string[] {
	return lines.flatMap(({ fields }) => textOf(fields[dayPath]) ?? []);
}

function reviewed(paid: Paid, plan: Plan, present: readonly XeroDocument[]): Plan {
	const { definition, paths, severities } = paid;
	if (!isWriting(plan)) return plan;
	const ownId = plan.action === 'update' ? plan.document.id : undefined;
	const [employeeId, ownStart] = [paths.employeePath, paths.startPath].map((path) =>
		headerText(plan.draft, path),
	);
	const days = daysOf(plan.draft, paths);
	const findings = present.flatMap(({ id, status = '', fields }): Finding[] => {
		const [start, end] = [paths.startPath, paths.endPath].map((path) => textOf(fields[path]));
		// One of the same period is the record's own, which another worker has made meanwhile.
		const isOther = id !== ownId && start !== ownStart;
		if (
			!isOther ||
			fields[paths.employeePath] !== employeeId ||
			!start ||
			!end ||
			definition.lifecycle.gone.includes(status)
		)
			return [];
		const day = days.find((each) => each >= start && each <= end);
		return day === undefined ? [] : [inAnother(day, start, end)];
	});
	const issues = findings.flatMap((each) => issueOf(LATE_RULES.hoursNotPayable, each, severities));
	if (!issues.some(isStopping)) return { ...plan, issues: [...plan.issues, ...issues] };
	const { draft, key, contentHash } = plan;
	return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
}

function inAnother(day: string, start: string, end: string): Finding {
	return {
		field: 'lineItems',
		message: `The hours of ${day} lie in another timesheet of the person as well, from ${start} to ${end}, and would be paid twice.`,
		fix: 'Where the person was moved to another pay calendar, delete the draft of the old one in Xero, or take these days out of the record. Then run the record again.',
	};
}
