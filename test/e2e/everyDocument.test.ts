import { z } from 'zod';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { allowAccess, sandboxCredentials } from '../../scripts/realN8n/connectedN8n';
import { outputItems } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import { prepared } from '../support/prepared';

const NODE_TYPE = 'n8n-nodes-knack-xero.mapUpsertToXero';
const TYPES = Object.keys(DOCUMENTS) as DocumentType[];

type Values = Readonly<Record<string, string>>;

interface Case {
	/** Values by field of the document, as an item from Knack carries them. */
	readonly fields: Values;
	readonly lines?: readonly Values[];
	/** What a person changes in Knack afterwards; nothing of a payment may be changed in Xero. */
	readonly change?: Values;
	/** The document that must be in Xero before it. */
	readonly after?: DocumentType;
}

const LINE: Values = {
	description: 'Labour',
	quantity: '2',
	unitAmount: '33.25',
	accountCode: '200 Sales',
	taxType: '20% (VAT on Income)',
};
const PURCHASE: Values = { ...LINE, accountCode: '429', taxType: '20% (VAT on Expenses)' };
const BASE: Values = { 'contact.name': 'Acme', date: '2026-11-20' };

const CASES: Readonly<Record<DocumentType, Case>> = {
	contact: {
		fields: { name: 'Acme', contactNumber: 'C-1', 'phones.mobile.phoneNumber': '555' },
		change: { 'phones.mobile.phoneNumber': '556' },
	},
	salesInvoice: {
		fields: { ...BASE, invoiceNumber: 'E-1', dueDate: '2026-12-20', status: 'AUTHORISED' },
		lines: [LINE, { ...LINE, description: 'Parts', unitAmount: '12.5' }],
		change: { dueDate: '2026-12-31' },
		after: 'contact',
	},
	bill: {
		fields: { ...BASE, invoiceNumber: 'S-1', dueDate: '2026-12-20', status: 'AUTHORISED' },
		lines: [PURCHASE],
		change: { dueDate: '2026-12-31' },
		after: 'contact',
	},
	salesCreditNote: {
		fields: { ...BASE, creditNoteNumber: 'CN-1', reference: 'R-1' },
		lines: [LINE],
		change: { date: '2026-11-21' },
		after: 'contact',
	},
	supplierCreditNote: {
		fields: { ...BASE, creditNoteNumber: 'SCN-1' },
		lines: [PURCHASE],
		change: { date: '2026-11-21' },
		after: 'contact',
	},
	purchaseOrder: {
		fields: { ...BASE, purchaseOrderNumber: 'PO-1', reference: 'R-1' },
		lines: [PURCHASE],
		change: { deliveryDate: '2026-12-01' },
		after: 'contact',
	},
	quote: {
		fields: { ...BASE, quoteNumber: 'Q-1', reference: 'R-1' },
		lines: [LINE],
		change: { title: 'A new roof' },
		after: 'contact',
	},
	item: {
		fields: { code: 'PIPE', name: 'Pipe', 'salesDetails.unitPrice': '12.3456' },
		change: { name: 'Copper pipe' },
	},
	payment: {
		fields: {
			'invoice.number': 'E-1',
			reference: 'DEP-1',
			date: '2026-11-21',
			amount: '25.50',
			'account.code': '090',
		},
		after: 'salesInvoice',
	},
	batchPayment: {
		fields: { date: '2026-11-21', details: 'RUN-47', 'account.code': '090' },
		lines: [{ 'invoice.id': 'S-1', lineAmount: '79.80' }],
		after: 'bill',
	},
	bankTransaction: {
		fields: { ...BASE, type: 'SPEND', 'bankAccount.code': '090', reference: 'CARD-1' },
		lines: [PURCHASE],
		change: { date: '2026-11-21' },
		after: 'contact',
	},
	manualJournal: {
		fields: { date: '2026-11-20', narration: 'Labour to jobs, week 47' },
		lines: [
			{ description: 'J-1', lineAmount: '120.10', accountCode: '429' },
			{ description: 'Wages recovered', lineAmount: '-120.10', accountCode: '200' },
		],
		change: { showOnCashBasisReports: 'false' },
	},
	trackingOption: {
		fields: { trackingCategoryID: 'Region', name: 'JOB-77' },
		change: { status: 'ARCHIVED' },
	},
	project: {
		fields: { contactId: 'Acme', name: 'J-1 Roof', estimateAmount: '5000' },
		change: { estimateAmount: '6500.5' },
		after: 'contact',
	},
	projectTask: {
		fields: { projectId: 'J-1 Roof', name: 'Tiling', chargeType: 'TIME', 'rate.value': '45.5' },
		change: { 'rate.value': '48' },
		after: 'project',
	},
	timeEntry: {
		fields: {
			projectId: 'J-1 Roof',
			taskId: 'Tiling',
			userId: 'rowan.ashby@example.com',
			dateUtc: '2026-11-20',
			duration: '90',
			description: 'North side',
		},
		change: { duration: '120' },
		after: 'projectTask',
	},
	timesheet: {
		fields: { employeeID: 'ida.berg@example.com', startDate: '2026-11-18' },
		lines: [{ date: '2026-11-17', earningsRateID: 'Ordinary Hours', numberOfUnits: '7.25' }],
	},
};

