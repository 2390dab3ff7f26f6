import { randomUUID } from 'node:crypto';
import { z } from 'zod';

import { fetchOnceReady } from './databaseReady';
import { N8nRefusal } from './n8nRefusal';

/** The REST API that n8n's editor uses, for one signed-in user. */
export class N8nRest {
	private cookie = '';

	private apiKey = '';

	/** @param whyGone what became of n8n, for when it does not answer any more */
	constructor(
		readonly url: string,
		private readonly whyGone: () => string = () => '',
	) {}

	/** Creates the owner of a fresh n8n and signs in as that person. */
	async setUpOwner(owner: Owner): Promise<void> {
		await this.call('POST', '/rest/owner/setup', owner);
		await this.signIn(owner);
	}

	/** Signs in as somebody that n8n's database knows. */
	async signIn(owner: Owner): Promise<void> {
		await this.call('POST', '/rest/login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
		const answer = await this.call('POST', '/rest/api-keys', {
			// Labels are unique.
			label: `executions ${randomUUID()}`,
			expiresAt: null,
			scopes: ['execution:read', 'execution:list'],
		});
		this.apiKey = z.object({ rawApiKey: z.string() }).parse(answer).rawApiKey;
	}

	/** @returns the credential's id */
	async createCredential(credential: NewCredential): Promise<string> {
		const answer = await this.call('POST', '/rest/credentials', credential);
		return idOf.parse(answer).id;
	}

	/** What the "Test" button of the editor shows. */
	async testCredential(id: string, credential: NewCredential): Promise<CredentialTestAnswer> {
		const answer = await this.call('POST', '/rest/credentials/test', {
			credentials: { id, ...credential },
		});
		return z.object({ status: z.string(), message: z.string() }).parse(answer);
	}

	/**
	 * "Connect": asks n8n for the address of the consent page, lets `consent` follow it to
	 * the redirect, and hands that to n8n, which fetches and stores the tokens.
	 * @returns what n8n's page said to the person
	 */
	async connectAccount(
		credentialId: string,
		consent: (authorizationUrl: string) => Promise<string>,
	): Promise<string> {
		const answer = await this.call('GET', `/rest/oauth2-credential/auth?id=${credentialId}`);
		const redirect = await consent(z.string().url().parse(answer));
		const callback = new URL(redirect);
		const page = await this.fetch(`${callback.pathname}${callback.search}`, {
			headers: { cookie: this.cookie },
		});
		const text = await page.text();
		if (!page.ok) throw new Error(`n8n refused the callback (${page.status}): ${text}`);
		return text;
	}

	/** @returns the workflow's id */
	async createWorkflow(workflow: WorkflowFile): Promise<string> {
		const { name, nodes, connections, settings, pinData } = workflow;
		const answer = await this.call('POST', '/rest/workflows', {
			name,
			nodes,
			connections,
			settings: settings ?? {},
			...(pinData ? { pinData } : {}),
		});
		return idOf.parse(answer).id;
	}

	async workflow(id: string): Promise<StoredWorkflow> {
		return storedWorkflow.parse(await this.call('GET', `/rest/workflows/${id}`));
	}

	async deleteWorkflow(id: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/archive`, {});
		await this.call('DELETE', `/rest/workflows/${id}`);
	}

	/** Answers before n8n has really activated it: see `N8nServer.activate`. */
	async requestActivation(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	/**
	 * How far n8n is with activating a workflow, and what became of each trigger. An n8n that
	 * keeps no such status (2.37, unless it is told to) activates before it answers.
	 */
	async publicationStatus(id: string): Promise<PublicationStatus | 'notKept'> {
		const answer = await this.call('GET', `/rest/workflows/${id}/publication-status`).catch(
			(error: unknown) => {
				if (error instanceof N8nRefusal && error.status === 404) return undefined;
				throw error;
			},
		);
		return answer === undefined ? 'notKept' : publicationStatus.parse(answer);
	}

	async deactivate(id: string): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Runs a workflow by hand from a trigger. @returns the execution's id */
	async run(workflowId: string, triggerName: string): Promise<string> {
		const answer = await this.call('POST', `/rest/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name: triggerName },
		});
		return z.object({ executionId: z.coerce.string() }).parse(answer).executionId;
	}

	async execution(id: string): Promise<Execution> {
		return execution.parse(await this.publicApi(`/executions/${id}?includeData=true`));
	}

	/** Every execution of a workflow, newest first; without their data, which may be large, unless told. */
	async executions(workflowId: string, { withData = false } = {}): Promise<Execution[]> {
		const found: Execution[] = [];
		const query = `workflowId=${workflowId}&includeData=${withData}&limit=${withData ? 50 : 250}`;
		let cursor: string | undefined;
		do {
			const at = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
			const page = executionPage.parse(await this.publicApi(`/executions?${query}${at}`));
			found.push(...page.data);
			cursor = page.nextCursor ?? undefined;
		} while (cursor !== undefined);
		return found;
	}

	/** How many executions of a workflow have not ended, as the editor lists them: the public API leaves those out. */
	async executionsUnderWay(workflowId: string): Promise<number> {
		const filter = JSON.stringify({ workflowId, status: ['new', 'running'] });
		const answer = await this.call('GET', `/rest/executions?filter=${encodeURIComponent(filter)}`);
		return z.object({ results: z.array(idOf) }).parse(answer).results.length;
	}

	/** What a dropdown of the editor loads. */
	async options(request: DynamicParameters): Promise<readonly ListEntry[]> {
		const answer = await this.call('POST', '/rest/dynamic-node-parameters/options', request);
		return z.array(listEntry).parse(answer);
	}

	/** What the list of a resource locator loads. */
	async listSearch(
		request: DynamicParameters & { filter?: string },
	): Promise<readonly ListEntry[]> {
		const path = '/rest/dynamic-node-parameters/resource-locator-results';
		const answer = await this.call('POST', path, request);
		return z.object({ results: z.array(listEntry) }).parse(answer).results;
	}

	/** The fields that a mapping form loads. */
	async mappingFields(request: DynamicParameters): Promise<ReadonlyArray<Record<string, unknown>>> {
		const path = '/rest/dynamic-node-parameters/resource-mapper-fields';
		const answer = await this.call('POST', path, request);
		return z.object({ fields: z.array(z.record(z.unknown())) }).parse(answer).fields;
	}

	/** What a mapping form shows in place of its fields, such as why they cannot be loaded. */
	async mappingNotice(request: DynamicParameters): Promise<string> {
		const path = '/rest/dynamic-node-parameters/resource-mapper-fields';
		const answer = await this.call('POST', path, request);
		return z.object({ fields: z.tuple([]), emptyFieldsNotice: z.string() }).parse(answer)
			.emptyFieldsNotice;
	}

	/** Descriptions of every node type, as the editor gets them. */
	async nodeTypes(): Promise<ReadonlyArray<Record<string, unknown>>> {
		return z.array(z.record(z.unknown())).parse(await this.call('GET', '/types/nodes.json'));
	}

	async credentialTypes(): Promise<ReadonlyArray<Record<string, unknown>>> {
		return z.array(z.record(z.unknown())).parse(await this.call('GET', '/types/credentials.json'));
	}

	/**
	 * @returns the `data` of the answer
	 * @throws N8nRefusal with n8n's message, which is what the editor shows
	 */
	async call(method: string, path: string, body?: unknown): Promise<unknown> {
		const answer = await this.fetch(path, {
			method,
			headers: {
				cookie: this.cookie,
				'push-ref': 'scripts',
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		const text = await answer.text();
		const parsed: unknown = text === '' ? undefined : parseJson(text);
		if (!answer.ok) throw new N8nRefusal(method, path, answer.status, parsed);
		const wrapped = z.object({ data: z.unknown() }).safeParse(parsed);
		return wrapped.success && !Array.isArray(parsed) ? wrapped.data.data : parsed;
	}

	/**
	 * On a connection of its own: an n8n that was busy for longer than its keep-alive of five seconds
	 * resets the kept ones before it reads what came in on them.
	 */
	private async fetch(path: string, init: RequestInit): Promise<Response> {
		const headers = new Headers(init.headers);
		headers.set('connection', 'close');
		try {
			return await fetchOnceReady(`${this.url}${path}`, { ...init, headers });
		} catch (error) {
			const cause = error instanceof Error ? String(error.cause ?? error.message) : String(error);
			throw new Error(`n8n did not answer ${path}: ${cause}. ${this.whyGone()}`, { cause: error });
		}
	}

	private async publicApi(path: string): Promise<unknown> {
		const answer = await this.fetch(`/api/v1${path}`, {
			headers: { 'X-N8N-API-KEY': this.apiKey },
		});
		const parsed: unknown = await answer.json();
		if (!answer.ok) throw new N8nRefusal('GET', path, answer.status, parsed);
		return parsed;
	}
}

export interface Owner {
	readonly email: string;
	readonly password: string;
	readonly firstName: string;
	readonly lastName: string;
}

export interface NewCredential {
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface CredentialTestAnswer {
	readonly status: string;
	readonly message: string;
}

export interface DynamicParameters {
	/** Path of the parameter, such as `parameters.table`. */
	readonly path: string;
	readonly methodName: string;
	readonly nodeTypeAndVersion: { readonly name: string; readonly version: number };
	readonly currentNodeParameters: Readonly<Record<string, unknown>>;
	readonly credentials: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
}

const listEntry = z.object({
	name: z.string(),
	value: z.union([z.string(), z.number(), z.boolean()]),
	description: z.string().optional(),
});

export type ListEntry = z.infer<typeof listEntry>;

const idOf = z.object({ id: z.string() });

const workflowNode = z
	.object({
		name: z.string(),
		type: z.string(),
		parameters: z.record(z.unknown()),
		credentials: z.record(z.object({ id: z.string().nullable(), name: z.string() })).optional(),
		disabled: z.boolean().optional(),
		webhookId: z.string().optional(),
	})
	.passthrough();

/** A workflow as n8n exports it. */
export const workflowFile = z
	.object({
		name: z.string(),
		nodes: z.array(workflowNode),
		connections: z.record(z.unknown()),
		settings: z.record(z.unknown()).nullish(),
		pinData: z.record(z.unknown()).nullish(),
	})
	.passthrough();

export type WorkflowFile = z.infer<typeof workflowFile>;

const storedWorkflow = workflowFile.extend({
	id: z.string(),
	active: z.boolean(),
	versionId: z.string(),
});

export type StoredWorkflow = z.infer<typeof storedWorkflow>;

const publicationStatus = z.object({
	status: z.enum(['in_progress', 'not_published', 'published', 'partial', 'failed']),
	triggers: z.array(z.object({ nodeId: z.string(), errorMessage: z.string().nullish() })),
});

export type PublicationStatus = z.infer<typeof publicationStatus>;

const item = z.object({ json: z.record(z.unknown()) }).passthrough();

const failure = z.object({ message: z.string(), description: z.string().nullish() }).passthrough();

const nodeRun = z
	.object({
		executionStatus: z.string().optional(),
		hints: z.array(z.object({ message: z.string() }).passthrough()).optional(),
		data: z.object({ main: z.array(z.array(item).nullable()).optional() }).optional(),
		error: failure.optional(),
	})
	.passthrough();

const execution = z
	.object({
		id: z.coerce.string(),
		status: z.string(),
		mode: z.string(),
		finished: z.boolean().optional(),
		workflowId: z.coerce.string(),
		startedAt: z.string().nullish(),
		stoppedAt: z.string().nullish(),
		data: z
			.object({
				resultData: z.object({
					runData: z.record(z.array(nodeRun)).default({}),
					error: failure.optional(),
					lastNodeExecuted: z.string().optional(),
				}),
			})
			.optional(),
	})
	.passthrough();

export type Execution = z.infer<typeof execution>;

const executionPage = z.object({ data: z.array(execution), nextCursor: z.string().nullish() });

/** `json` of the items that a node gave on an output in its last run. */
export function outputItems(
	run: Execution,
	nodeName: string,
	output = 0,
): ReadonlyArray<Record<string, unknown>> {
	const last = run.data?.resultData.runData[nodeName]?.at(-1);
	return (last?.data?.main?.[output] ?? []).map(({ json }) => json);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
