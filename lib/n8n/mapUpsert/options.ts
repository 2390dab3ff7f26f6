import { collection, rows } from '../parameters/collections';
import { choice, date, text, toggle } from '../parameters/kinds';
import { APPROVAL_ANSWERS, CREATOR_MUST_DIFFER, ONLY_APPROVED } from './approvalOptions';
import { BOTH_WAYS, RECORD_EDITED_ON } from './bothWaysOption';
import { DEFAULT_VALUES } from './defaultValuesOption';
import {
	OPTION_FOR_WRITING,
	OPTION_NOT_FOR_STATUS_CHANGE,
	OPTION_NOT_WITHOUT_SENDING,
} from './documents';
import { LINE_OPTIONS } from './lineOptions';
import { OPEN_CREDIT } from './openCreditOption';
import { ORDER_TOLERANCE_AMOUNT, ORDER_TOLERANCE_PERCENT } from './orderToleranceOptions';
import { REPORT } from './reportParameter';
import { REVERSAL_DATE, REVERSE } from './reversalOptions';
import { RULE_CHOICES } from './rules';
import { UNUSUAL, UNUSUAL_ANSWERS } from './unusualOptions';

const forSending = { hide: OPTION_NOT_WITHOUT_SENDING };
const notForStatusChange = { hide: OPTION_NOT_FOR_STATUS_CHANGE };

const RULE_ENTRIES = rows(
	{
		displayName: 'Rules',
		name: 'rules',
		placeholder: 'Add Rule',
		description: 'How strictly a rule is taken',
		row: { displayName: 'Rule', name: 'entries' },
	},
	[
		// Text, since a code that is not known is a warning of the run: it may be another version's.
		text({
			displayName: 'Rule',
			name: 'code',
			type: 'options',
			options: RULE_CHOICES,
			default: 'XERO_DATE_FAR_OFF',
		}),
		choice({
			displayName: 'What to Do',
			name: 'severity',
			options: [
				{
					name: 'Block',
					value: 'block',
					description: 'Do not send the record until it is mended',
				},
				{
					name: 'Hold',
					value: 'hold',
					description: 'Do not send the record until a person has decided',
				},
				{
					name: 'Switch Off',
					value: 'off',
					description: 'Do not look, where that is safe',
				},
				{
					name: 'Warn',
					value: 'warn',
					description: 'Send the record and say what to look at',
				},
			],
			default: 'warn',
			unset: undefined,
		}),
	],
);

/** Read for each item: an expression gives each record its own page. */
export const RECORD_PAGE = text({
	displayName: 'Address in the Live App',
	name: 'recordPage',
	displayOptions: OPTION_FOR_WRITING,
	default: '',
	placeholder: 'e.g. https://acme.knack.com/jobs#orders/order-details/{{ $json.knack.recordId }}',
	description:
		"The page to which Xero's Go to Source link leads. Without it the link leads to Knack's builder.",
});