/** What the documents need, some of which a connection does not ask for unless told. */
const SCOPES = [
	'offline_access accounting.settings',
	...new Set(TYPES.map((type) => DOCUMENTS[type].scope)),
	'payroll.employees.read payroll.settings.read',
].join(' ');

const PHASES = ['preview', 'create', 'again', 'change'] as const;
type Phase = (typeof PHASES)[number];

const outcome = z.object({
	outcome: z.string(),
	document: z.object({
		type: z.string(),
		id: z.string().optional(),
		total: z.string().optional(),
	}),
	changes: z.array(z.object({ field: z.string() })),
	issues: z.array(z.unknown()),
});

interface Result {
	readonly outcomes: Readonly<Record<string, z.infer<typeof outcome>>>;
	/** Requests that change anything in Xero, while all documents of a step went. */
	readonly writes: number;
	/** All that Xero answered to reads meanwhile. */
	readonly answers: string;
}

/** Documents that may go together: each behind the one that it needs. */
function waves(): DocumentType[][] {
	const depth = (type: DocumentType): number => {
		const { after } = CASES[type];
		return after === undefined ? 0 : 1 + depth(after);
	};
	const deepest = Math.max(...TYPES.map(depth));
	return Array.from({ length: deepest + 1 }, (_, wave) =>
		TYPES.filter((type) => depth(type) === wave),
	);
}

