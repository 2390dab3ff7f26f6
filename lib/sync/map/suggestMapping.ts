import type { DocumentDefinition } from '../../xero/documents/definition';
import { matchNames, nameKey, namesOf } from './fieldNames';
import { headerFields, lineFields, type MappableField } from './mappableFields';
import { isRecord, type ItemRecord, type SampleShape } from './sampleShape';
import type { TrackingCategory } from '../../xero/settings';

/** Where in an item a value stands: `["Customer"]`, or `["Customer Record", "Email"]`. */
export type ItemPath = readonly [string] | readonly [string, string];

const CONTACT = 'contact.';

/**
 * Suggests for each field the place in an item that its label, or what builders tend to call it,
 * points to. Parts of an inline contact are looked for in the connected record first ("Customer
 * Record", whose own name is the contact's); its rarer parts are taken from there alone, since the
 * order's own "City" need not be the customer's.
 */
export function suggestMapping(
	definition: DocumentDefinition,
	sample: SampleShape,
): Map<string, ItemPath> {
	const fields = headerFields(definition);
	const found = new Map<string, ItemPath>();
	const contactFields = definition.isContact
		? fields
		: fields.filter((field) => field.path.startsWith(CONTACT));
	const group = contactGroup(contactFields, sample);
	if (group !== undefined) {
		const parts = contactFields.map((field) => ({
			...field,
			// In the connected record, "Contact Email Address" is simply its e-mail address.
			label: field.label.replace(/^Contact (?=\S)/, ''),
		}));
		matchNames(parts, sample.groups[group] ?? [], (name) => name).forEach((name, path) =>
			found.set(path, [group, name]),
		);
	}
	const open = fields.filter(
		(field) =>
			!found.has(field.path) &&
			// A status in Knack ("Completed") is not the status of a document in Xero.
			field.path !== definition.statusPath &&
			(!field.path.startsWith(CONTACT) || field.usual || field.kind === 'contact'),
	);
	matchNames(open, sample.fields, (name) => name).forEach((name, path) => found.set(path, [name]));
	return found;
}

/** The nested record that is the contact: "Customer Record" beside a field "Customer". */
function contactGroup(fields: readonly MappableField[], sample: SampleShape): string | undefined {
	const name = fields.find(({ path }) => path === 'name' || path === `${CONTACT}name`);
	if (!name) return undefined;
	const known = namesOf(name);
	const named = Object.keys(sample.groups).map((group) => ({
		group,
		rank: known.indexOf(nameKey(group.replace(/\srecord$/i, ''))),
	}));
	const fitting = named.filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank);
	return fitting[0]?.group;
}

/** Suggests for each field of a line the column that is meant. */
export function suggestLineMapping(
	definition: DocumentDefinition,
	columns: readonly string[],
	categories?: readonly TrackingCategory[],
): Map<string, string> {
	const found = matchNames(lineFields(definition, categories), columns, (column) => column);
	// Xero works the amount out of both, and refuses another.
	if (found.has('quantity') && found.has('unitAmount')) found.delete('lineAmount');
	return found;
}

/** The list that holds the lines: the only one, or the one whose columns fit lines best. */
export function suggestLineList(
	definition: DocumentDefinition,
	sample: SampleShape,
): string | undefined {
	const fits = Object.entries(sample.lists).map(([name, columns]) => ({
		name,
		fit: suggestLineMapping(definition, columns).size,
	}));
	const [best, second] = fits.filter(({ fit }) => fit > 0).sort((a, b) => b.fit - a.fit);
	return best && best.fit !== second?.fit ? best.name : undefined;
}

/** The n8n expression that reads a place in the item. */
export function expressionOf([first, second]: ItemPath): string {
	const inner = second === undefined ? '' : `?.[${JSON.stringify(second)}]`;
	return `={{ $json[${JSON.stringify(first)}]${inner} }}`;
}

/** The same for an address of Knack: its parts where the item has them, else its text. */
export function addressExpressionOf(path: ItemPath): string {
	const [first, second] = path;
	const [record, field] =
		second === undefined ? ['$json', first] : [`$json[${JSON.stringify(first)}]`, second];
	const name = JSON.stringify(field);
	return `={{ ${record}?.knack?.parts?.[${name}] ?? ${record}?.[${name}] }}`;
}

/** The value at a place of an item. */
export function valueAt(item: ItemRecord, [first, second]: ItemPath): unknown {
	const value = item[first];
	if (second === undefined) return value;
	return isRecord(value) ? value[second] : undefined;
}
