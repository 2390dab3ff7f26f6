import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { BILL } from '../bill';
import {
	ALLOCATION,
	CORRECTION,
	CREDIT_NOTE,
	creditNoteLookup,
	creditNoteWire,
} from '../creditNoteParts';

export const SUPPLIER_CREDIT_NOTE = accountingDocument({
	...CREDIT_NOTE,
	type: 'supplierCreditNote',
	label: 'Supplier Credit Note',
	plural: 'supplier credit notes',
	wire: creditNoteWire('ACCPAYCREDIT'),
	keys: [
		{ path: 'creditNoteNumber', enforced: false, withinContact: true },
		{ path: 'reference', enforced: false, withinContact: true },
	],
	lookup: creditNoteLookup('ACCPAYCREDIT'),
	names: [],
	allocates: { ...ALLOCATION, against: BILL },
	corrects: {
		...CORRECTION,
		of: BILL,
		// They have no reference in Xero (CreditNotes endpoint, `Reference`: ACCRECCREDIT only).
		keyOf: (number, token) => ({
			path: 'creditNoteNumber',
			value: `${number} (credit ${token})`.trim(),
		}),
	},
	isNumberedByThem: true,
	amounts: { sideOf: () => 'purchase', takesUnitPlaces: true, mustBalance: false },
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	link: (id, shortCode) =>
		xeroClassicPage(`/AccountsPayable/ViewCreditNote.aspx?creditNoteID=${id}`, shortCode),
});
