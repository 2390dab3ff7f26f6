import { TaskCreateOrUpdate } from '../../../vendor/xeroModels';
import type { FieldValues } from '../definition';
import { fieldInSlot, modelFields } from '../modelFields';
import { PROJECT } from '../project';
import { ITS_PROJECT, listedInProject, projectDocument, textValue } from '../projectDocument';
import { inside, property, withoutMembers } from '../wireSlots';
import { NOT_APPROVED } from '../lifecycles';

export const PROJECT_TASK = projectDocument({
	type: 'projectTask',
	label: 'Project Task',
	plural: 'project tasks',
	wire: {
		resource: 'Tasks',
		idName: 'taskId',
		parentPath: 'projectId',
		singly: {
			create: (element, fields) => ({
				method: 'POST',
				path: `/Projects/${textValue(fields.projectId)}/Tasks`,
				body: withoutMembers(element, 'projectId'),
			}),
			update: (id, element, fields) => [
				{
					method: 'PUT',
					path: `/Projects/${textValue(fields.projectId)}/Tasks/${id}`,
					body: withoutMembers(element, 'projectId'),
				},
			],
			removePath: (id, fields) => `/Projects/${textValue(fields.projectId)}/Tasks/${id}`,
		},
	},
	numberPath: 'name',
	statusPath: undefined,
	numberName: 'name',
	keys: [{ path: 'name', enforced: false, withinContact: false, within: ['projectId'] }],
	lookup: listedInProject('name', 'Tasks'),
	fields: [
		ITS_PROJECT,
		...modelFields(TaskCreateOrUpdate, {
			name: {
				label: 'Task Name',
				usual: true,
				requiredToCreate: true,
				maxLength: 100,
				alsoCalled: ['name', 'task', 'activity'],
			},
			chargeType: {
				label: 'Charge Type',
				kind: 'choice',
				usual: true,
				requiredToCreate: true,
				choices: [
					{ value: 'TIME', label: 'Hourly' },
					{ value: 'FIXED', label: 'Fixed Price' },
					{ value: 'NON_CHARGEABLE', label: 'Not Chargeable' },
				],
			},
			estimateMinutes: {
				label: 'Estimate in Minutes',
				kind: 'quantity',
				places: 0,
				alsoCalled: ['estimated minutes'],
			},
		}),
		fieldInSlot(
			'rate.value',
			{ label: 'Rate', kind: 'money', usual: true, alsoCalled: ['hourly rate', 'rate'] },
			inside('rate', property('value')),
		),
		fieldInSlot(
			'rate.currency',
			{ label: 'Rate Currency', kind: 'currency', usual: true },
			inside('rate', property('currency')),
		),
	],
	names: [{ path: 'projectId', what: 'project', among: { in: 'documents', of: PROJECT } }],
	// A rate is in the organisation's currency unless told.
	implied: (fields, { organisation }): FieldValues =>
		textValue(fields['rate.value']) !== '' && textValue(fields['rate.currency']) === ''
			? { 'rate.currency': organisation.baseCurrency }
			: {},
	lifecycle: {
		...NOT_APPROVED,
		moves: {},
		closed: ['LOCKED', 'INVOICED'],
		gone: [],
	},
});
