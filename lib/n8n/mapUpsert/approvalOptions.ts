import type { ApprovalRun } from '../../sync/approval/approvalRun';
import { group } from '../parameters/collections';
import { text, toggle } from '../parameters/kinds';
import { isUnset, type ValuesOf } from '../parameters/parameter';
import { SettingError } from '../parameters/settingError';
import { fieldList } from '../tableParameter';
import { isRecord } from '../../sync/map/sampleShape';
import { isFromAgent } from '../agentWriting';
import { OPTION_FOR_WRITING } from './documents';

/** Nothing is written that nobody has approved. */
export const ONLY_APPROVED = toggle({
	displayName: 'Only What Was Approved',
	name: 'onlyApproved',
	displayOptions: OPTION_FOR_WRITING,
	default: false,
	description:
		'Whether to write a record only if its plan is still the one that somebody has approved with the operation Approve; else it is held. Without a token field under Approval: From the Record, an approval is good until it expires or what it was given for has changed.',
});

export const CREATOR_MUST_DIFFER = toggle({
	displayName: 'Creator Must Not Approve',
	name: 'creatorMustDiffer',
	displayOptions: OPTION_FOR_WRITING,
	default: false,
	description:
		'Whether to hold a record that was approved by whoever made it; give Created By under Approval: From the Record. For Only What Was Approved.',
});

const ENTRIES = [
	text({
		displayName: 'Approval Token',
		name: 'token',
		default: '',
		placeholder: 'e.g. {{ $json.approval.token }}',
		description:
			'The token that Approve has made. Without it, it is taken from the item as Approve gives it, or from the token field. Not for the tool of an AI agent.',
	}),
	fieldList(
		'Approval Token Field',
		'tokenField',
		'getWriteBackFields',
		'The Knack field that keeps the token, and is emptied once it was used. As the tool of an AI agent the node takes the token from there alone',
	),
	text({
		displayName: 'Created By',
		name: 'createdBy',
		default: '',
		placeholder: 'e.g. {{ $json["Created By"] }}',
		description: 'Who has made the record: a name or an e-mail address, as Approved By has it',
	}),
	text({
		displayName: 'Knack Record ID',
		name: 'recordId',
		default: '',
		placeholder: "e.g. {{ $fromAI('record_id') }}",
		description:
			'The record that is meant, where the item does not say it under knack, as for the tool of an AI agent',
	}),
] as const;

/** Read for each item: what its record says of its approval. */
export const APPROVAL_ANSWERS = group(
	{
		displayName: 'Approval: From the Record',
		name: 'approvalAnswers',
		displayOptions: OPTION_FOR_WRITING,
		placeholder: 'Add Fields of the Record',
		description: 'Where the token is, who made the record, and which record it is',
		group: { displayName: 'From the Record', name: 'fields' },
	},
	ENTRIES,
);

export type ApprovalFields = Partial<ValuesOf<typeof ENTRIES>>;

/** What the node is set to about approvals. */
export interface ApprovalSettings extends Omit<ApprovalRun, 'key'> {
	/** Knack field, by key or label, that keeps tokens. */
	readonly tokenField?: string;
}

interface Chosen {
	readonly onlyApproved: boolean;
	readonly creatorMustDiffer: boolean;
	readonly approvalAnswers: ApprovalFields | undefined;
}

/**
 * How the run goes about approvals. An agent has no say in it: it neither brings a token, nor decides
 * whether one is needed or who made the record. Throws SettingError where the node lets it.
 */
export function approvalSettings(
	{ onlyApproved, creatorMustDiffer, approvalAnswers }: Chosen,
	stored: unknown,
	isTool: boolean,
): ApprovalSettings {
	const options = isRecord(stored) ? stored : {};
	const { approvalAnswers: given } = options;
	const answers = isRecord(given) ? given.fields : given;
	const fields = isRecord(answers) ? answers : {};
	const tokenField = approvalAnswers?.tokenField;
	// What the agent could switch off is on.
	const isOfAgent = (setting: unknown) => isTool && isFromAgent(setting);
	if (onlyApproved || isOfAgent(options.onlyApproved)) {
		const isGivenByAgent = isTool
			? !isUnset(fields.token) || isOfAgent(isRecord(answers) ? fields.tokenField : answers)
			: /\$fromAI\b/i.test(String(fields.token ?? ''));
		if (isGivenByAgent) throw tokenOfAgent();
		if (isOfAgent(fields.createdBy)) throw creatorOfAgent();
	}
	return {
		isRequired: onlyApproved || isOfAgent(options.onlyApproved),
		creatorMustDiffer: creatorMustDiffer || isOfAgent(options.creatorMustDiffer),
		isUsedOnce: tokenField !== undefined,
		...(tokenField === undefined ? {} : { tokenField }),
	};
}

function tokenOfAgent(): SettingError {
	return new SettingError(
		'Approval Token is what an AI agent could give, so that nobody would have to approve anything.',
		'Empty Approval Token, and choose the Approval Token Field: as a tool the node takes the token from the Knack record alone.',
	);
}

function creatorOfAgent(): SettingError {
	return new SettingError(
		'Created By is what an AI agent could give, so that it says nothing of who made the record.',
		'Empty Created By, or give one fixed name, such as that of the agent.',
	);
}
