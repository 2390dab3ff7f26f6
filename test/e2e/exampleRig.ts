import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import {
	type Connections,
	connectServices,
	type CredentialReference,
} from '../../scripts/realN8n/connectedN8n';
import { importWorkflow, readWorkflows } from '../../scripts/realN8n/exampleWorkflows';
import { letKnackCall, letXeroCall } from '../../scripts/realN8n/instantStarts';
import type { Execution, WorkflowFile } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import type { Neighbours } from '../../scripts/realN8n/neighbours';
import { startMailbox, type Mailbox } from '../support/mailbox';
import { prepared, root } from '../support/prepared';

/** From test/support/neighboursEnvironment.ts, which a test file with this rig must name. */
declare const startNeighbours: () => Promise<Neighbours>;

export const MINUTE = 60_000;
export const SCHEDULE = 'n8n-nodes-base.scheduleTrigger';

/** The shipped examples by file name without its ending. */
export const examples = readWorkflows(path.join(root, 'workflows-examples'));

const ONCE_A_YEAR = {
	field: 'months',
	monthsInterval: 12,
	triggerAtDayOfMonth: 1,
	triggerAtHour: 4,
};

/**
 * One real n8n for the tests of a file, and before each test the sandbox's seed, silent neighbours,
 * and credentials for all of them. Start it once, at the top of a `describe`.
 */
export class ExampleRig {
	readonly sandbox: Sandbox = createSandbox();

	private listening: ListeningSandbox | undefined;
	private startedNeighbours: Neighbours | undefined;
	private startedMailbox: Mailbox | undefined;
	private startedN8n: N8nServer | undefined;
	private chosen: Connections = {};
	private readonly imported: string[] = [];

	private constructor(private readonly scope: string | undefined) {}

	/**
	 * Registers the hooks that start, reset and stop everything.
	 * @param scope of the Xero connection, for documents that want more than it asks for by itself
	 */
	static forThisFile(scope?: string): ExampleRig {
		const rig = new ExampleRig(scope);
		beforeAll(async () => await rig.start(), 10 * MINUTE);
		beforeEach(async () => await rig.reset(), MINUTE);
		afterEach(async () => await rig.afterTest(), MINUTE);
		afterAll(async () => await rig.stop(), MINUTE);
		return rig;
	}

	/** Slack and HubSpot under their production addresses, answered on this machine. */
	get neighbours(): Neighbours {
		return there(this.startedNeighbours);
	}

	/** What n8n sends as e-mail. */
	get mailbox(): Mailbox {
		return there(this.startedMailbox);
	}

	get n8n(): N8nServer {
		return there(this.startedN8n);
	}

	/** Where the sandbox answers in the place of Knack and Xero. */
	get sandboxUrl(): string {
		return there(this.listening).url;
	}

	/** What a person does on import: chooses credentials, and whatever `adapt` changes. */
	async importExample(prefix: string, adapt?: (workflow: WorkflowFile) => void): Promise<string> {
		const id = await importWorkflow(this.n8n.rest, example(prefix), this.chosen, (workflow) => {
			for (const node of workflow.nodes) {
				// A second try is a second try, however soon it comes.
				if ('waitBetweenTries' in node) node.waitBetweenTries = 100;
				// Rounds are started by the tests; the clock on the wall must not start one in between.
				if (node.type === SCHEDULE) node.parameters.rule = { interval: [ONCE_A_YEAR] };
			}
			adapt?.(workflow);
		});
		this.imported.push(id);
		return id;
	}

	/** Imports and activates an example that watches a table; what is there already is past. */
	async watch(prefix: string, adapt?: (workflow: WorkflowFile) => void): Promise<string> {
		const id = await this.importExample(prefix, adapt);
		await this.n8n.activate(id);
		return id;
	}

	/** The same, and a Flow in Knack calls it whenever an order is saved. */
	async watchWithFlow(prefix: string, adapt?: (workflow: WorkflowFile) => void): Promise<string> {
		const id = await this.watch(prefix, adapt);
		letKnackCall(this.sandbox, this.n8n.url, example(prefix));
		return id;
	}

	/** The same, and Xero calls it whenever something changes there. */
	async watchWithWebhook(
		prefix: string,
		adapt?: (workflow: WorkflowFile) => void,
	): Promise<string> {
		const id = await this.watch(prefix, adapt);
		await letXeroCall(this.sandbox, this.n8n.url, example(prefix));
		return id;
	}

