import type { KnackField, KnackRecord } from '../../knack/app';
import { createdSeconds } from '../../knack/recordView';
import { decodeField } from '../../knack/fields/codecs';
import { ignoresTime } from '../../knack/fields/dateCodecs';
import { DateTime } from '../../vendor/luxon';

const FORMAT = "yyyy-MM-dd'T'HH:mm";

/** When a record was last edited by its own field, app time `YYYY-MM-DDTHH:mm`. */
export function editedMoment(record: KnackRecord, field: KnackField): string | undefined {
	const value = decodeField(record, field);
	if (value.kind !== 'moment' || value.from.date === undefined) return undefined;
	return `${value.from.date}T${value.from.time ?? '00:00'}`;
}

export function appTime(epochMs: number, zone: string): string {
	return DateTime.fromMillis(epochMs, { zone }).toFormat(FORMAT);
}

/** Wall-clock text moved by minutes, as if no clock were ever changed. */
export function shiftedMoment(moment: string, minutes: number): string {
	return DateTime.fromFormat(moment, FORMAT, { zone: 'utc' }).plus({ minutes }).toFormat(FORMAT);
}

/**
 * How far back edits are compared again. It covers the hour that comes twice when clocks are set
 * back, and the hour after midnight, which Knack stores as 00:00; days for a field without a time.
 */
export function overlapMinutes(field: KnackField): number {
	return ignoresTime(field) ? 2 * 24 * 60 : 3 * 60;
}

/**
 * Whether the edit date is only that of the record's own making (to a minute, or the day): then
 * nobody has edited it since. In the hour that comes twice an earlier time may be a later edit, and
 * counts as one, so that none is lost.
 */
export function isMakingStamp(record: KnackRecord, field: KnackField, zone: string): boolean {
	const edited = editedMoment(record, field);
	if (edited === undefined) return true;
	const made = DateTime.fromSeconds(createdSeconds(record.id), { zone });
	const isAmbiguous = made.getPossibleOffsets().length > 1;
	if (isAmbiguous && edited < made.toFormat(FORMAT)) return false;
	const latest = ignoresTime(field) ? made.endOf('day') : made.plus({ minutes: 1 });
	return edited <= latest.toFormat(FORMAT);
}

/** Whether the moment is in the hour that comes twice, when clocks are set back. */
export function comesTwice(moment: string, zone: string): boolean {
	return DateTime.fromFormat(moment, FORMAT, { zone }).getPossibleOffsets().length > 1;
}
