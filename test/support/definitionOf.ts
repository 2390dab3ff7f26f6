import { DOCUMENT_TYPES } from '../../lib/xero/documents';
import type { DocumentDefinition } from '../../lib/xero/documents/definition';

/** What the registry says of a type. */
export function definitionOf(type: string): DocumentDefinition {
	const definition = DOCUMENT_TYPES.find((each) => each.type === type);
	if (!definition) throw new Error(`The registry has no ${type}`);
	return definition;
}
