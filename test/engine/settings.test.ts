import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodeType,
	IPollFunctions,
} from 'n8n-workflow';
import { readTriggerSettings } from '../../lib/n8n/knackTrigger/triggerSettings';
import { readItemParameters } from '../../lib/n8n/mapUpsert/itemParameters';
import { OPTIONS } from '../../lib/n8n/mapUpsert/options';
import {
	readSoughtRuns,
	readUndoItems,
	readUndoParameters,
} from '../../lib/n8n/mapUpsert/undo/readUndo';
import { readXeroCalls } from '../../lib/n8n/mapUpsert/readXeroCalls';
import { readOperation, readRunParameters } from '../../lib/n8n/mapUpsert/runParameters';
import {
	readPaymentItem,
	readPaymentParameters,
} from '../../lib/n8n/paymentStatus/paymentParameters';
import { readXeroTriggerSettings } from '../../lib/n8n/xeroTrigger/triggerSettings';
import { Knack } from '../../nodes/Knack/Knack.node';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { XeroTrigger } from '../../nodes/XeroTrigger/XeroTrigger.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { nodeSettings, type NodeSetting } from '../support/nodeSettings';
import { createHarness, ours, type Harness } from './harness';
import { mapper, ORDER_FIELDS } from './mapUpsertItems';

const NODES = {
	mapUpsertToXero: new MapUpsertToXero(),
	paymentStatusToKnack: new PaymentStatusToKnack(),
	knack: new Knack(),
	knackTrigger: new KnackTrigger(),
	xeroTrigger: new XeroTrigger(),
};
type Name = keyof typeof NODES;

const located = (value: string) => ({ __rl: true, mode: 'id', value });

/** What each node needs besides the setting that a case is about. */
const BASE: Readonly<Record<Name, INodeParameters>> = {
	mapUpsertToXero: {
		organisation: located(DEMO_TRADE_TENANT_ID),
		fields: mapper(ORDER_FIELDS) as INodeParameters,
		newStatus: '={{ "VOIDED" }}',
		numberTemplate: 'JOB-{Job}',
		lineTable: located('object_5'),
		lineConnection: 'field_30',
		path: 'Invoices',
		planNumber: '1',
		approvedBy: 'Ida Berg',
		approvalTokenField: 'field_1',
		logTable: located('object_8'),
		undoLogTable: located('object_8'),
		undoRun: located('1042'),
	},
	paymentStatusToKnack: {
		organisation: located(DEMO_TRADE_TENANT_ID),
		table: located('object_2'),
		matchFields: { invoiceId: 'field_1' },
		invoiceValue: 'INV-1',
		historyTable: located('object_7'),
		historyRecordField: 'field_70',
		historyKeyField: 'field_71',
		logTable: located('object_8'),
	},
	knack: {
		table: located('object_2'),
		recordId: located('6740f1c29a3b4e0012ab34cd'),
		fileField: 'field_9',
		path: 'objects/object_2/records',
		logTable: located('object_8'),
		person: 'pat@example.com',
		soughtRecord: '6740f1c29a3b4e0012ab34cd',
	},
	knackTrigger: { table: located('object_2') },
	xeroTrigger: {},
};

const ALWAYS = {
	combinator: 'and',
	conditions: [
		{ leftValue: '={{ 1 }}', rightValue: 1, operator: { type: 'number', operation: 'equals' } },
	],
};

const CONDITION = {
	'conditions.condition': { field: 'field_1|text' },
	'documentRules.entries': { conditions: ALWAYS, document: 'bill' },
	'statusRules.entries': { conditions: ALWAYS, status: 'DRAFT' },
	'options.defaults.entries': { field: 'reference', value: 'R' },
};

/** Values of the record rather than settings: each kind is read by what it is for. */
const DATA = new Set([
	'guards.letGo',
	'lineList',
	'linesList',
	'agentLines',
	'groupBy',
	'options.defaults.entries.value',
	'options.recordEditedOn',
	'conditions.condition.value',
	...['approver', 'knackUser', 'n8nUser', 'reason'].map((hand) => `logHands.${hand}`),
	...['by', 'code', 'creditLimit', 'on', 'reason', 'workDay'].map(
		(answer) => `options.unusualAnswers.fields.${answer}`,
	),
]);
/** Read for each record where it is mapped, or by the rules. */
const READ_LATER = new Set([
	'status',
	'newStatus',
	'statusRules.entries.status',
	'options.rules.entries.code',
]);
const NOT_SET_BY_ANYBODY = new Set(['notice', 'hidden', 'filter']);

