import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { FIELD_TYPES } from '../../lib/knack/fields/codecs';
import { createSandbox, type ListeningSandbox, type Sandbox } from '../../sandbox/sandbox';
import { connectServices, type Connections } from '../../scripts/realN8n/connectedN8n';
import { type Execution, outputItems } from '../../scripts/realN8n/n8nRest';
import { N8nServer } from '../../scripts/realN8n/n8nServer';
import { FIELDS, FILLED_BY_KNACK, UNSUITABLE } from '../support/knackFieldCases';
import { prepared } from '../support/prepared';

const PAPER = 'Paper';

/** Answers of a live Knack app, outside of this repository; see test/contract/knackRecorded. */
const folder = path.resolve(__dirname, '../../../shared/data/knack-recorded');
const isRecorded = existsSync(folder);
if (!isRecorded) console.warn(`Skipped: no recorded Knack answers in ${path.basename(folder)}`);

type Json = Readonly<Record<string, unknown>>;

describe('every field type of Knack, in a real n8n', () => {
	let sandbox: Sandbox;
	let listening: ListeningSandbox;
	let n8n: N8nServer;
	let connections: Connections;
	let created: Execution;
	let updated: Execution;
	let refused: Execution;
	let given: Json;

	const expected: Json = Object.fromEntries(FIELDS.map(([{ name }, , value]) => [name, value]));

	beforeAll(async () => {
		const { tarball, ...runtime } = prepared();
		sandbox = createSandbox({ seed: 'empty', limits: false });
		listening = await sandbox.listen(0);
		n8n = await N8nServer.start({ runtime, tarball });
		connections = await connectServices(n8n, listening.url);
		const { knack } = sandbox;
		knack.setRoles({ profile_3: 'Staff' });
		knack.addTable({ name: 'People', fields: [{ name: 'Name', type: 'short_text' }] });
		for (const Name of ['Acme Ltd', 'Beta & Sons']) knack.createRecord('People', { Name });
		knack.addTable({
			name: 'Types',
			fields: [
				...FIELDS.map(([field]) => field),
				{ name: PAPER, type: 'file' },
				{ name: 'Count', type: 'auto_increment' },
			],
		});
		given = {
			...Object.fromEntries(FIELDS.map(([{ name }, value]) => [name, value])),
			[PAPER]: await uploadedFile(),
		};
		created = await run([given], mapped(), 'create');
		const recordId = knack.createRecord('Types', {});
		updated = await run([{ ...given, knack: { recordId } }], mapped(), 'update');
		const bad = badFields().map(([name, value]) => ({ [name]: value }));
		refused = await run([...bad, { Text: 'good' }], automatic, 'create');
	}, 900_000);

	afterAll(async () => {
		await n8n?.stop();
		await listening?.close();
	}, 60_000);

	/** The id that Knack gives for an upload. */
	async function uploadedFile(): Promise<string> {
		const form = new FormData();
		form.append('files', new Blob(['a file'], { type: 'text/plain' }), 'paper.txt');
		const { id, apiKey } = sandbox.knack.appState();
		const answer = await fetch(`${listening.url}/knack/v1/applications/${id}/assets/file/upload`, {
			method: 'POST',
			body: form,
			headers: { 'x-knack-rest-api-key': apiKey },
		});
		return z.object({ id: z.string() }).parse(await answer.json()).id;
	}

	/** One field of each type, with a value that does not suit it. */
	function badFields(): Array<[name: string, value: unknown]> {
		const named = [...FIELDS.map(([field]) => field), { name: PAPER, type: 'file' }];
		const types = [...new Set(named.map(({ type }) => type))];
		return types.map((type) => {
			const fits = named.filter((field) => field.type === type);
			return [fits[0]?.name ?? '', UNSUITABLE[type]];
		});
	}

	/** Each field from the value of its name in the item. */
	function mapped(): Json {
		const value = Object.keys(given).map((name) => [
			sandbox.knack.fieldKey('Types', name),
			`={{ $json["${name}"] }}`,
		]);
		return {
			mappingMode: 'defineBelow',
			value: Object.fromEntries(value),
			matchingColumns: [],
			schema: [],
		};
	}

	const automatic: Json = {
		mappingMode: 'autoMapInputData',
		value: null,
		matchingColumns: [],
		schema: [],
	};

	/** Start, the node that writes, then the same records read: in short, and as Knack sends them. */
	async function run(items: readonly Json[], fields: Json, operation: string): Promise<Execution> {
		const table = { __rl: true, mode: 'id', value: sandbox.knack.schema('Types').key };
		const recordId = { __rl: true, mode: 'id', value: '={{ $json.knack.recordId }}' };
		const { knackApi } = connections;
		const node = (name: string, parameters: Json, position: number) => ({
			id: name,
			name,
			type: 'n8n-nodes-knack-xero.knack',
			typeVersion: 1,
			position: [position, 0],
			parameters: { resource: 'record', table, recordId, ...parameters },
			...(knackApi ? { credentials: { knackApi } } : {}),
		});
		const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
		const id = await n8n.rest.createWorkflow({
			name: `Types, ${operation}`,
			nodes: [
				{
					id: 'start',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{ ...node('Write', { operation, fields }, 200), onError: 'continueErrorOutput' },
				node('Read', { operation: 'get' }, 400),
				node('Read Raw', { operation: 'get', simplify: false }, 600),
			],
			connections: { Start: to('Write'), Write: to('Read'), Read: to('Read Raw') },
			settings: { executionOrder: 'v1' },
			pinData: { Start: items.map((json) => ({ json })) },
		});
		return await n8n.run(id, 'Start', 120_000);
	}

	it('knows a case for every type that has a codec', () => {
		const written = [...FIELDS.map(([{ type }]) => String(type)), 'file'];
		const cases = [...new Set([...written, ...FILLED_BY_KNACK])].sort();
		expect(cases).toEqual([...FIELD_TYPES].sort());
		expect(Object.keys(UNSUITABLE).sort()).toEqual([...new Set(written)].sort());
	});

	it.each([
		['create', () => created],
		['update', () => updated],
	] as const)('%s: every value is read back as it was written', (_how, execution) => {
		expect(outputItems(execution(), 'Write', 1)).toEqual([]);
		const [written] = outputItems(execution(), 'Write');
		const [read] = outputItems(execution(), 'Read');
		expect(written).toMatchObject(expected);
		expect(Object(written?.knack).warnings).toBeUndefined();
		expect(read).toMatchObject(expected);
		expect(read?.[PAPER]).toMatch(/\/paper\.txt$/);
		expect(read?.Count).toEqual(expect.any(Number));
	});

	it('refuses a value that does not suit, type by type, with a reason; the others go on', () => {
		const fields = badFields();
		expect(outputItems(refused, 'Write')).toMatchObject([{ Text: 'good' }]);
		const errors = outputItems(refused, 'Write', 1).map(({ message, error }) => [message, error]);
		expect(errors).toHaveLength(fields.length);
		for (const [index, [name]] of fields.entries()) {
			const [message, error] = errors[index] ?? [];
			expect([name, message]).toEqual([name, expect.stringMatching(/^.{10,}\.$/s)]);
			expect(message).not.toMatch(/field_\d|undefined|\[object/);
			expect(Object(error).fix).toMatch(/^[A-Z].{10,}\.$/s);
		}
	});

	(isRecorded ? it : it.skip)('comes in the shapes that a live Knack app sends', () => {
		const recorded = recordedShapes();
		const [raw] = outputItems(created, 'Read Raw');
		const compared = FIELDS.flatMap(([{ name, type, format }]) => {
			const value = raw?.[`${sandbox.knack.fieldKey('Types', name)}_raw`];
			const shapes = recorded.get(shapeKind(type, format?.source, format?.type));
			return shapes ? [{ name, type, shape: shapeOf(value), known: [...shapes] }] : [];
		});
		expect(new Set(compared.map(({ type }) => type)).size).toBeGreaterThan(14);
		for (const { name, shape, known } of compared) {
			expect([name, known.some((each) => isWithin(shape, each)), shape, known]).toEqual([
				name,
				true,
				shape,
				known,
			]);
		}
	});
});

/** An image from the web is an address, an uploaded one an asset. */
function shapeKind(type: string, source: unknown, choices?: unknown): string {
	if (type === 'multiple_choice' && choices === 'multi') return 'multiple choices';
	return type === 'image' && source === 'url' ? 'image by address' : type;
}

/** "text", "number", "list", or the names of an object's members. */
function shapeOf(value: unknown): string {
	if (Array.isArray(value)) return 'list';
	if (typeof value !== 'object' || value === null) return typeof value;
	return Object.keys(value).sort().join(' ');
}

/** Members that a live app sends as well, though none of the recorded records has them. */
const NOT_RECORDED = ['full', 'title', 'suffix', 'label'];

function isWithin(shape: string, recorded: string): boolean {
	const known = new Set([...recorded.split(' '), ...NOT_RECORDED]);
	return shape.split(' ').every((part) => known.has(part));
}

const recordedField = z.object({
	key: z.string(),
	type: z.string(),
	format: z.object({ source: z.unknown() }).passthrough().nullish().catch(undefined),
});

/** The shapes of each type's raw values in the recorded table, members of all records together. */
function recordedShapes(): Map<string, Set<string>> {
	const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));
	const app = z
		.object({
			application: z.object({
				objects: z.array(z.object({ key: z.string(), fields: z.array(recordedField) })),
			}),
		})
		.parse(read('application.json'));
	const records = z.record(z.array(z.record(z.unknown()))).parse(read('records.json'));
	const fields = app.application.objects.find(({ key }) => key === 'object_3')?.fields ?? [];
	const shapes = new Map<string, Set<string>>();
	for (const { key, type, format } of fields) {
		const kind = shapeKind(type, format?.source, format?.['type']);
		const known = shapes.get(kind) ?? new Set<string>();
		for (const record of Object.values(records).flat()) {
			const raw = record[`${key}_raw`];
			if (raw !== undefined && raw !== null && raw !== '') known.add(shapeOf(raw));
		}
		if (known.size > 0) shapes.set(kind, known);
	}
	return shapes;
}
