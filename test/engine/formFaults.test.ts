import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeParameters,
	INodePropertyOptions,
	ResourceMapperField,
} from 'n8n-workflow';
import { NOTICE_FIELD } from '../../lib/n8n/pickerWords';
import { Knack } from '../../nodes/Knack/Knack.node';
import { KnackTrigger } from '../../nodes/KnackTrigger/KnackTrigger.node';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { PaymentStatusToKnack } from '../../nodes/PaymentStatusToKnack/PaymentStatusToKnack.node';
import { DEMO_TRADE_TENANT_ID } from '../../sandbox/xero/twin';
import { restartProcess } from '../support/restartProcess';
import { createHarness, ours, type Harness, type HarnessOptions } from './harness';
import { mapUpsert, ORDER_FIELDS } from './mapUpsertItems';

const xeroForm = new MapUpsertToXero().methods;
const knackForm = new Knack().methods;
const trigger = new KnackTrigger().methods;
const payments = new PaymentStatusToKnack().methods;

describe('a list or form that cannot be loaded', () => {
	let harness: Harness;

	const start = async (options: Partial<HarnessOptions> = {}) => {
		harness = await createHarness({
			nodes: {
				mapUpsertToXero: new MapUpsertToXero(),
				knack: new Knack(),
				knackTrigger: new KnackTrigger(),
				paymentStatusToKnack: new PaymentStatusToKnack(),
			},
			...options,
		});
	};
	beforeEach(async () => await start());
	afterEach(async () => await harness.close());

	const xeroEditor = (parameters: IDataObject = {}, credentials = harness.both) =>
		harness.engine.loadOptionsContext(mapUpsert(harness, parameters, { credentials }));

	const knackEditor = (parameters: IDataObject = {}, type = 'knack'): ILoadOptionsFunctions =>
		harness.engine.loadOptionsContext({
			name: 'Knack',
			type: ours(type),
			credentials: harness.both,
			parameters: {
				operation: 'create',
				table: tableNamed('Orders'),
				...parameters,
			} as INodeParameters,
		});

	const tableNamed = (name: string) => ({
		__rl: true,
		mode: 'list',
		value: harness.sandbox.knack.schema(name).key,
	});

	/** What the editor keeps of a form: its fields as they came, and what a person filled in. */
	const saved = (schema: ResourceMapperField[], value: IDataObject) => ({
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: schema.map((field): IDataObject => JSON.parse(JSON.stringify(field))),
	});

	const savedField = (id: string, displayName: string): ResourceMapperField => ({
		id,
		displayName,
		required: false,
		defaultMatch: false,
		display: true,
		type: 'dateTime',
	});

	/** Each kind of list and form that asks Xero. */
	async function askXero(credentials = harness.both): Promise<string[]> {
		const context = () => xeroEditor({}, credentials);
		const form = await xeroForm.resourceMapping.getDocumentFields.call(context());
		const lines = await xeroForm.resourceMapping.getLineFields.call(context());
		const { searchOrganisations } = xeroForm.listSearch;
		const list = await searchOrganisations.call(context()).then(
			() => undefined,
			(error: unknown) => said(error),
		);
		return [form, lines].map(noticeOf).concat(list ?? []);
	}

	/** Each kind of list and form that asks Knack. */
	async function askKnack(parameters: IDataObject = {}): Promise<string[]> {
		const form = await knackForm.resourceMapping.getRecordFields.call(knackEditor(parameters));
		const lists = [
			async () => await trigger.loadOptions.getFields.call(knackEditor(parameters, 'knackTrigger')),
			async () =>
				await payments.loadOptions.getPaymentStatusFields.call(
					knackEditor(parameters, 'paymentStatusToKnack'),
				),
			async () => await xeroForm.loadOptions.getWriteBackFields.call(knackEditor(parameters)),
			async () => await knackForm.loadOptions.getSortFields.call(knackEditor(parameters)),
		];
		const said = await Promise.all(lists.map(async (list) => onlyEntry(await list())));
		return [noticeOf(form), ...said];
	}

	/** What a dropdown says that could not be filled. */
	function onlyEntry(options: INodePropertyOptions[]): string {
		expect(options).toHaveLength(1);
		const [{ name = '', value = 'none', description = '' } = {}] = options;
		expect(value).toBe('');
		return `${name} ${description}`;
	}

	/** What the list of a resource locator shows of an error. */
	function said(error: unknown): string {
		const { message, description } = Object(error);
		return `${message} ${description}`;
	}

	function noticeOf({
		fields,
		emptyFieldsNotice,
	}: {
		fields: unknown[];
		emptyFieldsNotice?: string;
	}) {
		expect(fields).toEqual([]);
		return emptyFieldsNotice ?? 'nothing';
	}

	const changeKnack = (change: { readonly apiKey?: string; readonly applicationId?: string }) =>
		harness.credentials.add('knackApi', { ...harness.credentials.raw('knackApi'), ...change });

	test('a wrong Knack key: where the right one is', async () => {
		changeKnack({ apiKey: 'a-key-of-another-app' });
		const editor = knackEditor({}, 'knack');
		const failing = knackForm.listSearch.searchRecords.call(editor);
		expect(said(await failing.catch((error: unknown) => error))).toMatch(
			/^Knack does not accept the REST API Key.* Copy the REST API Key again/,
		);
	});

	test('an app id that is cut short: every list and form says so, and where the right one is', async () => {
		changeKnack({ applicationId: '5a4db0c5' });
		for (const words of await askKnack()) {
			expect(words).toMatch(/^The Application ID is malformed.* Copy the Application ID again/);
		}
	});

	test('a revoked connection to Xero: reconnect', async () => {
		harness.sandbox.xero.revokeGrant();
		for (const words of await askXero()) {
			expect(words).toMatch(/^Xero does not accept this connection.* connect the account again/);
		}
	});

	test('a missing scope: which one, and where to add it', async () => {
		await harness.close();
		await start({ scope: 'offline_access accounting.contacts' });
		const [form, lines] = await askXero();
		for (const words of [form, lines]) {
			expect(words).toMatch(/lacks accounting\.settings\. Add accounting\.settings to Scope/);
		}
	});

	test('an organisation that was disconnected: choose again or reconnect', async () => {
		harness.sandbox.xero.disconnect(DEMO_TRADE_TENANT_ID);
		const form = await xeroForm.resourceMapping.getDocumentFields.call(xeroEditor());
		expect(noticeOf(form)).toMatch(/no access to the chosen Xero organisation\. Choose/);
	});

	test('a service that is down: it can be tried again', async () => {
		for (const service of ['xero', 'knack'] as const) {
			harness.sandbox.faults.add({
				service,
				kind: 'status',
				status: 503,
				times: 1000,
				body: 'down',
			});
		}
		const form = await xeroForm.resourceMapping.getDocumentFields.call(xeroEditor());
		expect(noticeOf(form)).toMatch(
			/^Xero cannot answer at the moment\. .* Run again in some minutes/,
		);
		for (const words of await askKnack()) {
			expect(words).toMatch(/Knack is having trouble\. .* try again in a few minutes/);
		}
	}, 60_000);

	test('what a record may become by rule brings the fields that only that has', async () => {
		const rules = {
			document: 'bill',
			moreSettings: ['documentRules'],
			documentRules: { entries: [{ conditions: {}, document: 'supplierCreditNote' }] },
		};
		const shown = async (parameters: IDataObject) => {
			const context = xeroEditor(parameters, harness.both);
			const { fields } = await xeroForm.resourceMapping.getDocumentFields.call(context);
			return fields.map(({ displayName }) => displayName);
		};
		const own = await shown({ ...rules, moreSettings: [] });
		const added = (await shown(rules)).filter((label) => !own.includes(label));
		expect(added).toContain('Allocate to Invoice Number (Supplier Credit Note)');
		// The number and the status go by those of the document itself.
		expect(added.filter((label) => /^(Credit Note Number|Status)/.test(label))).toEqual([]);
	});

	test('no Xero credential yet: the form is there, and its lists say what to choose', async () => {
		const context = () => xeroEditor({}, {});
		const { fields } = await xeroForm.resourceMapping.getDocumentFields.call(context());
		const lines = await xeroForm.resourceMapping.getLineFields.call(context());
		const field = (id: string) => [...fields, ...lines.fields].find((each) => each.id === id);
		expect(field('contact.name')).toMatchObject({ displayName: 'Contact Name', removed: false });
		for (const id of ['currencyCode', 'accountCode', 'taxType']) {
			expect(field(id)?.options?.[0]?.name).toMatch(/^Choose a Xero credential above/);
		}
		const list = await xeroForm.listSearch.searchOrganisations.call(context());
		expect(list.results).toEqual([{ name: 'Choose a Xero credential above', value: '' }]);
	});

	test('no Xero credential in a workflow that was imported: its mapping as it is, and no alarm', async () => {
		const before = await xeroForm.resourceMapping.getDocumentFields.call(xeroEditor());
		const mapped = { fields: saved(before.fields, ORDER_FIELDS) };
		const after = await xeroForm.resourceMapping.getDocumentFields.call(xeroEditor(mapped, {}));
		expect(after.fields.map(({ id }) => id)).toEqual(before.fields.map(({ id }) => id));
	});

	test('payroll: its rates by name, the reason where it cannot be asked, and what was chosen', async () => {
		await harness.close();
		await start({ scope: 'offline_access accounting.settings payroll.settings.read' });
		const chosen = { earningsRateID: 'Overtime' };
		const ratesOf = async (lines?: IDataObject, credentials = harness.both) => {
			const editor = xeroEditor(
				{ document: 'timesheet', ...(lines ? { lineFields: lines } : {}) },
				credentials,
			);
			const { fields } = await xeroForm.resourceMapping.getLineFields.call(editor);
			return { fields, rates: fields.find(({ id }) => id === 'earningsRateID')?.options };
		};
		const before = await ratesOf();
		expect(before.rates?.map(({ name }) => name)).toEqual(['Ordinary Hours', 'Overtime']);
		const without = await ratesOf(undefined, {});
		expect(without.rates?.[0]?.name).toMatch(/^Choose a Xero credential above/);
		expect(without.fields.map(({ id }) => id)).toEqual(before.fields.map(({ id }) => id));

		harness.sandbox.xero.person.setOrganisation({ hasPayroll: false });
		const after = await ratesOf(saved(before.fields, chosen));
		expect(after.rates).toMatchObject([
			{
				name: 'Xero refused: this connection lacks payroll.settings.read.',
				value: '',
				description: expect.stringContaining('the organisation has no payroll in Xero'),
			},
			{ name: 'Overtime', value: 'Overtime' },
		]);
	});

	test('no Knack credential yet: each list says what to choose, and keeps what is chosen', async () => {
		const editor = xeroEditor(
			{ writeBack: true, writeBackFields: { number: 'field_12' } },
			harness.xero,
		);
		expect(await xeroForm.loadOptions.getWriteBackFields.call(editor)).toMatchObject([
			{ name: 'Choose a Knack credential above', value: '' },
			{ name: 'field_12', value: 'field_12' },
		]);
		const { results } = await xeroForm.listSearch.searchTables.call(editor);
		expect(results).toEqual([{ name: 'Choose a Knack credential above', value: '' }]);
	});

	test('a table without a field to write, or none chosen: choose one that has some', async () => {
		const { knack } = harness.sandbox;
		knack.addTable({ name: 'Bare', fields: [] });
		for (const table of [tableNamed('Bare'), { __rl: true, mode: 'list', value: '' }]) {
			const form = await knackForm.resourceMapping.getRecordFields.call(knackEditor({ table }));
			expect(noticeOf(form)).toMatch(/^Choose a table that has fields/);
		}
	});

	test('a table that was deleted: which there are', async () => {
		for (const words of await askKnack({ table: { __rl: true, mode: 'id', value: 'object_99' } })) {
			expect(words).toMatch(/^The table object_99 is not in the Knack app .* Choose one of them/);
		}
	});

	describe('once a mapping is saved', () => {
		test('comes with all its fields under the reason, whatever is the matter', async () => {
			const before = await xeroForm.resourceMapping.getDocumentFields.call(xeroEditor());
			const lines = await xeroForm.resourceMapping.getLineFields.call(xeroEditor());
			restartProcess();
			harness.sandbox.xero.revokeGrant();
			const parameters = {
				fields: saved(before.fields, ORDER_FIELDS),
				lineFields: saved(lines.fields, { accountCode: '200' }),
			};
			const after = await xeroForm.resourceMapping.getDocumentFields.call(xeroEditor(parameters));
			const afterLines = await xeroForm.resourceMapping.getLineFields.call(xeroEditor(parameters));
			for (const { fields } of [after, afterLines]) {
				expect(fields[0]).toMatchObject({
					id: NOTICE_FIELD,
					options: [
						{
							name: 'Xero does not accept this connection any more.',
							description: expect.stringContaining('connect the account again'),
						},
					],
				});
			}
			const ids = (fields: ResourceMapperField[]) => fields.map(({ id }) => id).sort();
			expect(ids(after.fields.slice(1))).toEqual(ids(before.fields));
			expect(ids(afterLines.fields.slice(1))).toEqual(ids(lines.fields));
			const account = afterLines.fields.find(({ id }) => id === 'accountCode');
			expect(account?.options).toContainEqual({ name: '200 Sales', value: '200' });
		});

		test('of Knack records, too', async () => {
			const before = await knackForm.resourceMapping.getRecordFields.call(knackEditor());
			changeKnack({ applicationId: '5a4db0c5' });
			const after = await knackForm.resourceMapping.getRecordFields.call(
				knackEditor({ fields: saved(before.fields, {}) }),
			);
			expect(after.fields.slice(1).map(({ id }) => id)).toEqual(before.fields.map(({ id }) => id));
			expect(after.fields[0]?.options?.[0]?.name).toMatch(/^The Application ID is malformed/);
		});

		test('and the trouble is over, the reason is gone', async () => {
			const before = await xeroForm.resourceMapping.getDocumentFields.call(xeroEditor());
			const notice = { ...(before.fields[0] as ResourceMapperField), id: NOTICE_FIELD };
			const after = await xeroForm.resourceMapping.getDocumentFields.call(
				xeroEditor({ fields: saved([notice, ...before.fields], ORDER_FIELDS) }),
			);
			expect(after.fields.map(({ id }) => id)).toEqual(before.fields.map(({ id }) => id));
		});
	});

	describe('a saved mapping that names what is not there any more', () => {
		const lineForm = async (value: IDataObject, schema: ResourceMapperField[] = []) => {
			const { fields } = await xeroForm.resourceMapping.getLineFields.call(
				xeroEditor({ lineFields: saved(schema, value) }),
			);
			return (id: string) => fields.find((field) => field.id === id);
		};

		test('an archived account, with its successor; the choice stays in the list', async () => {
			const field = (await lineForm({ accountCode: '205' }))('accountCode');
			expect(field?.displayName).toMatch(/^Account.* ⚠ Perhaps Now 200 Sales$/);
			expect(field?.options).toContainEqual({
				name: '205 Sales (old shop) is archived in Xero',
				value: '205',
				description: 'Perhaps Now 200 Sales',
			});
		});

		test('offers the values of a connected record as columns where each item is a line', async () => {
			const shape = [
				['Qty', 'field', []],
				['Product Record', 'group', ['Title', 'knack']],
			];
			const parameters = {
				lineSource: 'itemPerLine',
				sampleShape: JSON.stringify(shape),
				lineFields: saved([], {}),
			};
			const { fields } = await xeroForm.resourceMapping.getLineFields.call(xeroEditor(parameters));
			const names = fields.find(({ id }) => id === 'description')?.options?.map(({ name }) => name);
			expect(names).toEqual(['Column: Product Record.Title', 'Column: Qty']);
		});

		test('a form of 0.1.0 gets no fields that the editor would open unasked', async () => {
			const fresh = await lineForm({});
			expect(fresh('allLines.description')).toMatchObject({ removed: true });
			const old = [savedField('description', 'Description')];
			expect(
				(await lineForm({ description: 'Work' }, old))('allLines.description'),
			).toBeUndefined();
		});

		test('a tax rate that is not active', async () => {
			harness.sandbox.xero.person.archiveTaxRate('OUTPUT2', true);
			const field = (await lineForm({ taxType: 'OUTPUT2' }))('taxType');
			expect(field?.options?.[0]?.name).toBe('20% (VAT on Income) is not active in Xero');
		});

		test('an archived tracking category keeps its field', async () => {
			const { fields } = await xeroForm.resourceMapping.getLineFields.call(xeroEditor());
			const tracking = fields.filter(({ id }) => id.startsWith('tracking.'));
			const [first] = tracking;
			if (!first) throw new Error('The sandbox has no tracking category');
			harness.sandbox.xero.person.archiveTracking(first.displayName);
			restartProcess();
			const field = await lineForm({ [first.id]: 'North' }, fields);
			expect(field(first.id)?.displayName).toMatch(/ ⚠ Archived/);
			expect((await lineForm({}, fields))(first.id)).toBeUndefined();
		});

		test('a tracking category by its name, as an example has it, keeps its field', async () => {
			const { fields } = await xeroForm.resourceMapping.getLineFields.call(xeroEditor());
			const own = fields.filter(({ id }) => id.startsWith('tracking.'));
			const [first, ...others] = own;
			if (!first) throw new Error('The sandbox has no tracking category');
			const named = { ...first, id: `tracking.${first.displayName}`, options: undefined };
			const form = await xeroForm.resourceMapping.getLineFields.call(
				xeroEditor({ lineFields: saved([named], { [named.id]: 'Column: Job' }) }),
			);
			const tracking = form.fields.filter(({ id }) => id.startsWith('tracking.'));
			expect(tracking.map(({ id, displayName }) => [id, displayName])).toEqual(
				[named, ...others].map(({ id, displayName }) => [id, displayName]),
			);
			expect(tracking[0]?.options).toEqual(
				expect.arrayContaining([expect.objectContaining({ value: 'Column: Job' })]),
			);
		});

		test('a field that was deleted in Knack keeps its place, with its successor; a renamed one its value', async () => {
			const { knack } = harness.sandbox;
			const names = ['Order Date', 'Due Date'];
			const [ordered = '', due = ''] = names.map((name) => knack.fieldKey('Orders', name));
			const fields = [ordered, due].map((id, index) => savedField(id, names[index] ?? ''));
			knack.changeField('Orders', 'Order Date', { name: 'Ordered On' });
			knack.deleteField('Orders', 'Due Date');
			knack.addField('Orders', { name: 'Due', type: 'date_time' });
			const after = await knackForm.resourceMapping.getRecordFields.call(
				knackEditor({ fields: saved(fields, { [ordered]: '2026-11-01', [due]: '2026-11-20' }) }),
			);
			const field = (id: string) => after.fields.find((each) => each.id === id);
			expect(field(ordered)?.displayName).toBe('Ordered On');
			expect(field(due)?.displayName).toBe('Due Date ⚠ Deleted; Perhaps Now Due');
		});
	});
});
