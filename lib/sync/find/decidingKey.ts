import type { DocumentDefinition, DocumentKey } from '../../xero/documents/definition';
import { fieldsByPath, headerText } from '../check/draftValues';
import type { Draft } from '../draft';

/** A key with the value that a draft has for it. */
export type KeyOfDraft = DocumentKey & { readonly value: string };

/** The values by which the draft's document may be recognised in Xero, surest first. */
export function keysOf({ keys }: DocumentDefinition, draft: Draft): KeyOfDraft[] {
	return keys.flatMap((key) => {
		const value = headerText(draft, key.path);
		return value === undefined ? [] : [{ value, ...key }];
	});
}

/** The value that recognises the draft's document in Xero: the surest. */
export function decidingKey(definition: DocumentDefinition, draft: Draft): KeyOfDraft | undefined {
	return keysOf(definition, draft)[0];
}

/** Whether the link to its record may be all that tells whose a document is. */
export function isFoundByLink({ keys }: DocumentDefinition): boolean {
	return keys.some(({ needsLink }) => needsLink);
}

/** What a key is called in the middle of a sentence, such as "invoice number". */
export function keyName({ fields }: DocumentDefinition, path: string): string {
	return (fieldsByPath(fields).get(path)?.label ?? path).toLowerCase();
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
