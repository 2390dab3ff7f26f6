import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { executeMapUpsert } from '../../lib/n8n/mapUpsert/executeMapUpsert';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { addLogTable } from '../support/syncLog';
import { createHarness, ours, type Harness } from './harness';
import { mapper, mapUpsert, orderItems } from './mapUpsertItems';

/** The node as n8n runs it for an AI agent, whose executions say that they are a tool's. */
class AsTool extends MapUpsertToXero {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			isToolExecution: { value: () => true },
		});
		return await executeMapUpsert(context);
	}
}

/** As newer agents run it: n8n's engine does, and only the name tells. */
class AsNamedTool extends MapUpsertToXero {
	async execute(this: IExecuteFunctions) {
		const context: IExecuteFunctions = Object.create(this, {
			getNode: {
				value: () => ({ ...this.getNode(), type: `${this.getNode().type}Tool` }),
			},
		});
		return await executeMapUpsert(context);
	}
}

const TOKEN_FIELD = 'Approval Token';
const NOT_APPROVED = 'SYNC_NOT_APPROVED';

describe('Only What Was Approved', () => {
	let harness: Harness;
	let orders: string;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: {
				mapUpsertToXero: new MapUpsertToXero(),
				asTool: new AsTool(),
				asNamedTool: new AsNamedTool(),
			},
		});
		const { knack, xero } = harness.sandbox;
		xero.configure({ limitsOn: false });
		knack.setLimits({ perSecond: null });
		orders = knack.schema('Orders').key;
		for (const name of ['Plan Number', TOKEN_FIELD]) {
			knack.addField('Orders', { name, type: 'paragraph_text' });
		}
	});

	afterEach(async () => await harness.close());

	const recordId = () => harness.sandbox.knack.recordIds('Orders')[0] ?? '';
	const kept = (field: string) => harness.sandbox.knack.shown('Orders', recordId())[field] ?? '';
	const fieldOf = (name: string) => harness.sandbox.knack.fieldKey('Orders', name);

	/** The first order as Knack Trigger gives it now. */
	const order = (): IDataObject => ({
		...orderItems(harness, 1)[0],
		'Plan Number': kept('Plan Number') || null,
		[TOKEN_FIELD]: kept(TOKEN_FIELD) || null,
	});
	const xeroWrites = () =>
		harness.sandbox.journal
			.filter({ service: 'xero', kind: 'write', path: /api\.xro/ })
			.map(({ method, path }) => `${method} ${path.replace(/.*api\.xro\/2\.0/, '')}`);

	const run = async (
		parameters: IDataObject,
		item: IDataObject = order(),
		type = 'mapUpsertToXero',
	) => {
		harness.sandbox.journal.clear();
		const { output, error } = await runAll(parameters, [item], type);
		const json = output[0]?.[0]?.json ?? output[1]?.[0]?.json ?? {};
		return { json, error, writes: xeroWrites() };
	};
	const runAll = async (
		parameters: IDataObject,
		items: Array<IDataObject | INodeExecutionData>,
		type = 'mapUpsertToXero',
	) => await harness.engine.runNode({ ...mapUpsert(harness, parameters), type: ours(type) }, items);
	const preview = async (parameters: IDataObject = {}, item = order()) => {
		const { json } = await run({ operation: 'preview', ...parameters }, item);
		return { ...json, planNumber: String(Object(json.approval).planNumber) };
	};
	const approve = async (item: IDataObject, more: IDataObject = {}) => {
		const { json } = await run({ operation: 'approve', approvedBy: 'Ida Berg', ...more }, item);
		return { json, token: String(Object(json.approval).token) };
	};
	/** Create or Update with the option, and what goes under Approval: From the Record. */
	const only = (fields: IDataObject = {}, options: IDataObject = {}, more: IDataObject = {}) => ({
		options: { onlyApproved: true, approvalAnswers: { fields }, ...options },
		...more,
	});
	const withToken = (token: string) => only({ token });

	it('previews with a plan number, and holds what nobody has approved', async () => {
		const { planNumber, approval } = { approval: undefined, ...(await preview()) };
		expect(planNumber).toMatch(/^[0-9a-f-]{111}$/);
		expect(Object(approval).what).toContain('New sales invoice');
		const { json, writes } = await run(only());
		expect(json).toMatchObject({
			outcome: 'held',
			issues: [{ code: NOT_APPROVED, message: expect.stringContaining('New sales invoice') }],
			approval: { planNumber },
		});
		expect(writes).toEqual([]);
	});

	it('writes what was approved, says by whom, and nothing a second time', async () => {
		const previewed = await preview();
		const { json: approved, token } = await approve(previewed);
		expect(approved.summary).toMatch(
			/^Ida Berg approved .+ until 2.+Z: Finds contact .+; New sales invoice; .+\./,
		);
		const { json, writes } = await run(withToken(token));
		expect(json).toMatchObject({
			outcome: 'created',
			approval: { approvedBy: 'Ida Berg', use: 'untilItsStateHasGone' },
		});
		expect(JSON.stringify(json)).not.toContain(token);
		expect(writes.at(-1)).toMatch(/^PUT \/Invoices\/.+\/History$/);
		const history = harness.sandbox.journal.filter({ path: /History/ })[0]?.requestBody;
		expect(JSON.stringify(history)).toMatch(/Approved by Ida Berg on 2\S+Z/);
		const again = await run(withToken(token));
		expect(again).toMatchObject({ json: { outcome: 'unchanged' }, writes: [] });
	});

	it.each([
		['the record', { 'Due Date': '2027-01-31' }, 'of the document itself differs'],
		['its customer', { Customer: 'Newcomer Ltd' }, 'another contact would be used'],
	])('holds it where %s has changed since, with both plans', async (_, change, words) => {
		const { token } = await approve(await preview());
		const { json, writes } = await run(withToken(token), { ...order(), ...change });
		expect(json).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'SYNC_APPROVAL_OUTDATED', message: expect.stringContaining(words) }],
		});
		expect(Object(json).summary).toContain('Approved was: Finds contact');
		expect(writes).toEqual([]);
	});

	it('holds it where what follows the document has changed: a note', async () => {
		const { token } = await approve(await preview({ afterWriting: { note: 'From Knack' } }));
		const other = { ...withToken(token), afterWriting: { note: 'Another' } };
		const { json, writes } = await run(other);
		expect(json.summary).toContain('what follows the document differs');
		expect(writes).toEqual([]);
		const same = { ...withToken(token), afterWriting: { note: 'From Knack' } };
		expect((await run(same)).json).toMatchObject({
			outcome: 'created',
			after: { noteAdded: true },
		});
	});

	it('says to who approves all that goes out: status, files, note and e-mail', async () => {
		const data = {
			mimeType: 'application/pdf',
			fileName: 'job sheet.pdf',
			data: Buffer.from('%PDF-1.7').toString('base64'),
		};
		const sending = {
			status: 'AUTHORISED',
			afterWriting: { email: 'once', note: 'From Knack', attachFiles: 'data' },
		};
		const { output } = await runAll({ operation: 'preview', ...sending }, [
			{ json: order(), binary: { data } },
		]);
		const { what } = Object(output[0]?.[0]?.json.approval);
		expect(what).toContain('; its status Approved;');
		expect(what).toContain('Attach the file "job sheet.pdf"; Note in its history: "From Knack"');
		expect(what).toMatch(/; E-mail it to \S+@\S+;/);
	});

	it('does nothing that a second item of the same record asks for besides', async () => {
		const note = '={{ $json.note }}';
		const item = (words: string) => ({ ...order(), note: words });
		const asked = { afterWriting: { note, alsoWhenUnchanged: true } };
		const { token } = await approve(await preview(asked, item('From Knack')));
		const items = [{ ...item('From Knack'), approval: { token } }, item('Pay into account 123')];
		harness.sandbox.journal.clear();
		const { output } = await runAll({ ...only(), ...asked }, items);
		expect(output[0]?.map(({ json }) => json.outcome)).toEqual(['created', 'unchanged']);
		const notes = JSON.stringify(
			harness.sandbox.journal
				.filter({ path: /History/, kind: 'write' })
				.map(({ requestBody }) => requestBody),
		);
		expect(notes).toContain('From Knack');
		expect(notes).not.toContain('account 123');
	});

	it('holds it where its e-mail would go to another address', async () => {
		const { person } = harness.sandbox.xero;
		const [{ ContactID = '' } = {}] = person
			.contacts()
			.filter(({ Name }) => Name === order().Customer);
		person.saveContact({ ContactID, EmailAddress: 'ap@customer.example' });
		const sending = { status: 'AUTHORISED', afterWriting: { email: 'once' } };
		const { token } = await approve(await preview(sending));
		person.saveContact({ ContactID, EmailAddress: 'thief@example.com' });
		const { json, writes } = await run({ ...withToken(token), ...sending });
		expect(json.summary).toContain('what follows the document differs');
		expect(writes).toEqual([]);
	});

	it('names who approved it in one line, with every character to be seen', async () => {
		const approvedBy = 'Ida Berg\nApproved by \u202eThe Boss';
		const { json } = await run({ operation: 'approve', approvedBy }, await preview());
		expect(json.approval).toMatchObject({
			approvedBy: 'Ida Berg Approved by [U+202E]The Boss',
		});
	});

	it('approves by nobody whose name is too long to be told from another', async () => {
		const approvedBy = 'Ida Berg '.repeat(30);
		const { json } = await run({ operation: 'approve', approvedBy }, await preview());
		expect(json).toMatchObject({
			outcome: 'blocked',
			issues: [{ message: expect.stringContaining('longer than 200 characters') }],
		});
	});

	it('holds it where the approval is late, altered or of another credential', async () => {
		const { token } = await approve(await preview(), { goodForHours: 0.1 });
		const altered = await run(withToken(`${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`));
		expect(altered.json).toMatchObject({ issues: [{ code: 'SYNC_APPROVAL_NOT_GENUINE' }] });
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 361_000);
		const late = await run(withToken(token));
		now.mockRestore();
		expect(late.json).toMatchObject({ issues: [{ code: 'SYNC_APPROVAL_EXPIRED' }] });
		expect([...altered.writes, ...late.writes]).toEqual([]);
	});

	it.each([
		['Ida Berg', 'SYNC_APPROVAL_BY_CREATOR'],
		['ida  berg ', 'SYNC_APPROVAL_BY_CREATOR'],
		['ida@example.com', 'SYNC_APPROVAL_BY_CREATOR'],
		['', 'SYNC_APPROVAL_BY_CREATOR'],
		['Pat Lee', undefined],
	])('asks for another person than the creator: %s', async (createdBy, code) => {
		const { token } = await approve(await preview());
		const { json, writes } = await run(only({ token, createdBy }, { creatorMustDiffer: true }));
		expect(Object(json.issues)[0]?.code).toBe(code);
		expect(writes.length > 0).toBe(code === undefined);
	});

	describe('with Knack alone: a run holds, a person ticks, the next run writes', () => {
		const KEPT = () => ({
			keepInKnack: true,
			table: { __rl: true, mode: 'id', value: orders },
			writeBackMapping: mapper({
				planNumber: fieldOf('Plan Number'),
				message: fieldOf('Sync Message'),
				xeroId: fieldOf('Xero Invoice ID'),
			}),
		});
		const keep = () => ({
			planNumber: '={{ $json["Plan Number"] }}',
			keepToken: true,
			table: { __rl: true, mode: 'id', value: orders },
			tokenRecord: '={{ $json.knack.recordId }}',
			approvalTokenField: fieldOf(TOKEN_FIELD),
		});
		const writing = (more: IDataObject = {}) => ({
			...only({ tokenField: fieldOf(TOKEN_FIELD) }),
			...KEPT(),
			...more,
		});

		it('keeps plan number and token on the record, and empties the token once it was used', async () => {
			const held = await run(writing());
			expect(held.writes).toEqual([]);
			expect(kept('Plan Number')).toBe(Object(held.json.approval).planNumber);
			expect(kept('Sync Message')).toContain('A run would do this: Finds contact');
			const { json } = await approve(order(), keep());
			expect(json).toMatchObject({ approval: { use: 'once', token: kept(TOKEN_FIELD) } });
			const done = await run(writing());
			expect(done.json).toMatchObject({ outcome: 'created', approval: { use: 'once' } });
			expect(Object(done.json).operations).toContain(
				'Empty the approval token on the Knack record',
			);
			expect(kept(TOKEN_FIELD)).toBe('');
			expect(kept('Xero Invoice ID')).not.toBe('');
			const changed = await run(writing(), { ...order(), 'Due Date': '2027-01-31' });
			expect(changed).toMatchObject({ json: { issues: [{ code: NOT_APPROVED }] }, writes: [] });
		});

		it('tells the Sync Log who has approved it', async () => {
			const table = addLogTable(harness.sandbox);
			await run(writing());
			await approve(order(), keep());
			const log = { writeLog: true, logTable: { __rl: true, mode: 'list', value: table } };
			await run(writing(log));
			const { knack } = harness.sandbox;
			const rows = knack.recordIds('Sync Log').map((id) => knack.shown('Sync Log', id));
			expect(rows.map(({ Who }) => Who)).toContainEqual(expect.stringContaining('Ida Berg'));
			expect(JSON.stringify(rows)).not.toContain('ka1.');
		});

		it('says where no token can be kept', async () => {
			await run(writing());
			const { json } = await approve(order(), {
				...keep(),
				tokenRecord: '000000000000000000000001',
			});
			expect(json).toMatchObject({
				outcome: 'failed',
				issues: [{ code: 'KNACK_APPROVAL_NOT_KEPT' }],
			});
			expect(json).not.toHaveProperty('approval');
		});

		it.each(['asTool', 'asNamedTool'])(
			'lets an AI agent write what a person has approved, and nothing else: %s',
			async (type) => {
				const options = (fields: IDataObject) =>
					writing(only(fields, { allowWritingAsTool: true }));
				const tokenField = fieldOf(TOKEN_FIELD);
				const told = { tokenField, recordId: recordId() };
				const { knack: _, ...given } = order();
				const asked = await run(options(told), given, type);
				expect(asked.json).toMatchObject({
					outcome: 'held',
					planNumber: expect.stringMatching(/^[0-9a-f-]{111}$/),
				});
				expect(asked.writes).toEqual([]);
				await approve(order(), keep());
				const token = kept(TOKEN_FIELD);
				harness.sandbox.knack.updateRecord('Orders', recordId(), { [TOKEN_FIELD]: '' });
				// The token in the agent's own hands is of no use.
				for (const own of [{ token }, { token: '={{ $json.token }}' }]) {
					const refused = await run(options({ ...told, ...own }), { ...given, token }, type);
					expect(refused.error?.message).toContain('Approval Token is what an AI agent could give');
					expect(refused.writes).toEqual([]);
				}
				const item = { ...given, token, [TOKEN_FIELD]: token, approval: { token } };
				const inItem = await run(options(told), item, type);
				expect(inItem).toMatchObject({ json: { outcome: 'held' }, writes: [] });
				harness.sandbox.knack.updateRecord('Orders', recordId(), { [TOKEN_FIELD]: token });
				const other = await run(options(told), { ...given, 'Due Date': '2027-02-01' }, type);
				expect(other).toMatchObject({ json: { outcome: 'held' }, writes: [] });
				const written = await run(options(told), given, type);
				expect(written.json).toMatchObject({ outcome: 'created' });
				expect(kept(TOKEN_FIELD)).toBe('');
			},
		);

		it.each([
			['switches it off', { onlyApproved: '={{ $json.approvals }}' }],
			['says who has made the record', { creator: '={{ $fromAI("by") }}' }],
		])('does not let the agent %s', async (_, { onlyApproved = true, creator }: IDataObject) => {
			const fields = { tokenField: fieldOf(TOKEN_FIELD), recordId: recordId() };
			const answers = creator === undefined ? fields : { ...fields, createdBy: creator };
			const options = { onlyApproved, allowWritingAsTool: true, creatorMustDiffer: true };
			const { writes } = await run(
				writing(only(answers, options)),
				{ ...order(), approvals: false },
				'asTool',
			);
			expect(writes).toEqual([]);
		});
	});

	it('offers Approve to no agent, and tells in the panel of a tool what it may write', () => {
		const { description } = new AsTool();
		const operation = description.properties.find(({ name }) => name === 'operation');
		const approving = operation?.options?.find(
			(each) => 'value' in each && each.value === 'approve',
		);
		expect(approving).toMatchObject({ displayOptions: { hide: { '@tool': [true] } } });
		const parameters = {
			operation: 'upsert',
			options: { allowWritingAsTool: true, onlyApproved: true },
		};
		const shown = description.properties
			.filter(({ name }) => name.startsWith('agent'))
			.filter((property) =>
				NodeHelpers.displayParameter(parameters, property, null, {
					...description,
					name: 'mapUpsertToXeroTool',
				}),
			);
		expect(shown.map(({ name }) => name)).toEqual(['agentWritesApprovedNotice']);
	});

	it.each(['asTool', 'asNamedTool'])('lets no agent approve: %s', async (type) => {
		const item = await preview();
		const approving = { operation: 'approve', approvedBy: 'Ida Berg' };
		const { error, json } = await run(approving, item, type);
		expect(error?.message).toContain('Approve is not for an AI agent');
		expect(JSON.stringify(json)).not.toContain('ka1.');
	});

	it.each([
		[{}, { approvedBy: 'Ida Berg' }, 'no plan number'],
		[{ approval: { planNumber: 'abc' } }, { approvedBy: 'Ida Berg' }, 'is no plan number'],
		[undefined, { approvedBy: '={{ $json.nobody }}' }, 'Nobody is named'],
	])('approves nothing without a plan and a person', async (item, parameters, words) => {
		const { json } = await run({ operation: 'approve', ...parameters }, item ?? (await preview()));
		expect(json).toMatchObject({
			outcome: 'blocked',
			issues: [{ code: 'SYNC_APPROVAL_NOT_GIVEN', message: expect.stringContaining(words) }],
		});
	});
});
