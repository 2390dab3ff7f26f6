import { sameValue } from '../../xero/documents/comparedValues';
import type { DocumentDefinition, FieldValue, XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath, headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import type { FieldChange } from '../outcome';
import type { Found } from './planChecks';

/** Set apart from the other fields: matched, moved or kept by rules of their own. */
const HANDLED_ELSEWHERE: ReadonlySet<string> = new Set(['status']);

/** What of the header differs from what the record wants; only what is mapped counts. */
export function headerChanges(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument,
	recognisedBy: string,
): FieldChange[] {
	const known = fieldsByPath(definition.fields);
	const changes: FieldChange[] = [];
	for (const path of Object.keys(draft.fields)) {
		const field = known.get(path);
		if (!field || HANDLED_ELSEWHERE.has(path)) continue;
		if (path === recognisedBy) continue;
		if (path.startsWith('contact.')) continue;
		if (field.hasOwnRequest) continue;
		const before = document.fields[path];
		// Xero leaves some of a payment out of its answers, and never lets any of it be changed.
		if (!definition.canBeUpdated && before === undefined) continue;
		const after = draft.fields[path];
		if (!sameValue(field, before, after)) changes.push({ field: path, before, after });
	}
	return changes;
}

/**
 * Changed header values, with their neighbours: an address, a phone number or a contact person is
 * replaced as a whole, so what stays of it is sent along: as Xero shows it, else as the record has it.
 */
export function fieldsToSend(
	definition: DocumentDefinition,
	document: XeroDocument,
	draft: Draft,
	changes: readonly FieldChange[],
): Record<string, FieldValue> {
	const known = fieldsByPath(definition.fields);
	const send: Record<string, FieldValue> = {};
	for (const path of definition.wire.alwaysSent) {
		const value = document.fields[path];
		if (value !== undefined) send[path] = value;
	}
	if (definition.wire.isSentWhole && changes.length > 0) {
		for (const [path, value] of Object.entries(document.fields)) {
			if (path !== 'status') send[path] = value;
		}
	}
	for (const change of changes) {
		const group = groupOf(change.field);
		for (const [path, value] of Object.entries(document.fields)) {
			if (path.startsWith(group) && !known.get(path)?.isWhole) send[path] = value;
		}
		for (const [path, value] of Object.entries(draft.fields)) {
			if (path.startsWith(group) && known.get(path)?.mayNotBeShown) send[path] = value;
		}
	}
	for (const change of changes) send[change.field] = change.after ?? '';
	return send;
}

/**
 * `addresses.street.` of `addresses.street.city`; all contact persons are one group, and no path
 * begins like that of a value by itself.
 */
function groupOf(path: string): string {
	const parts = path.split('.');
	return parts[0] === 'contactPersons' ? 'contactPersons.' : `${parts.slice(0, -1).join('.')}.`;
}

/**
 * The move to the wanted status. A document that has come further in Xero (approved, paid) than
 * the node's setting stays where it is: the setting says how documents start.
 */
export function statusChange(
	definition: DocumentDefinition,
	draft: Draft,
	document: XeroDocument,
	found: Found,
): { field: string; before?: string; after: string } | undefined {
	const wanted = headerText(draft, 'status');
	const current = document.status;
	if (wanted === undefined || current === undefined) return undefined;
	const progress = Object.keys(definition.lifecycle.moves);
	const from = progress.indexOf(current);
	const to = progress.indexOf(wanted);
	if (from === -1 || to <= from) return undefined;
	if (!definition.lifecycle.moves[current]?.includes(wanted)) {
		found(LATE_RULES.statusMove, {
			field: 'status',
			message: `A ${definition.label.toLowerCase()} cannot go from ${current.toLowerCase()} to ${wanted.toLowerCase()}.`,
			fix: 'Choose another status in the node, or change the status in Xero.',
		});
		return undefined;
	}
	return { field: 'status', before: current, after: wanted };
}
