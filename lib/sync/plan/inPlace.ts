import type { FieldValue, FieldValues, XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath } from '../check/draftValues';
import { correctedBy } from '../find/correctingNote';
import type { FieldChange } from '../outcome';
import type { Fingerprint } from '../sourceLink/fingerprint';
import type { Compared } from './changesDue';
import { linesAsTheyAre, type LinePlan } from './lines';
import type { PlanInput } from './planInput';
import { predictAmounts } from './predictAmounts';

/** A document in the place of another: what that one has, with what is to go over. */
export interface Wanted {
	readonly fields: FieldValues;
	readonly lines: readonly FieldValues[];
	/** Whether it is of the contact that the record names, where the old one is not. */
	readonly movesContact: boolean;
	readonly sent: Fingerprint;
}

/** What the document in the place of another says: what that one does, with what is to go over. */
function wantedInPlace(
	{ definition, draft }: PlanInput,
	document: XeroDocument,
	{ header, contactMove, sent }: Compared,
	lines: LinePlan | undefined,
): Wanted {
	const known = fieldsByPath(definition.fields);
	const keepsTax = !header.some(({ field }) => field === 'lineAmountTypes');
	const behind = correctedBy(document)?.corrects?.leavesBehind;
	const isOwn = (path: string) =>
		behind?.has(path) === true || path === definition.numberPath || path.startsWith('contact.');
	const fields: Record<string, FieldValue> = {};
	for (const [path, value] of Object.entries(document.fields)) {
		if (!isOwn(path)) fields[path] = value;
	}
	for (const { field, after } of header) fields[field] = after ?? '';
	for (const [path, value] of Object.entries(draft.fields)) {
		if (isOwn(path) || !known.has(path)) fields[path] = value;
	}
	return {
		fields,
		lines:
			lines?.lines?.map((line) => line.fields) ?? linesAsTheyAre(document.lines ?? [], keepsTax),
		movesContact: contactMove !== undefined,
		sent,
	};
}

/** The document that is to take the place of one that is not rewritten. */
export function correctionDue(
	input: PlanInput,
	document: XeroDocument,
	compared: Compared,
	lines: LinePlan | undefined,
	changes: readonly FieldChange[],
) {
	const wanted = wantedInPlace(input, document, compared, lines);
	const ofLines = wanted.lines.map((fields) => ({ fields }));
	const amounts = predictAmounts(input.definition, wanted.fields, ofLines, input.settings);
	return { wanted, changes, amounts };
}
