import type { HttpOutcome, HttpPort } from '../../lib/http';
import { isServiceFaultError, type ServiceFault } from '../../lib/serviceFault';
import { draftFromValues, type MappedValues } from '../../lib/sync/map/draftFromValues';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import { findDocuments } from '../../lib/xero/lookups';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import type { XeroClient } from '../../lib/xero/client';
import { readWebhookDelivery } from '../../lib/xero/webhookDelivery';
import { createSandbox } from '../../sandbox/sandbox';
import { knackInMemory } from '../support/knackInMemory';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES } from './documentCases';

const ZERO_ID = '00000000-0000-0000-0000-000000000000';
const LATER_MS = 660_000;

async function faultOf(work: Promise<unknown>): Promise<ServiceFault | undefined> {
	try {
		await work;
		return undefined;
	} catch (error) {
		if (isServiceFaultError(error)) return error.fault;
		throw error;
	}
}

/** Three records, the middle one with odd values. */
async function upsert(
	world: XeroInMemory,
	header: MappedValues,
	line: MappedValues = {},
	type: DocumentType = 'salesInvoice',
) {
	const { client, settings, clock, turns } = world;
	const { fields, lines = [] } = DOCUMENT_CASES[type];
	const drafts = [0, 1, 2].map((index) => {
		const values: Record<string, unknown> = {
			...fields,
			'contact.name': `Customer ${index}`,
			reference: `ORD-${index}`,
			...(index === 1 ? header : {}),
		};
		delete values[DOCUMENTS[type].numberPath];
		return draftFromValues(
			DOCUMENTS[type],
			{
				values,
				lines: lines.map((each) => ({ values: { ...each, ...(index === 1 ? line : {}) } })),
				source: { knackRecordId: `record-${index}` },
				itemIndexes: [index],
			},
			{ timeZone: 'Europe/London', blankPolicy: 'leave', settings },
		);
	});
	const { outcomes } = await upsertDocuments(
		{ client, settings, clock, turns },
		DOCUMENTS[type],
		drafts,
	);
	return outcomes;
}

describe('a value that nobody means', () => {
	it.each<[string, MappedValues, MappedValues, string, string]>([
		[
			'an exponent beyond all numbers',
			{},
			{ unitAmount: '1e999' },
			'XERO_NUMBER_TOO_LARGE',
			'lineItems[0].unitAmount',
		],
		[
			'one that leaves nothing',
			{},
			{ quantity: '1e-999' },
			'XERO_NUMBER_TOO_LARGE',
			'lineItems[0].quantity',
		],
		[
			'400 digits',
			{},
			{ unitAmount: '9'.repeat(400) },
			'XERO_NUMBER_UNREADABLE',
			'lineItems[0].unitAmount',
		],
		[
			'an amount beyond the digits of JSON',
			{},
			{ unitAmount: 1e300 },
			'XERO_NUMBER_TOO_LARGE',
			'lineItems[0].unitAmount',
		],
		[
			'a reference of tags',
			{ reference: '<ul><li>'.repeat(2_500) },
			{},
			'XERO_TEXT_TOO_LONG',
			'reference',
		],
		[
			'a list of lists without end',
			{ reference: nested(3_000) },
			{},
			'MAPPING_VALUE_IS_A_GROUP',
			'reference',
		],
		[
			'an account that is not there',
			{},
			{ accountID: '11111111-1111-4111-8111-111111111111' },
			'XERO_ACCOUNT_UNKNOWN',
			'lineItems[0].accountID',
		],
	])('holds its own record by its field: %s', async (_, header, line, code, field) => {
		const world = await xeroInMemory();
		const outcomes = await upsert(world, header, line);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'blocked', 'created']);
		expect(outcomes[1]?.issues).toContainEqual(
			expect.objectContaining({ code, field, fix: expect.stringMatching(/./) }),
		);
		expect(world.sandbox.xero.invoices()).toHaveLength(2);
	});

	it.each<[DocumentType]>([['salesInvoice'], ['quote'], ['purchaseOrder'], ['salesCreditNote']])(
		'sends half an emoji of a %s as the sign for what is unreadable, once',
		async (type) => {
			const world = await xeroInMemory();
			const odd = { reference: 'ORD-2\ud83d', 'contact.name': 'Acme \ude00' };
			const first = await upsert(world, odd, { description: 'Work \ud83d' }, type);
			expect(first.map(({ outcome }) => outcome)).toEqual(Array(3).fill('created'));
			world.sandbox.clock.advance(LATER_MS);
			const second = await upsert(world, odd, { description: 'Work \ud83d' }, type);
			expect(second.map(({ outcome }) => outcome)).toEqual(Array(3).fill('unchanged'));
			const sent = world.sandbox.journal.filter({ service: 'xero', kind: 'write' });
			expect(JSON.stringify(sent)).not.toMatch(/\\ud[89a-f]/i);
		},
	);

	it.each<[DocumentType]>([['salesInvoice'], ['quote'], ['purchaseOrder'], ['salesCreditNote']])(
		'knows a %s by a reference of zeros, and makes no second one',
		async (type) => {
			const world = await xeroInMemory();
			const first = await upsert(world, { reference: ZERO_ID }, { description: ZERO_ID }, type);
			expect(first[1]?.outcome).toBe('created');
			world.sandbox.clock.advance(LATER_MS);
			const second = await upsert(world, { reference: ZERO_ID }, { description: ZERO_ID }, type);
			expect(second[1]?.outcome).toBe('unchanged');
			expect(second[1]?.document.id).toBe(first[1]?.document.id);
		},
	);
});