describe('every document, in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let credentials: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
	const results = new Map<string, Result>();

	const at = (phase: Phase, type: DocumentType) => {
		const wave = waves().findIndex((types) => types.includes(type));
		const found = results.get(`${phase} ${wave}`);
		if (!found) throw new Error(`${phase} of ${type} did not run`);
		return { ...found, own: found.outcomes[type] };
	};

	/** A connection for each step: our own pace of sixty calls a minute goes by connection. */
	async function connect(name: string): Promise<{ id: string; name: string }> {
		const { xero } = sandboxCredentials(listening.url);
		const data = { ...xero.data, scope: SCOPES };
		const id = await n8n.rest.createCredential({ ...xero, data, name });
		await n8n.rest.connectAccount(id, allowAccess);
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
		for (const phase of PHASES) made[phase] = await connect(phase);
		credentials = made;
		for (const [index, types] of waves().entries()) {
			for (const phase of PHASES) results.set(`${phase} ${index}`, await send(phase, types));
		}
	}, 900_000);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	function nodeFor(type: DocumentType, phase: Phase, position: number) {
		const { fields, lines } = CASES[type];
		const item = `$json["${type}"]`;
		const names = Object.keys({ ...fields, ...(phase === 'change' ? CASES[type].change : {}) });
		const expressions = names.map((path) => [path, `={{ ${item}["${path}"] }}`]);
		const mapper = (value: unknown) => ({
			mappingMode: 'defineBelow',
			value,
			matchingColumns: [],
			schema: [],
		});
		const columns = Object.fromEntries(Object.keys(lines?.[0] ?? {}).map((each) => [each, each]));
		const xero = credentials[phase];
		return {
			id: `${type}`,
			name: type,
			type: NODE_TYPE,
			typeVersion: 1,
			position: [300, position * 150],
			onError: 'continueRegularOutput',
			parameters: {
				organisation: { __rl: true, mode: 'list', value: DEMO_TRADE_TENANT_ID },
				document: type,
				operation: phase === 'preview' ? 'preview' : 'upsert',
				fields: mapper(Object.fromEntries(expressions)),
				...(lines
					? {
							lineSource: 'list',
							lineList: `={{ ${item}["lines"] }}`,
							lineFields: mapper(columns),
						}
					: {}),
			},
			...(xero ? { credentials: { xeroSyncOAuth2Api: xero } } : {}),
		};
	}

	/** One workflow with a node for each document, all from one item. */
	async function send(phase: Phase, types: readonly DocumentType[]): Promise<Result> {
		const records = types.map((type) => {
			const { fields, lines, change } = CASES[type];
			return [type, { ...fields, ...(phase === 'change' ? change : {}), lines }] as const;
		});
		const knack = { recordId: '5a4db0c50000000000000001', table: 'object_1' };
		const workflowId = await n8n.rest.createWorkflow({
			name: `${phase} ${types.join(', ')}`,
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				...types.map((type, index) => nodeFor(type, phase, index)),
			],
			connections: {
				Start: { main: [types.map((type) => ({ node: type, type: 'main', index: 0 }))] },
			},
			settings: { executionOrder: 'v1' },
			pinData: { Start: [{ json: { ...Object.fromEntries(records), knack } }] },
		});
		sandbox.journal.clear();
		const execution = await n8n.run(workflowId, 'Start', 240_000);
		const writes = sandbox.journal.filter({ service: 'xero', kind: 'write', path: /\.xro\// });
		const outcomes = types.map((type) => {
			const items = [0, 1].flatMap((output) => outputItems(execution, type, output));
			const parsed = outcome.safeParse(items[0]);
			if (!parsed.success) throw new Error(`${phase} ${type}: ${JSON.stringify(items)}`);
			return [type, parsed.data] as const;
		});
		const reads = sandbox.journal.filter({ service: 'xero', kind: 'read' });
		const answers = JSON.stringify(reads.map(({ responseBody }) => responseBody)).toLowerCase();
		return { outcomes: Object.fromEntries(outcomes), writes: writes.length, answers };
	}

	describe.each(TYPES)('%s', (type) => {
		it('is previewed without a write', () => {
			const { own, writes } = at('preview', type);
			expect(own).toMatchObject({ outcome: 'wouldCreate', issues: [] });
			expect(writes).toBe(0);
		});

		it('is created as it was previewed, and in the ledger', () => {
			const { own } = at('create', type);
			expect(own).toMatchObject({ outcome: 'created', issues: [], document: { type } });
			const id = own?.document.id ?? 'none';
			expect(at('again', type).answers).toContain(id);
			if (CASES[type].lines) {
				expect(own?.document.total).toBe(at('preview', type).own?.document.total);
			}
		});

		it('is left alone when it comes again', () => {
			const { own, writes } = at('again', type);
			expect(own).toMatchObject({ outcome: 'unchanged', issues: [] });
			expect(own?.document.id).toBe(at('create', type).own?.document.id);
			expect(writes).toBe(0);
		});

		it('is updated by what changed', () => {
			const { own } = at('change', type);
			const changed = Object.keys(CASES[type].change ?? {});
			expect(own?.outcome).toBe(changed.length > 0 ? 'updated' : 'unchanged');
			// The link back to the record, which bears what was sent, rides along.
			const hasLink = DOCUMENTS[type].fields.some(({ path }) => path === 'url');
			const riding = hasLink ? ['sourceLink'] : [];
			expect(own?.changes.map(({ field }) => field)).toEqual([...changed, ...riding]);
			expect(own?.document.id).toBe(at('create', type).own?.document.id);
		});

		it('has a form with its required fields and the lists of the organisation', async () => {
			const { requiredFields, header, lines } = await forms(type);
			expect(header.filter(({ required }) => required).map(({ id }) => id)).toEqual(requiredFields);
			const dropdowns = [...header, ...lines].filter((field) => field.type === 'options');
			for (const { id, options } of dropdowns) expect([id, options.length > 0]).toEqual([id, true]);
			if (!CASES[type].lines) return;
			const account = lines.find(({ id }) => id === 'accountCode');
			expect(account?.options).toContainEqual({ name: '299 Made Just Now', value: '299' });
			expect(lines.find(({ id }) => id === 'taxType')?.options).toContainEqual({
				name: '20% (VAT on Income)',
				value: 'OUTPUT2',
			});
		});
	});

	/** The forms as the editor loads them. */
	async function forms(type: DocumentType) {
		const xero = credentials.create;
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