	/** The next execution of a watching example, at once: n8n looks when a workflow is activated. */
	async lookAtOnce(workflowId: string, known: readonly string[]): Promise<Execution> {
		await this.n8n.rest.deactivate(workflowId);
		await this.n8n.activate(workflowId);
		return await this.n8n.nextExecution(workflowId, known, MINUTE);
	}

	/** Completes orders while an example watches, and gives its execution. */
	async whenCompleted(prefix: string, customers: readonly string[]): Promise<Execution> {
		const workflowId = await this.watch(prefix);
		for (const customer of customers) this.complete(customer);
		return await this.lookAtOnce(workflowId, []);
	}

	orderOf(customer: string): Record<string, string> {
		return this.shownWhere('Orders', 'Customer', customer);
	}

	complete(customer: string): void {
		const id = this.orderOf(customer).id ?? '';
		this.sandbox.knack.updateRecord('Orders', id, { Status: 'Completed' });
	}

	/** A record as Knack shows it, by what one of its fields shows. */
	shownWhere(table: string, field: string, value: string): Record<string, string> {
		const records = this.sandbox.knack
			.recordIds(table)
			.map((id) => this.sandbox.knack.shown(table, id));
		const record = records.find((one) => one[field] === value);
		if (!record) throw new Error(`${table} has no record whose ${field} is ${value}`);
		return record;
	}

	private async start(): Promise<void> {
		const { tarball, ...runtime } = prepared();
		this.listening = await this.sandbox.listen(0);
		this.startedNeighbours = await startNeighbours();
		this.startedMailbox = await startMailbox();
		this.startedN8n = await N8nServer.start({ runtime, tarball, env: this.neighbours.env });
	}

	private async reset(): Promise<void> {
		this.sandbox.reset();
		this.neighbours.forget();
		this.mailbox.forget();
		this.chosen = {
			...(await connectServices(this.n8n, there(this.listening).url, this.scope)),
			slackApi: await this.tokenCredential('slackApi', 'accessToken'),
			hubspotAppToken: await this.tokenCredential('hubspotAppToken', 'appToken'),
			smtp: await this.smtpCredential(),
		};
	}

	private async afterTest(): Promise<void> {
		// What still runs would write into the next test's sandbox.
		for (const id of this.imported.splice(0)) await this.n8n.settle(id);
		expect(this.neighbours.strangers).toEqual([]);
	}

	private async stop(): Promise<void> {
		await this.startedN8n?.stop();
		await this.startedNeighbours?.stop();
		await this.startedMailbox?.stop();
		await this.listening?.close();
	}

	private async smtpCredential(): Promise<CredentialReference> {
		const { port } = this.mailbox;
		const server = { host: '127.0.0.1', port, secure: false, disableStartTls: true };
		const data = { user: '', password: '', hostName: '', ...server };
		const id = await this.n8n.rest.createCredential({ name: 'smtp', type: 'smtp', data });
		return { id, name: 'smtp' };
	}

	private async tokenCredential(type: string, field: string): Promise<CredentialReference> {
		const data = { [field]: `not-real-${randomUUID()}` };
		const id = await this.n8n.rest.createCredential({ name: type, type, data });
		return { id, name: type };
	}
}

function example(prefix: string): WorkflowFile {
	const found = [...examples].find(([name]) => name.startsWith(prefix));
	if (!found) throw new Error(`There is no example ${prefix}`);
	return found[1];
}

/** "success", or what went wrong. */
export function ended({ status, data }: Execution): string {
	return status === 'success' ? status : `${status}: ${data?.resultData.error?.message ?? ''}`;
}

function there<Value>(value: Value | undefined): Value {
	if (value === undefined) throw new Error('The rig has not been started');
	return value;
}

/** Changes a value of the step Configure Me, as a person would. */
export function configured(name: string, value: unknown): (workflow: WorkflowFile) => void {
	return ({ nodes }) => {
		const text = JSON.stringify(nodes);
		const before = new RegExp(`("name":"${name}","value":)[^,]+`);
		if (!before.test(text)) throw new Error(`There is no ${name} to configure`);
		const after: WorkflowFile['nodes'] = JSON.parse(
			text.replace(before, `$1${JSON.stringify(value)}`),
		);
		nodes.splice(0, nodes.length, ...after);
	};
}
