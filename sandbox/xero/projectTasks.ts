import type { Call } from './call';
import { NOT_FOUND, Refusal, type Answer } from './failures';
import type { Input } from './input';
import type { JsonObject } from './json';
import type { TaskRow } from './projectModel';
import { invalid, pageOf, readProjectInput } from './projectRequests';
import {
	amountOf,
	isInvoiced,
	minutesOf,
	projectOf,
	taskAmount,
	taskAmountInvoiced,
	timesOfTask,
} from './projectTotals';

const BASE = '/Projects/:id/Tasks';
const WRITE = ['projects'];
const READ = ['projects.read'];

export const taskRoutes = [
	{
		method: 'GET' as const,
		path: BASE,
		scopes: READ,
		handle: (call: Call): Answer => {
			const { projectId } = projectOf(call);
			const ids = call.queryList('taskIds')?.map((id) => id.toLowerCase());
			const chargeType = call.query('chargeType')?.toUpperCase();
			const rows = call.ledger.tasks.filter(
				(task) =>
					task.projectId === projectId &&
					(!ids || ids.includes(task.taskId)) &&
					(chargeType === undefined || task.chargeType === chargeType),
			);
			return pageOf(
				call,
				rows.map((task) => renderTask(call, task)),
			);
		},
	},
	{
		method: 'POST' as const,
		path: BASE,
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const task = readTask(call, readProjectInput(call), undefined);
			call.ledger.tasks.put(task.taskId, task);
			return { status: 201, json: renderTask(call, task) };
		},
	},
	{
		method: 'GET' as const,
		path: `${BASE}/:taskId`,
		scopes: READ,
		handle: (call: Call): Answer => ({ status: 200, json: renderTask(call, taskOf(call)) }),
	},
	{
		method: 'PUT' as const,
		path: `${BASE}/:taskId`,
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const task = readTask(call, readProjectInput(call), taskOf(call));
			call.ledger.tasks.put(task.taskId, task);
			return { status: 204 };
		},
	},
	{
		method: 'DELETE' as const,
		path: `${BASE}/:taskId`,
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const task = taskOf(call);
			if (task.status === 'INVOICED' || timesOfTask(call, task.taskId).length > 0) {
				throw invalid('model.TaskId', 'The task has time entries or is invoiced.');
			}
			call.ledger.tasks.delete(task.taskId);
			return { status: 204 };
		},
	},
];

function taskOf(call: Call): TaskRow {
	const { projectId } = projectOf(call);
	const task = call.ledger.tasks.get(call.param('taskId').toLowerCase());
	if (!task || task.projectId !== projectId) throw new Refusal(NOT_FOUND);
	return task;
}

function readTask(call: Call, input: Input, existing: TaskRow | undefined): TaskRow {
	const { projectId, currencyCode } = projectOf(call);
	const name = input.trimmed('name');
	if (name === undefined) throw invalid('model.Name', 'The Name field is required.');
	if (name.length > 100) throw invalid('model.Name', 'The Name must not exceed 100 characters.');
	const chargeType = input.trimmed('chargeType')?.toUpperCase();
	if (chargeType !== 'TIME' && chargeType !== 'FIXED' && chargeType !== 'NON_CHARGEABLE') {
		throw invalid('model.ChargeType', 'The ChargeType field is required.');
	}
	const rate = input.object('rate');
	const value = rate?.decimal('value');
	if (!rate || value === undefined) throw invalid('model.Rate', 'The Rate field is required.');
	if (rate.trimmed('currency') !== currencyCode) {
		throw invalid('model.Rate.Currency', 'The currency must be that of the project.');
	}
	if (existing?.status === 'INVOICED') {
		throw invalid('model.TaskId', 'An invoiced task cannot be changed.');
	}
	return {
		taskId: existing?.taskId ?? call.guid(),
		projectId,
		name,
		rate: value,
		chargeType,
		estimateMinutes: input.decimal('estimateMinutes')?.toNumber(),
		status: existing?.status ?? 'ACTIVE',
	};
}

function renderTask(call: Call, task: TaskRow): JsonObject {
	const project = projectOf(call);
	const times = timesOfTask(call, task.taskId);
	const minutes = minutesOf(times);
	const minutesInvoiced = task.chargeType === 'TIME' ? minutesOf(times.filter(isInvoiced)) : 0;
	const amount = taskAmount(task, times);
	const invoiced = taskAmountInvoiced(task, times);
	return {
		taskId: task.taskId,
		name: task.name,
		rate: amountOf(project, task.rate),
		chargeType: task.chargeType,
		...(task.estimateMinutes === undefined ? {} : { estimateMinutes: task.estimateMinutes }),
		projectId: task.projectId,
		totalMinutes: minutes,
		totalAmount: amountOf(project, amount),
		minutesInvoiced,
		minutesToBeInvoiced: task.chargeType === 'TIME' ? minutes - minutesInvoiced : 0,
		fixedMinutes: task.chargeType === 'FIXED' ? minutes : 0,
		nonChargeableMinutes: task.chargeType === 'NON_CHARGEABLE' ? minutes : 0,
		amountToBeInvoiced: amountOf(project, amount.minus(invoiced)),
		amountInvoiced: amountOf(project, invoiced),
		status: task.status,
	};
}
