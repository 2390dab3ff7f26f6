import { calendarDate, dayInZone } from '../dates';
import type { CalendarDate } from '../dates';
import { remember } from '../remember';
import { DateTime } from '../vendor/luxon';

/** `/Date(1767139200000+0000)/`; the offset only tells the zone of the writer, not the instant. */
const MICROSOFT_DATE = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

/**
 * An instant of Xero's answers as epoch milliseconds: `/Date(ms+0000)/`, or ISO 8601 text, which
 * is UTC where it names no zone. Undefined for anything else.
 */
export function readWireInstant(value: unknown): number | undefined {
	if (typeof value !== 'string') return undefined;
	const milliseconds = MICROSOFT_DATE.exec(value)?.[1];
	if (milliseconds !== undefined) return Number(milliseconds);
	if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return undefined;
	const moment = DateTime.fromISO(value, { zone: 'utc' });
	return moment.isValid ? moment.toMillis() : undefined;
}

/** Documents of one day are many. */
const dayOfWire = remember((text): CalendarDate | undefined => {
	const plain = calendarDate(text.slice(0, 10));
	if (plain && !text.startsWith('/')) return plain;
	const instant = readWireInstant(text);
	return instant === undefined ? undefined : dayInZone(instant, 'utc');
});

/**
 * The calendar date of a document. Xero keeps it as midnight UTC of the day itself, so the UTC day
 * is the right one in every time zone.
 */
export function readWireDate(value: unknown): CalendarDate | undefined {
	return typeof value === 'string' ? dayOfWire(value) : undefined;
}
