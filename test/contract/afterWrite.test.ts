import type { HttpPort } from '../../lib/http';
import { afterWrite, type AfterWriting } from '../../lib/sync/afterWrite/afterWrite';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { definitionOf } from '../support/definitionOf';

const PDF = {
	name: 'job: sheet.pdf',
	mimeType: 'application/pdf',
	bytes: Buffer.from([37, 80, 68, 70, 0, 255, 10]),
};
const EVERYTHING: AfterWriting = {
	files: [PDF],
	includeOnline: true,
	note: 'From Knack order ORD-1',
	email: 'once',
	onlineLink: true,
};

function invoice(fields: FieldValues = {}): Draft {
	return {
		type: 'salesInvoice',
		itemIndexes: [0],
		fields: {
			'contact.name': 'Acme',
			'contact.emailAddress': 'ap@acme.example',
			invoiceNumber: 'INV-1',
			date: '2026-11-20',
			dueDate: '2026-12-20',
			status: 'AUTHORISED',
			...fields,
		},
		lines: [
			{
				fields: {
					description: 'Labour',
					quantity: '1',
					unitAmount: '100',
					accountCode: '200',
					taxType: 'OUTPUT2',
				},
			},
		],
		source: { knackRecordId: 'record-1', table: 'object_2' },
		issues: [],
	};
}

async function run(
	world: XeroInMemory,
	wish: AfterWriting,
	draft = invoice(),
	port?: (inner: HttpPort) => HttpPort,
) {
	const client = world.anotherClient(port);
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const definition = definitionOf(draft.type);
	const report = await upsertDocuments(context, definition, [draft]);
	const upsertCalls = client.calls();
	const [outcome] = await afterWrite(context, definition, report.outcomes, () => wish);
	const calls = client.calls();
	return {
		outcome,
		reads: calls.reads - upsertCalls.reads,
		writes: calls.writes - upsertCalls.writes,
	};
}

function beside({ sandbox }: XeroInMemory) {
	const ledger = sandbox.xero.organisation();
	const [row] = ledger.invoices.all();
	const id = row?.id ?? '';
	return {
		sent: row?.sentToContact,
		files: (ledger.attachments.get(id) ?? []).map(
			({ fileName, mimeType, includeOnline, bytes }) => ({
				fileName,
				mimeType,
				includeOnline,
				bytes: [...bytes],
			}),
		),
		notes: (ledger.history.get(id) ?? [])
			.filter(({ changes }) => changes === 'Note')
			.map(({ details }) => details),
	};
}

const ALL_OF_IT = {
	sent: true,
	files: [
		{
			fileName: 'job_ sheet.pdf',
			mimeType: 'application/pdf',
			includeOnline: true,
			bytes: [...PDF.bytes],
		},
	],
	notes: ['From Knack order ORD-1'],
};

