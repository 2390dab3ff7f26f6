import './isolatedUserFolder';
import 'reflect-metadata';
import {
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	LoadOptionsContext,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import type {
	ExecutionError,
	IConnections,
	IDataObject,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import type { CredentialStore } from './credentialStore';

/** A node as a test writes it; what is left out gets n8n's defaults. */
export type TestNode = Pick<INode, 'name' | 'type'> &
	Partial<Omit<INode, 'parameters'>> & { parameters?: INodeParameters };

export interface TestWorkflow {
	nodes: readonly TestNode[];
	/** "A -> B" from the first output, or [from, output index, to], or with the input's index too. */
	wires?: ReadonlyArray<
		| readonly [from: string, to: string]
		| readonly [string, number, string]
		| readonly [string, number, string, number]
	>;
	/** Items that the start node emits, as `json` or as whole items. */
	items?: ReadonlyArray<INodeExecutionData | IDataObject>;
	mode?: WorkflowExecuteMode;
	staticData?: IDataObject;
	/** Id of the workflow; two runs of one workflow share it. */
	id?: string;
	timezone?: string;
}

export interface EngineRun {
	run: IRun;
	/** What ended the execution, when it failed. */
	error: ExecutionError | undefined;
	/** Items of each output of a node's last run; empty when it did not run. */
	outputs(nodeName: string): INodeExecutionData[][];
	/** `json` of the items of one output. */
	json(nodeName: string, output?: number): IDataObject[];
	hints(nodeName: string): NodeExecutionHint[];
	staticData: IDataObject;
}

/** Type name of the node that emits a test's items; it is wired to the first node by `runNode`. */
const START = 'test.start';

/** n8n-core's own execution engine over node classes and a credential store, without a server. */
export class Engine {
	private readonly nodeTypes: INodeTypes;

	constructor(
		types: Readonly<Record<string, INodeType>>,
		readonly credentials: CredentialStore,
	) {
		this.nodeTypes = toNodeTypes(types);
	}

	/** Runs a workflow from its `test.start` node (or its first node) to the end. */
	async run(definition: TestWorkflow): Promise<EngineRun> {
		const { execution, result } = this.start(definition);
		const run = await execution;
		return result(run);
	}

	/** As `run`, with the execution itself, which a test may cancel. */
	start(definition: TestWorkflow): {
		execution: ReturnType<WorkflowExecute['run']>;
		result(run: IRun): EngineRun;
	} {
		const workflow = this.workflow(definition);
		const mode = definition.mode ?? 'trigger';
		const additionalData = this.additionalData(workflow, mode);
		const startNode = Object.values(workflow.nodes)[0];
		const execution = new WorkflowExecute(additionalData, mode).run({
			workflow,
			...(startNode ? { startNode } : {}),
		});
		return { execution, result: (run) => engineRun(run, workflow) };
	}

	/** Runs one node over items; the run's outputs are those of that node. */
	async runNode(
		node: TestNode,
		items: NonNullable<TestWorkflow['items']>,
		options: Omit<TestWorkflow, 'nodes' | 'wires' | 'items'> = {},
	): Promise<EngineRun & { output: INodeExecutionData[][] }> {
		const result = await this.run({
			...options,
			nodes: [{ name: 'Start', type: START }, node],
			wires: [['Start', node.name]],
			items,
		});
		return { ...result, output: result.outputs(node.name) };
	}

	/** A polling trigger as n8n keeps it while its workflow is active. */
	poller(node: TestNode, options: PollerOptions = {}): Poller {
		return new Poller(this, node, options);
	}

	/** The context in which the editor loads a list for a node with these parameters. */
	loadOptionsContext(node: TestNode, path = 'parameters'): ILoadOptionsFunctions {
		const workflow = this.workflow({ nodes: [node] });
		const additionalData = this.additionalData(workflow, 'internal');
		const full = requiredNode(workflow, node.name);
		// The editor sends what the node has stored, shown at the moment or not.
		additionalData.currentNodeParameters = { ...full.parameters, ...node.parameters };
		return new LoadOptionsContext(workflow, full, additionalData, path);
	}

	workflow(definition: TestWorkflow): Workflow {
		const items = (definition.items ?? []).map(asItem);
		return new Workflow({
			id: definition.id ?? randomUUID(),
			name: 'Engine test',
			nodes: definition.nodes.map((node, index) => ({
				id: node.id ?? `node-${index}`,
				typeVersion: latestVersion(this.nodeTypes.getByName(node.type)),
				position: [index * 200, 0] as [number, number],
				...node,
				parameters:
					node.type === START ? { items: JSON.stringify(items) } : (node.parameters ?? {}),
			})),
			connections: connections(definition.wires ?? []),
			active: false,
			nodeTypes: this.nodeTypes,
			...(definition.staticData ? { staticData: definition.staticData } : {}),
			settings: { executionOrder: 'v1', timezone: definition.timezone ?? 'Europe/London' },
		});
	}

	additionalData(workflow: Workflow, mode: WorkflowExecuteMode): IWorkflowExecuteAdditionalData {
		const refuse = async (): Promise<never> => {
			throw new Error('Not part of the engine tests');
		};
		const base = 'http://127.0.0.1:5678';
		const executionId = randomUUID();
		return {
			credentialsHelper: this.credentials,
			executeWorkflow: refuse,
			getRunExecutionData: async () => undefined,
			getRuntimeCredential: async () => undefined,
			startRunnerTask: refuse,
			executionId,
			workflowId: workflow.id,
			currentNodeExecutionIndex: 0,
			restApiUrl: `${base}/rest`,
			instanceBaseUrl: base,
			formBaseUrl: `${base}/form`,
			formWaitingBaseUrl: `${base}/form-waiting`,
			formTestBaseUrl: `${base}/form-test`,
			webhookBaseUrl: `${base}/webhook`,
			webhookWaitingBaseUrl: `${base}/webhook-waiting`,
			webhookTestBaseUrl: `${base}/webhook-test`,
			mcpBaseUrl: `${base}/mcp`,
			mcpTestBaseUrl: `${base}/mcp-test`,
			variables: {},
			logAiEvent: () => undefined,
			externalSecretsProxy: new ExternalSecretsProxy(),
			hooks: new ExecutionLifecycleHooks(mode, executionId, {
				id: workflow.id,
				name: 'Engine test',
				active: false,
				isArchived: false,
				activeVersionId: null,
				createdAt: new Date(0),
				updatedAt: new Date(0),
				nodes: Object.values(workflow.nodes),
				connections: workflow.connectionsBySourceNode,
			}),
		};
	}
}

interface PollerOptions {
	staticData?: IDataObject;
	id?: string;
	timezone?: string;
	/** Steps of the workflow that the trigger leads to. */
	followedBy?: readonly TestNode[];
}

/**
 * A polling trigger over its life. As in n8n, static data lives in memory between polls and reaches
 * the database only with activation and with polls that emitted items; `restart` starts again from
 * what the database has.
 */
export class Poller {
	private workflow: Workflow;

	private persisted: string;

	/** What n8n says of how the workflow became active. */
	private activation: WorkflowActivateMode = 'activate';

	constructor(
		private readonly engine: Engine,
		private readonly node: TestNode,
		private readonly options: PollerOptions,
	) {
		this.persisted = JSON.stringify(options.staticData ?? {});
		this.workflow = this.load();
	}

	/** The poll at activation, by a person unless told; what it leaves in static data is persisted. */
	async activate(activation: WorkflowActivateMode = 'activate'): Promise<INodeExecutionData[]> {
		this.activation = activation;
		const items = await this.pollOnce('trigger', activation);
		this.persist();
		return items;
	}

	/** A scheduled poll. */
	async poll(): Promise<INodeExecutionData[]> {
		const items = await this.pollOnce('trigger', this.activation);
		if (items.length > 0) this.persist();
		return items;
	}

	/** "Fetch Test Event": static data of the active workflow is not touched. */
	async manual(): Promise<INodeExecutionData[]> {
		const active = this.workflow;
		this.workflow = this.load();
		try {
			return await this.pollOnce('manual', 'manual');
		} finally {
			this.workflow = active;
		}
	}

	/** n8n stops without warning and starts again from its database, with the workflow active. */
	restart(): void {
		this.workflow = this.load();
		this.activation = 'init';
	}

	/** A step on a worker overwrites in the database what the workflow's static data was. */
	overwrite(staticData: IDataObject): void {
		this.persisted = JSON.stringify(staticData);
	}

	/** Static data of the node as the next poll would find it. */
	get state(): IDataObject {
		return this.workflow.getStaticData('node', requiredNode(this.workflow, this.node.name));
	}

	private async pollOnce(
		mode: 'trigger' | 'manual',
		activation: WorkflowActivateMode,
	): Promise<INodeExecutionData[]> {
		const node = requiredNode(this.workflow, this.node.name);
		const type = this.workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		if (!type.poll) throw new Error(`${node.type} does not poll`);
		const additionalData = this.engine.additionalData(this.workflow, mode);
		const context = new PollContext(this.workflow, node, additionalData, mode, activation);
		const output = await type.poll.call(context);
		return output?.[0] ?? [];
	}

	private persist(): void {
		this.persisted = JSON.stringify(this.workflow.staticData);
	}

	private load(): Workflow {
		const staticData: IDataObject = JSON.parse(this.persisted);
		const { followedBy = [], ...options } = this.options;
		return this.engine.workflow({
			...options,
			nodes: [this.node, ...followedBy],
			wires: followedBy.map(({ name }) => [this.node.name, name] as const),
			staticData,
		});
	}
}

function engineRun(run: IRun, workflow: Workflow): EngineRun {
	const lastRun = (name: string) => run.data.resultData.runData[name]?.at(-1);
	const outputs = (name: string) => (lastRun(name)?.data?.main ?? []).map((items) => items ?? []);
	return {
		run,
		error: run.data.resultData.error,
		outputs,
		json: (name, output = 0) => (outputs(name)[output] ?? []).map((item) => item.json),
		hints: (name) => lastRun(name)?.hints ?? [],
		staticData: workflow.staticData,
	};
}

function requiredNode(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (!node) throw new Error(`There is no node ${name}`);
	return node;
}

function asItem(item: INodeExecutionData | IDataObject): INodeExecutionData {
	const isItem = typeof item.json === 'object' && item.json !== null;
	return isItem ? (item as INodeExecutionData) : { json: item as IDataObject };
}

function connections(wires: NonNullable<TestWorkflow['wires']>): IConnections {
	const result: IConnections = {};
	for (const wire of wires) {
		const [from, output, to, index = 0] = wire.length === 2 ? [wire[0], 0, wire[1]] : wire;
		const main = ((result[from] ??= {}).main ??= []);
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: NodeConnectionTypes.Main, index });
	}
	return result;
}

function latestVersion(type: ReturnType<INodeTypes['getByName']>): number {
	const { version, defaultVersion } = type.description as {
		version?: number | number[];
		defaultVersion?: number;
	};
	if (defaultVersion !== undefined) return defaultVersion;
	return Array.isArray(version) ? Math.max(...version) : (version ?? 1);
}

function toNodeTypes(types: Readonly<Record<string, INodeType>>): INodeTypes {
	const known: Record<string, INodeType> = { ...types, [START]: startNode };
	const find = (name: string): INodeType => {
		const type = known[name];
		if (!type) throw new Error(`Unknown node type ${name}`);
		return type;
	};
	return {
		getByName: find,
		getByNameAndVersion: (name, version) => NodeHelpers.getVersionedNodeType(find(name), version),
		getKnownTypes: () => ({}),
	};
}

const startNode: INodeType = {
	description: {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: 'Emits the items of a test',
		defaults: {},
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: '[]' }],
	},
	async execute() {
		const items: INodeExecutionData[] = JSON.parse(String(this.getNodeParameter('items', 0)));
		return [items];
	},
};
