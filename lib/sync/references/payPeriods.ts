import { addDays, calendarDate, calendarDateOf, daysBetween, type CalendarDate } from '../../dates';
import type { PaidByPeriod } from '../../xero/documents/paidByPeriod';
import {
	DAYS_OF_PERIOD,
	readPayroll,
	type Employee,
	type PayCalendar,
	type PayrollSettings,
} from '../../xero/payroll';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { decimalOf, headerText, linePath, textOf } from '../check/draftValues';
import type { Finding } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { Plan } from '../plan/plan';
import type { UpsertContext } from '../upsertContext';
import { isOnItsWay, type Completed } from './completed';
import { withId, withIssues, withValues } from './named';

interface Payroll extends PaidByPeriod, PayrollSettings {
	readonly severities: RuleSeverities;
}

interface Period {
	readonly start: CalendarDate;
	readonly end: CalendarDate;
}

/** The period that a day lies in; undefined where the calendar does not tell of that one. */
function periodOf(calendar: PayCalendar, day: CalendarDate): Period | undefined {
	const { start, end, type } = calendar;
	const days = DAYS_OF_PERIOD[type];
	if (days !== undefined) {
		const first = addDays(start, Math.floor(daysBetween(start, day) / days) * days);
		return { start: first, end: addDays(first, days - 1) };
	}
	if (start <= day && day <= end) return { start, end };
	if (type !== 'MONTHLY') return undefined;
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	const from = Number(start.slice(8));
	const begun = date >= from ? month : month - 1;
	const dayIn = (count: number) => {
		const at = year * 12 + count - 1;
		return calendarDateOf(Math.floor(at / 12), (at % 12) + 1, from);
	};
	const [first, next] = [dayIn(begun), dayIn(begun + 1)];
	return first && next ? { start: first, end: addDays(next, -1) } : undefined;
}

/**
 * Puts the person, the calendar and the period in the place of what a record says of them. Reads
 * only; throws ServiceFaultError.
 */
