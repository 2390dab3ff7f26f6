import type { DocumentDefinition, WireElement } from './definition';
import { DOCUMENTS } from './registry';

export { CONTACT } from './contact';
/** By name, for tests of one type. @internal */
export { DOCUMENTS, type DocumentType } from './registry';

/** Every document of the registry, for those who name no type. */
export const DOCUMENT_TYPES: readonly DocumentDefinition[] = Object.values(DOCUMENTS);

/** What the registry says of a type; undefined for a name that it does not have. */
export function documentOfType(type: unknown): DocumentDefinition | undefined {
	return DOCUMENT_TYPES.find((each) => each.type === type);
}

/** The type that an element of a list is of; undefined where none is described. */
export function documentOf(resource: string, element: WireElement): DocumentDefinition | undefined {
	const listed = DOCUMENT_TYPES.filter(({ wire }) => wire.resource === resource);
	const isMarked = ({ wire }: DocumentDefinition) =>
		Object.entries(wire.fixed).every(([name, value]) => element[name] === value);
	return listed.find(isMarked) ?? listed[0];
}
