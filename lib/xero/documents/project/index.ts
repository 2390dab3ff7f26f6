import { ProjectCreateOrUpdate } from '../../../vendor/xeroModels';
import { fieldInSlot, modelFields } from '../modelFields';
import { amountSlot, dayAsInstant, projectDocument } from '../projectDocument';
import { property, withoutMembers } from '../wireSlots';
import { NOT_APPROVED } from '../lifecycles';

export const PROJECT = projectDocument({
	type: 'project',
	label: 'Project',
	plural: 'projects',
	wire: {
		resource: 'Projects',
		idName: 'projectId',
		parentPath: undefined,
		singly: {
			create: (element) => ({
				method: 'POST',
				path: '/Projects',
				body: withoutMembers(element, 'status'),
			}),
			// The contact of a project stays, and its status moves by a request of its own.
			update: (id, element) => {
				const path = `/Projects/${id}`;
				const body = withoutMembers(element, 'status', 'contactId');
				const { status } = element;
				return [
					...(Object.keys(body).length > 0 ? [{ method: 'PUT' as const, path, body }] : []),
					...(status === undefined ? [] : [{ method: 'PATCH' as const, path, body: { status } }]),
				];
			},
		},
	},
	numberPath: 'name',
	numberName: 'name',
	statusPath: 'status',
	// Names are not unique; a project is the contact's by its name.
	keys: [{ path: 'name', enforced: false, withinContact: false, within: ['contactId'] }],
	lookup: {
		ids: { by: 'list', parameter: 'projectIds' },
		values: { name: { by: 'all' } },
		query: {},
		hasSearch: false,
		pageSize: 500,
		takesPageSize: true,
		listName: 'items',
	},
	fields: [
		...modelFields(ProjectCreateOrUpdate, {
			contactId: {
				label: 'Contact Name or ID',
				kind: 'contact',
				byName: true,
				usual: true,
				requiredToCreate: true,
				alsoCalled: ['xero contact id'],
			},
			name: {
				label: 'Project Name',
				usual: true,
				requiredToCreate: true,
				alsoCalled: ['name', 'project', 'job', 'job name', 'job number'],
			},
		}),
		fieldInSlot(
			'estimateAmount',
			{
				label: 'Estimate',
				kind: 'money',
				usual: true,
				alsoCalled: ['estimate', 'budget', 'quoted', 'contract value'],
			},
			amountSlot('estimateAmount', 'estimate'),
		),
		fieldInSlot(
			'deadlineUtc',
			{ label: 'Deadline', kind: 'date', usual: true, alsoCalled: ['due', 'end date'] },
			dayAsInstant(property('deadlineUtc')),
		),
		fieldInSlot(
			'status',
			{
				label: 'Status',
				kind: 'choice',
				choices: [
					{ value: 'INPROGRESS', label: 'In Progress' },
					{ value: 'CLOSED', label: 'Closed' },
				],
			},
			property('status'),
		),
	],
	names: [{ path: 'contactId', what: 'contact', among: { in: 'contacts' } }],
	lifecycle: {
		...NOT_APPROVED,
		moves: { INPROGRESS: ['CLOSED'], CLOSED: ['INPROGRESS'] },
		closed: [],
		gone: [],
	},
});