export async function readPayPeriods(
	{ client, settings }: Pick<UpsertContext, 'client' | 'settings'>,
	paid: PaidByPeriod,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Promise<Completed> {
	if (!drafts.some(isOnItsWay)) return { drafts };
	const known = await readPayroll(client, settings.organisation.countryCode);
	const payroll: Payroll = { ...paid, ...known, severities };
	return {
		drafts: drafts.map((draft) => (isOnItsWay(draft) ? completed(draft, payroll) : draft)),
		review: (plan) => reviewed(plan, payroll),
	};
}

/** Puts ids in the place of the names of earnings rates. */
function withRates(draft: Draft, { ratePath, rates, severities }: Payroll): Draft {
	const what = { path: ratePath, what: 'earnings rate' };
	const named = draft.lines?.map(({ fields }) =>
		withId({ ...draft, fields, issues: [] }, what, rates, severities),
	);
	if (!named) return draft;
	const lines = draft.lines?.map((line, at) => ({
		...line,
		fields: named[at]?.fields ?? line.fields,
	}));
	const issues = named.flatMap((line, at) =>
		line.issues.map((issue) => ({ ...issue, field: linePath(at, ratePath) })),
	);
	return withIssues({ ...draft, lines }, issues);
}

function completed(given: Draft, payroll: Payroll): Draft {
	const { employeePath, calendarPath, startPath, endPath, employees, calendars } = payroll;
	const draft = withId(
		withRates(given, payroll),
		{ path: employeePath, what: 'employee' },
		employees,
		payroll.severities,
	);
	const employee = employees.find(({ id }) => id === headerText(draft, employeePath));
	const day = calendarDate(headerText(draft, startPath) ?? '');
	if (!employee || !day) return draft;
	const { severities } = payroll;
	const calendar = calendars.find(({ id }) => id === employee.calendarId);
	if (!calendar) {
		return withIssues(
			draft,
			issueOf(
				LATE_RULES.targetMissing,
				{
					field: employeePath,
					message: `${nameOf(employee)} has no pay calendar in Xero, so it is not known in which period the hours are paid.`,
					fix: 'Give the employee a pay calendar in Xero under Payroll, Employees.',
				},
				severities,
			),
		);
	}
	const period = periodOf(calendar, day);
	if (!period) {
		return withIssues(
			draft,
			issueOf(
				LATE_RULES.targetUnclear,
				{
					field: startPath,
					message: `${day} does not lie in the open period of the pay calendar ${calendar.name}, ${calendar.start} to ${calendar.end}.`,
					fix: 'Send the hours of the open period, or enter these in Xero.',
				},
				severities,
			),
		);
	}
	return withValues(draft, {
		[calendarPath]: calendar.id,
		[startPath]: period.start,
		[endPath]: period.end,
	});
}

/** Holds a new one against the calendar and the person. One that is there already has been taken. */
function reviewed(plan: Plan, payroll: Payroll): Plan {
	if (plan.action !== 'create') return plan;
	const { draft, key, contentHash } = plan;
	const issues = [...ofPeriod(draft, payroll), ...ofLines(draft, payroll)].flatMap((finding) =>
		issueOf(LATE_RULES.targetNotOpen, finding, payroll.severities),
	);
	if (!issues.some(isStopping)) return plan;
	return { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
}

function ofPeriod(draft: Draft, payroll: Payroll): Finding[] {
	const { employeePath, calendarPath, startPath, employees, calendars } = payroll;
	const employee = employees.find(({ id }) => id === headerText(draft, employeePath));
	const calendar = calendars.find(({ id }) => id === headerText(draft, calendarPath));
	const start = headerText(draft, startPath);
	if (!employee || !calendar || start === undefined) return [];
	const findings: Finding[] = [];
	if (start < calendar.start) {
		findings.push({
			field: startPath,
			message: `The pay period from ${start} is closed: the open period of the pay calendar ${calendar.name} begins on ${calendar.start}.`,
			fix: 'Pay these hours in the open period, on a day of it, or by an unscheduled pay run in Xero.',
		});
	}
	if (employee.endDate !== undefined && employee.endDate < start) {
		findings.push({
			field: employeePath,
			message: `The employment of ${nameOf(employee)} ended on ${employee.endDate}, before the pay period from ${start}.`,
			fix: 'Correct the day or the person in Knack.',
		});
	}
	return findings;
}

function ofLines(draft: Draft, payroll: Payroll): Finding[] {
	const { startPath, endPath, dayPath, unitsPath, ratePath } = payroll;
	const [start = '', end = ''] = [headerText(draft, startPath), headerText(draft, endPath)];
	return (draft.lines ?? []).flatMap(({ fields }, index): Finding[] => {
		const day = textOf(fields[dayPath]);
		const units = decimalOf(fields[unitsPath]);
		const at = (path: string, message: string, fix: string): Finding[] => [
			{ field: linePath(index, path), message, fix },
		];
		if (day === undefined || day < start || day > end) {
			return at(
				dayPath,
				day === undefined
					? `Line ${index + 1} does not say on which day the hours were worked.`
					: `The hours of line ${index + 1} are of ${day}, outside the pay period ${start} to ${end}.`,
				'Correct the day in Knack; the hours of another period are another timesheet.',
			);
		}
		if (textOf(fields[ratePath]) === undefined) {
			return at(
				ratePath,
				`Line ${index + 1} does not say by which earnings rate the hours are paid.`,
				'Choose the earnings rate in the node, or fill it in in Knack.',
			);
		}
		if (!units?.gt(0) || !units.eq(units.round(2))) {
			return at(
				unitsPath,
				`Line ${index + 1} has ${units?.toFixed() ?? 'no'} hours; Xero takes hours above zero with two decimals.`,
				'Fill in the hours in Knack, such as 7.25.',
			);
		}
		return [];
	});
}

function nameOf({ id, names }: Employee): string {
	return names.find((name) => name !== undefined && name !== '') ?? id;
}
