import { contentHash } from '../../hash';
import type { DocumentDefinition, DocumentKey } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import { unguardedKey } from '../find/twins';
import { contactIdOf, type Row } from '../row';

/** The value that recognises the draft's document in Xero, surest first. */
function decidingKey(
	definition: DocumentDefinition,
	draft: Draft,
): (DocumentKey & { readonly value: string }) | undefined {
	for (const key of definition.keys) {
		const value = headerText(draft, key.path);
		if (value !== undefined) return { ...key, value };
	}
	return undefined;
}

/** Whether Xero itself refuses a second document for the same record. */
export function isKeptUnique(definition: DocumentDefinition, row: Row): boolean {
	if (row.replaces !== undefined) return false;
	return decidingKey(definition, row.draft)?.enforced ?? false;
}

const CONTACT_SIGNS = ['contact.contactNumber', 'contact.name', 'contact.emailAddress'];

/** What names a record among all workers, where Xero has no key of its own for it. */
export function identityOf(definition: DocumentDefinition, row: Row): string {
	const { draft, replaces } = row;
	if (replaces) return contentHash({ type: definition.type, replaces: replaces.document.id });
	const key = decidingKey(definition, draft);
	const contact = CONTACT_SIGNS.map((path) => headerText(draft, path)).find(Boolean);
	return contentHash({
		type: definition.type,
		path: key?.path,
		value: foldText(key?.value ?? ''),
		contact: key?.withinContact ? (contactIdOf(row) ?? foldText(contact ?? '')) : undefined,
		within: key?.within?.map((path) => draft.fields[path]),
	});
}

/** More of them than these are not worth a call each. */
const MOST_APART = 10;

/**
 * Whether new documents go one at a time, each under its own record's turn, so that no batch can
 * pass it: those that are never drafts, so that a second look comes after the fact; those that
 * take the place of a credited document; and purchase orders by number, where Xero takes a second
 * one for a change of the first and says OK.
 */
export function areApart(definition: DocumentDefinition, rows: readonly Row[]): boolean {
	if (rows.some(({ replaces }) => replaces !== undefined)) return true;
	if (rows.length > MOST_APART) return false;
	return (
		definition.defaultStatus === undefined ||
		rows.some(({ draft }) => unguardedKey(definition, draft) === undefined)
	);
}
