import { sum, type Decimal } from '../../money';
import type { PaidByPeriod } from '../../xero/documents/paidByPeriod';
import type { PayCalendar } from '../../xero/payCalendar';
import type { EarningsRate, Employee } from '../../xero/payroll';
import { decimalOf, EXPECTED_TOTAL, headerText, linePath, textOf } from '../check/draftValues';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft, DraftLine } from '../draft';

/** What hours are held against. */
interface Payable {
	readonly paths: PaidByPeriod;
	readonly employee: Employee | undefined;
	readonly calendar: PayCalendar | undefined;
	readonly rates: readonly EarningsRate[];
}

interface Amiss {
	readonly rule: LateRule;
	readonly finding: Finding;
}

const HOURS_A_DAY = 24;

/** What keeps the hours of a record from being paid as they are; what is in Xero already is not asked. */
export function amissInHours(draft: Draft, payable: Payable): Amiss[] {
	return [
		...ofPeriod(draft, payable),
		...(draft.lines ?? []).flatMap((line, index) => ofLine(draft, line, index, payable)),
		...ofTotals(draft, payable.paths),
	];
}

function ofPeriod(draft: Draft, { paths, employee, calendar }: Payable): Amiss[] {
	const { employeePath, startPath, endPath } = paths;
	const [start, end] = [headerText(draft, startPath), headerText(draft, endPath)];
	if (!employee || !calendar || start === undefined || end === undefined) return [];
	const amiss: Amiss[] = [];
	const closed = (field: string, message: string, fix: string) =>
		amiss.push({ rule: LATE_RULES.payPeriodClosed, finding: { field, message, fix } });
	if (start < calendar.start) {
		closed(
			startPath,
			`The pay period from ${start} is closed: the open period of the pay calendar ${calendar.name} begins on ${calendar.start}.`,
			'Pay these hours in the open period, on a day of it, or by an unscheduled pay run in Xero.',
		);
	}
	const name = employee.names[0] ?? employee.id;
	if (employee.endDate !== undefined && employee.endDate < start) {
		closed(
			employeePath,
			`The employment of ${name} ended on ${employee.endDate}, before the pay period from ${start}.`,
			'Correct the day or the person in Knack.',
		);
	}
	if (employee.startDate !== undefined && employee.startDate > end) {
		closed(
			employeePath,
			`The employment of ${name} begins on ${employee.startDate}, after the pay period to ${end}.`,
			'Correct the day or the person in Knack.',
		);
	}
	return amiss;
}

function ofLine(
	draft: Draft,
	{ fields }: DraftLine,
	index: number,
	{ paths, employee, rates }: Payable,
): Amiss[] {
	const { startPath, endPath, dayPath, unitsPath, ratePath } = paths;
	const units = decimalOf(fields[unitsPath]);
	const day = textOf(fields[dayPath]);
	const [start = '', end = ''] = [headerText(draft, startPath), headerText(draft, endPath)];
	const at = (
		path: string,
		message: string,
		fix: string,
		rule: LateRule = NOT_PAYABLE,
	): Amiss[] => [{ rule, finding: { field: linePath(index, path), message, fix } }];
	const line = `line ${index + 1}`;
	if (units?.eq(0)) return [];
	if (!units?.gt(0) || !units.eq(units.round(2))) {
		return at(
			unitsPath,
			units === undefined
				? `There are no hours in ${line}.`
				: `The hours of ${line} are ${units.toFixed()}; Xero takes hours above zero with two decimals.`,
			units?.gt(0)
				? 'Round the hours to two decimals in Knack, such as 7.25.'
				: 'Fill in the hours in Knack, such as 7.25, or 0 for none.',
		);
	}
	if (day === undefined) {
		return at(
			dayPath,
			`On which day the hours of ${line} were worked is not said.`,
			'Fill in the day in Knack, and map it under Day.',
		);
	}
	if (start !== '' && (day < start || day > end)) {
		return at(
			dayPath,
			`The hours of ${line} are of ${day}, outside the pay period ${start} to ${end}.`,
			'Correct the day in Knack; the hours of another period are another timesheet.',
		);
	}
	const { startDate, endDate } = employee ?? {};
	// Of one who was not there in the whole period that is said once.
	const hasLeft = endDate !== undefined && endDate >= start && day > endDate;
	const isToCome = startDate !== undefined && startDate <= end && day < startDate;
	if (hasLeft || isToCome) {
		return at(
			dayPath,
			`The hours of ${line} are of ${day}, and the person ${hasLeft ? `left on ${endDate}` : `began on ${startDate}`}.`,
			'Correct the day or the person in Knack.',
			LATE_RULES.payPeriodClosed,
		);
	}
	const rateId = textOf(fields[ratePath]);
	if (rateId === undefined) {
		return at(
			ratePath,
			`By which earnings rate the hours of ${line} are paid is not said.`,
			'Choose the earnings rate in the node, or fill it in in Knack.',
		);
	}
	const rate = rates.find(({ id }) => id === rateId);
	if (!rate) {
		return at(
			ratePath,
			`The earnings rate of ${line} (${rateId}) is not among those that are in use in Xero.`,
			'Choose another earnings rate in the node, or in Knack.',
		);
	}
	const { names, typeOfUnits } = rate;
	if (typeOfUnits === undefined || /^h(ou)?rs?$/i.test(typeOfUnits.trim())) return [];
	return at(
		ratePath,
		`The earnings rate "${names[0] ?? rateId}" of ${line} is counted in ${typeOfUnits.toLowerCase()}, so ${units.toFixed()} would be paid as ${units.toFixed()} ${typeOfUnits.toLowerCase()}.`,
		'Choose an earnings rate that is counted in hours, or enter these in Xero.',
	);
}

const NOT_PAYABLE: LateRule = LATE_RULES.hoursNotPayable;

function ofTotals(draft: Draft, { dayPath, unitsPath }: PaidByPeriod): Amiss[] {
	const lines = draft.lines ?? [];
	const hours = ({ fields }: DraftLine): Decimal[] => {
		const units = decimalOf(fields[unitsPath]);
		return units ? [units] : [];
	};
	const total = sum(lines.flatMap(hours));
	const amiss: Amiss[] = [];
	const say = (rule: LateRule, finding: Finding) => amiss.push({ rule, finding });
	if (total.eq(0) && lines.every((line) => hours(line).length > 0)) {
		say(NOT_PAYABLE, {
			field: 'lineItems',
			message: 'The record has no hours.',
			fix: 'Fill in hours in Knack. To take the timesheet out of Xero, use the operation Change Status with Deleted.',
		});
	}
	for (const day of new Set(lines.flatMap(({ fields }) => textOf(fields[dayPath]) ?? []))) {
		const own = sum(lines.filter(({ fields }) => textOf(fields[dayPath]) === day).flatMap(hours));
		if (own.lte(HOURS_A_DAY)) continue;
		say(NOT_PAYABLE, {
			field: 'lineItems',
			message: `On ${day} there are ${own.toFixed()} hours, and a day has ${HOURS_A_DAY}.`,
			fix: 'Correct the hours in Knack; perhaps they are minutes, or came twice.',
		});
	}
	const expected = decimalOf(draft.fields[EXPECTED_TOTAL]);
	if (expected && !expected.eq(total)) {
		say(LATE_RULES.totalDiffers, {
			field: EXPECTED_TOTAL,
			message: `Knack says ${expected.toFixed()} hours, but the lines come to ${total.toFixed()}.`,
			fix: 'Check the lines and the total in Knack.',
		});
	}
	return amiss;
}
