import type { DocumentDefinition, DocumentKey } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';

/** The value that recognises the draft's document in Xero, surest first. */
export function decidingKey(
	definition: DocumentDefinition,
	draft: Draft,
): (DocumentKey & { readonly value: string }) | undefined {
	for (const key of definition.keys) {
		const value = headerText(draft, key.path);
		if (value !== undefined) return { value, ...key };
	}
	return undefined;
}

/**
 * Whether Xero itself refuses a second document for the same record.
 * @param row with what its document takes the place of, if anything
 */
export function isKeptUnique(
	definition: DocumentDefinition,
	{ draft, replaces }: { readonly draft: Draft; readonly replaces?: object },
): boolean {
	if (replaces !== undefined) return false;
	return decidingKey(definition, draft)?.enforced ?? false;
}
