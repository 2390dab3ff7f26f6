/** Hours to payroll in a real n8n: previewed, created, sent again, changed and deleted. */
import { z } from 'zod';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { allowAccess, sandboxCredentials } from '../../scripts/realN8n/connectedN8n';
import { outputItems } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { prepared } from '../support/prepared';

const NODE_TYPE = 'n8n-nodes-knack-xero.mapUpsertToXero';
const SCOPES = 'offline_access accounting.settings';
const PAYROLL = 'payroll.employees.read payroll.settings.read payroll.timesheets';
const ORGANISATION = { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID };

const outcome = z.object({
	outcome: z.string(),
	summary: z.string(),
	document: z.object({ status: z.string().optional() }),
	issues: z.array(z.object({ code: z.string() })),
});

const mapper = (value: Readonly<Record<string, string>>) => ({
	mappingMode: 'defineBelow',
	value,
	matchingColumns: [],
	schema: [],
});

const HOURS = [
	{ day: '2026-11-16', hours: '7.25' },
	{ day: '2026-11-17', hours: '6.5' },
];

describe('timesheets, in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let xero: { id: string; name: string };
	let without: { id: string; name: string };

	async function connect(name: string, scope: string): Promise<{ id: string; name: string }> {
		const credential = sandboxCredentials(listening.url).xero;
		const data = { ...credential.data, scope };
		const id = await n8n.rest.createCredential({ ...credential, data, name });
		await n8n.rest.connectAccount(id, allowAccess);
		return { id, name };
	}

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
		sandbox.xero.configure({ limitsOn: false });
		sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg' });
		n8n = await N8nServer.start({ runtime, tarball });
		without = await connect('Without payroll', SCOPES);
	}, 600_000);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	const OF_LINES = {
		lineSource: 'list',
		lineList: '={{ $json.hours }}',
		fields: mapper({ employeeID: '={{ $json.email }}', startDate: '={{ $json.week }}' }),
		lineFields: mapper({
			date: 'Column: day',
			numberOfUnits: 'Column: hours',
			earningsRateID: 'Ordinary Hours',
		}),
	};
	const DELETE = {
		operation: 'changeStatus',
		newStatus: 'Deleted',
		identityFields: mapper({ employeeID: '={{ $json.email }}', startDate: '={{ $json.week }}' }),
	};

	async function execute(parameters: object, hours = HOURS, credential = xero) {
		const record = { email: 'ida.berg@example.com', week: '2026-11-20', hours };
		const workflowId = await n8n.rest.createWorkflow({
			name: 'Hours to payroll',
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
					id: 'hours',
					name: 'Hours',
					type: NODE_TYPE,
					typeVersion: 1,
					position: [300, 0],
					onError: 'continueRegularOutput',
					parameters: { organisation: ORGANISATION, document: 'timesheet', ...parameters },
					credentials: { xeroSyncOAuth2Api: credential },
				},
			],
			connections: { Start: { main: [[{ node: 'Hours', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
			pinData: { Start: [{ json: record }] },
		});
		sandbox.journal.clear();
		const execution = await n8n.run(workflowId, 'Start', 240_000);
		const items = [0, 1].flatMap((output) => outputItems(execution, 'Hours', output));
		const writes = sandbox.journal.filter({ service: 'xero', kind: 'write', path: /\.xro\// });
		return { items, text: JSON.stringify(execution), writes: writes.length };
	}

	const run = async (parameters: object, hours = HOURS) => {
		const { items, ...rest } = await execute(parameters, hours);
		return { ...outcome.parse(items[0]), ...rest };
	};
	const inXero = () => sandbox.xero.organisation().timesheets.all();

	it('say which scope is missing, in a run and in the form', async () => {
		const { text, writes } = await execute({ operation: 'upsert', ...OF_LINES }, HOURS, without);
		expect(text).toContain('this connection lacks payroll.employees.read');
		expect(writes).toBe(0);
		expect(await rateNames(without)).toEqual([
			'Xero refused: this connection lacks payroll.settings.read.',
		]);
		// Xero keeps what a person has allowed an app, so the one that has payroll comes after.
		xero = await connect('With payroll', `${SCOPES} ${PAYROLL}`);
		expect(await rateNames(xero)).toEqual(['Ordinary Hours', 'Overtime']);
	}, 300_000);

	it('are previewed, created once, changed and deleted, and tell nothing of pay', async () => {
		const preview = await run({ operation: 'preview', ...OF_LINES });
		expect(preview).toMatchObject({
			outcome: 'wouldCreate',
			summary: 'Would create timesheet Ida Berg, 2026-11-16 to 2026-11-22: 13.75 hours',
			issues: [],
			writes: 0,
		});
		const created = await run({ operation: 'upsert', ...OF_LINES });
		expect(created).toMatchObject({
			outcome: 'created',
			document: { status: 'Draft' },
			issues: [],
			writes: 1,
		});
		for (const { text } of [preview, created]) {
			expect(text).not.toMatch(/1990-01-01|High Street|dateOfBirth|ratePerUnit/i);
		}
		expect(await run({ operation: 'upsert', ...OF_LINES })).toMatchObject({
			outcome: 'unchanged',
			writes: 0,
		});
		const changed = [{ day: '2026-11-16', hours: '8' }, ...HOURS.slice(1)];
		expect(await run({ operation: 'upsert', ...OF_LINES }, changed)).toMatchObject({
			outcome: 'updated',
			issues: [],
			writes: 1,
		});
		expect(inXero()).toHaveLength(1);
		expect(inXero()[0]?.lines.map((line) => line.numberOfUnits.toFixed())).toEqual(['8', '6.5']);
		expect(await run({ ...DELETE, previewOnly: true })).toMatchObject({
			outcome: 'wouldUpdate',
			writes: 0,
		});
		expect(await run(DELETE)).toMatchObject({
			outcome: 'updated',
			document: { status: 'Deleted' },
			writes: 1,
		});
		expect(inXero()).toEqual([]);
	}, 600_000);

	/** The dropdown of Earnings Rate, as the editor loads it. */
	async function rateNames(credential: { id: string; name: string }): Promise<string[]> {
		const fields = await n8n.rest.mappingFields({
			path: 'parameters.lineFields',
			methodName: 'getLineFields',
			nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
			currentNodeParameters: { organisation: ORGANISATION, document: 'timesheet' },
			credentials: { xeroSyncOAuth2Api: credential },
		});
		const form = z
			.array(
				z.object({ id: z.string(), options: z.array(z.object({ name: z.string() })).default([]) }),
			)
			.parse(fields);
		return form.find(({ id }) => id === 'earningsRateID')?.options.map(({ name }) => name) ?? [];
	}
});
