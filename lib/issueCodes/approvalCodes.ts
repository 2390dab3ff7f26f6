import { block, hold, warn, type CodesByStage } from './judgement';

/** What is found about the approval of a record, in the order of looking. None may be lowered. */
export const APPROVAL_CODES = {
	approval: {
		SYNC_APPROVAL_NOT_GIVEN: block('Approve: the item has a plan number, and somebody approves it'),
		SYNC_NOT_APPROVED: hold('Only What Was Approved: somebody has approved the record'),
		SYNC_APPROVAL_NOT_GENUINE: hold(
			'The approval is one that Approve has made with the same credential, and is unchanged',
		),
		SYNC_APPROVAL_OF_ANOTHER: hold('The approval is for the very record'),
		SYNC_APPROVAL_EXPIRED: hold('The approval is still good'),
		SYNC_APPROVAL_OUTDATED: hold('What would be written, and what it is based on, is as approved'),
		SYNC_APPROVAL_BY_CREATOR: hold(
			'Creator Must Not Approve: somebody else has approved the record',
		),
		KNACK_APPROVAL_NOT_KEPT: warn('The Knack record keeps the token, until it is used'),
	},
} as const satisfies CodesByStage;