describe('a value that says nothing', () => {
	it('is not sent again at each run: a rate for the organisation’s own currency', async () => {
		const world = await xeroInMemory();
		const own = { currencyRate: '1.25', currencyCode: 'GBP' };
		const first = await upsert(world, own, {}, 'supplierCreditNote');
		expect(first[1]).toMatchObject({ outcome: 'created' });
		world.sandbox.clock.advance(LATER_MS);
		const second = await upsert(world, own, {}, 'supplierCreditNote');
		expect(second[1]).toMatchObject({ outcome: 'unchanged' });
	});

	it('ends no run: the id of a project that is not there', async () => {
		const world = await xeroInMemory();
		const { before, fields } = DOCUMENT_CASES.projectTask;
		await before?.(world);
		const { client, settings, clock, turns } = world;
		const drafts = [fields, { ...fields, projectId: '11111111-1111-4111-8111-111111111111' }].map(
			(values, index) =>
				draftFromValues(
					DOCUMENTS.projectTask,
					{ values, source: {}, itemIndexes: [index] },
					{ timeZone: 'Europe/London', blankPolicy: 'leave', settings },
				),
		);
		const context = { client, settings, clock, turns };
		const { outcomes } = await upsertDocuments(context, DOCUMENTS.projectTask, drafts);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['created', 'blocked']);
		expect(outcomes[1]?.issues[0]?.fix).toBeTruthy();
	});
});

function nested(depth: number): unknown {
	let value: unknown = 'deep';
	for (let level = 0; level < depth; level += 1) value = [value];
	return value;
}

type Answering = (path: string, outcome: HttpOutcome, times: number) => HttpOutcome;

/** Answers what is read in another way; `times` counts the requests for the path. */
function instead(answering: Answering): (inner: HttpPort) => HttpPort {
	const times = new Map<string, number>();
	return (inner) => async (request) => {
		const outcome = await inner(request);
		const path = request.url.replace(/.*(api\.xro\/2\.0|projects\.xro\/2\.0|v1)/, '');
		times.set(path, (times.get(path) ?? 0) + 1);
		return answering(`${request.method} ${path}`, outcome, times.get(path) ?? 0);
	};
}

const ok = (body: unknown): HttpOutcome => ({ kind: 'answer', status: 200, headers: {}, body });

