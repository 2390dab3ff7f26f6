import type { INodeProperties } from 'n8n-workflow';
import { isTimeZone } from '../knack/timeZones';
import type { Inclusion } from '../sync/knackItems';
import { readText, text, textList } from './parameters/kinds';
import { parameter, refuse } from './parameters/parameter';

/** Parameters that the Knack node and Knack Trigger share. */

const zoneText = text({
	displayName: 'Time Zone',
	name: 'timeZone',
	default: '',
	placeholder: 'e.g. Europe/London',
	description:
		'Set it only if dates are off: the time zone in the settings of the Knack app is used',
});

export const TIME_ZONE = parameter(
	{ ...zoneText.property, name: 'timeZone' },
	undefined,
	(given, place) => {
		const zone = readText(zoneText.property.displayName, given, place).trim();
		if (isTimeZone(zone)) return zone;
		const fix =
			'Write it as Europe/London or America/New_York, or leave it empty for that of the Knack app.';
		refuse(zoneText.property.displayName, given, 'not a time zone', fix, place);
	},
);

const NO_INCLUSIONS: readonly Inclusion[] = [];

/** Connected records that come along; values are those that `getConnections` offers. */
export function include(displayOptions?: INodeProperties['displayOptions']) {
	const list = textList({
		displayName: 'Connected Records Names or IDs',
		name: 'include',
		...(displayOptions && { displayOptions }),
		typeOptions: { loadOptionsMethod: 'getConnections', loadOptionsDependsOn: ['table.value'] },
		default: [],
		description:
			'Records that come along with each record, such as its lines or its customer. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	});
	return parameter({ ...list.property, name: 'include' }, NO_INCLUSIONS, (given, place) =>
		(list.read(given, place) ?? []).map((value) => {
			const inclusion = inclusionOf(value);
			if (inclusion) return inclusion;
			const fix = 'Choose the connection from the list again.';
			refuse(list.property.displayName, value, 'no connection between tables', fix, place);
		}),
	);
}

/** `in|object_5|field_30` or `out|field_12`. */
function inclusionOf(value: string): Inclusion | undefined {
	const [direction, first = '', second = ''] = value.split('|');
	if (direction === 'in') return { direction, table: first, field: second };
	return direction === 'out' ? { direction, field: first } : undefined;
}
