import { GUARD_CODES } from './issueCodes/guardCodes';
import { APPROVAL_CODES } from './issueCodes/approvalCodes';
import type { Judgement } from './issueCodes/judgement';
import { RECORD_CODES } from './issueCodes/recordCodes';
import { SERVICE_CODES } from './issueCodes/serviceCodes';
import { UNDO_CODES } from './issueCodes/undoCodes';
import { UNUSUAL_CODES } from './issueCodes/unusualCodes';

export type { Severity } from './issueCodes/judgement';

/**
 * Every code there is, by the stage in which it is found. `docs/rules.md` is made from these.
 * @internal
 */
export const CODES_BY_STAGE = {
	...RECORD_CODES,
	...UNUSUAL_CODES,
	...GUARD_CODES,
	...APPROVAL_CODES,
	...SERVICE_CODES,
	...UNDO_CODES,
} as const;

type IssueStage = keyof typeof CODES_BY_STAGE;

/**
 * What an issue can be about. Stable: workflows branch on it, and users set the severity of some by
 * it. A new one is one line in `lib/issueCodes/`.
 */
export type IssueCode = { [Stage in IssueStage]: keyof (typeof CODES_BY_STAGE)[Stage] }[IssueStage];

const JUDGEMENTS: ReadonlyMap<string, Judgement> = new Map(
	Object.values(CODES_BY_STAGE).flatMap((codes) => Object.entries<Judgement>(codes)),
);

/** A code with what is known of it. */
export function judged<Code extends IssueCode>(code: Code): Judgement & { readonly code: Code } {
	const judgement = JUDGEMENTS.get(code);
	if (!judgement) throw new Error(`There is no issue code ${code}.`);
	return { code, ...judgement };
}
