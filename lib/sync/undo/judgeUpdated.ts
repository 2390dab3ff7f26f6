import { isApproved } from '../check/approval';
import { issuedState } from '../plan/issuedEdits';
import { statusName } from '../status/statusName';
import { obstacleTo } from './judgeCreated';
import type { Judged, Judging } from './judging';
import type { RanDocument } from './ranDocument';
import { restored } from './restore';
import { UNDO_RULES, undoIssue } from './undoRules';
import { labelOf, stop, type Standing } from './way';

/** How what a run has changed is given back, as far as Xero is still as the run left it. Pure. */
export function judgeUpdated(
	judging: Judging,
	ran: RanDocument,
	standing: Standing | undefined,
): Judged {
	const { definition, changes } = ran;
	if (!standing) return { ran, way: { kind: 'done', why: 'is not in Xero any more' } };
	const { document } = standing;
	const { lifecycle, statusPath } = definition;
	const { status = '' } = document;
	const label = labelOf(ran, document);
	const move = changes.find(({ field }) => field === statusPath);
	const named = (each: unknown) => statusName(definition, String(each ?? '')).toLowerCase();
	if (lifecycle.gone.includes(status)) {
		if (move?.after !== status) {
			return { ran, document, way: { kind: 'done', why: `is ${named(status)} by now` } };
		}
		const way = stop(UNDO_RULES.notPossible, {
			message: `${label} was ${named(status)} by the run, and Xero brings back nothing that is.`,
			fix: 'Make it anew, under a number of its own.',
		});
		return { ran, document, way };
	}
	const wasMoved = move !== undefined && move.after === status && move.before !== status;
	const to = wasMoved ? String(move.before ?? '') : undefined;
	if (to !== undefined && lifecycle.moves[status]?.includes(to) !== true) {
		const way = stop(
			isApproved(definition, document) ? UNDO_RULES.approved : UNDO_RULES.notPossible,
			{
				field: statusPath,
				message: `${label} was moved from ${named(to)} to ${named(status)} by the run, and Xero does not let it go back.`,
				fix: isApproved(definition, document)
					? 'Where it should not count, void it in Xero or issue a credit note, as your accountant says.'
					: 'Leave it as it is, or put it right in Xero by hand.',
			},
		);
		return { ran, document, way };
	}
	const { draft, kept, obstacle } = restored(ran, document);
	if (!draft && to === undefined && obstacle === undefined) {
		const why = kept.length === 0 ? 'is as it was before the run' : 'has other values by now';
		return { ran, document, way: { kind: 'done', why }, issues: keptEdits(label, kept) };
	}
	const way = obstacleTo(judging, ran, standing);
	if (way) return { ran, document, way };
	if (issuedState({ definition, options: judging.options, settings: judging.settings }, document)) {
		const stopped = stop(UNDO_RULES.issued, {
			message: `${label} was sent to the contact or lies in a closed period, so what the run changed of it is not changed back.`,
			fix: 'Correct it by hand, with a credit note of today; or put the record right in Knack and run Create or Update with "Correct by Credit Note" under Options.',
		});
		return { ran, document, way: stopped };
	}
	if (obstacle !== undefined) {
		const stopped = stop(UNDO_RULES.notPossible, {
			message: `What the run changed of ${label} is not given back: ${obstacle}.`,
			fix: 'Put it right in Xero by hand; History and Notes of it there tell what was before.',
		});
		return { ran, document, way: stopped };
	}
	return {
		ran,
		document,
		way: {
			kind: 'restore',
			...(draft ? { draft } : {}),
			...(to === undefined ? {} : { to }),
		},
		issues: keptEdits(label, kept),
	};
}

function keptEdits(label: string, kept: readonly string[]) {
	return kept.length === 0
		? []
		: [
				undoIssue(UNDO_RULES.keptEdits, {
					message: `Somebody has changed ${kept.join(', ')} of ${label} in Xero since the run, and that stays.`,
					fix: 'Nothing is to be done, unless it should be as it was before the run.',
				}),
			];
}
