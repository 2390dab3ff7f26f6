import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { seedCompletedOrders } from '../../sandbox/seed/completedOrders';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { allowAccess, sandboxCredentials } from '../../scripts/realN8n/connectedN8n';
import type { CredentialReference } from '../../scripts/realN8n/connectedN8n';
import { N8nRefusal } from '../../scripts/realN8n/n8nRefusal';
import { type Execution, type NewCredential, outputItems } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { prepared } from '../support/prepared';

const MAP = 'n8n-nodes-knack-xero.mapUpsertToXero';
const TRIGGER = 'n8n-nodes-knack-xero.knackTrigger';
const PAYMENTS = 'n8n-nodes-knack-xero.paymentStatusToKnack';

/** Faults as a person meets them in n8n: the cause in words, and what to do next. */
describe('faults in the editor and in executions', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let credentials: ReturnType<typeof sandboxCredentials>;

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox({ seed: 'empty' });
		listening = await sandbox.listen(0);
		credentials = sandboxCredentials(listening.url);
		n8n = await N8nServer.start({ runtime, tarball });
	}, 600_000);

	beforeEach(() => sandbox.reset('empty'));

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	describe('the Knack credential', () => {
		it('says which app it reaches', async () => {
			seedCompletedOrders(sandbox, { orders: 1 });
			const { status, message } = await tested(credentials.knack);
			expect({ status, message }).toEqual({
				status: 'OK',
				message: 'Connected to Demo Trade (sandbox), 3 tables',
			});
		});

		it('tells a wrong key, in its test and in an execution', async () => {
			const wrong = withData(credentials.knack, { apiKey: 'ffffffff-0000-4000-8000-ffffffffffff' });
			const { status, message } = await tested(wrong);
			expect(status).toBe('Error');
			expect(message).toMatch(/API key/i);
			expect(message).toMatch(/Settings/);
			seedCompletedOrders(sandbox, { orders: 1 });
			const error = errorOf(await fetchTestEvent(triggerParameters(), wrong));
			expect(error).toMatch(/API key/i);
			expect(error).toMatch(/Settings/);
		});

		it('tells an application id that lacks a letter', async () => {
			const { status, message } = await tested(
				withData(credentials.knack, { applicationId: '5a4db0c5000000000000001' }),
			);
			expect(status).toBe('Error');
			expect(message).toMatch(/Application ID/);
		});

		it('tells an address where nobody answers', async () => {
			const { status, message } = await tested(
				withData(credentials.knack, { apiUrl: 'http://127.0.0.1:9/v1' }),
			);
			expect(status).toBe('Error');
			expect(message).toMatch(/API URL/);
		});
	});

	describe('the Xero credential', () => {
		it('tells a wrong client secret of a custom connection', async () => {
			const wrong = withData(credentials.xeroCustomConnection, { clientSecret: 'mistyped' });
			const said = await refusalOf(listOrganisations(await stored(wrong)));
			expect(said).toMatch(/client (id|secret)/i);
			expect(said).not.toContain('mistyped');
		});

		it('tells a scope that is missing, by its name, where a form needs it', async () => {
			const connection = await connected('offline_access accounting.contacts');
			const said = await mappingNotice(connection);
			expect(said).toMatch(/accounting\.settings/);
			expect(said).toMatch(/reconnect/i);
			const error = errorOf(await upsert(connection, [{ Customer: 'Acme Ltd' }]));
			expect(error).toMatch(/accounting\.\w+/);
			expect(error).toMatch(/reconnect/i);
		});

		it('tells a grant that was revoked in Xero, in the editor and in an execution', async () => {
			const connection = await connected();
			sandbox.xero.revokeGrant();
			sandbox.xero.expireAccessTokens();
			expect(await refusalOf(listOrganisations(connection))).toMatch(/reconnect|connect.*again/i);
			const error = errorOf(await upsert(connection, [{ Customer: 'Acme Ltd' }]));
			expect(error).toMatch(/reconnect|connect.*again/i);
		});

		it('tells that no organisation is connected', async () => {
			const connection = await connected();
			sandbox.xero.disconnect(DEMO_TRADE_TENANT_ID);
			const error = errorOf(await upsert(connection, [{ Customer: 'Acme Ltd' }]));
			expect(error).toMatch(/organisation/i);
			expect(error).toMatch(/connect/i);
		});
	});

	describe('Knack Trigger', () => {
		it('says of an empty table that it holds nothing to show', async () => {
			seedCompletedOrders(sandbox, { orders: 0, customers: 0 });
			const execution = await fetchTestEvent();
			const told = `${errorOf(execution)} ${hintsOf(execution, 'Orders')}`;
			expect(told).toMatch(/no records?/i);
		});

		it('names a field of the filter that was deleted, and its likely successor', async () => {
			seedCompletedOrders(sandbox, { orders: 2 });
			const status = sandbox.knack.fieldKey('Orders', 'Status');
			const parameters = triggerParameters(status);
			sandbox.knack.addField('Orders', {
				name: 'Order Status',
				type: 'multiple_choice',
				format: { type: 'single', options: ['New', 'Completed'], default: 'New' },
			});
			sandbox.knack.deleteField('Orders', 'Status');
			const execution = await fetchTestEvent(parameters);
			// An unknown field in a filter is ignored by Knack, so every record would seem to match.
			expect(outputItems(execution, 'Orders')).toEqual([]);
			expect(errorOf(execution)).toContain(status);
			expect(errorOf(execution)).toMatch(/Order Status/);
		});

		it('names a table that was deleted', async () => {
			seedCompletedOrders(sandbox, { orders: 1 });
			const gone = {
				...triggerParameters(),
				table: { __rl: true, mode: 'id', value: 'object_99' },
			};
			expect(errorOf(await fetchTestEvent(gone))).toMatch(/object_99/);
		});
	});

	describe('a record', () => {
		it('whose required field is not mapped needs attention, by the name of the field', async () => {
			const connection = await connected();
			const execution = await upsert(connection, [{ Customer: 'Acme Ltd' }], {});
			expect(execution.status).toBe('success');
			expect(outputItems(execution, 'Upsert')).toEqual([]);
			const [item] = outputItems(execution, 'Upsert', 1);
			const { outcome, issues } = Object(item);
			expect(outcome).toBe('blocked');
			expect(issues).toEqual(
				expect.arrayContaining([
					expect.objectContaining({
						severity: 'block',
						field: 'contact.name',
						fix: expect.stringMatching(/Contact Name/),
					}),
				]),
			);
		});

		it('whose column for the lines was deleted in Knack says which', async () => {
			const connection = await connected();
			const execution = await upsert(connection, [
				{ Customer: 'Acme Ltd', 'Order Lines': [{ Description: 'Work', Quantity: 2 }] },
			]);
			const [item] = outputItems(execution, 'Upsert', 1);
			expect(JSON.stringify(Object(item).issues)).toMatch(/unit price/i);
		});
	});

	describe('Payment Status to Knack', () => {
		it('names a field to write that was deleted', async () => {
			const { orderIds } = seedCompletedOrders(sandbox, { orders: 1 });
			sandbox.knack.updateRecord('Orders', orderIds[0] ?? '', { 'Invoice Number': 'INV-7' });
			sandbox.xero.person.saveInvoice({
				Type: 'ACCREC',
				Status: 'AUTHORISED',
				InvoiceNumber: 'INV-7',
				Contact: { Name: 'Acme Ltd' },
				DueDate: '2030-01-31',
				LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
			});
			const gone = sandbox.knack.fieldKey('Orders', 'Payment Status');
			sandbox.knack.deleteField('Orders', 'Payment Status');
			const connection = await connected();
			const knack = await stored(credentials.knack);
			const workflowId = await n8n.rest.createWorkflow(
				chain([
					START,
					{
						name: 'Payments',
						type: PAYMENTS,
						parameters: {
							operation: 'changed',
							table: tableLocator(),
							matchFields: { invoiceNumber: sandbox.knack.fieldKey('Orders', 'Invoice Number') },
							fieldsToWrite: { paymentStatus: gone },
						},
						credentials: { xeroSyncOAuth2Api: connection, knackApi: knack },
					},
				]),
			);
			const execution = await n8n.run(workflowId, START.name);
			const attention = JSON.stringify(outputItems(execution, 'Payments', 1));
			// Ended at once when n8n has read the table anew; else the record says which field.
			expect(`${errorOf(execution)} ${attention}`).toMatch(
				new RegExp(`${gone} .*not in the table|"message":"[^"]*Payment Status`),
			);
			expect(outputItems(execution, 'Payments')).toEqual([]);
		});
	});

	// --- what a person does ---------------------------------------------------------------------

	function withData(credential: NewCredential, data: Record<string, unknown>): NewCredential {
		return { ...credential, data: { ...credential.data, ...data } };
	}

	async function stored(credential: NewCredential): Promise<CredentialReference> {
		return { id: await n8n.rest.createCredential(credential), name: credential.name };
	}

	async function tested(credential: NewCredential) {
		const { id } = await stored(credential);
		return await n8n.rest.testCredential(id, credential);
	}

	/** A Xero credential after "Connect", with the default scopes unless told. */
	async function connected(scope?: string): Promise<CredentialReference> {
		const reference = await stored(withData(credentials.xero, scope ? { scope } : {}));
		await n8n.rest.connectAccount(reference.id, allowAccess);
		return reference;
	}

	async function listOrganisations(xeroSyncOAuth2Api: CredentialReference): Promise<unknown> {
		return await n8n.rest.listSearch({
			path: 'parameters.organisation',
			methodName: 'searchOrganisations',
			nodeTypeAndVersion: { name: MAP, version: 1 },
			currentNodeParameters: {},
			credentials: { xeroSyncOAuth2Api },
		});
	}

	async function mappingNotice(xeroSyncOAuth2Api: CredentialReference): Promise<string> {
		return await n8n.rest.mappingNotice({
			path: 'parameters.fields',
			methodName: 'getDocumentFields',
			nodeTypeAndVersion: { name: MAP, version: 1 },
			currentNodeParameters: { document: 'salesInvoice' },
			credentials: { xeroSyncOAuth2Api },
		});
	}

	function tableLocator(): Record<string, unknown> {
		return { __rl: true, mode: 'list', value: sandbox.knack.schema('Orders').key };
	}

	function triggerParameters(statusField?: string): Record<string, unknown> {
		const condition = { field: `${statusField}|choice`, operator: 'is', value: 'Completed' };
		return {
			pollTimes: { item: [{ mode: 'everyMinute' }] },
			table: tableLocator(),
			triggerOn: 'startsToMatch',
			conditions: statusField ? { condition: [condition] } : {},
		};
	}

	async function fetchTestEvent(
		parameters = triggerParameters(),
		credential = credentials.knack,
	): Promise<Execution> {
		const knackApi = await stored(credential);
		const trigger = { name: 'Orders', type: TRIGGER, parameters, credentials: { knackApi } };
		const workflowId = await n8n.rest.createWorkflow(chain([trigger]));
		return await n8n.run(workflowId, trigger.name);
	}

	/** Runs Map & Upsert to Xero by hand over records, with the customer as the contact. */
	async function upsert(
		xeroSyncOAuth2Api: CredentialReference,
		records: readonly unknown[],
		values: Record<string, unknown> = { 'contact.name': '={{ $json.Customer }}' },
	): Promise<Execution> {
		const workflowId = await n8n.rest.createWorkflow(
			chain([
				START,
				{
					name: 'Records',
					type: 'n8n-nodes-base.code',
					typeVersion: 2,
					parameters: { jsCode: `return ${JSON.stringify(records.map((json) => ({ json })))};` },
				},
				{
					name: 'Upsert',
					type: MAP,
					parameters: {
						document: 'salesInvoice',
						operation: 'upsert',
						fields: { mappingMode: 'defineBelow', value: values, schema: [], matchingColumns: [] },
						lineSource: 'list',
						lineList: 'Order Lines',
						lineFields: {
							mappingMode: 'defineBelow',
							value: {
								description: 'Description',
								quantity: 'Quantity',
								unitAmount: 'Unit Price',
								accountCode: '200',
							},
							schema: [],
							matchingColumns: [],
						},
					},
					credentials: { xeroSyncOAuth2Api },
				},
			]),
		);
		return await n8n.run(workflowId, START.name);
	}
});

