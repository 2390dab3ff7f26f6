import { calendarDate, type CalendarDate } from '../../dates';
import { canonicalDecimal } from '../../money';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { PaidByPeriod } from '../../xero/documents/paidByPeriod';
import { periodOf, type PayCalendar, type PayPeriod } from '../../xero/payCalendar';
import { readPayroll, type Employee, type PayrollSettings } from '../../xero/payroll';
import { issueOf, isStopping, type RuleSeverities } from '../check/check';
import { decimalOf, headerText, linePath, textOf } from '../check/draftValues';
import type { LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft, DraftLine } from '../draft';
import type { UpsertContext } from '../upsertContext';
import { isId, isOnItsWay, type Completed } from './completed';
import { withId, withIssues, withValues, type Sought } from './named';
import { holdOtherPeriods } from './otherPeriods';
import { amissInHours } from './payableHours';

interface Payroll extends PayrollSettings {
	readonly paths: PaidByPeriod;
	readonly severities: RuleSeverities;
}

/**
 * Puts the person, the pay calendar, the period, the rates and the options in the place of what a
 * record says of them; nobody is ever created. Reads only; throws ServiceFaultError.
 */
export async function readPayPeriods(
	{ client, settings }: Pick<UpsertContext, 'client' | 'settings'>,
	definition: DocumentDefinition,
	paths: PaidByPeriod,
	drafts: readonly Draft[],
	severities: RuleSeverities,
): Promise<Completed> {
	const isSought = (draft: Draft) =>
		isOnItsWay(draft) &&
		(headerText(draft, paths.employeePath) !== undefined || draft.lines !== undefined);
	if (!drafts.some(isSought)) return { drafts };
	const isTracked = drafts.some(({ lines = [] }) =>
		lines.some(({ fields }) => textOf(fields[paths.trackingPath]) !== undefined),
	);
	const known = await readPayroll(client, { settings, isTracked });
	const payroll: Payroll = { ...known, paths, severities };
	return {
		drafts: drafts.map((draft) => (isSought(draft) ? completed(draft, payroll) : draft)),
		...holdOtherPeriods({ client, definition, paths, severities, calendars: known.calendars }),
	};
}

function completed(given: Draft, payroll: Payroll): Draft {
	const { paths, severities } = payroll;
	const draft = withLineIds(withPeriod(withPerson(given, payroll), payroll), payroll);
	if (draft.issues.some(isStopping)) return draft;
	const employee = payroll.employees.find(({ id }) => id === headerText(draft, paths.employeePath));
	const calendar = payroll.calendars.find(({ id }) => id === headerText(draft, paths.calendarPath));
	const amiss = amissInHours(draft, { paths, employee, calendar, rates: payroll.rates });
	const issuesWhenDue = amiss.flatMap(({ rule, finding }) => issueOf(rule, finding, severities));
	if (issuesWhenDue.some(isStopping)) return { ...draft, issuesWhenDue };
	return { ...draft, lines: draft.lines && addedUp(draft.lines, paths), issuesWhenDue };
}

/** Puts ids in the place of the names of earnings rates and of tracking options. */
function withLineIds(draft: Draft, payroll: Payroll): Draft {
	const { paths, rates, trackingOptions, severities } = payroll;
	const sought = [
		{ field: { path: paths.ratePath, what: 'earnings rate' }, among: rates },
		{
			field: { path: paths.trackingPath, what: 'tracking option of payroll' },
			among: trackingOptions,
		},
	];
	const named = draft.lines?.map(({ fields }) =>
		sought.reduce((line, { field, among }) => withId(line, field, among, severities), {
			...draft,
			fields,
			issues: [],
		} satisfies Draft as Draft),
	);
	if (!named) return draft;
	const lines = draft.lines?.map((line, at) => ({
		...line,
		fields: named[at]?.fields ?? line.fields,
	}));
	const issues = named.flatMap((line, at) =>
		line.issues.map((issue) => ({ ...issue, field: linePath(at, issue.field ?? '') })),
	);
	return withIssues({ ...draft, lines }, issues);
}

