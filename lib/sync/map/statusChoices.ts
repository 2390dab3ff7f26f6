import type { DocumentDefinition } from '../../xero/documents/definition';

/** A status that a person may choose for the documents that a run writes. */
export interface StatusChoice {
	readonly value: string;
	readonly label: string;
}

/** The statuses in which a document may be made, its own first; none where it has no status. */
export function statusesOfNew({
	lifecycle: { gone, initial, moves },
}: DocumentDefinition): string[] {
	if (initial === undefined) return [];
	return [initial, ...(moves[initial] ?? [])].filter((status) => !gone.includes(status));
}

/**
 * The statuses in which a document may be made: the first one and those that it may move to from
 * there, without those that end it. Empty where the document has no status of its own.
 */
export function statusChoices(definition: DocumentDefinition): StatusChoice[] {
	const { statusPath } = definition;
	const choices = definition.fields.find((field) => field.path === statusPath)?.choices ?? [];
	return statusesOfNew(definition).flatMap((status) =>
		choices.filter(({ value }) => value === status),
	);
}
