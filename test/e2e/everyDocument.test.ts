import { z } from 'zod';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { BUILD_TENANT_ID } from '../../sandbox/xero/organisations';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { allowAccess, sandboxCredentials } from '../../scripts/realN8n/connectedN8n';
import { outputItems } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import { prepared } from '../support/prepared';
import { DOCUMENT_CASES, WAY_CASES, type Case } from './everyDocumentCases';

const NODE_TYPE = 'n8n-nodes-knack-xero.mapUpsertToXero';
const TYPES = Object.keys(DOCUMENTS) as DocumentType[];
const CASES = new Map<string, Case>(Object.entries({ ...DOCUMENT_CASES, ...WAY_CASES }));
const NAMES = [...CASES.keys()];

function caseOf(name: string): Case {
	const found = CASES.get(name);
	if (!found) throw new Error(`There is no case ${name}`);
	return found;
}

/** The document that a node for the case is set to. */
function typeOf(name: string): DocumentType {
	const type = caseOf(name).document ?? TYPES.find((each) => each === name);
	if (!type) throw new Error(`${name} is no document`);
	return type;
}

/** What the documents need, some of which a connection does not ask for unless told. */
const SCOPES = [
	'offline_access accounting.settings',
	...new Set(TYPES.map((type) => DOCUMENTS[type].scope)),
	'payroll.employees.read payroll.settings.read',
].join(' ');

const PHASES = ['preview', 'create', 'again', 'change'] as const;
type Phase = (typeof PHASES)[number] | 'status';

const CONNECTIONS_OF_PHASE = 3;

/** The connection that a node of a phase has, at its place among the others. */
const connectionOf = (phase: Phase, place: number) => `${phase} ${place % CONNECTIONS_OF_PHASE}`;

const outcome = z.object({
	outcome: z.string(),
	document: z.object({
		type: z.string(),
		id: z.string().optional(),
		total: z.string().optional(),
		status: z.string().optional(),
	}),
	changes: z.array(z.object({ field: z.string(), after: z.unknown() })),
	operations: z.array(z.string()).default([]),
	issues: z.array(z.object({ code: z.string() })),
});

const ORGANISATIONS = [DEMO_TRADE_TENANT_ID, BUILD_TENANT_ID];

interface Result {
	readonly outcomes: Readonly<Record<string, z.infer<typeof outcome>>>;
	/** Requests that change anything in Xero, while all documents of a step went. */
	readonly writes: number;
	/** All that Xero answered to reads meanwhile. */
	readonly answers: string;
}

/** Cases that may go together: each behind the one that it needs. */
function waves(): string[][] {
	const depth = (name: string): number => {
		const { after } = caseOf(name);
		return after === undefined ? 0 : 1 + depth(after);
	};
	const deepest = Math.max(...NAMES.map(depth));
	return Array.from({ length: deepest + 1 }, (_, wave) =>
		NAMES.filter((name) => depth(name) === wave),
	);
}