/** How a run goes about its documents. Each entry says by itself what holds where it is not added. */
export const OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'options',
		placeholder: 'Add Option',
	},
	[
		RECORD_PAGE,
		toggle({
			displayName: 'Allow Writing as AI Tool',
			name: 'allowWritingAsTool',
			default: false,
			description:
				'Whether an AI agent that uses this node as a tool may write. Unless allowed, it gets previews.',
		}),
		APPROVAL_ANSWERS,
		choice({
			displayName: 'Blank Values',
			name: 'blankPolicy',
			displayOptions: notForStatusChange,
			options: [
				{
					name: 'Leave Xero Alone',
					value: 'leave',
					description: 'A blank in the record changes nothing in Xero',
				},
				{
					name: 'Clear Text in Xero',
					value: 'clear',
					description: 'A blank empties texts in Xero, except what identifies the document',
				},
			],
			default: 'leave',
			description: 'What a mapped field does that is blank in the record',
		}),
		date({
			displayName: 'Books Closed Until',
			name: 'booksClosedUntil',
			// A status alone posts or takes out of the books as well.
			displayOptions: { hide: { '/operation': ['adopt'] } },
			description:
				"The last day of the period that you have closed, besides Xero's own lock dates. What lies in it is treated as in a locked period.",
		}),
		choice({
			displayName: 'Changes to Sent or Closed',
			name: 'issuedDocuments',
			displayOptions: OPTION_FOR_WRITING,
			options: [
				{
					name: 'Hold for a Person',
					value: 'hold',
					description: 'Change nothing, and say what differs',
				},
				{
					name: 'Correct by Credit Note',
					value: 'creditNote',
					description: 'Credit the old document in full, and make a new one',
				},
				{
					name: 'Change the Document',
					value: 'overwrite',
					description: 'The customer then has another document than Xero',
				},
			],
			default: 'hold',
			description:
				'What to do when amounts, tax, contact or date change of a document that the customer has, or that lies in a closed period',
		}),
		choice({
			displayName: 'Contacts',
			name: 'contactPolicy',
			displayOptions: forSending,
			options: [
				{
					name: 'Find or Create',
					value: 'matchOrCreate',
					description: 'A contact that is in Xero stays as it is',
				},
				{
					name: 'Find or Create, and Update',
					value: 'matchCreateOrUpdate',
					description: 'A contact that is in Xero takes the mapped values',
				},
				{
					name: 'Only Find',
					value: 'matchOnly',
					description: 'Records whose contact is not in Xero are held',
				},
			],
			default: 'matchOrCreate',
			description: 'What to do about the contact of a document',
		}),
		CREATOR_MUST_DIFFER,
		DEFAULT_VALUES,
		choice({
			displayName: 'Documents in a Locked Period',
			name: 'lateDocuments',
			displayOptions: OPTION_FOR_WRITING,
			options: [
				{
					name: 'Hold for a Person',
					value: 'hold',
					description: 'Send nothing, and say which day is locked',
				},
				{
					name: 'Send as Draft',
					value: 'draft',
					description: 'A draft may bear any day; a person approves it',
				},
				{
					name: 'Date on the First Open Day',
					value: 'firstOpenDay',
					description: 'The true day stands in the text of the document',
				},
			],
			default: 'hold',
			description: 'What to do with a record whose day lies in a period that is locked or closed',
		}),
		choice({
			displayName: 'Existing Documents',
			name: 'writePolicy',
			displayOptions: forSending,
			options: [
				{
					name: 'Create and Update',
					value: 'createOrUpdate',
				},
				{
					name: 'Only Create',
					value: 'createOnly',
					description: 'Records whose document differs in Xero are held',
				},
				{
					name: 'Only Update',
					value: 'updateOnly',
					description: 'Records whose document is not in Xero are held',
				},
			],
			default: 'createOrUpdate',
			description: 'Whether documents that are in Xero already are changed',
		}),
		BOTH_WAYS,
		toggle({
			displayName: 'Include Input Fields',
			name: 'includeInput',
			default: false,
			description: 'Whether to add the fields of the input item to each result, under "input"',
		}),
		...LINE_OPTIONS,
		toggle({
			displayName: 'Link Back to the Record in Xero',
			name: 'sourceLink',
			displayOptions: OPTION_FOR_WRITING,
			default: true,
			description:
				"Whether invoices, bills, bank transactions and journals get Xero's Go to Source link, which leads to the Knack record and lets the node recognise its own documents",
		}),
		ONLY_APPROVED,
		RECORD_EDITED_ON,
		toggle({
			displayName: 'Remove Omitted Lines',
			name: 'removeOmittedLines',
			displayOptions: forSending,
			default: false,
			description:
				'Whether lines of a document in Xero that the record does not have are removed. Otherwise they stay.',
		}),
		REPORT,
		REVERSAL_DATE,
		REVERSE,
		RULE_ENTRIES,
		ORDER_TOLERANCE_AMOUNT,
		ORDER_TOLERANCE_PERCENT,
		UNUSUAL,
		UNUSUAL_ANSWERS,
		OPEN_CREDIT,
		choice({
			displayName: 'When Both Sides Changed',
			name: 'accountantEdits',
			displayOptions: OPTION_FOR_WRITING,
			options: [
				{
					name: 'Hold for a Person',
					value: 'hold',
					description: 'Show both values, and leave Xero as it is',
				},
				{
					name: 'Knack Wins',
					value: 'knackWins',
					description: "The record's value goes over what was changed in Xero",
				},
			],
			default: 'hold',
			description: 'What to do with a field that was changed on both sides since it was last sent',
		}),
	],
);
