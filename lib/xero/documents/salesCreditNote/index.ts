import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import {
	ALLOCATION,
	CORRECTION,
	CREDIT_NOTE,
	creditNoteLookup,
	creditNoteWire,
} from '../creditNoteParts';
import { CORRECTS_SALE } from '../creditSources';
import { SALES_INVOICE } from '../salesInvoice';

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
	names: [],
	allocates: { ...ALLOCATION, against: SALES_INVOICE },
	corrects: {
		...CORRECTION,
		of: SALES_INVOICE,
		keyOf: (number, token) => ({
			path: CORRECTS_SALE.path,
			value: CORRECTS_SALE.keyOf(number, token),
		}),
		undoKeyOf: (number, token) => ({
			path: CORRECTS_SALE.path,
			value: CORRECTS_SALE.undoKeyOf(number, token),
		}),
	},
	isNumberedByThem: false,
	amounts: {
		sideOf: () => 'sale',
		takesUnitPlaces: true,
		mustBalance: false,
		belowZero: () =>
			'Send a sales invoice for money that the customer owes you, or check the lines in Knack.',
	},
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: true,
		bePaid: false,
		beApprovedBy: undefined,
	},
	link: (id, shortCode) =>
		xeroClassicPage(`/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${id}`, shortCode),
});
