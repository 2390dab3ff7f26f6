import { momentText } from '../../dates';
import type { XeroDocument } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import type { FieldChange } from '../outcome';
import { canGoBothWays, isPartOfWhole, winnerOf, type Decided } from './bothWays';
import { differencesInWords, isBlank } from './changeWords';
import { newestSide } from './newestSide';
import type { PlanInput } from './planInput';

/** Said of what goes both ways: it is also held where nobody knows what both once agreed on. */
export function heldBothWaysWords(
	input: PlanInput,
	document: XeroDocument,
	contested: readonly FieldChange[],
) {
	const isHalf = contested.some(
		({ field, before, after }) => isPartOfWhole(field) && (isBlank(before) || isBlank(after)),
	);
	const isChoice = !isHalf && contested.every(({ field }) => canGoBothWays(field));
	const isNewestUntold =
		contested.some(({ field }) => winnerIs(input, field, 'newest')) &&
		newestSide(input.draft.source, document) === undefined;
	return {
		message: changedOnBothWords(input, contested),
		fix: [
			'Write the same on both sides: in Knack what Xero says, or in Xero what Knack says.',
			...(isHalf
				? ['What one side has and the other lacks is neither erased nor put beside what is new.']
				: []),
			...(isNewestUntold ? [untoldWords(input, document)] : []),
			...(isChoice && !isNewestUntold
				? ['Or choose who wins, under Fields That Go Both Ways.']
				: []),
		].join(' '),
	};
}

/** Says which side won, by what, and both values. */
export function decidedWords(
	input: PlanInput,
	document: XeroDocument,
	decided: readonly Decided[],
) {
	const words = [...new Set(decided.map(({ winner }) => winner))].map((winner) => {
		const own = decided.filter((each) => each.winner === winner);
		const isNewest = own.some(({ field }) => winnerIs(input, field, 'newest'));
		const side = winner === 'knack' ? 'Knack' : 'Xero';
		return `${changedOnBothWords(input, own)} ${side} wins${isNewest ? `, which was edited last: ${momentsInWords(input, document)}` : ', as it is set'}.`;
	});
	return {
		message: words.join(' '),
		fix: 'Nothing is to be done. If the other value is right, write it on the side that won.',
	};
}

function changedOnBothWords({ definition, draft }: PlanInput, changes: readonly FieldChange[]) {
	const name = headerText(draft, 'name') ?? 'The contact';
	return `${name} was changed in Knack and in Xero, or never was the same in both: ${differencesInWords(definition, changes)}.`;
}

function winnerIs({ options }: PlanInput, field: string, winner: 'newest'): boolean {
	return options.bothWays !== undefined && winnerOf(options.bothWays, field) === winner;
}

function untoldWords({ draft, options }: PlanInput, { updatedAtMs }: XeroDocument): string {
	const { editedAtMs } = draft.source;
	if (options.keepsFingerprint === false) {
		return 'Newest Wins needs a Sync Fingerprint field: choose one under Write Back to Knack, besides Record Edited On under Options.';
	}
	if (editedAtMs === undefined) {
		return 'Which is the newest is not known: give Record Edited On under Options a Date/Time field that Knack fills at each edit.';
	}
	return updatedAtMs === undefined
		? 'Which is the newest cannot be told: Xero does not say when the contact was edited.'
		: 'Which is the newest cannot be told: both were edited within a minute.';
}

function momentsInWords({ draft, settings }: PlanInput, { updatedAtMs }: XeroDocument): string {
	const zone = settings.organisation.timeZone;
	const shown = (moment: number | undefined) =>
		moment === undefined ? 'not known' : momentText(moment, zone);
	return `Knack ${shown(draft.source.editedAtMs)}, Xero ${shown(updatedAtMs)}`;
}
