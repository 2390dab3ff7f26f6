import { isRecord } from '../../sync/map/sampleShape';
import { isUnset, refuse } from './parameter';
import { readChoice } from './kinds';
import type { GetParameter } from './reader';

const MODES = [
	{ name: 'Map Each Column Manually', value: 'defineBelow' },
	{ name: 'Map Automatically', value: 'autoMapInputData' },
] as const;

const FIX = 'Open the node, fill the form in again, and save.';

/**
 * Whether a resourceMapper takes the fields from the item by their names. Throws SettingError where
 * that cannot be told. `stored` is the parameter as it is saved.
 */
export function isMappedAutomatically(
	label: string,
	name: string,
	stored: unknown,
	get: GetParameter,
): boolean {
	if (isUnset(stored)) return false;
	if (!isRecord(stored)) refuse(label, stored, 'not a filled in form', FIX, {});
	const mode = get(`${name}["mappingMode"]`);
	const place = { parameters: {} };
	return !isUnset(mode) && readChoice(label, MODES, mode, place) === 'autoMapInputData';
}

/**
 * The values of a resourceMapper. Spelt with brackets because n8n checks values of `fields.value`
 * against the form and fails the whole node at the first that does not fit; here each value is read
 * by its field's kind, and one that cannot be read is an issue of its own record.
 */
export function mappedValues(
	label: string,
	name: string,
	get: GetParameter,
): Readonly<Record<string, unknown>> {
	const values = get(`${name}["value"]`);
	if (isUnset(values)) return {};
	if (isRecord(values)) return values;
	refuse(label, values, 'not a group of values', FIX, {});
}
