import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { connectServices, type Connections } from '../../scripts/realN8n/connectedN8n';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { prepared } from '../support/prepared';
import { ScriptedModel } from '../support/scriptedModel';

const MINUTE = 60_000;
const TOOL = 'Map & Upsert to Xero';

const fromAgent = (key: string, description: string) =>
	`={{ $fromAI('${key}', '${description}', 'string') }}`;

/** What a model that heard "invoice Acme for two hours and a part" gives. */
const GIVEN = {
	customer: 'Acme Robotics Ltd',
	reference: 'CHAT-1',
	date: '2026-11-27',
	due_date: '2026-12-27',
	lines: [
		{
			description: 'Labour',
			quantity: 2,
			unitAmount: 45.5,
			accountCode: '200',
			taxType: '20% (VAT on Income)',
		},
		{
			description: 'Part',
			quantity: 1,
			unitAmount: 9,
			accountCode: '200',
			taxType: '20% (VAT on Income)',
		},
	],
};

describe('Map & Upsert to Xero as a tool of n8n’s AI Agent', () => {
	const model = new ScriptedModel();
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let connections: Connections;
	let chat: { id: string; name: string };

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
		n8n = await N8nServer.start({ runtime, tarball });
		connections = await connectServices(n8n, listening.url);
		const credential = {
			name: 'Scripted model',
			type: 'openAiApi',
			data: { apiKey: 'none', url: await model.listen() },
		};
		chat = { id: await n8n.rest.createCredential(credential), name: credential.name };
	}, 10 * MINUTE);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
		await model.close();
	}, MINUTE);

	async function ask(parameters: Record<string, unknown>, given: unknown = GIVEN): Promise<string> {
		const workflowId = await n8n.rest.createWorkflow({
			name: 'Agent',
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: 'agent',
					name: 'Agent',
					type: '@n8n/n8n-nodes-langchain.agent',
					typeVersion: 2.2,
					position: [200, 0],
					parameters: { promptType: 'define', text: 'Invoice Acme for two hours and a part.' },
				},
				{
					id: 'model',
					name: 'Model',
					type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
					typeVersion: 1.2,
					position: [200, 200],
					parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
					credentials: { openAiApi: chat },
				},
				{
					id: 'tool',
					name: TOOL,
					type: 'n8n-nodes-knack-xero.mapUpsertToXeroTool',
					typeVersion: 1,
					position: [400, 200],
					parameters: {
						organisation: { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID },
						document: 'salesInvoice',
						lineSource: 'agent',
						fields: {
							mappingMode: 'defineBelow',
							matchingColumns: [],
							schema: [],
							value: {
								'contact.name': fromAgent('customer', 'Name of the customer'),
								reference: fromAgent('reference', 'Reference of the invoice'),
								date: fromAgent('date', 'Day of the invoice, as year-month-day'),
								dueDate: fromAgent('due_date', 'Day on which it is due, as year-month-day'),
							},
						},
						...parameters,
					},
					credentials: connections,
				},
			],
			connections: {
				Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
				Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
				[TOOL]: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
			},
			settings: { executionOrder: 'v1' },
		});
		sandbox.journal.clear();
		model.willCall(given);
		const execution = await n8n.run(workflowId, 'Start', 2 * MINUTE);
		expect(execution.data?.resultData.error).toBeUndefined();
		return model.toolAnswer;
	}

	const writes = () =>
		sandbox.journal.filter({ service: 'xero', kind: 'write', path: /\.xro\// }).length;

	it(
		'tells the model what to give, the parts of a line among it',
		async () => {
			await ask({ operation: 'preview' });
			expect(Object.keys(model.offered).sort()).toEqual([
				'customer',
				'date',
				'due_date',
				'lines',
				'reference',
			]);
			expect(JSON.stringify(model.offered.lines)).toMatch(
				/description.*quantity.*unitAmount.*accountCode.*taxType/,
			);
		},
		3 * MINUTE,
	);

	it(
		'previews, is refused a write, and writes once that is allowed',
		async () => {
			const preview = await ask({ operation: 'preview' });
			expect(preview).toContain('wouldCreate');
			expect(preview).toContain('2 lines, GBP 100.00 + GBP 20.00 tax = GBP 120.00');
			expect(writes()).toBe(0);

			const refused = await ask({});
			expect(refused).toContain('wouldCreate');
			expect(refused).toContain('nothing was written');
			expect(writes()).toBe(0);

			const leftToAgent = `={{ $fromAI('allowed', 'Whether writing is allowed', 'boolean') }}`;
			const persuaded = await ask(
				{ options: { allowWritingAsTool: leftToAgent } },
				{ ...GIVEN, allowed: true },
			);
			expect(persuaded).toContain('nothing was written');
			expect(writes()).toBe(0);
			const before = sandbox.xero.invoices().length;

			const written = await ask({ options: { allowWritingAsTool: true } });
			expect(written).toContain('"created"');
			expect(written).not.toContain('nothing was written');
			expect(writes()).toBeGreaterThan(0);
			expect(sandbox.xero.invoices()).toHaveLength(before + 1);
			expect(sandbox.xero.invoices().at(-1)).toMatchObject({ Reference: 'CHAT-1', Total: 120 });
		},
		10 * MINUTE,
	);

	it(
		'names what a line cannot have, so that the model can mend its call',
		async () => {
			const [line] = GIVEN.lines;
			const answer = await ask(
				{ options: { allowWritingAsTool: true } },
				{ ...GIVEN, reference: 'CHAT-2', lines: [{ ...line, discountInPounds: 5 }] },
			);
			expect(answer).toContain('blocked');
			expect(answer).toContain('discountInPounds');
			expect(writes()).toBe(0);
		},
		3 * MINUTE,
	);
});