describe('an answer without what was asked for', () => {
	const read = async (client: XeroClient) =>
		await findDocuments(client, DOCUMENTS.salesInvoice, {
			ids: [],
			values: { reference: ['ORD-1'] },
		});

	it.each([[{}], [{ Invoices: null }], [{ Status: 'OK' }], [{ Invoices: [null] }]])(
		'is no empty list: %j',
		async (body) => {
			const world = await xeroInMemory();
			const client = world.anotherClient(instead(() => ok(body)));
			expect(await faultOf(read(client))).toMatchObject({
				cause: 'unavailable',
				message: expect.stringContaining('did not come from Xero'),
			});
			const settings = world.anotherClient(instead(() => ok(body)));
			expect(await faultOf(readOrganisationSettings(settings))).toBeDefined();
		},
	);

	it('is asked for again, and an empty list is one', async () => {
		const world = await xeroInMemory();
		const once = instead((_path, outcome, times) => (times === 1 ? ok({}) : outcome));
		expect(await read(world.anotherClient(once))).toEqual([]);
		expect(await read(world.anotherClient(instead(() => ok({ Invoices: [] }))))).toEqual([]);
	});

	it('has made no project', async () => {
		const world = await xeroInMemory();
		const { before, fields } = DOCUMENT_CASES.project;
		await before?.(world);
		const lost = instead((path, outcome) => (path === 'POST /Projects' ? ok([]) : outcome));
		const { clock, settings, turns } = world;
		const draft = draftFromValues(
			DOCUMENTS.project,
			{ values: fields, source: {}, itemIndexes: [0] },
			{ timeZone: 'Europe/London', blankPolicy: 'leave', settings },
		);
		const { outcomes } = await upsertDocuments(
			{ client: world.anotherClient(lost), settings, clock, turns },
			DOCUMENTS.project,
			[draft],
		);
		expect(outcomes[0]?.document.id).not.toBe('');
		const projects = await findDocuments(world.client, DOCUMENTS.project, {
			ids: [],
			values: { name: [String(fields.name)] },
		});
		expect(projects).toHaveLength(1);
	});

	it('is asked for again in Knack, and a record is not gone by it', async () => {
		const sandbox = createSandbox({ nowMs: Date.UTC(2026, 10, 22), freeze: true, limits: false });
		const table = sandbox.knack.schema('Orders').key;
		const [id = ''] = sandbox.knack.recordIds('Orders');
		const isRecord = (path: string) => path.includes('/records');
		for (const body of [{}, '', '<html>Wait</html>', { records: [null] }]) {
			const once = instead((path, outcome, times) =>
				isRecord(path) && times === 1 ? ok(body) : outcome,
			);
			expect((await knackInMemory(sandbox, once).record(table, id))?.id).toBe(id);
			const never = instead((path, outcome) => (isRecord(path) ? ok(body) : outcome));
			const client = knackInMemory(sandbox, never);
			expect(await faultOf(client.record(table, id))).toMatchObject({ cause: 'unavailable' });
			expect(await faultOf(client.records(table))).toMatchObject({ cause: 'unavailable' });
		}
	});
});

describe('a delivery from somebody who found the address', () => {
	const event = {
		resourceId: '11111111-1111-4111-8111-111111111111',
		tenantId: '22222222-2222-4222-8222-222222222222',
		eventCategory: 'INVOICE',
	};
	const deliver = (text: string) => readWebhookDelivery(Buffer.from(text));

	it('is none, where it is larger or deeper than Xero’s are', () => {
		const large = JSON.stringify({ events: [event], entropy: 'x'.repeat(1_000_000) });
		expect(deliver(large)).toBeUndefined();
		const deep = `{"events":[{"resourceId":"1","data":${'['.repeat(50)}${']'.repeat(50)}}]}`;
		expect(deliver(deep)).toBeUndefined();
		expect(deliver(JSON.stringify({ events: [event] }))?.events).toHaveLength(1);
	});

	it('changes no prototype, and no question to Xero', () => {
		const odd = deliver(
			`{"events":[{"resourceId":"a","data":{"__proto__":{"polluted":1},"x":{"\\u005f_proto__":{"polluted":1}}}},{"resourceId":"\\") OR (1==1"}]}`,
		);
		expect(odd?.events).toHaveLength(1);
		expect(JSON.stringify(odd)).not.toContain('polluted');
		expect(Object(odd?.events[0]?.data).polluted).toBeUndefined();
	});
});
