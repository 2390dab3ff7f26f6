import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { commonPollingParameters } from 'n8n-core/dist/nodes-loader/constants';
import { NodeHelpers } from 'n8n-workflow';
import type {
	INode,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { z } from 'zod';

import { kindsInRules } from '../../lib/n8n/mapUpsert/documentRules';
import { chosenColumn, fieldForAllLines } from '../../lib/sync/map/columnChoice';
import { headerFields, lineFields } from '../../lib/sync/map/mappableFields';
import { DOCUMENTS } from '../../lib/xero/documents';
import { createSandbox } from '../../sandbox/sandbox';
import { withPresentForms } from '../../scripts/presentForms';

const root = path.join(__dirname, '../..');
const folder = path.join(root, 'workflows-examples');
const OURS = 'n8n-nodes-knack-xero.';
const STICKY = 'n8n-nodes-base.stickyNote';

/** n8n's own nodes in versions that every n8n since 2.11 has. */
const BUILT_IN: Readonly<Record<string, number>> = {
	[STICKY]: 1,
	'n8n-nodes-base.set': 3.4,
	'n8n-nodes-base.if': 2.2,
	'n8n-nodes-base.noOp': 1,
	'n8n-nodes-base.filter': 2.2,
	'n8n-nodes-base.switch': 3.2,
	'n8n-nodes-base.merge': 3,
	'n8n-nodes-base.limit': 1,
	'n8n-nodes-base.wait': 1.1,
	'n8n-nodes-base.removeDuplicates': 2,
	'n8n-nodes-base.errorTrigger': 1,
	'n8n-nodes-base.manualTrigger': 1,
	'n8n-nodes-base.scheduleTrigger': 1.2,
	'n8n-nodes-base.slack': 2.3,
	'n8n-nodes-base.emailSend': 2.1,
	'n8n-nodes-base.hubspot': 2.1,
	'n8n-nodes-base.httpRequest': 4.2,
	'n8n-nodes-base.stopAndError': 1,
};

const workflowSchema = z
	.object({
		name: z.string(),
		active: z.literal(false),
		nodes: z.array(
			z
				.object({
					id: z.string().uuid(),
					name: z.string(),
					type: z.string(),
					typeVersion: z.number(),
					position: z.tuple([z.number(), z.number()]),
					parameters: z.record(z.unknown()),
					webhookId: z.string().uuid().optional(),
					disabled: z.literal(true).optional(),
					onError: z.enum(['continueErrorOutput', 'continueRegularOutput']).optional(),
					retryOnFail: z.boolean().optional(),
					maxTries: z.number().optional(),
					waitBetweenTries: z.number().optional(),
					executeOnce: z.literal(true).optional(),
					alwaysOutputData: z.literal(true).optional(),
				})
				// Anything else (credentials above all) does not belong into an example.
				.strict(),
		),
		connections: z.record(
			z.object({
				main: z.array(
					z.array(z.object({ node: z.string(), type: z.literal('main'), index: z.number() })),
				),
			}),
		),
		settings: z.object({ executionOrder: z.literal('v1') }).strict(),
		pinData: z.record(z.array(z.object({ json: z.record(z.unknown()) }).strict())),
	})
	.strict();

type Workflow = z.infer<typeof workflowSchema>;
type WorkflowNode = Workflow['nodes'][number];

const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const texts = new Map(files.map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]));
const read = (file: string): Workflow => workflowSchema.parse(JSON.parse(texts.get(file) ?? ''));

const manifest: { n8n: { nodes: string[] } } = JSON.parse(
	readFileSync(path.join(root, 'package.json'), 'utf8'),
);