const GROUP = { some: 'group' };

function unreadable(path: string, property: INodeProperties): unknown {
	// A rule that is not known is a warning; see below.
	if (path === 'options.rules.entries.code') return GROUP;
	const isListed = (property.options ?? []).length > 0;
	switch (property.type) {
		case 'options':
			return isListed ? 'none of these' : GROUP;
		case 'multiOptions':
			return isListed ? ['none of these'] : 'not a list';
		case 'boolean':
			return 'perhaps';
		case 'number':
			return 'many';
		case 'dateTime':
			return 'soon';
		case 'json':
			return '{"match"';
		case 'resourceMapper':
			return { mappingMode: 'perhaps', value: null };
		case 'resourceLocator':
			return { __rl: true, mode: 'list', value: GROUP };
		default:
			return GROUP;
	}
}

const settingsOf = (name: Name): NodeSetting[] =>
	nodeSettings(NODES[name].description, CONDITION).filter(
		(one) => !DATA.has(one.path) && !NOT_SET_BY_ANYBODY.has(one.property.type),
	);

const CASES = Object.keys(NODES).flatMap((name) =>
	settingsOf(name as Name).map((setting) => ({ name: name as Name, setting, path: setting.path })),
);

const ITEM: INodeExecutionData = {
	json: { knack: { recordId: '6740f1c29a3b4e0012ab34cd', table: 'object_2' }, Job: 1 },
	binary: { data: { data: 'YQ==', mimeType: 'text/plain' } },
};

/** A node whose run gives what it read, so that two ways of setting it can be held side by side. */
const READERS: Readonly<Record<string, INodeType>> = {
	mapUpsertToXero: Object.assign(new MapUpsertToXero(), {
		async execute(this: IExecuteFunctions) {
			const operation = readOperation(this);
			if (operation === 'apiCall') return asItems(readXeroCalls(this));
			if (operation === 'approve') return asItems({});
			if (operation === 'undo') {
				const undo = await readUndoParameters(this);
				const read = undo.source === 'syncLog' ? readSoughtRuns : readUndoItems;
				return asItems({ run: undo, items: read(this, undo) });
			}
			const run = readRunParameters(this, operation);
			const [first] = this.getInputData();
			const item = first && readItemParameters(this, first, 0, run);
			return asItems({ run: { ...run, definition: run.definition.type }, item });
		},
	}),
	paymentStatusToKnack: Object.assign(new PaymentStatusToKnack(), {
		async execute(this: IExecuteFunctions) {
			const run = readPaymentParameters(this);
			const [first] = this.getInputData();
			return asItems({ run, item: first && readPaymentItem(this, first, 0, run) });
		},
	}),
	knackTrigger: Object.assign(new KnackTrigger(), {
		async poll(this: IPollFunctions) {
			const { filtersFor, ...settings } = readTriggerSettings(this);
			const table = { key: 'object_2', name: 'Orders', fields: [] };
			return asItems({ ...settings, filters: filtersFor(table) });
		},
	}),
	xeroTrigger: Object.assign(new XeroTrigger(), {
		async poll(this: IPollFunctions) {
			return asItems(readXeroTriggerSettings(this));
		},
	}),
};

function asItems(read: object): INodeExecutionData[][] {
	return [[{ json: JSON.parse(JSON.stringify(read)) }]];
}

