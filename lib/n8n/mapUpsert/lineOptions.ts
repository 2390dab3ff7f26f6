import { choice } from '../parameters/kinds';
import { OPTION_FOR_WRITING } from './documents';

/** What becomes of lines that Xero would not take as they are. */
export const LINE_OPTIONS = [
	choice({
		displayName: 'Lines on CIS Accounts',
		name: 'cisLines',
		displayOptions: OPTION_FOR_WRITING,
		options: [
			{
				name: 'Hold for a Person',
				value: 'hold',
				description: 'Send nothing, and say which account it is',
			},
			{
				name: 'Send as Draft',
				value: 'draft',
				description: 'Without the account: a person sets it in Xero, and approves',
			},
		],
		default: 'hold',
		description:
			'What to do with lines on accounts of the Construction Industry Scheme (UK), which Xero takes on its own screen alone',
	}),
	choice({
		displayName: 'Lines Without a Quantity',
		name: 'blankQuantity',
		displayOptions: OPTION_FOR_WRITING,
		options: [
			{
				name: 'Hold for a Person',
				value: 'hold',
				description: 'Nobody knows which amount Xero would give such a line',
			},
			{
				name: 'Take 1',
				value: 'one',
				description: 'A line with a price and no quantity is one piece',
			},
		],
		default: 'hold',
		description: 'What to do with a line that has a price and no quantity',
	}),
] as const;
