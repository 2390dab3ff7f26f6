import type { DocumentDefinition, FieldValues } from '../../lib/xero/documents/definition';
import { BATCH_PAYMENT } from '../../lib/xero/documents/batchPayment';
import { CONTACT } from '../../lib/xero/documents/contact';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { ITEM } from '../../lib/xero/documents/item';
import { PAYMENT } from '../../lib/xero/documents/payment';
import { PROJECT } from '../../lib/xero/documents/project';
import { PROJECT_TASK } from '../../lib/xero/documents/projectTask';
import { TIME_ENTRY } from '../../lib/xero/documents/timeEntry';
import { TIMESHEET } from '../../lib/xero/documents/timesheet';
import { TRACKING_OPTION } from '../../lib/xero/documents/trackingOption';
import { upsertDocuments } from '../../lib/sync/upsert';
import type { XeroInMemory } from '../support/xeroInMemory';
import { draftOf, MOST_ORDERS, OF_OTHERS, sum, type Kind } from './kind';

/** Brings one document into Xero for others to belong to. */
export async function put(
	{ client, settings, clock, turns }: XeroInMemory,
	definition: DocumentDefinition,
	fields: FieldValues,
	lines?: readonly FieldValues[],
): Promise<void> {
	const draft = draftOf(definition, { number: 0, customer: '', quantities: [] }, 0, fields, lines);
	const { outcomes } = await upsertDocuments({ client, settings, clock, turns }, definition, [
		draft,
	]);
	if (outcomes[0]?.outcome !== 'created') throw new Error(`Not seeded: ${outcomes[0]?.summary}`);
}

const PROJECT_FIELDS = { contactId: 'Owner Ltd', name: 'Roof' };
const TASK_FIELDS = { projectId: 'Roof', name: 'Tiling', chargeType: 'TIME', 'rate.value': '45' };

async function seedProject(world: XeroInMemory): Promise<void> {
	await put(world, CONTACT, { name: 'Owner Ltd' });
	await put(world, PROJECT, PROJECT_FIELDS);
}

const item: Kind = {
	name: 'item',
	definition: ITEM,
	draft: (order, index) =>
		draftOf(ITEM, order, index, {
			code: `ITEM-${order.number}`,
			name: `Q${order.quantities.join('-')}`,
		}),
	expected: ({ number, quantities }) => ({
		key: `ITEM-${number}`,
		content: `Q${quantities.join('-')}`,
	}),
	ledger: (sandbox) =>
		sandbox.xero
			.organisation()
			.items.all()
			.map((row) => ({ key: row.code, content: row.name ?? '' })),
};

/** Part payments of one invoice; they are made once, and an edit in Knack is none of theirs. */
const payment: Kind = {
	name: 'payment',
	isNumberedByOthers: true,
	definition: PAYMENT,
	seed: async (world) =>
		await put(
			world,
			SALES_INVOICE,
			{
				'contact.name': 'Owner Ltd',
				invoiceNumber: 'PAID-IN-PARTS',
				date: '2026-11-20',
				dueDate: '2026-12-20',
				status: 'AUTHORISED',
			},
			[
				{
					description: 'Roof',
					quantity: '1',
					unitAmount: '5000',
					accountCode: '200',
					taxType: 'OUTPUT2',
				},
			],
		),
	draft: (order, index) =>
		draftOf(PAYMENT, order, index, {
			'invoice.number': 'PAID-IN-PARTS',
			reference: `PART-${order.number}`,
			date: '2026-11-21',
			amount: `${100 + order.number}.50`,
			'account.code': '090',
		}),
	expected: ({ number }) => ({ key: `PART-${number}`, content: `${100 + number}.50` }),
	ledger: (sandbox) =>
		sandbox.xero
			.organisation()
			.payments.filter((row) => row.status !== 'DELETED')
			.map((row) => ({ key: row.reference ?? '', content: row.amount.toFixed(2) })),
};

/** As many as a run has records (`proof.ts`), and those of others. */
const NUMBERS = [...Array.from({ length: MOST_ORDERS }, (_, at) => at + 1), ...OF_OTHERS];

/** Batches of two invoices each; they are made once, and an edit in Knack is none of theirs. */
const batchPayment: Kind = {
	name: 'batch payment',
	isNumberedByOthers: true,
	definition: BATCH_PAYMENT,
	seed: async (world) => {
		for (const number of NUMBERS) {
			for (const part of ['A', 'B']) {
				await put(
					world,
					SALES_INVOICE,
					{
						'contact.name': 'Owner Ltd',
						invoiceNumber: `DUE-${number}${part}`,
						date: '2026-11-20',
						dueDate: '2026-12-20',
						status: 'AUTHORISED',
					},
					[
						{
							description: 'Roof',
							quantity: '1',
							unitAmount: '5000',
							accountCode: '200',
							taxType: 'OUTPUT2',
						},
					],
				);
			}
		}
	},
	draft: (order, index) =>
		draftOf(
			BATCH_PAYMENT,
			order,
			index,
			{ details: `RUN-${order.number}`, date: '2026-11-21', 'account.code': '090' },
			['A', 'B'].map((part) => ({
				'invoice.id': `DUE-${order.number}${part}`,
				lineAmount: `${100 + order.number}.50`,
			})),
		),
	expected: ({ number }) => ({
		key: `RUN-${number}`,
		content: `${100 + number}.50 ${100 + number}.50`,
	}),
	ledger: (sandbox) => {
		const { batchPayments, payments } = sandbox.xero.organisation();
		return batchPayments
			.filter(({ status }) => status !== 'DELETED')
			.map(({ texts, paymentIds }) => ({
				key: texts.Details ?? '',
				content: paymentIds.map((id) => payments.get(id)?.amount.toFixed(2) ?? '').join(' '),
			}));
	},
};

