import { ManualJournal } from '../../../vendor/xeroModels';
import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { AMOUNTS_ARE } from '../commonFields';
import { modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { JOURNAL_LINE_FIELDS, JOURNAL_LINES } from './lines';

const OWN: Readonly<Record<string, FieldFacts>> = {
	narration: {
		label: 'Narration',
		kind: 'multilineText',
		usual: true,
		requiredToCreate: true,
		maxLength: 4000,
		alsoCalled: ['journal', 'journal name', 'description', 'memo', 'title', 'name'],
	},
	date: {
		label: 'Date',
		kind: 'date',
		usual: true,
		requiredToCreate: true,
		alsoCalled: ['journal date', 'posting date', 'week ending', 'period end'],
	},
	status: {
		label: 'Status',
		kind: 'choice',
		choices: [
			{ value: 'DRAFT', label: 'Draft' },
			{ value: 'POSTED', label: 'Posted' },
			{ value: 'DELETED', label: 'Deleted' },
			{ value: 'VOIDED', label: 'Voided' },
		],
	},
	lineAmountTypes: { ...AMOUNTS_ARE, usual: false },
	showOnCashBasisReports: { label: 'Show on Cash Basis Reports', kind: 'boolean' },
	url: { label: 'Link to Source', kind: 'url', alsoCalled: ['url', 'source url'] },
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const MANUAL_JOURNAL_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	journalLines: 'the lines',
	hasAttachments: 'read only',
	updatedDateUTC: 'read only',
	manualJournalID: 'the id of the document',
	statusAttributeString: 'read only',
	warnings: 'read only',
	validationErrors: 'read only',
	attachments: 'kept by the Attachments endpoint',
};

/** A journal that somebody enters: debits and credits of accounts, equal to the cent. */
export const MANUAL_JOURNAL = accountingDocument({
	type: 'manualJournal',
	label: 'Manual Journal',
	plural: 'manual journals',
	wire: {
		resource: 'ManualJournals',
		idName: 'ManualJournalID',
		fixed: {},
		contact: undefined,
		lines: JOURNAL_LINES,
		parentPath: undefined,
		// Xero's documentation asks for it whenever one is written.
		alwaysSent: ['narration'],
		// PUT takes many, POST one (OpenAPI, updateOrCreateManualJournals).
		singly: {
			update: (id, element) => [
				{
					method: 'POST',
					path: `/ManualJournals/${id}`,
					body: { ManualJournals: [element] },
				},
			],
		},
	},
	// It has neither a number nor a reference.
	numberPath: 'narration',
	numberName: 'Narration',
	statusPath: 'status',
	keys: [
		{
			path: 'narration',
			enforced: false,
			withinContact: false,
			within: ['date'],
			isShared: true,
		},
		{ path: 'date', enforced: false, withinContact: false, needsLink: true },
	],
	lookup: {
		ids: { by: 'path' },
		values: {
			narration: { by: 'where', name: 'Narration' },
			date: { by: 'where', name: 'Date', isDay: true },
		},
		query: {},
		hasSearch: false,
		pageSize: 1000,
		takesPageSize: true,
	},
	scope: 'accounting.manualjournals',
	fields: modelFields(ManualJournal, OWN),
	lineFields: JOURNAL_LINE_FIELDS,
	isContact: false,
	names: [],
	isNumberedByThem: false,
	reverses: {
		textPath: 'narration',
		textName: 'Narration',
		dayPath: 'date',
		dayName: 'Date',
		takesOver: ['LineAmountTypes', 'Status', 'ShowOnCashBasisReports'],
		lineMembers: ['Description', 'TaxType', 'Tracking'],
		accountMembers: ['AccountCode', 'AccountID'],
		amountMembers: ['LineAmount', 'TaxAmount'],
		amountPaths: ['lineAmount', 'taxAmount'],
		keptPaths: ['accountCode', 'accountID', 'taxType'],
	},
	amounts: {
		sideOf: () => undefined,
		takesUnitPlaces: false,
		mustBalance: true,
		lineAmountTypes: 'NoTax',
	},
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	lifecycle: {
		initial: 'DRAFT',
		moves: {
			DRAFT: ['POSTED', 'DELETED'],
			POSTED: ['VOIDED'],
			VOIDED: [],
			DELETED: [],
			ARCHIVED: [],
		},
		unapproved: ['DRAFT'],
		approved: ['POSTED'],
		offered: [],
		posted: ['POSTED'],
		closed: ['VOIDED', 'DELETED', 'ARCHIVED'],
		gone: ['VOIDED', 'DELETED', 'ARCHIVED'],
	},
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (id, shortCode) => xeroClassicPage(`/Journal/View.aspx?invoiceID=${id}`, shortCode),
});
