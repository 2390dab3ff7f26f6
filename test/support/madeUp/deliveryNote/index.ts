import {
	accountingDocument,
	xeroPage,
	type AccountingEntry,
} from '../../../../lib/xero/documents/accountingDocument';
import { INLINE_CONTACT_FIELDS } from '../../../../lib/xero/documents/contactFields';
import { PURCHASE_LINE_FIELDS } from '../../../../lib/xero/documents/lineFields';
import { fieldInSlot } from '../../../../lib/xero/documents/modelFields';
import { PROJECT } from '../../../../lib/xero/documents/project';
import { CONTACT_MEMBER } from '../../../../lib/xero/documents/wireMembers';
import { property } from '../../../../lib/xero/documents/wireSlots';

/**
 * A document that Xero does not have, as a folder of the registry: its lines are called otherwise than
 * those of all others, and so are its statuses.
 */
export const DELIVERY_NOTE_ENTRY: AccountingEntry = {
	type: 'deliveryNote',
	label: 'Delivery Note',
	plural: 'delivery notes',
	wire: {
		resource: 'DeliveryNotes',
		idName: 'DeliveryNoteID',
		fixed: { Kind: 'OUTWARD' },
		contact: CONTACT_MEMBER,
		lines: { name: 'Goods', idName: 'GoodsID' },
		parentPath: undefined,
		alwaysSent: [],
		singly: undefined,
	},
	numberPath: 'deliveryNumber',
	numberName: 'DeliveryNumber',
	statusPath: 'status',
	keys: [{ path: 'deliveryNumber', enforced: true, withinContact: false }],
	lookup: {
		ids: { by: 'where', name: 'DeliveryNoteID', isId: true },
		values: { deliveryNumber: { by: 'where', name: 'DeliveryNumber' } },
		query: {},
		hasSearch: false,
		pageSize: 100,
		takesPageSize: true,
	},
	scope: 'accounting.deliverynotes',
	fields: [
		...INLINE_CONTACT_FIELDS.filter((field) => field.usual),
		fieldInSlot(
			'deliveryNumber',
			{ label: 'Delivery Number', usual: true, alsoCalled: ['delivery no'] },
			property('DeliveryNumber'),
		),
		fieldInSlot('date', { label: 'Date', kind: 'date', usual: true }, property('Date')),
		fieldInSlot('isSigned', { label: 'Is Signed', kind: 'boolean' }, property('IsSigned')),
		fieldInSlot('driver', { label: 'Driver', usual: true }, property('Driver')),
		fieldInSlot(
			'status',
			{
				label: 'Status',
				kind: 'choice',
				choices: [
					{ value: 'PACKED', label: 'Packed' },
					{ value: 'ONITSWAY', label: 'On Its Way' },
					{ value: 'RETURNED', label: 'Returned' },
				],
			},
			property('Status'),
		),
	],
	lineFields: [
		...PURCHASE_LINE_FIELDS,
		fieldInSlot('siteId', { label: 'Site', kind: 'id', byName: true }, property('SiteID')),
	],
	isContact: false,
	names: [],
	lineNames: [{ path: 'siteId', what: 'project', among: { in: 'documents', of: PROJECT } }],
	isNumberedByThem: false,
	amounts: { sideOf: () => 'sale', takesUnitPlaces: true, mustBalance: false },
	can: {
		takeFiles: false,
		keepHistory: false,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	lifecycle: {
		initial: 'PACKED',
		moves: { PACKED: ['ONITSWAY', 'RETURNED'], ONITSWAY: ['RETURNED'], RETURNED: [] },
		unapproved: ['PACKED'],
		approved: ['ONITSWAY'],
		offered: [],
		posted: undefined,
		closed: ['RETURNED'],
		lockedBy: { member: 'IsSigned', word: 'signed' },
		gone: ['RETURNED'],
	},
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (id, shortCode) => xeroPage('deliveries/view', id, shortCode),
};

export const DELIVERY_NOTE = accountingDocument(DELIVERY_NOTE_ENTRY);
