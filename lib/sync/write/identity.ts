import { contentHash } from '../../hash';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import { decidingKey } from '../find/decidingKey';
import { foldText } from '../find/names';
import { unguardedKey } from '../find/twins';
import { contactIdOf, type Row } from '../row';

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
		record: key?.needsLink ? draft.source.knackRecordId : undefined,
	});
}

/** The state that a change was planned on: its time, or all of it where Xero tells no time. */
export function basisOf(document: XeroDocument): string {
	return String(document.updatedAtMs ?? contentHash(document.fields));
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
		definition.lifecycle.initial === undefined ||
		rows.some(({ draft }) => unguardedKey(definition, draft) === undefined)
	);
}
