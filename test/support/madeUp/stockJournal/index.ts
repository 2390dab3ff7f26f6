import { accountingDocument, xeroPage } from '../../../../lib/xero/documents/accountingDocument';
import { fieldInSlot } from '../../../../lib/xero/documents/modelFields';
import { property } from '../../../../lib/xero/documents/wireSlots';

/**
 * Another document that Xero does not have: it is of no contact, has no number, its lines have no ids,
 * and come to nothing.
 */
export const STOCK_JOURNAL = accountingDocument({
	type: 'stockJournal',
	label: 'Stock Journal',
	plural: 'stock journals',
	wire: {
		resource: 'StockJournals',
		idName: 'StockJournalID',
		fixed: {},
		contact: undefined,
		lines: { name: 'JournalLines', idName: undefined },
		parentPath: undefined,
		alwaysSent: [],
		singly: undefined,
	},
	numberPath: 'narration',
	numberName: 'Narration',
	statusPath: 'status',
	keys: [{ path: 'narration', enforced: false, withinContact: false, within: ['date'] }],
	lookup: {
		ids: { by: 'path' },
		values: { narration: { by: 'all' } },
		query: {},
		hasSearch: false,
		pageSize: 100,
		takesPageSize: true,
	},
	scope: 'accounting.manualjournals',
	fields: [
		fieldInSlot('narration', { label: 'Narration', usual: true }, property('Narration')),
		fieldInSlot('date', { label: 'Date', kind: 'date', usual: true }, property('Date')),
		fieldInSlot(
			'status',
			{
				label: 'Status',
				kind: 'choice',
				choices: [
					{ value: 'DRAFT', label: 'Draft' },
					{ value: 'POSTED', label: 'Posted' },
					{ value: 'VOIDED', label: 'Voided' },
				],
			},
			property('Status'),
		),
	],
	lineFields: [
		fieldInSlot('description', { label: 'Description', usual: true }, property('Description')),
		fieldInSlot(
			'lineAmount',
			{ label: 'Amount', kind: 'money', places: 2 },
			property('LineAmount'),
		),
		fieldInSlot('accountCode', { label: 'Account', kind: 'account' }, property('AccountCode')),
	],
	isContact: false,
	names: [],
	isNumberedByThem: false,
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
		moves: { DRAFT: ['POSTED', 'VOIDED'], POSTED: ['VOIDED'], VOIDED: [] },
		unapproved: ['DRAFT'],
		approved: ['POSTED'],
		offered: [],
		posted: ['POSTED'],
		closed: ['VOIDED'],
		gone: ['VOIDED'],
	},
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (id, shortCode) => xeroPage('journals/view', id, shortCode),
});
