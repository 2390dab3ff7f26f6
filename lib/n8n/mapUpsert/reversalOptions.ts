import type { CalendarDate } from '../../dates';
import type { Reversal } from '../../sync/reversal/reversingRun';
import { choice, date } from '../parameters/kinds';
import { SettingError } from '../parameters/settingError';
import { typesThat } from './documents';

const FOR_JOURNALS = {
	show: {
		'/document': typesThat(({ reverses }) => reverses !== undefined),
		'/operation': ['preview', 'upsert'],
	},
};

/** Whether journals are undone in a later period. */
export const REVERSE = choice({
	displayName: 'Reverse Journals',
	name: 'reverse',
	displayOptions: FOR_JOURNALS,
	options: [
		{ name: 'No', value: 'none', description: 'A journal stays as it is' },
		{
			name: 'On the First of the Next Month',
			value: 'nextMonth',
			description: 'The month after the date of the journal',
		},
		{
			name: 'On the Reversal Date',
			value: 'onDate',
			description: 'On the day that is set as Reversal Date',
		},
	],
	default: 'none',
	description:
		'Whether a second journal with opposite amounts is made once a journal is posted, and on which day',
});

export const REVERSAL_DATE = date({
	displayName: 'Reversal Date',
	name: 'reversalDate',
	displayOptions: FOR_JOURNALS,
	description:
		'The first day of the next period. Counts where Reverse Journals is On the Reversal Date.',
});

/** When a run reverses journals; undefined where it does not. Throws SettingError. */
export function reversalOf(chosen: {
	readonly reverse: (typeof REVERSE)['unset'];
	readonly reversalDate: CalendarDate | undefined;
}): Reversal | undefined {
	const { reverse, reversalDate } = chosen;
	if (reverse === 'none') return undefined;
	if (reverse === 'nextMonth') return 'nextMonth';
	if (reversalDate !== undefined) return { on: reversalDate };
	throw new SettingError(
		'Reverse Journals is set to On the Reversal Date, and there is none.',
		'Add the option Reversal Date with the first day of the next period.',
	);
}
