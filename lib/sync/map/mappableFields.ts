import type { DocumentDefinition, FieldDefinition } from '../../xero/documents/definition';
import { trackingFields } from '../../xero/documents/tracking';
import type { TrackingCategory } from '../../xero/settings';

/** A field as the mapping sees it: everything but how it stands on the wire. */
export type MappableField = Omit<FieldDefinition, 'read' | 'write'>;

/** Path under which a form or an item carries the document's (or the line's) own id in Xero. */
export const ID_PATH = 'id';

/** The fields that a record may fill: the document's own id, then the registry's. */
export function headerFields(definition: DocumentDefinition): MappableField[] {
	return [
		{
			path: ID_PATH,
			label: `Xero ${definition.label} ID`,
			kind: 'id',
			usual: false,
			alsoCalled: ['xero id', `xero ${definition.idName}`],
		},
		...definition.fields,
	];
}

/** The fields that a line may fill: its own id, the registry's, and the tracking categories. */
export function lineFields(
	definition: DocumentDefinition,
	categories: readonly TrackingCategory[] = [],
): MappableField[] {
	if (!definition.lineFields) return [];
	return [
		...definition.lineFields,
		...trackingFields(categories),
		{
			path: ID_PATH,
			label: 'Xero Line ID',
			kind: 'id',
			usual: false,
			alsoCalled: ['xero line id', 'line item id'],
		},
	];
}
