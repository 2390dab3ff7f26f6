import type { XeroClient } from '../../lib/xero/client';
import { DOCUMENTS } from '../../lib/xero/documents';
import type {
	DocumentDefinition,
	FieldDefinition,
	FieldValues,
	WireElement,
	XeroDocument,
} from '../../lib/xero/documents/definition';
import { findContacts, findDocuments } from '../../lib/xero/lookups';
import { readList } from '../../lib/xero/pages';
import { frozenSandbox, xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

let keys = 0;

function elementOf(fields: readonly FieldDefinition[], values: FieldValues): WireElement {
	const element: WireElement = {};
	for (const field of fields) {
		const value = values[field.path];
		if (value !== undefined) field.write(element, value);
	}
	return element;
}

/** Creates documents as the sync does: PUT, in one batch. */
async function create(
	client: XeroClient,
	definition: DocumentDefinition,
	records: ReadonlyArray<{ fields: FieldValues; lines?: readonly FieldValues[] }>,
): Promise<XeroDocument[]> {
	const elements = records.map(({ fields, lines }) => ({
		...definition.wire.fixed,
		...elementOf(definition.fields, fields),
		...(lines
			? { LineItems: lines.map((line) => elementOf(definition.lineFields ?? [], line)) }
			: {}),
	}));
	keys += 1;
	const answer = await client.write({
		method: 'PUT',
		path: `/${definition.wire.resource}`,
		query: {
			summarizeErrors: 'false',
			...(definition.amounts.takesUnitPlaces ? { unitdp: '4' } : {}),
		},
		body: { [definition.wire.resource]: elements },
		idempotencyKey: `create-${keys}`,
	});
	if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
	const body = answer.body as Record<string, WireElement[]>;
	const written = body[definition.wire.resource] ?? [];
	const refused = written.flatMap((element) => element.ValidationErrors ?? []);
	expect(refused).toEqual([]);
	return written.map((element) => definition.read(element));
}

const LINE: FieldValues = {
	description: 'Labour',
	quantity: '1.5',
	unitAmount: '33.3333',
	accountCode: '200',
	taxType: 'OUTPUT2',
};

const BILL_LINE: FieldValues = { ...LINE, accountCode: '429', taxType: 'INPUT2' };

/** One full record a type, all values of which have to come back. */
const RECORDS: ReadonlyArray<{
	type: keyof typeof DOCUMENTS | 'quote';
	fields: FieldValues;
	lines?: readonly FieldValues[];
}> = [
	{
		type: 'contact',
		fields: {
			name: 'Harbour & Sons "Ltd"',
			contactNumber: 'C-77',
			emailAddress: 'office@harbour.example',
			firstName: 'Ada',
			lastName: 'Moore',
			'phones.default.phoneNumber': '555 1234',
			'phones.mobile.phoneNumber': '555 9999',
			'addresses.street.addressLine1': '1 Quay',
			'addresses.street.city': 'Port',
			'addresses.pobox.postalCode': 'AB1 2CD',
			'contactPersons.1.firstName': 'Bo',
			'contactPersons.1.includeInEmails': true,
		},
	},
	{
		type: 'salesInvoice',
		fields: {
			'contact.name': 'Acme',
			invoiceNumber: 'INV-0042',
			reference: 'Job "7", north',
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			currencyCode: 'GBP',
			lineAmountTypes: 'Inclusive',
			url: 'https://example.com/jobs/7',
		},
		lines: [LINE, { description: 'Thank you' }, { ...LINE, discountRate: '12.5' }],
	},
	{
		type: 'bill',
		fields: {
			'contact.name': 'Supplier',
			invoiceNumber: 'S-9',
			date: '2026-11-20',
			dueDate: '2026-12-20',
			lineAmountTypes: 'Exclusive',
		},
		lines: [BILL_LINE],
	},
	{
		type: 'salesCreditNote',
		fields: {
			'contact.name': 'Acme',
			creditNoteNumber: 'CN-1',
			reference: 'RET-1',
			date: '2026-11-20',
			lineAmountTypes: 'Exclusive',
		},
		lines: [LINE],
	},
	{
		type: 'supplierCreditNote',
		fields: { 'contact.name': 'Supplier', creditNoteNumber: 'SCN-1', date: '2026-11-20' },
		lines: [BILL_LINE],
	},
	{
		type: 'purchaseOrder',
		fields: {
			'contact.id': 'by name',
			purchaseOrderNumber: 'PO-11',
			reference: 'Site 4',
			date: '2026-11-20',
			deliveryDate: '2026-11-30',
			deliveryInstructions: 'Ring first',
			attentionTo: 'Bo',
		},
		lines: [{ ...BILL_LINE, unitAmount: '33.33' }],
	},
	{
		type: 'quote',
		fields: {
			'contact.id': 'by name',
			quoteNumber: 'QU-5',
			reference: 'Roof',
			title: 'New roof',
			date: '2026-11-20',
			expiryDate: '2026-12-20',
			lineAmountTypes: 'Exclusive',
		},
		lines: [{ ...LINE, unitAmount: '33.33' }],
	},
	{
		type: 'item',
		fields: {
			code: 'PIPE-15',
			name: 'Copper pipe',
			description: '15 mm, 3 m',
			isSold: true,
			'salesDetails.unitPrice': '12.3456',
			'salesDetails.accountCode': '200',
			'salesDetails.taxType': 'OUTPUT2',
		},
	},
];

describe('documents that Xero keeps as they were sent, found by each of their keys', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		await create(world.client, DOCUMENTS.contact, [{ fields: { name: 'Someone' } }]);
	});

	it.each(RECORDS.map((record) => [DOCUMENTS[record.type].label, record] as const))(
		'%s',
		async (_label, { type, fields, lines }) => {
			const { client } = world;
			const definition = DOCUMENTS[type];
			const [someone] = await findContacts(client, {
				ids: [],
				numbers: [],
				names: ['Someone'],
				emails: [],
			});
			const sent = { ...fields };
			if (sent['contact.id']) sent['contact.id'] = someone?.id ?? '';
			const [written] = await create(client, definition, [{ fields: sent, lines }]);
			if (!written) throw new Error('nothing written');

			const byId = await findDocuments(client, definition, { ids: [written.id], values: {} });
			expect(byId.map((each) => each.fields)).toEqual([expect.objectContaining(sent)]);
			expect(byId[0]?.id).toBe(written.id);
			expect(byId[0]?.lines?.map((line) => line.fields)).toEqual(
				lines?.map((line) => expect.objectContaining(line)),
			);
			if (definition.lineFields) {
				expect(byId[0]?.amounts?.total.gt(0)).toBe(true);
				expect(byId[0]?.contactId).toMatch(/^[0-9a-f-]{36}$/);
			}
			expect(byId[0]?.updatedAtMs).toBe(world.clock.now());
			for (const key of definition.keys) {
				const value = fields[key.path];
				if (typeof value !== 'string') continue;
				for (const asked of [value, value.toUpperCase()]) {
					const found = await findDocuments(client, definition, {
						ids: [],
						values: { [key.path]: [asked, 'nothing like it'] },
					});
					expect([key.path, asked, found.map((each) => each.id)]).toEqual([
						key.path,
						asked,
						[written.id],
					]);
				}
			}
		},
	);
});

