import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { CREDIT_NOTE, creditNoteLookup, creditNoteWire } from '../creditNoteParts';

export const SALES_CREDIT_NOTE = accountingDocument({
	...CREDIT_NOTE,
	type: 'salesCreditNote',
	label: 'Sales Credit Note',
	plural: 'sales credit notes',
	wire: creditNoteWire('ACCRECCREDIT'),
	keys: [
		{ path: 'creditNoteNumber', enforced: true, withinContact: false },
		{ path: 'reference', enforced: false, withinContact: true },
	],
	lookup: creditNoteLookup('ACCRECCREDIT'),
	isNumberedByThem: false,
	amounts: { sideOf: () => 'sale', takesUnitPlaces: true },
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: true,
		beApprovedBy: undefined,
	},
	link: (id, shortCode) =>
		xeroClassicPage(`/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${id}`, shortCode),
});