const trackingOption: Kind = {
	name: 'tracking option',
	definition: TRACKING_OPTION,
	draft: (order, index) =>
		draftOf(TRACKING_OPTION, order, index, {
			trackingCategoryID: 'Region',
			name: `JOB-${order.number}`,
		}),
	expected: ({ number }) => ({ key: `JOB-${number}`, content: 'ACTIVE' }),
	ledger: (sandbox) =>
		sandbox.xero
			.organisation()
			.trackingCategories.all()
			.flatMap((category) => category.options)
			.filter((option) => option.name.startsWith('JOB-'))
			.map((option) => ({ key: option.name, content: option.status })),
};

const project: Kind = {
	name: 'project',
	definition: PROJECT,
	seed: async (world) => await put(world, CONTACT, { name: 'Owner Ltd' }),
	draft: (order, index) =>
		draftOf(PROJECT, order, index, {
			contactId: 'Owner Ltd',
			name: `Job ${order.number}`,
			estimateAmount: String(sum(order.quantities)),
		}),
	expected: ({ number, quantities }) => ({
		key: `Job ${number}`,
		content: String(sum(quantities)),
	}),
	ledger: (sandbox) =>
		sandbox.xero
			.organisation()
			.projects.all()
			.map((row) => ({ key: row.name, content: row.estimateAmount?.toString() ?? '' })),
};

const projectTask: Kind = {
	name: 'project task',
	definition: PROJECT_TASK,
	seed: seedProject,
	draft: (order, index) =>
		draftOf(PROJECT_TASK, order, index, {
			...TASK_FIELDS,
			name: `Task ${order.number}`,
			'rate.value': String(sum(order.quantities)),
		}),
	expected: ({ number, quantities }) => ({
		key: `Task ${number}`,
		content: String(sum(quantities)),
	}),
	ledger: (sandbox) =>
		sandbox.xero
			.organisation()
			.tasks.all()
			.map((row) => ({ key: row.name, content: row.rate.toString() })),
};

const timeEntry: Kind = {
	name: 'time entry',
	definition: TIME_ENTRY,
	seed: async (world) => {
		await seedProject(world);
		await put(world, PROJECT_TASK, TASK_FIELDS);
	},
	draft: (order, index) =>
		draftOf(TIME_ENTRY, order, index, {
			projectId: 'Roof',
			taskId: 'Tiling',
			userId: 'rowan.ashby@example.com',
			dateUtc: '2026-11-20',
			duration: String(sum(order.quantities)),
			description: `Work ${order.number}`,
		}),
	expected: ({ number, quantities }) => ({
		key: `Work ${number}`,
		content: String(sum(quantities)),
	}),
	ledger: (sandbox) =>
		sandbox.xero
			.organisation()
			.timeEntries.all()
			.map((row) => ({ key: row.description ?? '', content: String(row.durationMinutes) })),
};

/** The hours of a week of a person each; those of the second day are changed by edits in Knack. */
const timesheet: Kind = {
	name: 'timesheet',
	isNumberedByOthers: true,
	definition: TIMESHEET,
	seed: async ({ sandbox }) => {
		sandbox.xero.configure({ secondTimesheet: 'taken' });
		for (const number of NUMBERS) {
			sandbox.xero.person.hire({ firstName: 'Worker', lastName: String(number) });
		}
		await Promise.resolve();
	},
	draft: (order, index) => {
		const employee = { employeeID: `Worker ${order.number}`, startDate: '2026-11-18' };
		const hours = [`${order.number % 100}.25`, String(1 + (sum(order.quantities) % 20))];
		const lines = hours.map((numberOfUnits, day) => ({
			date: `2026-11-${16 + day}`,
			earningsRateID: 'Ordinary Hours',
			numberOfUnits,
		}));
		return draftOf(TIMESHEET, order, index, employee, lines);
	},
	expected: ({ number, quantities }) => ({
		key: `worker.${number}@example.com`,
		content: `16: ${number % 100}.25, 17: ${1 + (sum(quantities) % 20)}`,
	}),
	ledger: (sandbox) => {
		const { timesheets, employees } = sandbox.xero.organisation();
		return timesheets.all().map(({ employeeId, lines }) => ({
			key: employees.get(employeeId)?.email ?? '',
			content: lines
				.map(({ date, numberOfUnits }) => `${date.slice(8)}: ${numberOfUnits.toFixed()}`)
				.sort()
				.join(', '),
		}));
	},
};

export const SINGLE_KINDS: readonly Kind[] = [
	item,
	payment,
	batchPayment,
	trackingOption,
	project,
	projectTask,
	timeEntry,
	timesheet,
];
