import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { connectServices, type Connections } from '../../scripts/realN8n/connectedN8n';
import { outputItems } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { prepared } from '../support/prepared';

const MINUTE = 60_000;
const KNACK = 'n8n-nodes-knack-xero.knack';
const XERO = 'n8n-nodes-knack-xero.mapUpsertToXero';

describe('API calls in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let connections: Connections;

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox({ seed: 'tradeBusiness' });
		listening = await sandbox.listen(0);
		n8n = await N8nServer.start({ runtime, tarball });
		connections = await connectServices(n8n, listening.url);
	}, 10 * MINUTE);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, MINUTE);

	const step = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: Record<string, unknown>,
	) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0] as [number, number],
		parameters,
		...(type === KNACK || type === XERO ? { credentials: connections } : {}),
	});
	const to = (node: string) => [{ node, type: 'main', index: 0 }];
	const organisation = { __rl: true, mode: 'id', value: DEMO_TRADE_TENANT_ID };

	it(
		'read Knack, and write once for each turn of a loop, though all turns are alike',
		async () => {
			const table = sandbox.knack.schema('Orders').key;
			const invoice = {
				Type: 'ACCREC',
				Contact: { Name: 'Loop Ltd' },
				LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 10, AccountCode: '200' }],
			};
			const workflowId = await n8n.rest.createWorkflow({
				name: 'API calls',
				nodes: [
					step('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
					step('Orders', KNACK, 1, {
						resource: 'api',
						path: `objects/${table}/records`,
						limit: 2,
						options: {},
					}),
					step('Loop', 'n8n-nodes-base.splitInBatches', 3, { options: {} }),
					step('Post', XERO, 1, {
						organisation,
						operation: 'apiCall',
						method: 'PUT',
						path: 'Invoices',
						body: JSON.stringify({ Invoices: [invoice] }),
						options: {},
					}),
					step('Read', XERO, 1, {
						organisation,
						operation: 'apiCall',
						path: '={{ "Invoices" }}',
						queryParameters: {
							parameters: [{ name: 'where', value: 'Contact.Name=="Loop Ltd"' }],
						},
						returnAll: true,
						options: {},
					}),
					step('Lost', XERO, 1, { organisation, operation: 'apiCall', path: 'Invoicez' }),
				],
				connections: {
					Start: { main: [to('Orders')] },
					Orders: { main: [to('Loop')] },
					Loop: { main: [to('Read'), to('Post')] },
					Post: { main: [to('Loop')] },
					Read: { main: [to('Lost')] },
				},
				settings: { executionOrder: 'v1' },
			});
			const run = await n8n.run(workflowId, 'Start', 3 * MINUTE);
			expect(run.data?.resultData.error).toBeUndefined();
			expect(outputItems(run, 'Orders')).toHaveLength(2);
			expect(outputItems(run, 'Post')[0]).toMatchObject({
				summary: 'PUT /Invoices: record 1 of 1.',
				Status: 'DRAFT',
			});
			const read = outputItems(run, 'Read');
			expect(read.length % 2).toBe(0);
			expect(new Set(read.map(({ InvoiceID }) => InvoiceID)).size).toBe(2);
			expect(outputItems(run, 'Lost')).toEqual([]);
			expect(outputItems(run, 'Lost', 1)[0]).toMatchObject({
				summary: expect.stringContaining('Xero has nothing at this place.'),
				issues: [{ code: 'XERO_NOT_FOUND' }],
			});
		},
		5 * MINUTE,
	);
});
