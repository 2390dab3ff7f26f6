import type { RuleSeverities } from '../check/check';
import type { Draft } from '../draft';
import type { Plan } from '../plan/plan';
import type { UpsertContext } from '../prepare';

/** What a document type needs beside its own fields. All of it reads; nothing writes. */
export interface DocumentStrategy {
	/**
	 * Finds what the drafts belong to (the invoice of a payment, the project of a task) and puts its
	 * id into them, so that one document is known by one name. Drafts come back in their order, with
	 * issues where it was not found. Throws ServiceFaultError.
	 */
	complete(
		context: UpsertContext,
		drafts: readonly Draft[],
		severities: RuleSeverities,
	): Promise<Completed>;
}

export interface Completed {
	readonly drafts: readonly Draft[];
	/** Looks at a plan with what completing has read. */
	review?(plan: Plan): Plan;
}

/** Whether a draft is still on its way to Xero. */
export function isOnItsWay(draft: Draft): boolean {
	return (
		draft.skipReason === undefined && draft.issues.every(({ severity }) => severity === 'warn')
	);
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isId(text: string): boolean {
	return ID.test(text.trim());
}
