import { rows } from '../parameters/collections';
import { text } from '../parameters/kinds';
import { parameter } from '../parameters/parameter';
import { OPTION_NOT_FOR_STATUS_CHANGE } from './documents';

/** A value of any kind, since it is read by the kind of its field. */
const DEFAULT_VALUE = parameter(
	{
		displayName: 'Value',
		name: 'value',
		type: 'string',
		default: '',
		description: 'A name such as of an account or a tax rate will do',
	},
	undefined,
	(given): unknown => given,
);

export const DEFAULT_VALUES = rows(
	{
		displayName: 'Default Values',
		name: 'defaults',
		displayOptions: { hide: OPTION_NOT_FOR_STATUS_CHANGE },
		placeholder: 'Add Default Value',
		description: 'Values for fields that are blank in a record',
		row: { displayName: 'Default Value', name: 'entries' },
	},
	[
		text({
			displayName: 'Field Name or ID',
			name: 'field',
			type: 'options',
			typeOptions: { loadOptionsMethod: 'getFieldNames', loadOptionsDependsOn: ['document'] },
			default: '',
			description:
				'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		}),
		DEFAULT_VALUE,
	],
);
