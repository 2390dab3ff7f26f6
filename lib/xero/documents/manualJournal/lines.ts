import { ManualJournalLine } from '../../../vendor/xeroModels';
import type { FieldDefinition, LinesMember } from '../definition';
import { modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';

/** Lines of a journal have no id, so that an update writes all of them anew. */
export const JOURNAL_LINES: LinesMember = { name: 'JournalLines', idName: undefined };

const LINE: Readonly<Record<string, FieldFacts>> = {
	description: {
		label: 'Description',
		kind: 'multilineText',
		usual: true,
		maxLength: 4000,
		alsoCalled: ['line description', 'details', 'memo'],
	},
	lineAmount: {
		label: 'Amount (Credits with a Minus)',
		kind: 'money',
		usual: true,
		places: 2,
		alsoCalled: ['amount', 'line amount', 'debit', 'line total', 'value'],
	},
	accountCode: {
		label: 'Account',
		kind: 'account',
		usual: true,
		alsoCalled: ['account code', 'nominal code', 'gl code', 'ledger account'],
	},
	taxType: {
		label: 'Tax Rate',
		kind: 'taxType',
		alsoCalled: ['tax', 'vat', 'gst', 'tax type', 'vat rate', 'gst rate', 'tax code'],
	},
	taxAmount: {
		label: 'Tax Amount',
		kind: 'money',
		places: 2,
		alsoCalled: ['vat amount', 'gst amount'],
	},
	accountID: { label: 'Account ID', kind: 'id' },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const JOURNAL_LINE_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	tracking: 'tracking.<category>',
	isBlank: 'read only',
};

export const JOURNAL_LINE_FIELDS: readonly FieldDefinition[] = modelFields(ManualJournalLine, LINE);
