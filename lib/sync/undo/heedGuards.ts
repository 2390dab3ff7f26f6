import type { Issue } from '../../issue';
import { faultOr } from '../../serviceFault';
import type { Refused } from '../guard/guarding';
import { refusedIssue } from '../guard/refusal';
import { faultIssue } from '../words/faultIssue';
import { UNDO_RULES } from './undoRules';
import type { Undoing } from './way';

/** Asks anew whether anything may be written. Throws ServiceFaultError of Xero's. */
export interface Heeding {
	refusal?(): Promise<Refused>;
}

/** The plans, where a guard lets nothing be written with all held that would. Throws ServiceFaultError. */
export async function heedGuards(
	{ refusal }: Heeding,
	undoings: readonly Undoing[],
): Promise<readonly Undoing[]> {
	const refused = undoings.some(isDue) ? await refusal?.() : undefined;
	if (!refused) return undoings;
	const issues = [refusedIssue(refused)];
	return undoings.map((each) => (isDue(each) ? { ...each, way: { kind: 'stop', issues } } : each));
}

/** Why Knack is told of no more than was undone just now; nothing where all may be told. */
export async function whyUntold(
	refusal: () => Promise<Refused>,
): Promise<{ readonly heldBy?: Issue }> {
	const asked = await faultOr(refusal());
	if (!asked.ok) return { heldBy: faultIssue(asked.failure) };
	return asked.value ? { heldBy: refusedIssue(asked.value) } : {};
}

function isDue({ way }: Undoing): boolean {
	if (way.kind !== 'stop') return way.kind !== 'stays' && way.kind !== 'done';
	// What pays it may be held by the guard itself, and is no matter for a person then.
	return way.issues.some(({ code }) => code === UNDO_RULES.paid.code);
}
