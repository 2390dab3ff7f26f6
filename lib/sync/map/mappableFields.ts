import type { DocumentDefinition, FieldDefinition } from '../../xero/documents/definition';
import { trackingFields } from '../../xero/documents/tracking';
import type { TrackingCategory } from '../../xero/settings';
import { EXPECTED_TOTAL } from '../check/draftValues';

/** A field as the mapping sees it: everything but how it stands on the wire. */
export type MappableField = Omit<FieldDefinition, 'read' | 'write'>;

/** Path under which a form or an item carries the document's (or the line's) own id in Xero. */
export const ID_PATH = 'id';

/** Not sent: compared with what the lines come to, so that a missing line is noticed. */
const EXPECTED_TOTAL_FIELD: MappableField = {
	path: EXPECTED_TOTAL,
	label: 'Expected Total',
	kind: 'money',
	usual: false,
};

/**
 * The fields that a record may fill: the document's own id, the registry's, and the total that
 * Knack has worked out.
 */
export function headerFields(definition: DocumentDefinition): MappableField[] {
	return [
		{
			path: ID_PATH,
			label: `Xero ${definition.label} ID`,
			kind: 'id',
			usual: false,
			alsoCalled: ['xero id', `xero ${definition.wire.idName}`],
		},
		...definition.fields.filter(({ isWorkedOut }) => !isWorkedOut),
		...(definition.lineFields ? [EXPECTED_TOTAL_FIELD] : []),
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
		...(definition.wire.lines?.isUntracked ? [] : trackingFields(categories)),
		{
			path: ID_PATH,
			label: 'Xero Line ID',
			kind: 'id',
			usual: false,
			alsoCalled: ['xero line id', 'line item id'],
		},
	];
}
