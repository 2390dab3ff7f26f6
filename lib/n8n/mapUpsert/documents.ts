import { newStatusChoices } from '../../sync/status/newStatus';
import { DOCUMENTS } from '../../xero/documents';

/** Every document of the registry, by its label. */
export const DEFINITIONS = Object.values(DOCUMENTS)
	.flatMap((definition) => (definition ? [definition] : []))
	.sort((a, b) => (a.label < b.label ? -1 : 1));

/** Documents that have lines, for showing what concerns lines. */
export const WITH_LINES = DEFINITIONS.filter(({ lineFields }) => lineFields).map(
	({ type }) => type,
);

/** Documents whose status can be changed by itself. */
export const WITH_STATUSES = Object.values(DOCUMENTS).filter(
	(definition) => newStatusChoices(definition).length > 0,
);
export const TYPES_WITH_STATUSES = WITH_STATUSES.map(({ type }) => type);

/** For what has no meaning where only a status is changed. */
export const NOT_FOR_STATUS_CHANGE = { operation: ['changeStatus'] };
/** The same inside a collection. */
export const OPTION_NOT_FOR_STATUS_CHANGE = { '/operation': ['changeStatus'] };
