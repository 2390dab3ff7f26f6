import { newStatusChoices } from '../../sync/status/newStatus';
import { DOCUMENT_TYPES } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';

/**
 * Every document of the registry, in the order in which people need them. n8n gives a step that is
 * added by one of its actions the first document that the action is shown for.
 */
export const DEFINITIONS: readonly DocumentDefinition[] = [
	...DOCUMENT_TYPES.filter(({ can }) => can.bePaid),
	...DOCUMENT_TYPES.filter(({ can }) => !can.bePaid),
];

/** The types of documents that something is shown for. */
export function typesThat(fit: (definition: DocumentDefinition) => boolean): string[] {
	return DEFINITIONS.filter(fit).map(({ type }) => type);
}

/** Documents that have lines, for showing what concerns lines. */
export const WITH_LINES = typesThat(({ lineFields }) => lineFields !== undefined);

/** Documents that can be held against those of a period: they have lines, a contact and a day. */
export const COMPARED = typesThat(
	({ lineFields, hasContact, lookup }) =>
		lineFields !== undefined && hasContact && lookup.days !== undefined,
);

/** Documents whose status can be changed by itself. */
export const WITH_STATUSES = DEFINITIONS.filter(
	(definition) => newStatusChoices(definition).length > 0,
);
export const TYPES_WITH_STATUSES = WITH_STATUSES.map(({ type }) => type);

/** For what has no meaning where only a status is changed. */
export const NOT_FOR_STATUS_CHANGE = { operation: ['changeStatus'] };
/** The same inside a collection. */
export const OPTION_NOT_FOR_STATUS_CHANGE = { '/operation': ['changeStatus'] };
/** Nor for Adopt, which sends nothing: what a document becomes, and what is done to one that is there. */
export const NOT_WITHOUT_SENDING = { operation: ['adopt', ...NOT_FOR_STATUS_CHANGE.operation] };
/** The same inside a collection. */
export const OPTION_NOT_WITHOUT_SENDING = { '/operation': NOT_WITHOUT_SENDING.operation };
/** Adopt writes nothing to Xero either, so what concerns the writing has no meaning there. */
export const OPTION_FOR_WRITING = { show: { '/operation': ['preview', 'upsert'] } };
