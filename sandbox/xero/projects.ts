import type Big from 'big.js';

import type { Call } from './call';
import { sum, ZERO } from './decimals';
import { accessRefused, type Answer } from './failures';
import type { Input } from './input';
import type { JsonObject } from './json';
import type { ProjectBooked, ProjectRow } from './projectModel';
import { invalid, pageOf, readProjectInput, utcInstant } from './projectRequests';
import { taskRoutes } from './projectTasks';
import { timeRoutes } from './projectTime';
import {
	amountOf,
	minutesOf,
	projectOf,
	taskAmount,
	taskAmountInvoiced,
	timesOfTask,
} from './projectTotals';
import type { Route } from './transport';

const WRITE = ['projects'];
const READ = ['projects.read'];

/** The Projects API: camelCase, ISO instants, its own error form. Not every organisation has it. */
export const projectRoutes: readonly Route[] = [
	{
		method: 'GET' as const,
		path: '/ProjectsUsers',
		scopes: READ,
		handle: (call: Call): Answer =>
			pageOf(
				call,
				call.ledger.users.all().map((user) => ({
					userId: user.userId,
					name: `${user.firstName} ${user.lastName}`,
					email: user.emailAddress,
				})),
			),
	},
	{ method: 'GET' as const, path: '/Projects', scopes: READ, handle: listProjects },
	{
		method: 'POST' as const,
		path: '/Projects',
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const project = readProject(call, readProjectInput(call), undefined);
			call.ledger.projects.put(project.projectId, project);
			call.ledger.changed('project', project.projectId, 'created');
			return { status: 201, json: renderProject(call, project) };
		},
	},
	{
		method: 'GET' as const,
		path: '/Projects/:id',
		scopes: READ,
		handle: (call: Call): Answer => ({ status: 200, json: renderProject(call, projectOf(call)) }),
	},
	{
		method: 'PUT' as const,
		path: '/Projects/:id',
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const project = readProject(call, readProjectInput(call), projectOf(call));
			return store(call, project);
		},
	},
	{
		method: 'PATCH' as const,
		path: '/Projects/:id',
		scopes: WRITE,
		handle: (call: Call): Answer => {
			const status = readProjectInput(call).trimmed('status')?.toUpperCase();
			if (status !== 'CLOSED' && status !== 'INPROGRESS') {
				throw invalid('model.Status', 'The Status field is invalid.');
			}
			return store(call, { ...projectOf(call), status, updatedMs: call.now() });
		},
	},
	...taskRoutes,
	...timeRoutes,
].map((route) => ({ ...route, handle: (call: Call) => withProjects(call, route.handle) }));

function withProjects(call: Call, handle: (call: Call) => Answer): Answer {
	if (!call.ledger.info.value.hasProjects) {
		throw accessRefused(403, 'AuthorizationUnsuccessful', call.guid());
	}
	return handle(call);
}

function store(call: Call, project: ProjectRow): Answer {
	call.ledger.projects.put(project.projectId, project);
	call.ledger.changed('project', project.projectId, 'updated');
	return { status: 204 };
}

function listProjects(call: Call): Answer {
	const ids = call.queryList('projectIds')?.map((id) => id.toLowerCase());
	const contactId = call.query('contactID')?.toLowerCase();
	const states = call.queryList('states')?.map((state) => state.toUpperCase());
	const rows = call.ledger.projects.filter(
		(project) =>
			(!ids || ids.includes(project.projectId)) &&
			(contactId === undefined || project.contactId === contactId) &&
			(!states || states.includes(project.status)),
	);
	return pageOf(
		call,
		rows.map((project) => renderProject(call, project)),
	);
}

