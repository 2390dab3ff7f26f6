import { TimeEntryCreateOrUpdate } from '../../../vendor/xeroModels';
import { fieldInSlot, modelFields } from '../modelFields';
import { PROJECT } from '../project';
import {
	dayAsInstant,
	ITS_PROJECT,
	listedInProject,
	projectDocument,
	textValue,
} from '../projectDocument';
import { PROJECT_TASK } from '../projectTask';
import { readId, readText } from '../reading';
import { property, withoutMembers } from '../wireSlots';
import { NOT_APPROVED } from '../lifecycles';

export const TIME_ENTRY = projectDocument({
	type: 'timeEntry',
	label: 'Time Entry',
	plural: 'time entries',
	wire: {
		resource: 'Time',
		idName: 'timeEntryId',
		parentPath: 'projectId',
		singly: {
			create: (element, fields) => ({
				method: 'POST',
				path: `/Projects/${textValue(fields.projectId)}/Time`,
				body: withoutMembers(element, 'projectId'),
			}),
			update: (id, element, fields) => [
				{
					method: 'PUT',
					path: `/Projects/${textValue(fields.projectId)}/Time/${id}`,
					body: withoutMembers(element, 'projectId'),
				},
			],
			removePath: (id, fields) => `/Projects/${textValue(fields.projectId)}/Time/${id}`,
		},
	},
	numberPath: 'description',
	statusPath: undefined,
	numberName: 'description',
	// Nothing but its words tells an entry apart from another of the same task and day.
	keys: [
		{
			path: 'description',
			enforced: false,
			withinContact: false,
			within: ['projectId', 'taskId', 'userId', 'dateUtc'],
		},
	],
	lookup: listedInProject('description', 'Time'),
	fields: [
		ITS_PROJECT,
		...modelFields(TimeEntryCreateOrUpdate, {
			taskId: {
				label: 'Task Name or ID',
				kind: 'id',
				byName: true,
				usual: true,
				requiredToCreate: true,
				alsoCalled: ['task', 'task id'],
			},
			userId: {
				label: 'Project User',
				kind: 'id',
				byName: true,
				usual: true,
				requiredToCreate: true,
				alsoCalled: ['project user', 'project user id'],
			},
			duration: {
				label: 'Minutes',
				kind: 'quantity',
				places: 0,
				usual: true,
				requiredToCreate: true,
				alsoCalled: ['duration', 'minutes worked', 'time'],
			},
			description: {
				label: 'Description',
				kind: 'multilineText',
				usual: true,
				alsoCalled: ['notes', 'work done'],
			},
		}),
		fieldInSlot(
			'dateUtc',
			{
				label: 'Date',
				kind: 'date',
				usual: true,
				requiredToCreate: true,
				alsoCalled: ['date', 'worked on', 'work date'],
			},
			dayAsInstant(property('dateUtc')),
		),
	],
	names: [
		{ path: 'projectId', what: 'project', among: { in: 'documents', of: PROJECT } },
		{ path: 'taskId', what: 'task', among: { in: 'documents', of: PROJECT_TASK } },
		{
			path: 'userId',
			what: 'project user',
			among: {
				in: 'list',
				path: '/ProjectsUsers',
				listName: 'items',
				pageSize: 500,
				read: (user) => ({
					id: readId(user, 'userId') ?? '',
					names: [readText(user, 'name'), readText(user, 'email')],
				}),
			},
		},
	],
	lifecycle: {
		...NOT_APPROVED,
		moves: {},
		closed: ['LOCKED', 'INVOICED'],
		gone: [],
	},
});
