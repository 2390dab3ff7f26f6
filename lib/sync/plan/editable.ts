import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { isApproved } from '../check/approval';
import { LATE_RULES } from '../check/rules/lateRules';
import { correctedBy } from '../find/correctingNote';
import { isFoundByLink } from '../find/decidingKey';
import type { FieldChange } from '../outcome';
import { changedLabel, changesInWords, pathInLine } from './changeWords';
import type { LinePlan } from './lines';
import type { Found } from './planChecks';

/** Finds what Xero would not let be changed on a document that is closed, approved or paid. */
export function checkEditable(
	definition: DocumentDefinition,
	document: XeroDocument,
	changes: readonly FieldChange[],
	lines: LinePlan | undefined,
	found: Found,
): void {
	const label = document.number ?? `The ${definition.label.toLowerCase()}`;
	if (!definition.canBeUpdated) {
		checkUnchanged(definition, label, changes, lines, found);
		return;
	}
	const { fixed = [], reopening } = definition.lifecycle;
	const word = wordOfClosed(definition, document);
	if (word !== undefined) {
		found(LATE_RULES.closedEdit, {
			field: changes[0]?.field,
			message: `${label} is ${word} in Xero and cannot be changed.`,
			fix: reopening ?? 'Undo the change in Knack, or make a new document.',
		});
		return;
	}
	const stays = changes.find(({ field }) => fixed.includes(field));
	if (stays) {
		found(LATE_RULES.cannotBeChanged, {
			field: stays.field,
			message: `${label} has ${changedLabel(definition, stays.field)} "${String(stays.before)}" in Xero, not "${String(stays.after)}", and Xero never changes that.`,
			fix: isFoundByLink(definition)
				? 'Delete it in Xero and make a new record of it in Knack, without the id that this one keeps, or undo the change in Knack.'
				: 'Delete it in Xero and clear the id kept in Knack, or undo the change in Knack.',
		});
		return;
	}
	const currency = changes.find((change) => change.field === 'currencyCode');
	// From approval on a document's currency is fixed.
	if (currency && isApproved(definition, document)) {
		found(LATE_RULES.currencyChange, {
			field: 'currencyCode',
			message: `${label} is approved in ${String(currency.before)}; its currency cannot become ${String(currency.after)}.`,
			fix: `Undo the change in Knack, or ${removedBy(definition, document)} it in Xero and make a new record of it in Knack.`,
		});
	}
	if (!document.hasPaymentsOrCredits) return;
	const allowed = new Set(definition.editableWhenPaid);
	const refused = changes.filter(({ field }) => {
		const path = pathInLine(field);
		if (path === undefined) return !allowed.has(field);
		if (lines?.added.includes(field)) return true;
		return !allowed.has(path.startsWith('tracking.') ? 'lines.tracking' : `lines.${path}`);
	});
	const [first] = refused;
	if (!first) return;
	found(LATE_RULES.paidEdit, {
		field: first.field,
		message: `${label} has payments or credits in Xero, so this can no longer be changed: ${changesInWords(definition, refused)}.`,
		fix: `Undo the change in Knack, ${correctedBy(document) ? 'issue a credit note, ' : ''}or take the payment or credit off it in Xero first.`,
	});
}

/** What a person does in Xero with a document that is to count no more. */
function removedBy({ lifecycle }: DocumentDefinition, { status = '' }: XeroDocument): string {
	const moves = lifecycle.moves[status] ?? [];
	return moves.includes('VOIDED') ? 'void' : 'delete';
}

/** What a document is called of which nothing can be changed any more: "voided", "reconciled". */
function wordOfClosed(
	{ lifecycle: { closed, lockedBy } }: DocumentDefinition,
	{ status = '', isLocked }: XeroDocument,
): string | undefined {
	if (closed.includes(status)) return status.toLowerCase();
	return isLocked ? lockedBy?.word : undefined;
}

/** Finds what differs of a document that Xero lets be made and deleted alone. */
function checkUnchanged(
	definition: DocumentDefinition,
	label: string,
	changes: readonly FieldChange[],
	lines: LinePlan | undefined,
	found: Found,
): void {
	const change = changes.find(({ field, before }) => field !== 'status' && before !== undefined);
	const isOfLines = lines !== undefined && hasOtherLines(lines);
	const differs = isOfLines
		? { field: 'lineItems', words: 'other lines than the record has' }
		: change && {
				field: change.field,
				words: `${changedLabel(definition, change.field)} "${String(change.before)}", not "${String(change.after)}"`,
			};
	if (!differs) return;
	const { field, words } = differs;
	found(LATE_RULES.cannotBeChanged, {
		field,
		message: `The ${definition.label.toLowerCase()} ${label} is in Xero with ${words}; Xero lets ${definition.plural} be made and deleted, never changed.`,
		fix: 'Delete it in Xero and give the record a new reference, or undo the change in Knack.',
	});
}

/** Whether lines are there that only one side has. */
function hasOtherLines({ added, changes }: LinePlan): boolean {
	return added.length > 0 || changes.some(({ field }) => field === 'lineItems');
}