function readProject(call: Call, input: Input, existing: ProjectRow | undefined): ProjectRow {
	const name = input.trimmed('name');
	if (name === undefined) throw invalid('model.Name', 'The Name field is required.');
	const contactId = existing?.contactId ?? input.trimmed('contactId')?.toLowerCase();
	const contact = contactId === undefined ? undefined : call.ledger.contacts.get(contactId);
	if (contactId === undefined || !contact) {
		throw invalid('model.ContactId', 'The ContactId field is required.');
	}
	const keeps = existing && !call.settings.projectPutClearsOmitted ? existing : undefined;
	const deadline = input.text('deadlineUtc');
	return {
		projectId: existing?.projectId ?? call.guid(),
		contactId,
		name,
		currencyCode:
			existing?.currencyCode ??
			contact.texts['DefaultCurrency'] ??
			call.ledger.info.value.baseCurrency,
		estimateAmount: input.decimal('estimateAmount') ?? keeps?.estimateAmount,
		deadlineUtc:
			deadline === undefined ? keeps?.deadlineUtc : utcInstant(deadline, 'model.DeadlineUtc'),
		status: existing?.status ?? 'INPROGRESS',
		booked: existing?.booked ?? NOTHING_BOOKED,
		updatedMs: call.now(),
	};
}

const NOTHING_BOOKED: ProjectBooked = {
	expense: ZERO,
	expenseInvoiced: ZERO,
	projectInvoiced: ZERO,
	deposit: ZERO,
	depositApplied: ZERO,
	creditNote: ZERO,
};

/**
 * As the project's screen has it. That the total of what is invoiced has deposits in it: recording. That
 * deposits and credit notes come off where they are applied: guess.
 */
function renderProject(call: Call, project: ProjectRow): JsonObject {
	const { projectId, booked, currencyCode } = project;
	const tasks = call.ledger.tasks.filter((task) => task.projectId === projectId);
	const times = call.ledger.timeEntries.filter((entry) => entry.projectId === projectId);
	const timesOf = tasks.map((task) => ({ task, own: timesOfTask(call, task.taskId) }));
	const taskTotal = sum(timesOf.map(({ task, own }) => taskAmount(task, own)));
	const tasksInvoiced = sum(timesOf.map(({ task, own }) => taskAmountInvoiced(task, own)));
	const chargeable = new Set(
		tasks.filter((task) => task.chargeType === 'TIME').map((task) => task.taskId),
	);
	const tasksToInvoice = taskTotal.minus(tasksInvoiced);
	const expensesToInvoice = booked.expense.minus(booked.expenseInvoiced);
	const work = tasksInvoiced.plus(booked.expenseInvoiced).plus(booked.projectInvoiced);
	const deposits = booked.deposit.minus(booked.depositApplied);
	const money = (value: Big): JsonObject => amountOf(project, value);
	return {
		projectId,
		contactId: project.contactId,
		name: project.name,
		currencyCode,
		minutesLogged: minutesOf(times),
		totalTaskAmount: money(taskTotal),
		totalExpenseAmount: money(booked.expense),
		minutesToBeInvoiced: minutesOf(
			times.filter((entry) => chargeable.has(entry.taskId) && entry.status === 'ACTIVE'),
		),
		taskAmountToBeInvoiced: money(tasksToInvoice),
		taskAmountInvoiced: money(tasksInvoiced),
		expenseAmountToBeInvoiced: money(expensesToInvoice),
		expenseAmountInvoiced: money(booked.expenseInvoiced),
		projectAmountInvoiced: money(booked.projectInvoiced),
		deposit: money(booked.deposit),
		depositApplied: money(booked.depositApplied),
		creditNoteAmount: money(booked.creditNote),
		...(project.deadlineUtc === undefined ? {} : { deadlineUtc: project.deadlineUtc }),
		totalInvoiced: money(work.plus(deposits).minus(booked.creditNote)),
		totalToBeInvoiced: money(tasksToInvoice.plus(expensesToInvoice)),
		...(project.estimateAmount === undefined ? {} : { estimate: money(project.estimateAmount) }),
		status: project.status,
	};
}
