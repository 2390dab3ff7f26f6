import { namedTable } from '../tableParameter';
import { typesThat } from './documents';
import { NOT_OFF } from './nodeParameters';
import { WRITE_BACK_LABELS, type WriteBackFields } from '../../sync/outcomeWriteBack';
import { collection } from '../parameters/collections';
import { readText, text, toggle } from '../parameters/kinds';
import { isMappedAutomatically, mappedValues } from '../parameters/mapper';
import { isUnset } from '../parameters/parameter';
import type { GetParameter, ParameterReader } from '../parameters/reader';

/** A preview writes nothing back, but shows what would be, and reads the Sync Fingerprint. */
export const WRITE_BACK_SHOWN = {
	operation: ['adopt', 'changeStatus', 'compare', 'preview', 'undo', 'upsert'],
};

export const WRITE_BACK = toggle({
	displayName: 'Write Back to Knack',
	name: 'writeBack',
	default: false,
	description:
		'Whether to keep the Xero ID, number, status, link or trouble on the Knack record. Needs the Knack credential.',
	// Only where a workflow of 0.1.0 has it on: the fields below it were added one by one.
	displayOptions: { show: { ...WRITE_BACK_SHOWN, writeBack: NOT_OFF } },
});

/** The same with a form that comes filled in. */
export const KEEP_IN_KNACK = toggle({
	displayName: 'Write Back to Knack',
	name: 'keepInKnack',
	default: false,
	noDataExpression: true,
	description:
		'Whether to keep the Xero ID, number, status, link or trouble on the Knack record. Needs the Knack credential.',
	displayOptions: { show: WRITE_BACK_SHOWN, hide: { writeBack: [true] } },
});

/** The parameter that holds the form of what goes into which field. */
export const WRITE_BACK_FORM = 'writeBackMapping';

/** Where the form is shown. */
export const KEPT_IN_KNACK = {
	show: { ...WRITE_BACK_SHOWN, keepInKnack: [true] },
	hide: { writeBack: [true] },
};

/**
 * The Knack fields that take what became of a record; undefined where nothing is written back. `stored`
 * is the form as it is saved. Throws SettingError for what cannot be read.
 */
export function readWriteBack(
	read: ParameterReader,
	get: GetParameter,
	stored: unknown,
): WriteBackFields | undefined {
	if (read(WRITE_BACK)) return read(WRITE_BACK_FIELDS);
	if (!read(KEEP_IN_KNACK)) return undefined;
	isMappedAutomatically(FORM_LABEL, WRITE_BACK_FORM, stored, get);
	const values = mappedValues(FORM_LABEL, WRITE_BACK_FORM, get);
	const place = { parameters: {}, within: FORM_LABEL };
	const parts = Object.keys(WRITE_BACK_LABELS).map((part) => [
		part,
		isUnset(values[part]) ? undefined : readText(part, values[part], place).trim(),
	]);
	return Object(Object.fromEntries(parts));
}

const FORM_LABEL = 'Fields to Write';

export const WRITE_BACK_TABLE = namedTable({
	displayName: 'Knack Table',
	name: 'table',
	fromItem: '={{ $json.knack?.table }}',
	description: 'The table of the records; the Knack Trigger gives it with each item',
	example: 'object_4',
	displayOptions: { show: { ...WRITE_BACK_SHOWN, writeBack: [true] } },
});

function knackField<const Name extends keyof WriteBackFields>(
	name: Name,
	hint: string,
	show?: Readonly<Record<string, string[]>>,
) {
	return text({
		displayName: `${WRITE_BACK_LABELS[name]} Name or ID`,
		name,
		type: 'options',
		typeOptions: {
			loadOptionsMethod: 'getWriteBackFields',
			loadOptionsDependsOn: ['table.value'],
		},
		default: '',
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint,
		...(show === undefined ? {} : { displayOptions: { show } }),
	});
}

export const WRITE_BACK_FIELDS = collection(
	{
		displayName: 'Fields to Write',
		name: 'writeBackFields',
		placeholder: 'Add Field',
		displayOptions: { show: { ...WRITE_BACK_SHOWN, writeBack: [true] } },
	},
	[
		knackField('link', "Takes the address of the document's page in Xero"),
		knackField(
			'message',
			'Takes the trouble of a record and what to do about it, and is emptied when it is gone',
		),
		knackField('number', 'Takes the number of the document, such as INV-0042'),
		knackField('onlineLink', 'Takes the address where the customer sees and pays the invoice', {
			'/document': typesThat(({ can }) => can.beEmailed),
			'/operation': ['preview', 'upsert'],
		}),
		knackField('status', 'Takes the status of the document, such as Draft or Paid'),
		knackField(
			'fingerprint',
			'Keeps what was last sent. Needed by documents without a link back to the record in Xero: contacts, items, quotes, purchase orders, credit notes. A Short Text field that nobody edits.',
			{ '/operation': ['adopt', 'preview', 'upsert'] },
		),
		knackField(
			'xeroId',
			"Takes the document's id in Xero, by which it is found for sure next time",
		),
	],
);