const ourTypes = new Map<string, INodeTypeDescription>(
	manifest.n8n.nodes.map((listed) => {
		const file = path.join(root, listed.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
		const name = path.basename(file, '.node.ts');
		const exported: Record<string, unknown> = jest.requireActual(file);
		const Class = exported[name];
		if (typeof Class !== 'function') throw new Error(`${name}.node.ts exports no class ${name}`);
		const { description }: INodeType = Reflect.construct(Class, []);
		// n8n gives every polling node its Poll Times.
		const properties = description.polling
			? [...commonPollingParameters, ...description.properties]
			: description.properties;
		return [`${OURS}${description.name}`, { ...description, properties }] as const;
	}),
);

const schemas = [...createSandbox().knack.appState().tables.values()].map(({ schema }) => schema);

/** The fields of the sandbox's tables by name, as the trigger's items carry them. */
const tables = new Map(
	schemas.map(({ name, fields }) => [name, fields.map((field) => field.name)]),
);

const fieldNames = [...tables.values()].flat();

/** `Orders` for `object_2`, `Orders.Status` for `field_11`. */
const nameOfKey = new Map(
	schemas.flatMap(({ key, name, fields }) => [
		[key, name] as const,
		...fields.map((field) => [field.key, `${name}.${field.name}`] as const),
	]),
);

it('are numbered, and each has its row in their README', () => {
	const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
	const rows = [...readme.matchAll(/^\| \[([^\]]+)\]\(([^)]+)\) \|/gm)];
	expect(rows.map(([, label]) => label)).toEqual(files.sort());
	expect(rows.map(([, , target]) => target)).toEqual(files.sort());
	const numbers = files.map((file) => /^(\d\d)-[a-z]/.exec(file)?.[1]);
	expect(new Set(numbers).size).toBe(files.length);
	expect(numbers).not.toContain(undefined);
});

