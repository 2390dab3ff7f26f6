import { addDays, dateText, type CalendarDate } from '../../dates';

/** How late amounts are told apart: by days after the due day, or as Xero's calendar months. */
export type Buckets = 'days' | 'months';

/** What is not late, then later and later. The same keys for both ways, so that tables keep their fields. */
export const BUCKET_KEYS = ['current', 'late1', 'late2', 'late3', 'older'] as const;

export type BucketKey = (typeof BUCKET_KEYS)[number];

const OF_DAYS: Readonly<Record<BucketKey, string>> = {
	current: 'Current',
	late1: '1–30 Days Late',
	late2: '31–60 Days Late',
	late3: '61–90 Days Late',
	older: 'Over 90 Days Late',
};

/** What each bucket is called on a day. */
export function bucketLabels(
	buckets: Buckets,
	day: CalendarDate,
): Readonly<Record<BucketKey, string>> {
	if (buckets === 'days') return OF_DAYS;
	const month = (back: number) => monthBefore(day, back);
	return { current: 'Current', late1: month(1), late2: month(2), late3: month(3), older: 'Older' };
}

/** Into which bucket an amount falls: the due day itself is not late. */
export function bucketOf(
	buckets: Buckets,
	{ dueDate, daysLate }: { readonly dueDate: CalendarDate; readonly daysLate: number },
	day: CalendarDate,
): BucketKey {
	const steps = buckets === 'days' ? daySteps(daysLate) : monthsOf(day) - monthsOf(dueDate);
	return BUCKET_KEYS[Math.min(Math.max(steps, 0), BUCKET_KEYS.length - 1)] ?? 'older';
}

function daySteps(daysLate: number): number {
	return daysLate <= 0 ? 0 : Math.ceil(daysLate / 30);
}

/** Months since year 0, by which months of the calendar are told apart. */
function monthsOf(date: CalendarDate): number {
	return Number(dateText(date, 'y')) * 12 + Number(dateText(date, 'L'));
}

/** The month so many before the day's: its last day is the day before a first. */
function monthBefore(day: CalendarDate, back: number): string {
	let last = day;
	for (let step = 0; step < back; step += 1) last = addDays(last, -Number(dateText(last, 'd')));
	return dateText(last, 'LLLL yyyy');
}
