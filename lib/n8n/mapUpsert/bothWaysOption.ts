import { rows } from '../parameters/collections';
import { choice } from '../parameters/kinds';
import { parameter } from '../parameters/parameter';
import { typesThat } from './documents';

const WHERE = {
	show: {
		'/document': typesThat(({ isContact }) => isContact),
		'/operation': ['preview', 'upsert'],
	},
};

/** Read for each item: when its record was last edited, by which Newest Wins decides. */
export const RECORD_EDITED_ON = parameter(
	{
		displayName: 'Record Edited On',
		name: 'recordEditedOn',
		type: 'string',
		default: '',
		displayOptions: WHERE,
		placeholder: 'e.g. {{ $json["Last Edited"] }}',
		description:
			'When the record was last edited, for fields of Fields That Go Both Ways on Newest Wins: a Date/Time field with its time, which a record rule of Knack fills at each edit',
	},
	undefined,
	(given): unknown => given,
);

/** Who wins where a contact was changed on both sides, for each part that is edited on both. */
export const BOTH_WAYS = rows(
	{
		displayName: 'Fields That Go Both Ways',
		name: 'bothWays',
		displayOptions: WHERE,
		placeholder: 'Add Field',
		description:
			'Fields of a contact that people edit in Knack and in Xero. What was changed in Xero alone stays there and comes out as forKnack, for a Knack node to write. Needs a Sync Fingerprint under Write Back to Knack.',
		row: { displayName: 'Field', name: 'entries' },
	},
	[
		choice({
			displayName: 'Field',
			name: 'field',
			options: [
				{ name: 'Address', value: 'address', description: 'Postal and delivery, each as one' },
				{ name: 'Contact Person', value: 'person', description: 'First and last name as one' },
				{ name: 'Email Address', value: 'emailAddress' },
				{ name: 'Name', value: 'name' },
				{ name: 'Phone', value: 'phone' },
			],
			default: 'name',
		}),
		choice({
			displayName: 'When Both Changed',
			name: 'winner',
			options: [
				{
					name: 'Hold for a Person',
					value: 'hold',
					description: 'Show both values, and leave both sides as they are',
				},
				{ name: 'Knack Wins', value: 'knack' },
				{
					name: 'Newest Wins',
					value: 'newest',
					description:
						'The side that was edited last, by Record Edited On and by Xero; hold where that cannot be told',
				},
				{ name: 'Xero Wins', value: 'xero' },
			],
			default: 'hold',
			description:
				'What to do where both sides changed it since they were last equal, or where that is not known',
		}),
	],
);
