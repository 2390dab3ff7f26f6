import { number, text, toggle } from '../parameters/kinds';
import { fieldList, namedTable } from '../tableParameter';

/** Parameters of Approve, which makes the token by which a previewed record is written. */

const SHOWN = { show: { operation: ['approve'] } };
const WHERE_KEPT = { show: { operation: ['approve'], keepToken: [true] } };

export const PLAN_NUMBER = text({
	displayName: 'Plan Number',
	name: 'planNumber',
	displayOptions: SHOWN,
	required: true,
	default: '={{ $json.approval?.planNumber }}',
	description:
		'What Preview gave the record, or the run that held it: it stands for what would be sent and what that is based on',
});

export const APPROVED_BY = text({
	displayName: 'Approved By',
	name: 'approvedBy',
	displayOptions: SHOWN,
	required: true,
	default: '',
	placeholder: 'e.g. {{ $json["Approved By"] }}',
	description:
		"The name or e-mail address of the person who has approved it. It stands in Xero's history of the document and in the Sync Log.",
});

export const GOOD_FOR = number({
	displayName: 'Good for (Hours)',
	name: 'goodForHours',
	displayOptions: SHOWN,
	least: 0.1,
	most: 8_760,
	default: 24,
	description:
		'How long the approval is good. It ends before that when what it is for has changed.',
});

export const APPROVED_RECORD = text({
	displayName: 'Record',
	name: 'approvedRecord',
	displayOptions: SHOWN,
	default: '={{ $json.record }}',
	description: 'What people call the record, for the sentences that tell of the approval',
});

export const WHAT_IS_APPROVED = text({
	displayName: 'What Is Approved',
	name: 'whatIsApproved',
	displayOptions: SHOWN,
	default: '={{ $json.approval?.what }}',
	description:
		'What the person was shown, in words. Where the plan differs in the end, the record is held with both.',
});

export const KEEP_TOKEN = toggle({
	displayName: 'Keep Token in Knack',
	name: 'keepToken',
	displayOptions: SHOWN,
	default: false,
	description:
		'Whether to write the token into a field of the Knack record, where Create or Update finds it, and empties it once it was used',
});

export const TOKEN_TABLE = namedTable({
	displayName: 'Knack Table',
	name: 'table',
	fromItem: '={{ $json.knack?.table ?? $json.source?.table }}',
	description: 'The table of the records',
	example: 'object_4',
	displayOptions: WHERE_KEPT,
});

export const TOKEN_RECORD = text({
	displayName: 'Knack Record ID',
	name: 'tokenRecord',
	displayOptions: WHERE_KEPT,
	default: '={{ $json.knack?.recordId ?? $json.source?.knackRecordId }}',
	description: 'The record that keeps the token',
});

const tokenField = fieldList(
	'Approval Token Field',
	'approvalTokenField',
	'getWriteBackFields',
	'A Paragraph Text field that nobody edits',
);

export const TOKEN_FIELD = text({
	...tokenField.property,
	name: 'approvalTokenField',
	type: 'options',
	default: '',
	required: true,
	displayOptions: WHERE_KEPT,
});