describe.each(files)('%s', (file) => {
	const workflow = read(file);
	const { nodes, connections, pinData } = workflow;
	const names = new Set(nodes.map(({ name }) => name));
	const steps = nodes.filter(({ type }) => type !== STICKY);
	const ours = steps.filter(({ type }) => type.startsWith(OURS));
	const upserts = ours.filter(({ type }) => type === `${OURS}mapUpsertToXero`);
	const strings = nodes.flatMap((node) => stringsIn(node.parameters));

	it('is named by what it does: a verb, an object, a place', () => {
		expect(workflow.name).toMatch(/^(Post|Write|Invoice|Sync|Digest|Review|Tell) .*(Knack|Xero)/);
		expect(workflow.name).toMatch(/^[\x20-\x7e]+$/);
	});

	it('has names and ids of its own for every node', () => {
		expect(names.size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		const asTheyCome = steps.filter(({ name }) =>
			/^(Edit Fields|Set|If|Filter|Switch|Wait|Merge|Send Email|Remove Duplicates|Slack|HubSpot|HTTP Request|Knack|Knack Trigger|Schedule Trigger|Error Trigger|Xero Trigger|No Operation, do nothing|Map & Upsert to Xero|Payment Status to Knack|Xero Insights)\d*$/.test(
				name,
			),
		);
		expect(asTheyCome.map(({ name }) => name)).toEqual([]);
	});

	it('has its connections between nodes and outputs that are there', () => {
		for (const [from, { main }] of Object.entries(connections)) {
			const source = steps.find(({ name }) => name === from);
			if (!source) throw new Error(`A connection comes from "${from}", which is not there`);
			expect(main.length).toBeLessThanOrEqual(outputsOf(source));
			for (const { node, index } of main.flat()) {
				expect(steps.map(({ name }) => name)).toContain(node);
				const target = steps.find(({ name }) => name === node);
				expect(index).toBeLessThan(target ? inputsOf(target) : 0);
			}
		}
	});

	it('reaches every step from its triggers', () => {
		const triggers = steps.filter(({ type }) => /trigger$/i.test(type));
		expect(triggers.length).toBeGreaterThan(0);
		const reached = new Set(triggers.map(({ name }) => name));
		for (const from of reached) {
			for (const { node } of (connections[from]?.main ?? []).flat()) reached.add(node);
		}
		expect([...reached].sort()).toEqual(steps.map(({ name }) => name).sort());
	});

	it('leads every error output somewhere', () => {
		for (const node of steps.filter(({ onError }) => onError === 'continueErrorOutput')) {
			expect(connections[node.name]?.main[outputsOf(node) - 1]?.length).toBeGreaterThan(0);
		}
		for (const node of ours.filter(({ type, parameters }) => outputCount(type, parameters) > 1)) {
			expect(connections[node.name]?.main[1]?.length).toBeGreaterThan(0);
		}
	});

	it('uses versions of n8n’s nodes that the oldest supported n8n has', () => {
		for (const node of nodes.filter(({ type }) => !type.startsWith(OURS))) {
			expect([node.type, node.typeVersion]).toEqual([node.type, BUILT_IN[node.type]]);
		}
	});

	it('gives our nodes only parameters that they have, and show', () => {
		for (const node of ours) {
			const description = ourTypes.get(node.type);
			if (!description) throw new Error(`There is no node ${node.type}`);
			expect([node.name, description.version]).toEqual([node.name, node.typeVersion]);
			expect(unknownIn(description.properties, node.parameters)).toEqual([]);
			const parameters = node.parameters as INodeParameters;
			const shown = NodeHelpers.getNodeParameters(
				description.properties,
				parameters,
				true,
				false,
				asNode(node),
				description,
			);
			const hidden = Object.keys(parameters).filter((name) => !(name in (shown ?? {})));
			expect([node.name, hidden]).toEqual([node.name, []]);
		}
	});

	it('fills in what our nodes require', () => {
		for (const node of ours) {
			const description = ourTypes.get(node.type);
			const issues = NodeHelpers.getNodeParametersIssues(
				description?.properties ?? [],
				asNode(node),
				description ?? null,
			);
			expect([node.name, issues]).toEqual([node.name, null]);
		}
	});

	it('maps to fields that the document has', () => {
		for (const node of upserts) {
			const definition = Object.values(DOCUMENTS).find(
				({ type }) => type === node.parameters.document,
			);
			if (!definition) throw new Error('There is no such document');
			const byRule = kindsInRules(node.parameters.documentRules);
			const known = {
				fields: [definition, ...byRule].flatMap(headerFields).map((field) => field.path),
				lineFields: lineFields(definition).map((field) => field.path),
			};
			const hasLines = known.lineFields.length > 0;
			expect(node.parameters.lineFields !== undefined).toBe(hasLines);
			for (const mapper of hasLines ? (['fields', 'lineFields'] as const) : ['fields' as const]) {
				const { value, schema } = mapperSchema.parse(node.parameters[mapper]);
				// Tracking categories are an organisation's own.
				const mapped = Object.keys(value)
					.map((id) => fieldForAllLines(id) ?? id)
					.filter((id) => !id.startsWith('tracking.'));
				expect(known[mapper]).toEqual(expect.arrayContaining(mapped));
				expect(schema.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(value)));
			}
			if (!hasLines) continue;
			const chosen = Object.entries(mapperSchema.parse(node.parameters.lineFields).value);
			const columns = chosen
				.filter(([id]) => fieldForAllLines(id) === undefined)
				.map(([, choice]) => chosenColumn(choice));
			expect([...fieldNames, ...addedBy(workflow)]).toEqual(expect.arrayContaining(columns));
		}
	});

	it('keeps its forms as the node draws them (else run: node scripts/exampleForms.mjs)', () => {
		// The editor compares, and greets people with "fields are outdated" where they differ.
		expect(withPresentForms(texts.get(file) ?? '')).toBe(texts.get(file));
	});

	it('asks only for nodes and Knack fields that are there', () => {
		const known = new Set([
			...fieldNames,
			...fieldNames.map((name) => `${name} Record`),
			...tables.keys(),
			...addedBy(workflow),
		]);
		const labels = ours.flatMap((node) => stringsIn(node.parameters)).flatMap(labelsIn);
		expect(labels.filter((label) => !known.has(label))).toEqual([]);
		const asked = strings.flatMap((text) =>
			[...text.matchAll(/\$\('([^']+)'\)/g)].map((match) => match[1] ?? ''),
		);
		expect(asked.filter((name) => !names.has(name))).toEqual([]);
	});

	it('chooses the tables and fields of the sandbox, and names those that it writes', () => {
		for (const { parameters } of ours) {
			// A preview writes nothing back, and Xero Trigger has no table of Knack.
			if (parameters.table === undefined) continue;
			const { cachedResultName, ...table } = tableSchema.parse(parameters.table);
			expect(table).toEqual({
				__rl: true,
				mode: 'list',
				value: schemas.find(({ name }) => name === cachedResultName)?.key,
			});
			const chosen = [
				parameters.writeBackFields,
				parameters.matchFields,
				parameters.fieldsToWrite,
				parameters.jobFields,
				parameters.customerFields,
				parameters.amountField,
				asRecord(parameters.options ?? {}).retryField,
				asRecord(parameters.options ?? {}).untilSynced,
			].flatMap(stringsIn);
			// A key would be some other field in another app, and that would be written over.
			expect(chosen.filter((name) => !/^=[A-Z]/.test(name))).toEqual([]);
			expect(tables.get(cachedResultName)).toEqual(
				expect.arrayContaining(chosen.map((name) => name.slice(1))),
			);
		}
		for (const { parameters } of ours) {
			const { knackTable, differencesTable, plannedTable } = parameters;
			for (const other of [knackTable, differencesTable, plannedTable]) {
				if (other === undefined) continue;
				const { cachedResultName, value } = tableSchema.parse(other);
				expect(value).toBe(schemas.find(({ name }) => name === cachedResultName)?.key);
				if (other !== plannedTable) continue;
				const read = stringsIn(parameters.plannedFields).map((name) => name.slice(1));
				expect(tables.get(cachedResultName)).toEqual(expect.arrayContaining(read));
			}
		}
		for (const { name, type, parameters } of ours) {
			if (type !== `${OURS}knackTrigger` && type !== `${OURS}knack`) continue;
			const keys = stringsIn({ ...parameters, table: undefined }).flatMap(
				(text) => text.match(/(object|field)_\d+/g) ?? [],
			);
			expect([name, keys.map((key) => nameOfKey.get(key))]).toEqual([
				name,
				READ_BY_KEY[name] ?? [],
			]);
		}
	});

	it('writes onto Knack records only fields that its items name', () => {
		const writing = ours.filter(
			({ type, parameters }) =>
				type === `${OURS}knack` && ['update', 'upsert'].includes(String(parameters.operation)),
		);
		for (const node of writing) {
			expect(node.parameters.fields).toMatchObject({ mappingMode: 'autoMapInputData' });
			const sources = steps.filter(({ name }) =>
				(connections[name]?.main ?? []).flat().some((target) => target.node === node.name),
			);
			expect(sources.length).toBeGreaterThan(0);
			for (const source of sources) {
				const { assignments } = assignmentsSchema.parse(source.parameters.assignments);
				const { cachedResultName } = tableSchema.parse(node.parameters.table);
				const written = assignments.map(({ name }) => name).filter((name) => name !== 'knack');
				expect(tables.get(cachedResultName)).toEqual(expect.arrayContaining(written));
				expect(source.parameters.includeOtherFields).toBe(false);
			}
		}
	});

	it('starts again with what was mended, where the upsert says what is wrong', () => {
		for (const { parameters } of ours.filter(({ type }) => type === `${OURS}knackTrigger`)) {
			const messages = upserts.map((node) => asRecord(node.parameters.writeBackFields).message);
			expect(messages[0]).toMatch(/^=\w/);
			// A trigger on every edit needs no telling which records are in trouble.
			if (parameters.triggerOn === 'createdOrUpdated') continue;
			expect(new Set(messages)).toEqual(new Set([asRecord(parameters.options).retryField]));
		}
	});

	it('hands on again what has neither a Xero ID nor a message, where the upsert writes both', () => {
		for (const { name, parameters } of ours.filter(({ type }) => type === `${OURS}knackTrigger`)) {
			const { fields } = asRecord(asRecord(parameters.options).untilSynced);
			const written = upserts.map((node) => asRecord(node.parameters.writeBackFields));
			expect([name, written]).toEqual([
				name,
				expect.arrayContaining([
					expect.objectContaining({
						xeroId: asRecord(fields).xeroIdField,
						message: asRecord(fields).messageField,
					}),
				]),
			]);
		}
	});

	it('carries no secret, no account and no instance', () => {
		const text = texts.get(file) ?? '';
		expect(text).not.toMatch(/instanceId|versionId|"credentials"|webhookUrl/);
		expect(text).not.toMatch(/xox[abp]-|Bearer |api[_-]?key"|client_?secret|hooks\.slack\.com/i);
		// Whatever looks like an id of Knack's is the sample's, which belongs to nobody.
		const knackIds = (text.match(/\b[0-9a-f]{24}\b/g) ?? []).filter((id) => !/^0+\d?$/.test(id));
		expect(knackIds).toEqual([]);
		const addresses = text.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
		expect(addresses.filter((address) => !/example\.(com|org)$/.test(address))).toEqual([]);
		const uuids = text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? [];
		// Only ids of nodes, conditions and assignments, each in its own place, and of samples.
		const own = uuids.filter((id) => !/^0{8}-0{4}-/.test(id));
		expect(new Set(own).size).toBe(own.length);
	});

	it('has a Configure Me step whose every value is used, and a sample to look at', () => {
		const configure = steps.find(({ name }) => name === 'Configure Me');
		const { assignments } = assignmentsSchema.parse(configure?.parameters.assignments);
		expect(assignments.length).toBeGreaterThan(0);
		const used = strings.join('\n');
		const unused = assignments.filter(
			({ name }) => !used.includes(`["${name}"]`) && !used.includes(`['${name}']`),
		);
		expect(unused.map(({ name }) => name)).toEqual([]);
		expect(Object.values(pinData).flat().length).toBeGreaterThan(0);
	});

	it('carries a webhook id wherever n8n would listen to one', () => {
		const listening = steps.filter(({ type }) => ourTypes.get(type)?.webhooks?.length);
		for (const node of listening) expect(node.webhookId).toBeDefined();
	});

	it('has one yellow overview at the top left, and white notes for its parts', () => {
		const notes = nodes
			.filter(({ type }) => type === STICKY)
			.map((node) => ({ position: node.position, ...noteSchema.parse(node.parameters) }));
		const [overview, ...others] = notes.filter(({ color }) => color === 1);
		if (!overview) throw new Error('There is no yellow note');
		expect(others).toEqual([]);
		expect(wordsIn(overview.content)).toBeGreaterThanOrEqual(100);
		expect(wordsIn(overview.content)).toBeLessThanOrEqual(300);
		expect(overview.content).toMatch(/# How it works/);
		expect(overview.content).toMatch(/# Setup/);
		expect(Math.min(...nodes.map(({ position }) => position[0]))).toBe(overview.position[0]);
		expect(Math.min(...nodes.map(({ position }) => position[1]))).toBe(overview.position[1]);
		const sections = notes.filter(({ color }) => color === 7);
		expect(sections.length).toBe(notes.length - 1);
		for (const { content } of sections) expect(wordsIn(content)).toBeLessThan(50);
		for (const step of steps) {
			expect([step.name, sections.some((section) => covers(section, step.position))]).toEqual([
				step.name,
				true,
			]);
		}
	});

	it('posts nothing that is pinned: the samples are left out', () => {
		const samples = Object.values(pinData).flat();
		if (samples.length === 0 || upserts.length === 0) return;
		for (const { json } of samples) {
			expect(json).toMatchObject({ knack: { recordId: '0'.repeat(24) } });
		}
		for (const node of upserts) {
			expect(node.parameters.useCondition).toBe(true);
			expect(node.parameters.condition).toMatchObject({
				combinator: 'and',
				conditions: [
					{
						leftValue: '={{ $json.knack?.recordId }}',
						rightValue: '0'.repeat(24),
						operator: { type: 'string', operation: 'notEquals' },
					},
				],
			});
		}
	});
});

/** What is read by its key, by the step that reads it. */
const READ_BY_KEY: Readonly<Record<string, readonly string[]>> = {
	'When an Order Is Completed': [
		'Orders.Status',
		'Order Lines',
		'Order Lines.Order',
		'Orders.Customer',
	],
	'Get Old Orders That Are Not in Xero': ['Orders.Status', 'Orders.Xero Invoice ID'],
	'When a Job Starts': ['Jobs.Status', 'Jobs.Customer'],
	'When a Job Is Finished': [
		'Jobs.Status',
		'Job Tasks',
		'Job Tasks.Job',
		'Timesheets',
		'Timesheets.Job',
		'Jobs.Customer',
	],
	'Get Tasks That Are Not in Xero': ['Job Tasks.Xero Task ID', 'Job Tasks.Job'],
	'Get Approved Hours That Are Not in Xero': [
		'Timesheets.Xero Time Entry ID',
		'Timesheets.Approved',
		'Timesheets.Job',
		'Timesheets.Task',
	],
	'When an Expense Is Submitted': ['Card Expenses.Status'],
	'When a Month Is Ready': ['Cost Months.Status', 'Timesheets', 'Timesheets.Cost Month'],
	'Get the Customers It May Be': [
		'Customers.Xero Contact ID',
		'Customers.Name',
		// As a form of Knack may have kept it.
		'Customers.Name',
		'Customers.Customer Number',
		'Customers.Email',
	],
	'Get Customers That Are Not Linked': ['Customers.Xero Contact ID'],
	'Get Overdue Orders': ['Orders.Due Date', 'Orders.Amount Due', 'Orders.Due Date'],
	'Get Blocked Orders': ['Orders.Sync Message'],
	'Get the Review Queue': ['Orders.Sync Message', 'Orders.Review'],
	'Get the Orders of That Time': ['Orders.Status', 'Orders.Order Date'],
	'Get the Orders of These Days': ['Orders.Status', 'Orders.Order Date', 'Orders.Order Date'],
	'Get What Was Ticked': ['Differences.State', 'Differences.Way'],
	'When a Claim Is Ready': ['Claims.Status', 'Claims.Job'],
	'Read Its Job': ['Claims', 'Claims.Job', 'Jobs.Customer'],
	'Get Jobs with a Contract': ['Jobs.Contract Sum', 'Claims', 'Claims.Job'],
	'When a Bill Is Approved': [
		'Bills.Status',
		'Bills.Job',
		'Bills.Cost Code',
		'Bills.Purchase Order',
	],
};

const tableSchema = z.object({
	__rl: z.literal(true),
	mode: z.string(),
	value: z.string(),
	cachedResultName: z.string(),
});

const assignmentsSchema = z.object({ assignments: z.array(z.object({ name: z.string() })) });

const noteSchema = z.object({
	content: z.string(),
	width: z.number(),
	height: z.number(),
	color: z.number(),
});

const mapperSchema = z.object({
	mappingMode: z.literal('defineBelow'),
	value: z.record(z.string()),
	schema: z.array(z.object({ id: z.string() })),
});

/** Names that Edit Fields steps add to items, whether in their list or in their JSON. */
function addedBy({ nodes }: Workflow): string[] {
	return nodes
		.filter(({ type }) => type === 'n8n-nodes-base.set')
		.flatMap(({ parameters }) => {
			const { assignments, jsonOutput } = setSchema.parse(parameters);
			const texts = [jsonOutput, ...assignments.assignments.map(({ value }) => value)];
			return [
				...assignments.assignments.map(({ name }) => name),
				...texts.flatMap((text) =>
					[...text.matchAll(/^\s+([A-Z]\w*):|'([^']+)':/gm)].map(
						([, bare, quoted]) => bare ?? quoted ?? '',
					),
				),
			];
		});
}

const setSchema = z.object({
	jsonOutput: z.string().default(''),
	assignments: z
		.object({ assignments: z.array(z.object({ name: z.string(), value: z.coerce.string() })) })
		.default({ assignments: [] }),
});

/** Where the options ask for it, Map & Upsert has an output more. */
const hasReport = z.union([
	z.object({ options: z.object({ report: z.literal(true) }) }),
	z.object({ operation: z.literal('shadow') }),
]);

function asNode(node: WorkflowNode): INode {
	return { ...node, parameters: node.parameters as INodeParameters };
}

function outputCount(type: string, parameters: unknown): number {
	const outputs = ourTypes.get(type)?.outputs;
	if (Array.isArray(outputs)) return outputs.length;
	if (type === `${OURS}mapUpsertToXero`) return hasReport.safeParse(parameters).success ? 3 : 2;
	if (type === 'n8n-nodes-base.if') return 2;
	return type === 'n8n-nodes-base.stopAndError' ? 0 : 1;
}

function outputsOf({ type, onError, parameters }: WorkflowNode): number {
	const own =
		type === 'n8n-nodes-base.switch' ? branchCount(parameters) : outputCount(type, parameters);
	return own + (onError === 'continueErrorOutput' ? 1 : 0);
}

function inputsOf({ type, parameters }: WorkflowNode): number {
	if (type !== 'n8n-nodes-base.merge') return 1;
	return z.number().default(2).parse(parameters.numberInputs);
}

/** One for each rule of a Switch, and one for what fits none where there is such a branch. */
function branchCount(parameters: unknown): number {
	const { rules, options } = z
		.object({
			rules: z.object({ values: z.array(z.unknown()) }),
			options: z.object({ fallbackOutput: z.string().optional() }).default({}),
		})
		.parse(parameters);
	return rules.values.length + (options.fallbackOutput === 'extra' ? 1 : 0);
}

function covers(
	{ position, width, height }: { position: [number, number]; width: number; height: number },
	[x, y]: [number, number],
): boolean {
	const [left, top] = position;
	return x >= left && y >= top && x <= left + width && y <= top + height;
}

function wordsIn(text: string): number {
	return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(stringsIn);
}

/** `$json["Order Number"]` and `$json["Customer Record"]?.["Email"]`. */
function labelsIn(text: string): string[] {
	return [...text.matchAll(/\$json(?:\["([^"]+)"\])(?:\??\.?\["([^"]+)"\])?/g)].flatMap((match) =>
		[match[1], match[2]].flatMap((label) => label ?? []),
	);
}

/** Paths of values that a description does not know. */
function unknownIn(
	properties: readonly INodeProperties[],
	values: Readonly<Record<string, unknown>>,
	prefix = '',
): string[] {
	return Object.entries(values).flatMap(([name, value]) => {
		const place = `${prefix}${name}`;
		const known = properties.filter((property) => property.name === name);
		if (known.length === 0) return [place];
		const unknown = known.map((property) => unknownInValue(property, value, place));
		return unknown.find((paths) => paths.length === 0) ?? unknown[0] ?? [];
	});
}

function unknownInValue(property: INodeProperties, value: unknown, place: string): string[] {
	switch (property.type) {
		case 'collection':
			return unknownIn((property.options ?? []).filter(isProperty), asRecord(value), `${place}.`);
		case 'fixedCollection':
			return Object.entries(asRecord(value)).flatMap(([group, entries]) => {
				const collection = (property.options ?? [])
					.filter(isCollection)
					.find((option) => option.name === group);
				if (!collection) return [`${place}.${group}`];
				return (Array.isArray(entries) ? entries : [entries]).flatMap((entry) =>
					unknownIn(collection.values, asRecord(entry), `${place}.${group}.`),
				);
			});
		case 'resourceLocator': {
			const { mode } = asRecord(value);
			return property.modes?.some(({ name }) => name === mode) ? [] : [`${place}.mode`];
		}
		case 'options':
		case 'multiOptions': {
			const choices = (property.options ?? []).filter(isChoice).map((option) => option.value);
			if (choices.length === 0) return [];
			const given = Array.isArray(value) ? value : [value];
			return given.every((each) => isExpression(each) || choices.includes(each)) ? [] : [place];
		}
		default:
			return [];
	}
}

const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

function asRecord(value: unknown): Record<string, unknown> {
	return z.record(z.unknown()).parse(value);
}

type Entry = INodePropertyOptions | INodeProperties | INodePropertyCollection;

function isCollection(entry: Entry): entry is INodePropertyCollection {
	return 'values' in entry;
}

function isChoice(entry: Entry): entry is INodePropertyOptions {
	return 'value' in entry;
}

function isProperty(entry: Entry): entry is INodeProperties {
	return 'type' in entry && !isChoice(entry) && !isCollection(entry);
}
