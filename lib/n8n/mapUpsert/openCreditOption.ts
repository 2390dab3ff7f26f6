import { choice } from '../parameters/kinds';
import { typesThat } from './documents';

/** Whether documents that are approved are paid from what their contact has open. */
export const OPEN_CREDIT = choice({
	displayName: 'Use Open Credit',
	name: 'openCredit',
	displayOptions: {
		show: {
			'/document': typesThat(({ takesCredit }) => takesCredit !== undefined),
			'/operation': ['preview', 'upsert', 'changeStatus'],
		},
	},
	options: [
		{
			name: 'No',
			value: 'none',
			description: 'Deposits and credits stay open until a person uses them',
		},
		{
			name: 'Of This Job',
			value: 'ofJob',
			description: 'Of the contact, with the same reference or the same tracking',
		},
		{
			name: 'Of the Contact',
			value: 'ofContact',
			description: 'Whatever the contact has open in the same currency',
		},
	],
	default: 'none',
	description:
		'Whether deposits, overpayments and credit notes that are open are put against the document once it is approved, the oldest first, up to what is due',
});
