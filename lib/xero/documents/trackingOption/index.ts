import { TrackingOption } from '../../../vendor/xeroModels';
import { accountingDocument, xeroClassicPage } from '../accountingDocument';
import type { FieldValues, WireElement } from '../definition';
import { fieldInSlot, modelFields } from '../modelFields';
import type { FieldFacts } from '../modelFields';
import { elementsOf, property, withoutMembers } from '../wireSlots';
import { NOT_APPROVED } from '../lifecycles';

const OWN: Readonly<Record<string, FieldFacts>> = {
	name: {
		label: 'Option Name',
		usual: true,
		requiredToCreate: true,
		maxLength: 100,
		alsoCalled: ['name', 'job number', 'job name', 'project', 'region', 'department'],
	},
	status: {
		label: 'Status',
		kind: 'choice',
		choices: [
			{ value: 'ACTIVE', label: 'Active' },
			{ value: 'ARCHIVED', label: 'Archived' },
		],
	},
};

/**
 * Attributes of the model that are not fields of the form, each with the reason.
 * @internal
 */
export const TRACKING_OPTION_ATTRIBUTES_ELSEWHERE: Readonly<Record<string, string>> = {
	trackingOptionID: 'the id of the document',
	trackingCategoryID: 'trackingCategoryID, below which it lives',
};

function optionsAddress(fields: FieldValues): string {
	return `/TrackingCategories/${String(fields.trackingCategoryID ?? '')}/Options`;
}

/** The category's id belongs into the address, not into the element. */
function withoutCategory(element: WireElement): WireElement {
	return withoutMembers(element, 'TrackingCategoryID', 'TrackingOptionID');
}

export const TRACKING_OPTION = accountingDocument({
	type: 'trackingOption',
	label: 'Tracking Option',
	plural: 'tracking options',
	wire: {
		resource: 'Options',
		idName: 'TrackingOptionID',
		fixed: {},
		contact: undefined,
		lines: undefined,
		parentPath: 'trackingCategoryID',
		alwaysSent: [],
		singly: {
			create: (element, fields) => ({
				method: 'PUT',
				path: optionsAddress(fields),
				body: { Options: [withoutCategory(element)] },
			}),
			update: (id, element, fields) => [
				{ method: 'POST', path: `${optionsAddress(fields)}/${id}`, body: withoutCategory(element) },
			],
		},
	},
	numberPath: 'name',
	numberName: 'Name',
	statusPath: 'status',
	keys: [{ path: 'name', enforced: true, withinContact: false, within: ['trackingCategoryID'] }],
	lookup: {
		ids: { by: 'all' },
		values: { name: { by: 'all' } },
		query: { includeArchived: 'true' },
		hasSearch: false,
		listPath: '/TrackingCategories',
		listName: 'TrackingCategories',
		unfold: (category) =>
			elementsOf(category.Options).map((option) => ({
				...option,
				TrackingCategoryID: category.TrackingCategoryID,
			})),
	},
	scope: 'accounting.settings',
	fields: [
		fieldInSlot(
			'trackingCategoryID',
			{
				label: 'Tracking Category',
				kind: 'id',
				byName: true,
				usual: true,
				requiredToCreate: true,
			},
			property('TrackingCategoryID'),
		),
		...modelFields(TrackingOption, OWN),
	],
	lineFields: undefined,
	isContact: false,
	names: [
		{
			path: 'trackingCategoryID',
			what: 'tracking category',
			among: {
				in: 'settings',
				read: ({ trackingCategories }) =>
					trackingCategories
						.filter(({ status }) => status === 'ACTIVE')
						.map(({ id, name }) => ({ id, names: [name] })),
			},
		},
	],
	isNumberedByThem: false,
	amounts: { sideOf: () => undefined, takesUnitPlaces: false, mustBalance: false },
	can: {
		takeFiles: false,
		keepHistory: false,
		beEmailed: false,
		showFilesOnline: false,
		bePaid: false,
		beApprovedBy: undefined,
	},
	lifecycle: {
		...NOT_APPROVED,
		moves: { ACTIVE: ['ARCHIVED'], ARCHIVED: ['ACTIVE'] },
		closed: ['DELETED'],
		gone: ['DELETED'],
		// One that documents bear is archived instead, by Xero itself.
		deletePath: (id, fields) => `${optionsAddress(fields)}/${id}`,
	},
	canBeUpdated: true,
	editableWhenPaid: [],
	link: (_id, shortCode) => xeroClassicPage('/Setup/Tracking.aspx', shortCode),
});
