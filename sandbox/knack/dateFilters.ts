import { DateTime } from 'luxon';
import type { DurationLike } from 'luxon';

import type { FilterContext, FilterRule } from './filterRule';
import type { FieldSchema } from './schema';
import type { WallClock } from './values';
import { asObject } from './values';
import { hasTime, parseTime, parseWallClock, wallClockAt, wallClockMinutes } from './wallClock';

type MomentTest = (moment: WallClock) => boolean;

/** A test for the moments a date rule wants; undefined when the operator is not one for dates. */
export function matchesDate(
	field: FieldSchema,
	rule: FilterRule,
	context: FilterContext,
): MomentTest | undefined {
	return relativeTest(rule, context) ?? absoluteTest(field, rule, context);
}

function absoluteTest(
	field: FieldSchema,
	rule: FilterRule,
	context: FilterContext,
): MomentTest | undefined {
	if (!['is', 'is not', 'is before', 'is after'].includes(rule.operator)) return undefined;
	const wanted = filterMoment(field, rule.value, context);
	if (!wanted) return () => rule.operator === 'is not';
	const { moment } = wanted;
	const byDay = !wanted.timed || context.flags.filterDatePrecision === 'day';
	const difference = (actual: WallClock): number =>
		byDay
			? actual.date.localeCompare(moment.date)
			: wallClockMinutes(actual) - wallClockMinutes(moment);
	const inclusive = context.flags.filterDatesInclusive;
	switch (rule.operator) {
		case 'is':
			return (actual) => difference(actual) === 0;
		case 'is not':
			return (actual) => difference(actual) !== 0;
		case 'is before':
			return (actual) => (inclusive ? difference(actual) <= 0 : difference(actual) < 0);
		default:
			return (actual) => (inclusive ? difference(actual) >= 0 : difference(actual) > 0);
	}
}

/** `"22/11/2026"`, `"22/11/2026 16:14"` or `{date, time}`. */
function filterMoment(
	field: FieldSchema,
	value: unknown,
	context: FilterContext,
): { moment: WallClock; timed: boolean } | undefined {
	const format =
		context.flags.filterDateOrder === 'us'
			? { ...field.format, date_format: 'mm/dd/yyyy' as const }
			: (field.format ?? {});
	const parts = asObject(value);
	const text = String(parts ? (parts['date'] ?? '') : (value ?? ''));
	const moment = parseWallClock(text, format);
	if (!moment) return undefined;
	const time = parts && typeof parts['time'] === 'string' ? parseTime(parts['time']) : undefined;
	return time === undefined
		? { moment, timed: hasTime(text) }
		: { moment: { ...moment, minutes: time }, timed: true };
}

function relativeTest(rule: FilterRule, context: FilterContext): MomentTest | undefined {
	const now = wallClockAt(context.nowMs, context.zone);
	const today = now.date;
	switch (rule.operator) {
		case 'is today':
			return ({ date }) => date === today;
		case 'is today or before':
			return ({ date }) => date <= today;
		case 'is today or after':
			return ({ date }) => date >= today;
		case 'is before today':
			return ({ date }) => date < today;
		case 'is after today':
			return ({ date }) => date > today;
		case 'is before current time':
			return (moment) => wallClockMinutes(moment) < wallClockMinutes(now);
		case 'is after current time':
			return (moment) => wallClockMinutes(moment) > wallClockMinutes(now);
		case 'is during the current':
			return during(currentPeriod(rule, today));
		case 'is during the previous':
			return during({ from: shifted(today, rule, -1), to: today });
		case 'is during the next':
			return during({ from: today, to: shifted(today, rule, 1) });
		case 'is before the previous': {
			const limit = shifted(today, rule, -1);
			return ({ date }) => date < limit;
		}
		case 'is after the next': {
			const limit = shifted(today, rule, 1);
			return ({ date }) => date > limit;
		}
		default:
			return undefined;
	}
}

function during({ from, to }: { from: string; to: string }): MomentTest {
	return ({ date }) => date >= from && date <= to;
}

/** The rule's unit: `type`, or in older code the `value`, in the singular or the plural. */
function unitOf(rule: FilterRule): 'day' | 'week' | 'month' | 'quarter' | 'year' {
	const named = String(rule.type ?? rule.value ?? 'days')
		.toLowerCase()
		.replace(/s$/, '');
	return named === 'week' || named === 'month' || named === 'quarter' || named === 'year'
		? named
		: 'day';
}

function shifted(today: string, rule: FilterRule, direction: 1 | -1): string {
	const unit = unitOf(rule);
	const range = Number(rule.range ?? 1) * direction;
	const amount: DurationLike = unit === 'quarter' ? { months: range * 3 } : { [unit]: range };
	return DateTime.fromISO(today, { zone: 'utc' }).plus(amount).toFormat('yyyy-MM-dd');
}

/** Weeks run from Sunday to Saturday. */
function currentPeriod(rule: FilterRule, today: string): { from: string; to: string } {
	const unit = unitOf(rule);
	const day = DateTime.fromISO(today, { zone: 'utc' });
	const from = unit === 'week' ? day.minus({ days: day.weekday % 7 }) : day.startOf(unit);
	const to = unit === 'week' ? from.plus({ days: 6 }) : day.endOf(unit);
	return { from: from.toFormat('yyyy-MM-dd'), to: to.toFormat('yyyy-MM-dd') };
}