describe('after writing', () => {
	it('files, a note and an e-mail go with a new invoice, and its link comes back', async () => {
		const world = await xeroInMemory();
		const { outcome, writes } = await run(world, EVERYTHING);
		expect(outcome).toMatchObject({
			outcome: 'created',
			issues: [],
			after: {
				attached: [PDF.name],
				noteAdded: true,
				emailed: true,
				onlineInvoiceUrl: expect.stringMatching(/^https:/),
			},
		});
		expect(writes).toBe(3);
		expect(beside(world)).toEqual(ALL_OF_IT);
	});

	it('nothing is done for an invoice that did not change, unless asked, and then only what is missing', async () => {
		const world = await xeroInMemory();
		await run(world, { note: EVERYTHING.note });
		expect(await run(world, EVERYTHING)).toMatchObject({
			outcome: { outcome: 'unchanged' },
			reads: 0,
			writes: 0,
		});
		const wish = { ...EVERYTHING, alsoWhenUnchanged: true };
		const filled = await run(world, wish);
		expect(filled.outcome?.after).toMatchObject({ noteAdded: false, emailed: true });
		expect(beside(world)).toEqual(ALL_OF_IT);
		expect((await run(world, wish)).writes).toBe(0);
		expect(beside(world)).toEqual(ALL_OF_IT);
	});

	it('an invoice that changed is e-mailed again only when that is asked for', async () => {
		const world = await xeroInMemory();
		await run(world, EVERYTHING);
		const changed = invoice({ reference: 'PO 7' });
		expect((await run(world, EVERYTHING, changed)).outcome).toMatchObject({
			outcome: 'updated',
			after: { emailed: false, attached: [], noteAdded: false },
		});
		const again = invoice({ reference: 'PO 8' });
		const wish = { ...EVERYTHING, email: 'onEveryChange' as const };
		expect((await run(world, wish, again)).outcome?.after?.emailed).toBe(true);
	});

	it('what cannot be done is a warning beside an invoice that stands', async () => {
		const world = await xeroInMemory();
		const { outcome, writes } = await run(world, EVERYTHING, invoice({ status: 'DRAFT' }));
		expect(outcome).toMatchObject({
			outcome: 'created',
			issues: [{ code: 'XERO_AFTER_WRITE', severity: 'warn' }],
			after: { attached: [PDF.name], emailed: false },
		});
		expect(writes).toBe(2);
		expect(beside(world).sent).toBe(false);
	});

	it('an answer that never came neither repeats an e-mail nor a note nor the invoice', async () => {
		const world = await xeroInMemory();
		const losing: (inner: HttpPort) => HttpPort = (inner) => async (request) => {
			const outcome = await inner(request);
			const isBeside = /\/(Email|History|Attachments\/.*)$/.test(request.url);
			return isBeside && request.method !== 'GET'
				? { kind: 'noAnswer', code: 'ECONNRESET', reason: 'The connection was reset.' }
				: outcome;
		};
		const { outcome } = await run(world, EVERYTHING, invoice(), losing);
		expect(outcome?.outcome).toBe('created');
		await run(world, { ...EVERYTHING, alsoWhenUnchanged: true });
		expect(beside(world)).toEqual(ALL_OF_IT);
		const emails = world.sandbox.xero
			.organisation()
			.history.get(outcome?.document.id ?? '')
			?.filter(({ changes }) => changes === 'Emailed');
		expect(emails).toHaveLength(1);
	});
});

describe('an answer that says nothing of what is beside a document', () => {
	const STEPS = { '/Attachments/': 'PUT', '/History': 'PUT', '/Email': 'POST' };
	const ANSWERS: Array<[string, number, string]> = [
		['a 408', 408, 'Request Timeout'],
		['a 404 in text', 404, 'Not Found'],
		['a page with 200', 200, '<html>Please sign in</html>'],
		['an empty object', 200, '{}'],
		['an object of somebody else', 200, '{"message":"OK"}'],
		['a redirect in JSON', 302, '{"moved":true}'],
	];
	const answered = (
		world: XeroInMemory,
		kind: 'status' | 'statusAfterCommit',
		given: unknown[],
	) => {
		const [, status, body] = given as (typeof ANSWERS)[0];
		const headers = { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html' };
		for (const [path, method] of Object.entries(STEPS)) {
			world.sandbox.faults.add({ kind, service: 'xero', method, path, status, body, headers });
		}
	};

	it.each(ANSWERS)('is looked up where it was done: %s', async (...answer) => {
		const world = await xeroInMemory();
		answered(world, 'statusAfterCommit', answer);
		const { outcome } = await run(world, EVERYTHING);
		expect(outcome).toMatchObject({
			outcome: 'created',
			issues: [],
			after: { attached: [PDF.name], noteAdded: true, emailed: true },
		});
		expect(beside(world)).toEqual(ALL_OF_IT);
	});

	it.each(ANSWERS)(
		'is not taken for done where it was not, and made up for: %s',
		async (...answer) => {
			const world = await xeroInMemory();
			answered(world, 'status', answer);
			const { outcome } = await run(world, EVERYTHING);
			expect(outcome).toMatchObject({
				after: { attached: [], noteAdded: false, emailed: false },
			});
			expect(outcome?.issues).toContainEqual(
				expect.objectContaining({ code: 'XERO_AFTER_WRITE', severity: 'warn' }),
			);
			expect(beside(world)).toEqual({ sent: false, files: [], notes: [] });
			world.sandbox.clock.advance(660_000);
			await run(world, { ...EVERYTHING, alsoWhenUnchanged: true });
			expect(beside(world)).toEqual(ALL_OF_IT);
		},
	);
});
