import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, NodeHelpers, Workflow } from 'n8n-workflow';
import { oAuth2BaseProperties } from './oAuth2BaseProperties';

/**
 * What n8n keeps in its database: credentials by id, with the OAuth token that a refresh replaces.
 * Defaults and expressions of hidden fields are resolved the way n8n's own helper resolves them.
 */
export class CredentialStore extends ICredentialsHelper {
	private readonly stored = new Map<string, ICredentialDataDecryptedObject>();

	/** How often a refreshed or fetched OAuth token was stored, by credential id. */
	readonly tokenUpdates = new Map<string, number>();

	constructor(private readonly types: readonly ICredentialType[]) {
		super();
	}

	/** Stores the data and gives what a node carries in its `credentials` for this type. */
	add(type: string, data: ICredentialDataDecryptedObject, id = type): INodeCredentialsDetails {
		this.stored.set(id, structuredClone(data));
		return { id, name: `${type} (${id})` };
	}

	/** The raw stored data, such as `oauthTokenData` after a refresh. */
	raw(id: string): ICredentialDataDecryptedObject {
		const data = this.stored.get(id);
		if (!data) throw new Error(`There is no credential with the id ${id}`);
		return data;
	}

	getParentTypes(name: string): string[] {
		return this.types.find((type) => type.name === name)?.extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		if (!authenticate) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (!workflow || !node) throw new Error('Generic authentication needs a workflow and a node');
		const resolved = (value: unknown): unknown =>
			typeof value === 'string' && value.startsWith('=')
				? workflow.expression.getSimpleParameterValue(node, value, 'internal', {
						$credentials: credentials,
					})
				: value;
		for (const part of ['headers', 'qs', 'body'] as const) {
			const additions = authenticate.properties[part];
			if (!additions) continue;
			const target: Record<string, unknown> = { ...Object(requestOptions[part]) };
			for (const [key, value] of Object.entries(additions)) target[key] = resolved(value);
			Object.assign(requestOptions, { [part]: target });
		}
		return requestOptions;
	}

	async preAuthentication(
		_helpers: IHttpRequestHelper,
		_credentials: ICredentialDataDecryptedObject,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<ICredentialDataDecryptedObject | undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Engine tests read credentials through getDecrypted');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		nodeCredentials: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		_executeData?: IExecuteData,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const data = structuredClone(this.raw(nodeCredentials.id ?? ''));
		if (raw) return data;
		const withDefaults = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			data as Parameters<typeof NodeHelpers.getNodeParameters>[1],
			true,
			false,
			null,
			null,
		);
		const all = { ...withDefaults, oauthTokenData: data.oauthTokenData };
		if (data.oauthTokenData === undefined) delete all.oauthTokenData;
		return resolveExpressions(all as ICredentialDataDecryptedObject, mode);
	}

	async updateCredentials(
		nodeCredentials: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.stored.set(nodeCredentials.id ?? '', structuredClone(data));
	}

	async updateCredentialsOauthTokenData(
		nodeCredentials: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const id = nodeCredentials.id ?? '';
		this.stored.set(id, { ...this.raw(id), oauthTokenData: data.oauthTokenData ?? {} });
		this.tokenUpdates.set(id, (this.tokenUpdates.get(id) ?? 0) + 1);
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		const type = this.type(typeName);
		const properties: INodeProperties[] = [];
		if (type.extends?.includes('oAuth2Api')) {
			NodeHelpers.mergeNodeProperties(properties, structuredClone(oAuth2BaseProperties));
		}
		NodeHelpers.mergeNodeProperties(properties, structuredClone(type.properties));
		return properties;
	}

	private type(name: string): ICredentialType {
		const type = this.types.find((known) => known.name === name);
		if (!type) throw new Error(`Unknown credential type ${name}`);
		return type;
	}
}

const PROBE: INode = {
	id: 'probe',
	name: 'probe',
	type: 'probe',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function resolveExpressions(
	data: ICredentialDataDecryptedObject,
	mode: WorkflowExecuteMode,
): ICredentialDataDecryptedObject {
	const nodeType = {
		description: {
			displayName: 'probe',
			name: 'probe',
			group: [],
			version: 1,
			description: '',
			defaults: {},
			inputs: [],
			outputs: [],
			properties: [],
		},
	};
	const workflow = new Workflow({
		nodes: [PROBE],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const resolved = workflow.expression.getComplexParameterValue(
		PROBE,
		data as Parameters<typeof workflow.expression.getComplexParameterValue>[1],
		mode,
		{},
		undefined,
		undefined,
		data,
	);
	return resolved as ICredentialDataDecryptedObject;
}
