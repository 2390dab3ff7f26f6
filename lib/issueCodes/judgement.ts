/**
 * - `block`: cannot be written until it is mended.
 * - `hold`: could be written, but a person must decide first.
 * - `warn`: is written, and should be looked at.
 */
export type Severity = 'block' | 'hold' | 'warn';

/** What is known of a code wherever it is found. */
export interface Judgement {
	/** That of a finding, unless the place where it is found, or the user, says otherwise. */
	readonly severity: Severity;
	/** What must hold, as a sentence without a full stop. */
	readonly title: string;
	/**
	 * Whether a user may lower the severity. Rules that keep the ledger safe (identity, ambiguity)
	 * and those that Xero would refuse anyway are kept at least as severe as they are.
	 */
	readonly canBeLowered: boolean;
}

/** Judgements by code, by the stage in which the code is found. */
export type CodesByStage = Readonly<Record<string, Readonly<Record<string, Judgement>>>>;

/** Said of a code whose severity a user may lower. */
export const LOWERABLE = true;

const judgement =
	(severity: Severity) =>
	(title: string, canBeLowered = false): Judgement => ({
		severity,
		title,
		canBeLowered,
	});

export const block = judgement('block');
export const hold = judgement('hold');
export const warn = judgement('warn');