const START = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };

interface ChainNode {
	readonly name: string;
	readonly type: string;
	readonly typeVersion?: number;
	readonly parameters: Record<string, unknown>;
	readonly credentials?: Record<string, CredentialReference>;
}

/** A workflow of nodes one after the other. */
function chain(nodes: readonly ChainNode[]) {
	const connections: Record<string, unknown> = {};
	nodes.slice(1).forEach((node, index) => {
		const before = nodes[index]?.name ?? '';
		connections[before] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
	});
	return {
		name: 'A fault',
		nodes: nodes.map((node, index) => ({
			typeVersion: 1,
			id: `node-${index}`,
			position: [index * 200, 0],
			...node,
		})),
		connections,
	};
}

/** What n8n's editor shows when it refuses. */
async function refusalOf(asking: Promise<unknown>): Promise<string> {
	try {
		const answer = await asking;
		throw new Error(`Nothing was refused: ${JSON.stringify(answer)}`);
	} catch (error) {
		if (error instanceof N8nRefusal) return error.said;
		throw error;
	}
}

/** Message and description of the error that ended an execution. */
function errorOf({ data }: Execution): string {
	const error = data?.resultData.error;
	return [error?.message, error?.description].filter(Boolean).join(' ');
}

function hintsOf({ data }: Execution, nodeName: string): string {
	const hints = data?.resultData.runData[nodeName]?.at(-1)?.hints ?? [];
	return hints.map(({ message }) => message).join(' ');
}
