import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import { BILL } from '../bill';
import {
	ALLOCATION,
	CORRECTION,
	CREDIT_NOTE,
	creditNoteLookup,
	creditNoteWire,
} from '../creditNoteParts';
import { CORRECTS_PURCHASE } from '../creditSources';

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
		keyOf: (number, token) => ({
			path: CORRECTS_PURCHASE.path,
			value: CORRECTS_PURCHASE.keyOf(number, token),
		}),
		undoKeyOf: (number, token) => ({
			path: CORRECTS_PURCHASE.path,
			value: CORRECTS_PURCHASE.undoKeyOf(number, token),
		}),
	},
	isNumberedByThem: true,
	amounts: {
		sideOf: () => 'purchase',
		takesUnitPlaces: true,
		mustBalance: false,
		belowZero: () => 'Send a bill for money that you owe, or check the lines in Knack.',
	},
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