describe('invoices in bulk', () => {
	const records = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			fields: {
				'contact.name': `Customer ${index % 7}`,
				invoiceNumber: `INV-${String(index).padStart(4, '0')}`,
				reference: `ORD ${index}`,
				date: '2026-11-20',
				dueDate: '2026-12-20',
			},
			lines: [LINE],
		}));

	it('are found by 120 ids, numbers or references in few calls, lines included', async () => {
		const world = await xeroInMemory();
		const written = await create(world.client, DOCUMENTS.salesInvoice, records(120));
		const client = world.anotherClient();
		const numbers = written.map((each) => each.number ?? '');
		const byId = await findDocuments(client, DOCUMENTS.salesInvoice, {
			ids: written.map((each) => each.id.toUpperCase()),
			values: {},
		});
		expect(byId).toHaveLength(120);
		expect(byId.every((each) => each.lines?.length === 1)).toBe(true);
		expect(client.calls().reads).toBeLessThanOrEqual(4);
		const before = client.calls().reads;
		const byNumber = await findDocuments(client, DOCUMENTS.salesInvoice, {
			ids: [],
			values: { invoiceNumber: numbers },
		});
		expect(byNumber).toHaveLength(120);
		expect(client.calls().reads - before).toBe(1);
		const byReference = await findDocuments(client, DOCUMENTS.salesInvoice, {
			ids: [],
			values: { reference: written.map((each) => String(each.fields.reference)) },
		});
		expect(byReference).toHaveLength(120);
		expect(client.calls().reads).toBeLessThanOrEqual(13);
	});

	it('are found although they were voided, or belong to an archived contact', async () => {
		const world = await xeroInMemory();
		const [first, second] = await create(world.client, DOCUMENTS.salesInvoice, [
			{ ...records(1)[0], fields: { ...records(1)[0]?.fields, status: 'AUTHORISED' } },
			...records(2).slice(1),
		]);
		world.sandbox.xero.voidInvoice({ invoiceId: first?.id ?? '' });
		world.sandbox.xero.person.archiveContact(second?.contactId ?? '', true);
		const found = await findDocuments(world.client, DOCUMENTS.salesInvoice, {
			ids: [],
			values: { invoiceNumber: [first?.number ?? '', second?.number ?? ''] },
		});
		expect(found.map((each) => each.status).sort()).toEqual(['DRAFT', 'VOIDED']);
	});

	it('do not take a bill for a sales invoice', async () => {
		const world = await xeroInMemory();
		await create(world.client, DOCUMENTS.bill, [
			{
				fields: { 'contact.name': 'S', invoiceNumber: 'X-1', date: '2026-11-20' },
				lines: [BILL_LINE],
			},
		]);
		const values = { invoiceNumber: ['X-1'] };
		expect(await findDocuments(world.client, DOCUMENTS.salesInvoice, { ids: [], values })).toEqual(
			[],
		);
	});

	it('keep their tracking by category', async () => {
		const world = await xeroInMemory();
		const line = elementOf(DOCUMENTS.salesInvoice.lineFields ?? [], LINE);
		line.Tracking = [
			{ Name: 'Region', Option: 'North' },
			{ Name: 'Job', Option: 'J1002 Loft conversion' },
		];
		const element = { Type: 'ACCREC', Contact: { Name: 'A' }, LineItems: [line] };
		const answer = await world.client.write({
			method: 'PUT',
			path: '/Invoices',
			query: { summarizeErrors: 'false' },
			body: { Invoices: [element] },
			idempotencyKey: 'tracking',
		});
		const written = answer.kind === 'accepted' ? answer.body : answer;
		const [read] = (written as { Invoices: WireElement[] }).Invoices;
		expect(DOCUMENTS.salesInvoice.read(read ?? {}).lines?.[0]?.fields).toMatchObject({
			'tracking.Region': 'North',
			'tracking.Job': 'J1002 Loft conversion',
		});
	});
});