describe('the settings of every node', () => {
	let harness: Harness;
	let reading: Harness;

	beforeAll(async () => {
		harness = await createHarness({ nodes: NODES });
		reading = await createHarness({ nodes: READERS });
	});

	afterAll(async () => {
		await harness.close();
		await reading.close();
	});

	const calls = () => harness.sandbox.journal.filter({}).length;

	/** What stopped the node, in the words of n8n's error; undefined where nothing did. */
	async function stoppedBy(name: Name, parameters: INodeParameters): Promise<string | undefined> {
		const { error } = await runs(harness, name, parameters);
		return error;
	}

	async function runs(by: Harness, name: Name, parameters: INodeParameters) {
		const node = {
			name: 'Node',
			type: ours(name),
			credentials: by.both,
			parameters: { ...BASE[name], ...parameters },
		};
		if (NODES[name].description.polling) {
			return await by.engine
				.poller(node)
				.manual()
				.then(
					([first]) => ({ read: first?.json, error: undefined }),
					(error: Error) => ({ read: undefined, error: error.message }),
				);
		}
		return await by.engine.runNode(node, [ITEM]).then(
			({ output, error }) => ({ read: output[0]?.[0]?.json, error: error?.message }),
			// n8n itself refuses what the panel marks red.
			(error: Error) => ({ read: undefined, error: error.message }),
		);
	}

	it.each(CASES)('$name stops for $path that cannot be read', async ({ name, setting }) => {
		const { property } = setting;
		const value = unreadable(setting.path, property);
		const before = calls();
		const message = await stoppedBy(name, setting.with(value));
		expect(message).toContain(property.displayName);
		expect(message).toMatch(/ is (set to )?"/);
		expect(calls()).toBe(before);
	});

	const READ_CASES = CASES.filter((one) => one.name in READERS && !READ_LATER.has(one.path));

	it.each(READ_CASES)(
		'$name takes $path as not set where nothing stands there',
		async ({ name, setting }) => {
			const { property } = setting;
			const isWholeForm = property.type === 'resourceMapper';
			const readings: unknown[] = [];
			const isExpression = property.noDataExpression !== true && !isWholeForm;
			for (const nothing of isExpression
				? ['={{ null }}', '={{ "" }}', '={{ undefined }}', '={{ " " }}']
				: [null, '', '  ']) {
				const given = isWholeForm ? { mappingMode: nothing, value: null } : nothing;
				const { read, error } = await runs(reading, name, setting.with(given));
				// What must be chosen says so itself.
				if (error !== undefined) expect(error).not.toContain('is set to');
				readings.push(error === undefined ? read : 'has to be chosen');
			}
			expect(readings).toEqual(readings.map(() => readings[0]));
		},
	);

	/** A value, and the same as an expression or a saved workflow may give it. */
	const asText = (property: INodeProperties): ReadonlyArray<readonly [unknown, unknown]> => {
		const written = (text: string) =>
			property.noDataExpression === true ? text : `={{ ${JSON.stringify(text)} }}`;
		if (property.type === 'boolean') {
			return [
				[true, written('true')],
				[false, written(' False ')],
			];
		}
		const { minValue = 1 } = property.typeOptions ?? {};
		if (property.type === 'number') {
			return [[Number(minValue) + 1, written(` ${Number(minValue) + 1} `)]];
		}
		const [first] = property.options ?? [];
		return first && 'value' in first && typeof first.value === 'number'
			? [[first.value, written(String(first.value))]]
			: [];
	};

	// n8n hides what a switch shows where the switch is text rather than an expression.
	const SHOWS_OTHERS = new Set(['useCondition', 'useStatusRules']);

	it.each(
		READ_CASES.filter(
			(one) => !SHOWS_OTHERS.has(one.path) && asText(one.setting.property).length > 0,
		),
	)('$name reads $path from text as well', async ({ name, setting }) => {
		for (const [value, text] of asText(setting.property)) {
			const plain = await runs(reading, name, setting.with(value));
			const written = await runs(reading, name, setting.with(text));
			expect(plain.error).toBeUndefined();
			expect(written).toEqual(plain);
		}
	});

	it.each(savedNodes())('reads %s as 0.1.0 saved it', async (_place, name, parameters) => {
		const { read, error } = await runs(name in READERS ? reading : harness, name, parameters);
		if (name in READERS) expect([error, typeof read]).toEqual([undefined, 'object']);
		else expect(error ?? '').not.toContain('is set to');
	});

	it('looks at a fair number of settings of each node', () => {
		const counts = Object.keys(NODES).map(
			(name) => CASES.filter((one) => one.name === name).length,
		);
		expect(Math.min(...counts)).toBeGreaterThanOrEqual(7);
		expect(CASES.length).toBeGreaterThan(150);
	});

	it.each([
		['mapUpsertToXero', { operation: '__CUSTOM_API_CALL__' }],
		['paymentStatusToKnack', { operation: '__CUSTOM_API_CALL__' }],
		['knack', { resource: '__CUSTOM_API_CALL__' }],
		['knack', { resource: 'record', operation: '__CUSTOM_API_CALL__' }],
		['knack', { resource: 'file', operation: '__CUSTOM_API_CALL__' }],
		['knack', { resource: 'api', operation: '__CUSTOM_API_CALL__' }],
	] as const)('%s makes no Custom API Call: %j', async (name, parameters) => {
		const before = calls();
		const message = await stoppedBy(name, { ...parameters });
		expect(message).toContain('__CUSTOM_API_CALL__');
		expect(message).toContain('use an HTTP Request node');
		expect(calls()).toBe(before);
	});

	it.each([
		['xeroSyncOAuth2Api', { environment: 'sandbx' }, 'Environment is set to "sandbx"'],
		['xeroSyncOAuth2Api', { grantType: 'password' }, 'Connection Type is set to "password"'],
		['xeroSyncOAuth2Api', { sandboxUrl: GROUP }, 'Sandbox URL is set to'],
		['knackApi', { apiUrl: GROUP }, 'API URL is set to'],
	])('reads the credential %s strictly: %j', async (type, wrong, words) => {
		const held = harness.credentials.raw(type);
		const before = calls();
		harness.credentials.add(type, { ...held, ...wrong });
		try {
			expect(await stoppedBy('paymentStatusToKnack', {})).toContain(words);
			expect(calls()).toBe(before);
		} finally {
			harness.credentials.add(type, held);
		}
	});

	it('names an expression that gives no choice, as the panel names the option', async () => {
		const message = await stoppedBy('mapUpsertToXero', {
			options: { writePolicy: '={{ "updateonly" }}' },
		});
		expect(message).toBe(
			'Existing Documents is set to "updateonly", which is none of its choices. It stands in Options.',
		);
	});

	it('warns of a rule that is not known, and takes the others', async () => {
		const rules = {
			entries: [
				{ code: 'XERO_RENAMED_SINCE', severity: 'block' },
				{ code: 'XERO_DATE_FAR_OFF', severity: 'hold' },
			],
		};
		const { read } = await runs(reading, 'mapUpsertToXero', { options: { rules } });
		expect(read?.run).toMatchObject({
			upsert: { ruleSeverities: { XERO_DATE_FAR_OFF: 'hold' } },
			warnings: [expect.stringContaining('XERO_RENAMED_SINCE')],
		});
	});

	it('reads no option of another operation', () => {
		const stale: IDataObject = { writePolicy: 'updateonly', lateDocuments: 'whenever' };
		const read = (operation: string) => OPTIONS.read(stale, { parameters: { operation } });
		expect(read('changeStatus')).toMatchObject({ writePolicy: 'createOrUpdate' });
		expect(() => read('upsert')).toThrow(/Documents in a Locked Period|Existing Documents/);
	});

	it('names an entry of a collection that there is not', () => {
		const read = () => OPTIONS.read({ writePolicies: 'updateOnly' }, { parameters: {} });
		expect(read).toThrow('writePolicies is set to "updateOnly", which is no entry of Options.');
	});
});

/** Our nodes in the examples, with the parameters that they were saved with. */
function savedNodes(): Array<[string, Name, INodeParameters]> {
	const folder = path.join(__dirname, '../../workflows-examples');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.flatMap((file) => {
			const saved: { nodes: Array<{ name: string; type: string; parameters: INodeParameters }> } =
				JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
			return saved.nodes.flatMap((node): Array<[string, Name, INodeParameters]> => {
				const name = Object.keys(NODES).find((one) => node.type === ours(one));
				return name === undefined
					? []
					: [[`${node.name} of ${file}`, name as Name, configured(node.parameters, saved.nodes)]];
			});
		});
}

/** Parameters with what the step Configure Me of their workflow holds. */
function configured(
	parameters: INodeParameters,
	nodes: ReadonlyArray<{ name: string; parameters: INodeParameters }>,
): INodeParameters {
	const step = nodes.find(({ name }) => name === 'Configure Me');
	const { assignments = [] }: { assignments?: Array<{ name: string; value: unknown }> } = Object(
		step?.parameters.assignments,
	);
	return JSON.parse(JSON.stringify(parameters), (_key, value: unknown) =>
		typeof value === 'string'
			? value.replace(
					/\$\('Configure Me'\)\.first\(\)\.json\['([^']+)'\]/g,
					(_text, label: string) =>
						JSON.stringify(assignments.find(({ name }) => name === label)?.value),
				)
			: value,
	);
}
