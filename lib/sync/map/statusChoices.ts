import type { DocumentDefinition } from '../../xero/documents/definition';

/** A status that a person may choose for the documents that a run writes. */
export interface StatusChoice {
	readonly value: string;
	readonly label: string;
}

/**
 * The statuses in which a document may be made: the first one and those that it may move to from
 * there, without those that end it. Empty where the document has no status of its own.
 */
export function statusChoices(definition: DocumentDefinition): StatusChoice[] {
	const { defaultStatus, statusPath, statusMoves, goneStatuses } = definition;
	if (defaultStatus === undefined) return [];
	const choices = definition.fields.find((field) => field.path === statusPath)?.choices ?? [];
	return [defaultStatus, ...(statusMoves[defaultStatus] ?? [])]
		.filter((status) => !goneStatuses.includes(status))
		.flatMap((status) => choices.filter(({ value }) => value === status));
}
