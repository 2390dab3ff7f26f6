import { rows } from '../parameters/collections';
import { choice } from '../parameters/kinds';
import { typesThat } from './documents';

/** Who wins where a contact was changed on both sides, for each part that is edited on both. */
export const BOTH_WAYS = rows(
	{
		displayName: 'Fields That Go Both Ways',
		name: 'bothWays',
		displayOptions: {
			show: {
				'/document': typesThat(({ isContact }) => isContact),
				'/operation': ['preview', 'upsert'],
			},
		},
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
				{ name: 'Xero Wins', value: 'xero' },
			],
			default: 'hold',
			description:
				'What to do where both sides changed it since they were last equal, or where that is not known',
		}),
	],
);
