import { addDays, addMonths, type CalendarDate } from '../../dates';
import { foldText } from '../../foldText';
import type { Decimal } from '../../money';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import { recordTitle } from '../../knack/recordView';
import { InsightInputError } from '../inputError';
import {
	amountIn,
	isSet,
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
		/** Set where it is paid: yes, or anything at all in a field that is no yes or no. */
		readonly paid?: string;
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

interface PlannedLines {
	readonly lines: readonly CashLine[];
	/** What is planned once for a day that has passed, of which nothing tells whether it is paid. */
	readonly past: readonly Decimal[];
}

interface Within {
	readonly day: CalendarDate;
	readonly last: CalendarDate;
}

/**
 * Planned cash from a day to a last one. What comes once, should have moved before and is not paid is
 * overdue, and moves now; without a field that tells it is in no week. Throws ServiceFaultError, and
 * InsightInputError for a field that is not there and for a value that cannot be read.
 */
export async function plannedLines(planned: PlannedCash, within: Within): Promise<PlannedLines> {
	const { table, records } = await knackRows(planned.source);
	const read = movementReader(table, planned);
	const movements = records.flatMap((record) => read(record) ?? []);
	const isPast = ({ step, first }: Movement) => step === undefined && first < within.day;
	const lines = movements.flatMap((movement) => {
		const { first, step, isPaid } = movement;
		if (isPaid === true) return [];
		if (!isPast(movement)) return daysOf(first, step, within).map((on) => lineOf(movement, on));
		if (isPaid === undefined) return [];
		const line = lineOf(movement, first);
		return [{ ...line, by: 'overdue' as const, dueDate: first, days: onOneDay(within.day) }];
	});
	const unknown = movements.filter((one) => isPast(one) && one.isPaid === undefined);
	return { lines, past: unknown.map(({ amount }) => amount) };
}

/** A record of planned cash. */
interface Movement {
	readonly id: string;
	readonly who: string;
	readonly what: string;
	/** Above zero comes in. */
	readonly amount: Decimal;
	readonly first: CalendarDate;
	/** Undefined for what comes once. */
	readonly step: Step | undefined;
	/** Of what comes once, where a field tells it. */
	readonly isPaid: boolean | undefined;
}

function lineOf({ id, who, what, amount }: Movement, on: CalendarDate): CashLine {
	return {
		id: `${id} ${on}`,
		source: 'planned cash',
		who,
		what,
		by: 'plan',
		amount,
		isEstimated: false,
		days: onOneDay(on),
	};
}

function movementReader(
	table: KnackTable,
	{ fields, aboveZero }: PlannedCash,
): (record: KnackRecord) => Movement | undefined {
	const amountField = knackField(table, fields.amount);
	const dateField = knackField(table, fields.date);
	const description = optionalField(table, fields.description);
	const repeats = optionalField(table, fields.repeats);
	const paid = optionalField(table, fields.paid);
	return (record) => {
		const amount = amountIn(record, table, amountField);
		if (!amount || amount.eq(0)) return undefined;
		const first = dayIn(record, table, dateField);
		if (!first) {
			throw new InsightInputError(
				`${recordTitle(record, table)} in ${table.name} has an amount, and no ${dateField.name}.`,
				'Enter its day in Knack.',
			);
		}
		const step = stepOf(record, table, repeats);
		return {
			id: record.id,
			who: (description && textIn(record, description)) || recordTitle(record, table),
			what: table.name,
			amount: aboveZero === 'payments' ? amount.neg() : amount,
			first,
			step,
			isPaid: step === undefined && paid ? isSet(record, paid) : undefined,
		};
	};
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
	{ day, last }: Within,
): CalendarDate[] {
	if (!step) return first >= day && first <= last ? [first] : [];
	const days: CalendarDate[] = [];
	for (let count = 0; ; count += 1) {
		const on = step(first, count);
		if (on > last) return days;
		if (on >= day) days.push(on);
	}
}
