import type { IBinaryData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { LINE_COLUMNS, mapUpsert, mapper, orderItems } from './mapUpsertItems';

const HOUR_MS = 3_600_000;

function file(fileName: string, content: string | Buffer, more: Partial<IBinaryData> = {}) {
	const bytes = Buffer.from(content);
	return { data: bytes.toString('base64'), mimeType: 'application/pdf', fileName, ...more };
}

const SHEET = file('job sheet.pdf', '%PDF-1.7 of the job');
const EVERYTHING = {
	attachFiles: 'data',
	includeOnline: true,
	note: '=From Knack order {{ $json["Order Number"] }}',
	email: 'once',
	onlineLink: true,
};

describe('Map & Upsert to Xero, After Writing', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({ nodes: { mapUpsertToXero: new MapUpsertToXero() } });
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	/** One order with a file, as an HTTP Request or the Knack node before gives it. */
	const order = (
		more: IDataObject = {},
		binary: INodeExecutionData['binary'] = { data: SHEET },
	): INodeExecutionData[] =>
		orderItems(harness, 1).map((json) => ({ json: { ...json, ...more }, binary }));

	const run = async (
		afterWriting: IDataObject,
		items: INodeExecutionData[] = order(),
		parameters: IDataObject = {},
	) => {
		harness.sandbox.journal.clear();
		const node = mapUpsert(harness, { status: 'AUTHORISED', afterWriting, ...parameters });
		const result = await harness.engine.runNode(node, items);
		const [synced = [], attention = []] = result.output;
		expect([result.error, attention]).toEqual([undefined, []]);
		return { ...result, first: synced[0]?.json ?? {}, synced };
	};
	const calls = (...methods: string[]) =>
		harness.sandbox.journal
			.filter({ service: 'xero' })
			.filter(({ method, path }) => methods.includes(method) && !path.includes('token'))
			.map(({ path }) => path);

	/** What is beside the invoice of the first order in Xero. */
	const beside = (reference = String(orderItems(harness, 1)[0]?.['Order Number'])) => {
		const ledger = harness.sandbox.xero.organisation();
		const invoice = ledger.invoices.all().find((each) => each.reference === reference);
		const id = invoice?.id ?? '';
		const history = ledger.history.get(id) ?? [];
		return {
			files: (ledger.attachments.get(id) ?? []).map(({ fileName, includeOnline, bytes }) => [
				fileName,
				includeOnline,
				Buffer.from(bytes).toString(),
			]),
			notes: history.filter(({ changes }) => changes === 'Note').map(({ details }) => details),
			emails: history.filter(({ changes }) => changes === 'Emailed').length,
		};
	};
	const allOfIt = () => ({
		files: [['job sheet.pdf', true, '%PDF-1.7 of the job']],
		notes: [`From Knack order ${String(orderItems(harness, 1)[0]?.['Order Number'])}`],
		emails: 1,
	});

	test('files, a note and an e-mail go with a new invoice, and its link comes back', async () => {
		const { first } = await run(EVERYTHING);
		expect(first).toMatchObject({
			outcome: 'created',
			issues: [],
			after: {
				attached: ['job sheet.pdf'],
				noteAdded: true,
				emailed: true,
				onlineInvoiceUrl: expect.stringMatching(/^https:/),
			},
		});
		expect(beside()).toEqual(allOfIt());
	});

	test('each is done once, however often and however late it is run', async () => {
		await run(EVERYTHING);
		const { first } = await run(EVERYTHING);
		expect(first).toMatchObject({ outcome: 'unchanged' });
		expect(first).not.toHaveProperty('after');
		expect(calls('PUT', 'POST')).toEqual([]);

		for (const email of ['once', 'onEveryChange']) {
			harness.sandbox.clock.advance(HOUR_MS);
			const again = await run({ ...EVERYTHING, email, alsoWhenUnchanged: true });
			expect(again.first).toMatchObject({
				outcome: 'unchanged',
				after: { attached: [], noteAdded: false, emailed: false },
			});
			expect(calls('PUT', 'POST')).toEqual([]);
		}
		expect(beside()).toEqual(allOfIt());
	});

	test('what an earlier run did not get to is made up for when that is asked for', async () => {
		await run({});
		expect(beside()).toEqual({ files: [], notes: [], emails: 0 });
		await run(EVERYTHING);
		expect(beside().emails).toBe(0);
		await run({ ...EVERYTHING, alsoWhenUnchanged: true });
		expect(beside()).toEqual(allOfIt());
	});

	test('an invoice that changes is e-mailed again only when every change is to be sent', async () => {
		await run(EVERYTHING);
		const once = await run(EVERYTHING, order({ 'Due Date': '2027-01-31' }));
		expect(once.first).toMatchObject({ outcome: 'updated', after: { emailed: false } });
		harness.sandbox.clock.advance(HOUR_MS);
		const every = await run(
			{ ...EVERYTHING, email: 'onEveryChange' },
			order({ 'Due Date': '2027-02-28' }),
		);
		expect(every.first).toMatchObject({ outcome: 'updated', after: { emailed: true } });
		expect(beside().emails).toBe(2);
	});

	/** What preview and run say that is done, which has to be the same; the preview writes nothing. */
	const foreseenAndDone = async (
		afterWriting: IDataObject,
		items = order(),
		parameters: IDataObject = {},
	) => {
		const before = harness.sandbox.knack.recordIds('Orders').map((id) => knackRecord(id));
		const preview = await run(afterWriting, items, { ...parameters, operation: 'preview' });
		const written = harness.sandbox.journal.filter({}).filter(({ method, path }) => {
			return method !== 'GET' && !path.includes('token');
		});
		expect(written).toEqual([]);
		expect(harness.sandbox.knack.recordIds('Orders').map((id) => knackRecord(id))).toEqual(before);
		const done = await run(afterWriting, items, parameters);
		expect(preview.synced.map(({ json }) => json.operations)).toEqual(
			done.synced.map(({ json }) => json.operations),
		);
		const expected = /takes (\d+) more Xero call/.exec(
			preview
				.hints('Upsert')
				.map(({ message }) => message)
				.join(' '),
		);
		return {
			operations: done.first.operations,
			issues: [preview.first.issues, done.first.issues],
			expectedCalls: Number(expected?.[1]),
			calls: calls('PUT', 'POST').length,
		};
	};
	const knackRecord = (id: string) => harness.sandbox.knack.record('Orders', id, 'both');
	const writeBackTo = (fields: Readonly<Record<string, string>>): IDataObject => ({
		writeBack: true,
		writeBackFields: Object.fromEntries(
			Object.entries(fields).map(([part, label]) => [
				part,
				harness.sandbox.knack.fieldKey('Orders', label),
			]),
		),
	});
	const ALL_FIELDS = {
		xeroId: 'Xero Invoice ID',
		number: 'Invoice Number',
		status: 'Invoice Status',
		onlineLink: 'Invoice Link',
		message: 'Sync Message',
	};

	test('a preview lists all that goes with a new invoice, does none of it, and the run does just that', async () => {
		const seen = await foreseenAndDone(EVERYTHING, order(), writeBackTo(ALL_FIELDS));
		expect(seen.operations).toEqual([
			expect.stringMatching(/^Finds contact/),
			expect.stringMatching(/^New sales invoice/),
			'Change its status from Draft to Approved',
			'Attach the file "job sheet.pdf"',
			'Add a note',
			'E-mail it to accounts@ashdown-kitchens.example.com',
			'Write Xero ID, Number, Status, Online Invoice Link to the Knack record',
		]);
		expect(seen.issues).toEqual([[], []]);
		expect(seen.expectedCalls).toBe(seen.calls);
		expect(beside()).toEqual(allOfIt());
	});

	test('a preview lists only what is still missing on an invoice that is there', async () => {
		await run({ note: EVERYTHING.note, attachFiles: 'data' });
		harness.sandbox.clock.advance(HOUR_MS);
		const binary = { data: file('job sheet.pdf', '%PDF-1.7 of the job, corrected') };
		const wish = { ...EVERYTHING, alsoWhenUnchanged: true };
		const shown = { 'Xero Invoice ID': '', 'Sync Message': 'Some trouble' };
		const seen = await foreseenAndDone(wish, order(shown, binary), writeBackTo(ALL_FIELDS));
		expect(seen.operations).toEqual([
			'Replace the file "job sheet.pdf"',
			'E-mail it to accounts@ashdown-kitchens.example.com',
			'Write Xero ID, Number, Status to the Knack record',
			'Empty Message on the Knack record',
		]);
		expect(seen.expectedCalls).toBe(seen.calls);

		const again = await foreseenAndDone(wish, order({}, binary), writeBackTo(ALL_FIELDS));
		expect(again.operations).toBeUndefined();
		expect([again.expectedCalls, again.calls]).toEqual([0, 0]);
	});

	test('a preview lists what goes with a change, in the status that the invoice is to have', async () => {
		await run({}, order(), { status: 'DRAFT' });
		const seen = await foreseenAndDone(
			{ email: 'once', onlineLink: true },
			order({ 'Due Date': '2027-01-31', 'Invoice Status': 'Draft' }),
			writeBackTo(ALL_FIELDS),
		);
		expect(seen.operations).toEqual([
			expect.stringMatching(/^Change sales invoice/),
			'E-mail it to accounts@ashdown-kitchens.example.com',
			'Write Xero ID, Number, Status, Online Invoice Link to the Knack record',
		]);
	});

	test('a preview says what will not work, and lists it no more than the run', async () => {
		const seen = await foreseenAndDone({ ...EVERYTHING, attachFiles: ['data', 'photo'] }, order(), {
			status: 'DRAFT',
			...writeBackTo({ number: 'Invoice Number' }),
		});
		expect(seen.operations).toEqual([
			expect.stringMatching(/^Finds contact/),
			expect.stringMatching(/^New sales invoice/),
			'Attach the file "job sheet.pdf"',
			'Add a note',
			'Write Number to the Knack record',
		]);
		const messages = [
			'The item has no file in "photo".',
			'Only invoices that await approval, are approved or paid can be e-mailed.',
		];
		for (const issues of seen.issues) {
			expect(issues).toMatchObject(messages.map((message) => ({ severity: 'warn', message })));
		}
	});

	test('what cannot be done is a warning beside an invoice that stands', async () => {
		const items = order(
			{},
			{ data: SHEET, film: file('film.mp4', 'short', { bytes: 11 * 1024 * 1024 }) },
		);
		const { first, hints } = await run(
			{ ...EVERYTHING, attachFiles: ['data', 'film', 'photo'] },
			items,
			{ status: 'DRAFT' },
		);
		expect(first).toMatchObject({
			outcome: 'created',
			after: { attached: ['job sheet.pdf'], noteAdded: true, emailed: false },
			issues: [
				{ severity: 'warn', message: '"film.mp4" is larger than 10 MB.' },
				{ severity: 'warn', message: 'The item has no file in "photo".' },
				{
					code: 'XERO_AFTER_WRITE',
					severity: 'warn',
					message: expect.stringContaining('e-mailed'),
				},
			],
		});
		expect(hints('Upsert').map(({ message }) => message)).toContainEqual(
			expect.stringContaining('did not work for 1 of the documents'),
		);
	});

	test('a file whose size shows only once it is read is left out the same way', async () => {
		const items = order({}, { data: file('scan.pdf', Buffer.alloc(10 * 1024 * 1024 + 1, 7)) });
		const { first } = await run({ attachFiles: 'data' }, items);
		expect(first).toMatchObject({
			outcome: 'created',
			issues: [{ code: 'XERO_AFTER_WRITE', message: '"scan.pdf" is larger than 10 MB.' }],
		});
		expect(beside().files).toEqual([]);
	});

	test('two files of one name are both kept, at every run under the same names', async () => {
		const binary = { front: file('photo.jpg', 'front'), back: file('photo.jpg', 'back side') };
		const wish = { attachFiles: 'front, back', alsoWhenUnchanged: true };
		await run(wish, order({}, binary));
		await run(wish, order({}, binary));
		expect(calls('PUT', 'POST')).toEqual([]);
		expect(beside().files).toEqual([
			['photo.jpg', false, 'front'],
			['photo (2).jpg', false, 'back side'],
		]);
	});

	test('of items that are lines of one invoice, each may carry a file; the same one counts once', async () => {
		const [{ json = {} } = {}] = order();
		const { 'Order Lines': lines, ...header } = json;
		const items = (lines as IDataObject[]).map((line, index) => ({
			json: { ...header, ...line, knack: header.knack },
			binary: { data: SHEET, photo: file(`line ${index + 1}.jpg`, `photo ${index + 1}`) },
		}));
		const { synced } = await run({ attachFiles: 'data, photo' }, items, {
			lineSource: 'itemPerLine',
			lineFields: mapper({ ...LINE_COLUMNS, unitAmount: '={{ $json["Unit Price"] }}' }),
		});
		expect(synced).toHaveLength(1);
		expect(beside().files.map(([name]) => name)).toEqual([
			'job sheet.pdf',
			...items.map((_item, index) => `line ${index + 1}.jpg`),
		]);
	});

	test('each record says by expressions what goes with it', async () => {
		const items = orderItems(harness).map((json, index) => ({
			json: { ...json, send: index === 0 ? 'once' : 'never', files: index === 0 ? [] : ['data'] },
			binary: { data: SHEET },
		}));
		const { synced } = await run(
			{ email: '={{ $json.send }}', attachFiles: '={{ $json.files }}' },
			items,
		);
		expect(synced.map(({ json }) => json.after)).toMatchObject([
			{ emailed: true, attached: [] },
			{ emailed: false, attached: ['job sheet.pdf'] },
		]);
	});

	test('the online link is kept on the Knack record, and asked for because of that', async () => {
		const { knack } = harness.sandbox;
		await run({}, order(), {
			writeBack: true,
			writeBackFields: { onlineLink: knack.fieldKey('Orders', 'Invoice Link') },
		});
		const [id = ''] = knack.recordIds('Orders');
		expect(JSON.stringify(knack.record('Orders', id, 'both'))).toContain('https://in.example.com/');
		await run({}, order(), {
			writeBack: true,
			writeBackFields: { onlineLink: knack.fieldKey('Orders', 'Invoice Link') },
		});
		expect(calls('PUT', 'POST')).toEqual([]);
		expect(calls('GET').filter((path) => path.includes('OnlineInvoice'))).toEqual([]);
	});

	test('what Xero does not do for a document is not asked of it', async () => {
		const { first } = await run(
			{ email: 'once', onlineLink: true, note: 'From Knack' },
			[{ json: { Customer: 'Zenith Rope Works' } }],
			{ document: 'contact', fields: mapper({ name: '={{ $json.Customer }}' }) },
		);
		expect(first).toMatchObject({
			outcome: 'created',
			issues: [],
			after: { noteAdded: true, emailed: false },
		});
	});
});
