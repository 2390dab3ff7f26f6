import type { CalendarDate } from '../../dates';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import { recordTitle } from '../../knack/recordView';
import { InsightInputError } from '../inputError';

/**
 * The day in a field; undefined where it is blank. Throws InsightInputError, which names the record,
 * for what is no day.
 */
export function dayIn(
	record: KnackRecord,
	table: KnackTable,
	field: KnackField,
): CalendarDate | undefined {
	const value = decodeField(record, field);
	if (value.kind === 'blank') return undefined;
	if (value.kind === 'moment' && value.from.date) return value.from.date;
	throw new InsightInputError(
		`${field.name} of ${recordTitle(record, table)} in ${table.name} is "${String(shownText(value))}", which is no day.`,
		'Mend the record in Knack, or choose a field that holds dates.',
	);
}
