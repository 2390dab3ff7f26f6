import { addDays, addMonths, type CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import { recordTitle } from '../../knack/recordView';
import { InsightInputError } from '../inputError';
import {
	amountIn,
	knackField,
	knackRows,
	optionalField,
	textIn,
	type KnackTableSource,
} from '../reading/knackRecords';
import { dayIn } from './knackDay';
import { onOneDay, type CashLine } from './line';

/** A Knack table of money that will move, such as wages, rent and loans. */
export interface PlannedCash {
	readonly source: KnackTableSource;
	/** Keys or names. */
	readonly fields: {
		readonly amount: string;
		readonly date: string;
		readonly description?: string;
		/** Holds "weekly", "monthly" … where it comes again. */
		readonly repeats?: string;
	};
	/** What an amount above zero is; one below is the other. */
	readonly aboveZero: 'payments' | 'receipts';
}

type Step = (from: CalendarDate, count: number) => CalendarDate;

const inDays =
	(days: number): Step =>
	(from, count) =>
		addDays(from, days * count);

const inMonths =
	(months: number): Step =>
	(from, count) =>
		addMonths(from, months * count);

const REPEATS: Readonly<Record<string, Step>> = {
	weekly: inDays(7),
	fortnightly: inDays(14),
	'four-weekly': inDays(28),
	monthly: inMonths(1),
	quarterly: inMonths(3),
	yearly: inMonths(12),
};

/**
 * Planned cash from a day to a last one. Throws ServiceFaultError, and InsightInputError for a field
 * that is not there and for a value that cannot be read.
 */
export async function plannedLines(
	{ source, fields, aboveZero }: PlannedCash,
	within: { readonly day: CalendarDate; readonly last: CalendarDate },
): Promise<CashLine[]> {
	const { table, records } = await knackRows(source);
	const [amountField, dateField] = [
		knackField(table, fields.amount),
		knackField(table, fields.date),
	];
	const description = optionalField(table, fields.description);
	const repeats = optionalField(table, fields.repeats);
	return records.flatMap((record) => {
		const amount = amountIn(record, table, amountField);
		if (!amount || amount.eq(0)) return [];
		const first = dayIn(record, table, dateField);
		if (!first) {
			throw new InsightInputError(
				`${recordTitle(record, table)} in ${table.name} has an amount, and no ${dateField.name}.`,
				'Enter its day in Knack.',
			);
		}
		const who = (description && textIn(record, description)) || recordTitle(record, table);
		return daysOf(first, stepOf(record, table, repeats), within).map(
			(on): CashLine => ({
				id: `${record.id} ${on}`,
				source: 'planned cash',
				who,
				what: table.name,
				by: 'plan',
				amount: aboveZero === 'payments' ? amount.neg() : amount,
				isEstimated: false,
				days: onOneDay(on),
			}),
		);
	});
}

function stepOf(
	record: KnackRecord,
	table: KnackTable,
	field: KnackField | undefined,
): Step | undefined {
	const word = field ? foldText(textIn(record, field)) : '';
	if (!field || word === '' || word === 'once') return undefined;
	const step = REPEATS[word];
	if (step) return step;
	throw new InsightInputError(
		`${field.name} of ${recordTitle(record, table)} in ${table.name} is "${textIn(record, field)}", which is no interval.`,
		`Use one of: once, ${Object.keys(REPEATS).join(', ')}.`,
	);
}

function daysOf(
	first: CalendarDate,
	step: Step | undefined,
	{ day, last }: { readonly day: CalendarDate; readonly last: CalendarDate },
): CalendarDate[] {
	if (!step) return first >= day && first <= last ? [first] : [];
	const days: CalendarDate[] = [];
	for (let count = 0; ; count += 1) {
		const on = step(first, count);
		if (on > last) return days;
		if (on >= day) days.push(on);
	}
}
