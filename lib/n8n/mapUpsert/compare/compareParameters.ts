import { collection } from '../../parameters/collections';
import { choice, date, text, toggle } from '../../parameters/kinds';
import { namedTable } from '../../tableParameter';

/** Parameters of Compare, which takes the mapping of Create or Update as it is. */

const SHOWN = { show: { operation: ['compare'] } };

export const WHAT_TO_DO = choice({
	displayName: 'What to Do',
	name: 'whatToDo',
	displayOptions: SHOWN,
	options: [
		{
			name: 'Accept',
			value: 'accept',
			description: 'Say no more of it until a side moves; what is ticked goes first',
		},
		{
			name: 'Carry Out What Is Suggested',
			value: 'suggested',
			description: 'Drafts as in Knack, what is posted as in Xero; what is ticked goes first',
		},
		{
			name: 'Carry Out What Is Ticked',
			value: 'ticked',
			description: 'What people have chosen under Way in the Differences Table',
		},
		{
			name: 'Only Show',
			value: 'show',
			description: 'Write nothing to Xero or the records, whatever is ticked',
		},
		{
			name: 'Send Ours',
			value: 'sendOurs',
			description:
				'Write what the record says to Xero, by a credit note where it was issued; what is ticked goes first',
		},
		{
			name: "Take Xero's",
			value: 'takeXeros',
			description: 'Write what Xero says into the record; what is ticked goes first',
		},
	],
	default: 'show',
	description: 'What becomes of the differences. An expression may decide for each record.',
});

export const DIFFERENCES_TABLE = namedTable({
	displayName: 'Differences Table',
	name: 'differencesTable',
	description:
		'A Knack table that takes a row for each difference, where people tick what shall become of it. Its fields are found by their names: Key, Digest, State, Way, Decided By, Summary and others.',
	example: 'object_9',
	isOptional: true,
	displayOptions: SHOWN,
});

export const DECIDED_BY = text({
	displayName: 'Decided By',
	name: 'decidedBy',
	displayOptions: SHOWN,
	default: '',
	placeholder: 'e.g. Ida Berg',
	description:
		'Who decides, where it is not ticked in the table. Nothing is accepted without a name.',
});

export const AMOUNT_PAID_FIELD = text({
	displayName: 'Amount Paid Field',
	name: 'amountPaidField',
	default: '',
	placeholder: 'e.g. Amount Paid',
	description:
		'Name of the field of the record with what is paid, such as Payment Status to Knack writes it. Without it payment is not compared.',
});

export const DOCUMENTS_FROM = date({
	displayName: 'Documents From',
	name: 'from',
	description:
		'First day of the documents in Xero that need a record. Without it the first day of the records.',
});

export const DOCUMENTS_UNTIL = date({
	displayName: 'Documents Until',
	name: 'to',
	description:
		'Last day of the documents in Xero that need a record. Without it the last day of the records.',
});

export const COMPARE_OPTIONS = collection(
	{
		displayName: 'Compare Options',
		name: 'compareOptions',
		placeholder: 'Add Option',
		displayOptions: SHOWN,
	},
	[
		AMOUNT_PAID_FIELD,
		DOCUMENTS_FROM,
		DOCUMENTS_UNTIL,
		text({
			displayName: 'Status Field',
			name: 'statusField',
			default: '',
			placeholder: 'e.g. Xero Status',
			description:
				'Name of the field of the record with the status in Xero, such as Write Back to Knack writes it. Without it a document is only told that lies behind the status of the node.',
		}),
		toggle({
			displayName: 'Unallocated Credit',
			name: 'unallocatedCredit',
			default: true,
			description:
				'Whether credit that lies open beside what the same contact owes is a difference. It takes three calls or more.',
		}),
	],
);