describe('contacts in bulk', () => {
	const wanted = (
		names: readonly string[],
		more: { emails?: string[]; numbers?: string[] } = {},
	) => ({
		ids: [],
		numbers: [],
		emails: [],
		names,
		...more,
	});

	it('are read all at once where that is cheaper, and searched for where it is not', async () => {
		const world = await xeroInMemory();
		const names = Array.from({ length: 2_600 }, (_, index) => `Customer ${index}`);
		world.sandbox.xero.seedContacts(names.map((name) => ({ name })));
		const many = world.anotherClient();
		expect(await findContacts(many, wanted(names.slice(0, 400)))).toHaveLength(2_600);
		expect(many.calls().reads).toBe(3);
		const one = world.anotherClient();
		const found = await findContacts(one, wanted(['Customer 2599']));
		expect(found.map((each) => each.fields.name)).toEqual(['Customer 2599']);
		expect(one.calls().reads).toBe(1);
	});

	it('are found by name in other letters, by number and by e-mail address, archived ones too', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([
			{ name: 'Åse & Co' },
			{ name: 'Old Mill', archived: true },
			{ name: 'Third', emailAddress: 'third@example.com' },
		]);
		await create(world.client, DOCUMENTS.contact, [
			{ fields: { name: 'Numbered', contactNumber: 'K-1' } },
		]);
		const found = await findContacts(
			world.client,
			wanted(['åse & co', 'OLD MILL'], { numbers: ['k-1'], emails: ['THIRD@example.com'] }),
		);
		expect(found.map((each) => [each.fields.name, each.status])).toEqual(
			expect.arrayContaining([
				['Åse & Co', 'ACTIVE'],
				['Old Mill', 'ARCHIVED'],
				['Numbered', 'ACTIVE'],
				['Third', 'ACTIVE'],
			]),
		);
	});

	it('come with the contact that they were merged into', async () => {
		const world = await xeroInMemory();
		const contacts = await create(world.client, DOCUMENTS.contact, [
			{ fields: { name: 'First' } },
			{ fields: { name: 'Second' } },
			{ fields: { name: 'Third' } },
		]);
		const [first, second, third] = contacts.map((contact) => contact.id);
		world.sandbox.xero.person.mergeContacts(first ?? '', second ?? '');
		world.sandbox.xero.person.mergeContacts(second ?? '', third ?? '');
		const found = await findContacts(world.client, { ...wanted([]), ids: [first ?? ''] });
		expect(new Set(found.map((each) => each.id))).toEqual(new Set([first, second, third]));
		expect(found.find((each) => each.id === first)?.mergedToId).toBe(second);
	});
});