describe('every document, in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let credentials: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
	const results = new Map<string, Result>();

	const at = (phase: Phase, name: string) => {
		const wave = waves().findIndex((names) => names.includes(name));
		const found = results.get(`${phase} ${wave}`);
		if (!found) throw new Error(`${phase} of ${name} did not run`);
		return { ...found, own: found.outcomes[name] };
	};

	/** Our own pace of sixty calls a minute goes by connection: one for all would wait for minutes. */
	async function connect(name: string): Promise<{ id: string; name: string }> {
		const { xero } = sandboxCredentials(listening.url);
		const data = { ...xero.data, scope: SCOPES };
		const id = await n8n.rest.createCredential({ ...xero, data, name });
		await n8n.rest.connectAccount(id, async (address) => {
			const url = new URL(address);
			for (const tenantId of ORGANISATIONS) url.searchParams.append('tenantId', tenantId);
			return await allowAccess(url.href);
		});
		return { id, name };
	}

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox();
		listening = await sandbox.listen(0);
		sandbox.xero.configure({ limitsOn: false });
		const account = { code: '299', name: 'Made Just Now', type: 'REVENUE', taxType: 'OUTPUT2' };
		sandbox.xero.person.addAccount(account);
		sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg' });
		n8n = await N8nServer.start({ runtime, tarball });
		const made: Record<string, { id: string; name: string }> = {};
		for (const phase of [...PHASES, 'status'] as const) {
			for (let turn = 0; turn < CONNECTIONS_OF_PHASE; turn += 1) {
				const name = connectionOf(phase, turn);
				made[name] = await connect(name);
			}
		}
		credentials = made;
		const all = [...waves().entries()];
		for (const [index, names] of all) {
			for (const phase of PHASES) results.set(`${phase} ${index}`, await send(phase, names));
		}
		// What came last goes first: an invoice is not voided while its payment is there.
		for (const [index, names] of all.reverse()) {
			const moved = names.filter((name) => caseOf(name).status !== undefined);
			results.set(`status ${index}`, await send('status', moved));
		}
	}, 900_000);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	function nodeFor(name: string, phase: Phase, position: number) {
		const { lines, parameters, organisation = DEMO_TRADE_TENANT_ID, status = '' } = caseOf(name);
		const names = Object.keys(fieldsOf(name, phase));
		const mapper = (value: unknown) => ({
			mappingMode: 'defineBelow',
			value,
			matchingColumns: [],
			schema: [],
		});
		const columns = Object.fromEntries(Object.keys(lines?.[0] ?? {}).map((each) => [each, each]));
		const xero = credentials[connectionOf(phase, position)];
		const what =
			phase === 'status'
				? {
						operation: 'changeStatus',
						newStatus: status,
						identityFields: mapper({ id: '={{ $json["id"] }}' }),
					}
				: {
						operation: phase === 'preview' ? 'preview' : 'upsert',
						fields: mapper(
							Object.fromEntries(names.map((path) => [path, `={{ $json["${path}"] }}`])),
						),
						...(lines
							? {
									lineSource: 'list',
									lineList: '={{ $json["lines"] }}',
									lineFields: mapper(columns),
								}
							: {}),
						...parameters,
					};
		return {
			id: name,
			name,
			type: NODE_TYPE,
			typeVersion: 1,
			position: [600, position * 150],
			onError: 'continueRegularOutput',
			parameters: {
				organisation: { __rl: true, mode: 'list', value: organisation },
				document: typeOf(name),
				...what,
			},
			...(xero ? { credentials: { xeroSyncOAuth2Api: xero } } : {}),
		};
	}

	function fieldsOf(name: string, phase: Phase) {
		const { fields, change } = caseOf(name);
		return { ...fields, ...(phase === 'change' ? change : {}) };
	}

	/** The record as it comes from Knack. */
	function recordOf(name: string, phase: Phase) {
		const number = String(NAMES.indexOf(name) + 1);
		const knack = { recordId: `5a4db0c5${number.padStart(16, '0')}`, table: 'object_1' };
		if (phase === 'status') return { id: at('create', name).own?.document.id, knack };
		return { ...fieldsOf(name, phase), lines: caseOf(name).lines, knack };
	}

	/** One workflow with a node for each case, each behind its record. */
	async function send(phase: Phase, names: readonly string[]): Promise<Result> {
		const start = { id: 'start', name: 'Start', typeVersion: 1, position: [0, 0], parameters: {} };
		const recordNode = (name: string) => `Record of ${name}`;
		const to = (...targets: readonly string[]) => ({
			main: [targets.map((node) => ({ node, type: 'main', index: 0 }))],
		});
		const workflowId = await n8n.rest.createWorkflow({
			name: `${phase} ${names.join(', ')}`.slice(0, 100),
			nodes: [
				{ ...start, type: 'n8n-nodes-base.manualTrigger' },
				...names.flatMap((name, index) => [
					{
						...start,
						id: recordNode(name),
						name: recordNode(name),
						type: 'n8n-nodes-base.noOp',
						position: [300, index * 150],
					},
					nodeFor(name, phase, index),
				]),
			],
			connections: {
				Start: to(...names.map(recordNode)),
				...Object.fromEntries(names.map((name) => [recordNode(name), to(name)])),
			},
			settings: { executionOrder: 'v1' },
			pinData: Object.fromEntries(
				names.map((name) => [recordNode(name), [{ json: recordOf(name, phase) }]]),
			),
		});
		sandbox.journal.clear();
		const execution = await n8n.run(workflowId, 'Start', 240_000);
		const writes = sandbox.journal.filter({ service: 'xero', kind: 'write', path: /\.xro\// });
		const outcomes = names.map((name) => {
			const items = [0, 1].flatMap((output) => outputItems(execution, name, output));
			const parsed = outcome.safeParse(items[0]);
			if (!parsed.success) throw new Error(`${phase} ${name}: ${JSON.stringify(items)}`);
			return [name, parsed.data] as const;
		});
		const reads = sandbox.journal.filter({ service: 'xero', kind: 'read' });
		const answers = JSON.stringify(reads.map(({ responseBody }) => responseBody)).toLowerCase();
		return { outcomes: Object.fromEntries(outcomes), writes: writes.length, answers };
	}

	describe.each(NAMES)('%s', (name) => {
		const { lines, change, operations = [], warnings = [], parameters } = caseOf(name);
		const { status, statusWarnings = [] } = caseOf(name);
		const codesOf = (own: z.infer<typeof outcome> | undefined) =>
			own?.issues.map(({ code }) => code) ?? ['no outcome'];
		// A rule may make another document of it.
		const isByRule = parameters !== undefined && 'documentRules' in parameters;
		const type = isByRule ? 'bankTransaction' : typeOf(name);

		it('is previewed without a write', () => {
			const { own, writes } = at('preview', name);
			expect([own?.outcome, codesOf(own)]).toEqual(['wouldCreate', warnings]);
			expect(own?.operations).toEqual(expect.arrayContaining([...operations]));
			expect(writes).toBe(0);
		});

		it('is created as it was previewed, and in the ledger', () => {
			const { own } = at('create', name);
			expect([own?.outcome, codesOf(own), own?.document.type]).toEqual(['created', warnings, type]);
			expect(own?.operations).toEqual(at('preview', name).own?.operations);
			const id = own?.document.id ?? 'none';
			expect(at('again', name).answers).toContain(id);
			if (lines) expect(own?.document.total).toBe(at('preview', name).own?.document.total);
		});

		it('is left alone when it comes again', () => {
			const { own, writes } = at('again', name);
			expect([own?.outcome, own?.changes]).toEqual(['unchanged', []]);
			expect(own?.document.id).toBe(at('create', name).own?.document.id);
			expect(writes).toBe(0);
		});

		it('is updated by what changed', () => {
			const { own } = at('change', name);
			const changed = Object.keys(change ?? {});
			expect(own?.outcome).toBe(changed.length > 0 ? 'updated' : 'unchanged');
			// The link back to the record, which bears what was sent, rides along.
			const hasLink = DOCUMENTS[type].fields.some(({ path }) => path === 'url');
			const riding = hasLink && changed.length > 0 ? ['sourceLink'] : [];
			expect(own?.changes.map(({ field }) => field)).toEqual([...changed, ...riding]);
			expect(own?.document.id).toBe(at('create', name).own?.document.id);
		});

		if (status === undefined) return;
		it(`is moved to ${status}`, () => {
			const { own } = at('status', name);
			expect([own?.outcome, codesOf(own)]).toEqual(['updated', statusWarnings]);
			const field = DOCUMENTS[type].statusPath;
			expect(own?.changes).toMatchObject([{ field, after: status }]);
			expect(own?.document).toMatchObject({ status, id: at('create', name).own?.document.id });
		});
	});

	describe.each(TYPES)('%s', (type) => {
		it('has a form with its required fields and the lists of the organisation', async () => {
			const { requiredFields, header, lines } = await forms(type);
			expect(header.filter(({ required }) => required).map(({ id }) => id)).toEqual(requiredFields);
			const dropdowns = [...header, ...lines].filter((field) => field.type === 'options');
			for (const { id, options } of dropdowns) expect([id, options.length > 0]).toEqual([id, true]);
			const account = lines.find(({ id }) => id === 'accountCode');
			if (!DOCUMENTS[type].lineFields?.some(({ path }) => path === 'accountCode')) return;
			expect(account?.options).toContainEqual({ name: '299 Made Just Now', value: '299' });
			expect(lines.find(({ id }) => id === 'taxType')?.options).toContainEqual({
				name: '20% (VAT on Income)',
				value: 'OUTPUT2',
			});
		});
	});

	/** The forms as the editor loads them. */
	async function forms(type: DocumentType) {
		const xero = credentials[connectionOf('create', 0)];
		const load = async (methodName: string) => {
			const fields = await n8n.rest.mappingFields({
				path: 'parameters.fields',
				methodName,
				nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
				currentNodeParameters: {
					organisation: { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID },
					document: type,
				},
				credentials: xero ? { xeroSyncOAuth2Api: xero } : {},
			});
			return z.array(formField).parse(fields);
		};
		const { fields } = DOCUMENTS[type];
		return {
			requiredFields: fields
				.filter((field) => 'requiredToCreate' in field && field.requiredToCreate === true)
				.map(({ path }) => path),
			header: await load('getDocumentFields'),
			lines: await load('getLineFields'),
		};
	}
});

const formField = z.object({
	id: z.string(),
	required: z.boolean(),
	type: z.string(),
	options: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
});
