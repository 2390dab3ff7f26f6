import type { ApprovalKey } from './approvalKey';

/** How a run goes about approvals. */
export interface ApprovalRun {
	readonly key: ApprovalKey;
	/** Whether nothing is written that nobody has approved. */
	readonly isRequired: boolean;
	readonly creatorMustDiffer: boolean;
	/** Whether there is a place that keeps a token until it is used. */
	readonly isUsedOnce: boolean;
}