function withPerson(draft: Draft, { paths, employees, calendars, severities }: Payroll): Draft {
	const field = {
		path: paths.employeePath,
		what: 'employee',
		fixes: {
			none: 'Add the person to payroll in Xero first, or correct the e-mail address or the name in Knack. Employees are never created from here.',
			several: 'Map the e-mail address instead of the name, or the employee’s id in Xero.',
		},
	} satisfies Sought;
	const day = calendarDate(headerText(draft, paths.startPath) ?? '');
	// Of two of one name, the one who works there at the time is meant. Who leaves or begins within the
	// period has hours in it as well.
	const there = employees.filter((each) => isThereIn(each, periodAt(each, calendars, day)));
	const present = withId(draft, field, there, severities);
	const named = present.issues.some(({ code }) => code === LATE_RULES.targetMissing.code)
		? withId(draft, field, employees, severities)
		: present;
	const id = headerText(named, paths.employeePath);
	if (id === undefined || !isId(id) || employees.some((each) => each.id === id)) return named;
	const message = `There is no employee with the id ${id} in Xero.`;
	const finding = { field: paths.employeePath, message, fix: field.fixes.none };
	return withIssues(named, issueOf(LATE_RULES.targetMissing, finding, severities));
}

/** The pay period of a person that a day lies in, as far as it is known; else the day alone. */
function periodAt(
	{ calendarId }: Employee,
	calendars: readonly PayCalendar[],
	day: CalendarDate | undefined,
): PayPeriod | undefined {
	const calendar = calendars.find(({ id }) => id === calendarId);
	return day && ((calendar && periodOf(calendar, day)) ?? { start: day, end: day });
}

function isThereIn({ startDate, endDate }: Employee, period: PayPeriod | undefined): boolean {
	return (
		period === undefined ||
		((endDate === undefined || endDate >= period.start) &&
			(startDate === undefined || startDate <= period.end))
	);
}

/** The whole period that the record names a day of. */
function withPeriod(draft: Draft, { paths, employees, calendars, severities }: Payroll): Draft {
	const { employeePath, calendarPath, startPath, endPath } = paths;
	const employee = employees.find(({ id }) => id === headerText(draft, employeePath));
	const day = calendarDate(headerText(draft, startPath) ?? '');
	if (!employee || !day) return draft;
	const name = nameOf(employee);
	const stop = (rule: LateRule, field: string, message: string, fix: string) =>
		withIssues({ ...draft, name }, issueOf(rule, { field, message, fix }, severities));
	const calendar = calendars.find(({ id }) => id === employee.calendarId);
	if (!calendar) {
		return stop(
			LATE_RULES.targetMissing,
			employeePath,
			`${name} has no pay calendar in Xero, so it is not known in which period the hours are paid.`,
			'Give the employee a pay calendar in Xero under Payroll, Employees.',
		);
	}
	const period = periodOf(calendar, day);
	if (!period) {
		return stop(
			LATE_RULES.targetUnclear,
			startPath,
			`In which pay period ${day} lies cannot be told from the pay calendar ${calendar.name}, whose open period begins on ${calendar.start}.`,
			'Send the hours of the open period, or enter these in Xero.',
		);
	}
	const { start, end } = period;
	return {
		...withValues(draft, { [calendarPath]: calendar.id, [startPath]: start, [endPath]: end }),
		name: `${name}, ${start} to ${end}`,
	};
}

/** Hours of one day, rate and option are one line; of none there is no line. */
function addedUp(lines: readonly DraftLine[], paths: PaidByPeriod): readonly DraftLine[] {
	const { dayPath, ratePath, trackingPath, unitsPath } = paths;
	const whole = new Map<string, DraftLine>();
	for (const line of lines) {
		const units = decimalOf(line.fields[unitsPath]);
		if (units?.eq(0)) continue;
		const key = [dayPath, ratePath, trackingPath].map((path) => line.fields[path] ?? '').join(' ');
		const before = whole.get(key);
		const earlier = before && decimalOf(before.fields[unitsPath]);
		if (!before || !earlier || !units) {
			whole.set(before ? `${key} ${whole.size}` : key, line);
			continue;
		}
		const fields = { ...before.fields, [unitsPath]: canonicalDecimal(earlier.plus(units)) };
		whole.set(key, { ...before, fields });
	}
	return [...whole.values()];
}

function nameOf({ id, names }: Employee): string {
	return names.find((name) => name !== undefined && name !== '') ?? id;
}
