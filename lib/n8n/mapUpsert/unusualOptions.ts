import { parseDecimal, type Decimal } from '../../money';
import { readCalendarDate, type CalendarDate } from '../../dates';
import type { Issue } from '../../issue';
import type { UnusualAnswers } from '../../sync/unusual/answers';
import { canBeJudged } from '../../sync/unusual/judge';
import { group } from '../parameters/collections';
import { choice } from '../parameters/kinds';
import { isUnset, parameter, type ValuesOf } from '../parameters/parameter';
import { typesThat } from './documents';

const WHERE = {
	show: { '/document': typesThat(canBeJudged), '/operation': ['preview', 'upsert'] },
};

/** What becomes of records that are unlike what the organisation has posted. */
export const UNUSUAL = choice({
	displayName: 'Unusual Records',
	name: 'unusual',
	displayOptions: WHERE,
	options: [
		{
			name: 'Off',
			value: 'off',
			description: 'Compare nothing with what was posted',
		},
		{
			name: 'Warn',
			value: 'warn',
			description: 'Send the record, and say what is unusual',
		},
		{
			name: 'Hold for a Person',
			value: 'hold',
			description: 'Send nothing until a person corrects or releases the record',
		},
	],
	default: 'off',
	description:
		'What to do with a record whose amounts, accounts, tax or number are unlike what was posted for its contact and items',
});

/** A record's own value, of whatever kind its field is. */
const ofRecord = <const Name extends string>(declared: {
	readonly displayName: string;
	readonly name: Name;
	readonly placeholder: string;
	readonly description: string;
}) => parameter({ ...declared, type: 'string', default: '' }, undefined, (given): unknown => given);

const ENTRIES = [
	ofRecord({
		displayName: 'Credit Limit',
		name: 'creditLimit',
		placeholder: 'e.g. {{ $json["Credit Limit"] }}',
		description: 'How much the customer may owe, in the currency of the document',
	}),
	ofRecord({
		displayName: 'Day of the Work',
		name: 'workDay',
		placeholder: 'e.g. {{ $json["Finished On"] }}',
		description: 'The document is to be of the same financial year. Without it, of this one.',
	}),
	ofRecord({
		displayName: 'Release Code',
		name: 'code',
		placeholder: 'e.g. {{ $json["Release Code"] }}',
		description: 'What the finding asked for. It stands for the numbers that it named.',
	}),
	ofRecord({
		displayName: 'Release Reason',
		name: 'reason',
		placeholder: 'e.g. {{ $json["Release Reason"] }}',
		description: 'Why the record is right',
	}),
	ofRecord({
		displayName: 'Released By',
		name: 'by',
		placeholder: 'e.g. {{ $json["Released By"] }}',
		description: 'Who has looked at it',
	}),
	ofRecord({
		displayName: 'Released On',
		name: 'on',
		placeholder: 'e.g. {{ $json["Released On"] }}',
		description: 'When that was',
	}),
] as const;

/** Read for each item: what its record says for Unusual Records. */
export const UNUSUAL_ANSWERS = group(
	{
		displayName: 'Unusual Records: From the Record',
		name: 'unusualAnswers',
		displayOptions: WHERE,
		placeholder: 'Add Fields of the Record',
		description: 'Fields of the record that Unusual Records looks at, and those of a release',
		group: { displayName: 'From the Record', name: 'fields' },
	},
	ENTRIES,
);

/** What a record says, and what of it cannot be read: that stops the record alone. */
export function unusualAnswers(
	given: ValuesOf<typeof ENTRIES> | undefined,
	timeZone: string,
): { readonly answers?: UnusualAnswers; readonly issues: readonly Issue[] } {
	if (given === undefined) return { issues: [] };
	const issues: Issue[] = [];
	const read = <Value>(value: unknown, as: (value: unknown) => Value | undefined, issue: Issue) => {
		if (isUnset(value)) return undefined;
		const known = as(value);
		if (known === undefined) issues.push(issue);
		return known;
	};
	const creditLimit = read<Decimal>(given.creditLimit, limitOf, UNREADABLE_LIMIT);
	const workDay = read<CalendarDate>(
		given.workDay,
		(value) => readCalendarDate(value, timeZone),
		UNREADABLE_DAY,
	);
	const code = textOf(given.code);
	const [by, on, reason] = [given.by, given.on, given.reason].map(textOf);
	const release =
		code === undefined
			? undefined
			: {
					code,
					...(by === undefined ? {} : { by }),
					...(on === undefined ? {} : { on }),
					...(reason === undefined ? {} : { reason }),
				};
	const answers = {
		...(creditLimit ? { creditLimit } : {}),
		...(workDay ? { workDay } : {}),
		...(release ? { release } : {}),
	};
	return { ...(Object.keys(answers).length > 0 ? { answers } : {}), issues };
}

function limitOf(value: unknown): Decimal | undefined {
	const limit = parseDecimal(value);
	return limit?.gte(0) ? limit : undefined;
}

/** A text, a number or a day, as a person would write it. */
function textOf(value: unknown): string | undefined {
	if (isUnset(value)) return undefined;
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return String(value);
	return readCalendarDate(value);
}

const UNREADABLE_LIMIT: Issue = {
	code: 'XERO_NUMBER_UNREADABLE',
	severity: 'block',
	field: 'creditLimit',
	message: 'The credit limit of the record is not an amount of nothing or more.',
	fix: 'Enter it as a number, such as 2500, or choose another field under Unusual Records: From the Record.',
};

const UNREADABLE_DAY: Issue = {
	code: 'XERO_DATE_NOT_ON_CALENDAR',
	severity: 'block',
	field: 'workDay',
	message: 'The day of the work that the record gives is no day on the calendar.',
	fix: 'Enter it as year-month-day, or choose another field under Unusual Records: From the Record.',
};
