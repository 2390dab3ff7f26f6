import { accountingDocument, xeroPage } from '../accountingDocument';
import { CONTACT_FIELDS } from '../contactFields';
import { NOT_APPROVED } from '../lifecycles';

export const CONTACT = accountingDocument({
	type: 'contact',
	label: 'Contact',
	plural: 'contacts',
	wire: {
		resource: 'Contacts',
		idName: 'ContactID',
		fixed: {},
		contact: undefined,
		lines: undefined,
		parentPath: undefined,
		alwaysSent: [],
		singly: undefined,
	},
	numberPath: 'contactNumber',
	numberName: 'ContactNumber',
	statusPath: 'contactStatus',
	statusName: 'ContactStatus',
	// Xero matches by number, then by name among active contacts (Contacts endpoint, POST).
	keys: [
		{ path: 'contactNumber', enforced: true, withinContact: false },
		{ path: 'name', enforced: true, withinContact: false },
	],
	lookup: {
		ids: { by: 'list', parameter: 'IDs' },
		values: { contactNumber: { by: 'all' }, name: { by: 'all' } },
		query: { includeArchived: 'true', order: 'ContactID' },
		hasSearch: true,
		pageSize: 1000,
		takesPageSize: true,
	},
	scope: 'accounting.contacts',
	fields: CONTACT_FIELDS,
	lineFields: undefined,
	isContact: true,
	names: [],
	isNumberedByThem: false,
	amounts: { sideOf: () => undefined, takesUnitPlaces: false, mustBalance: false },
	can: {
		takeFiles: true,
		keepHistory: true,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	lifecycle: {
		...NOT_APPROVED,
		moves: { ACTIVE: ['ARCHIVED'] },
		// An archived contact can be neither edited nor restored through the API.
		closed: ['ARCHIVED', 'GDPRREQUEST'],
		gone: [],
	},
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (id, shortCode) => xeroPage('contacts/contact', id, shortCode),
});