describe('projects', () => {
	it('are read by pages, and their tasks below them', async () => {
		const world = await xeroInMemory(frozenSandbox());
		const [contact] = await create(world.client, DOCUMENTS.contact, [{ fields: { name: 'P' } }]);
		const { project, projectTask } = DOCUMENTS;
		const fields = {
			contactId: contact?.id ?? '',
			name: 'J1 Roof',
			estimateAmount: '5000',
			deadlineUtc: '2026-12-31',
		};
		const element = elementOf(project.fields, fields);
		const request = project.wire.singly?.create?.(element, fields);
		if (!request) throw new Error('a project is written singly');
		const answer = await world.client.write({ ...request, api: 'projects', idempotencyKey: 'p1' });
		expect(answer.kind).toBe('accepted');
		expect(
			(await readList(world.client, { path: '/Projects', api: 'projects' }, 'items')).elements,
		).toHaveLength(1);
		const [found] = await findDocuments(world.client, project, {
			ids: [],
			values: { name: ['j1 roof'] },
		});
		expect(found?.fields).toMatchObject(fields);

		const taskFields = {
			projectId: found?.id ?? '',
			name: 'Tiling',
			chargeType: 'TIME',
			'rate.value': '45.5',
			'rate.currency': 'GBP',
		};
		const task = projectTask.wire.singly?.create?.(
			elementOf(projectTask.fields, taskFields),
			taskFields,
		);
		if (!task) throw new Error('a task is written singly');
		await world.client.write({ ...task, api: 'projects', idempotencyKey: 't1' });
		const tasks = await findDocuments(world.client, projectTask, {
			ids: [],
			values: { name: ['Tiling'] },
			parentIds: [found?.id ?? ''],
		});
		expect(tasks.map((each) => each.fields)).toEqual([expect.objectContaining(taskFields)]);
	});
});
