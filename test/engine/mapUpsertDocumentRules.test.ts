import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject } from 'n8n-workflow';
import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import {
	CHOSEN_COLUMNS,
	LINE_COLUMNS,
	mapper,
	mapUpsert,
	ORDER_FIELDS,
	orderItems,
} from './mapUpsertItems';

/** With the group for money that is spent and received, which nobody has unasked. */
const SCOPE =
	'offline_access accounting.invoices accounting.contacts accounting.settings accounting.payments accounting.banktransactions';

describe('Map & Upsert to Xero: document by rule', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { mapUpsertToXero: new MapUpsertToXero() },
			scope: SCOPE,
		});
		harness.sandbox.xero.configure({ limitsOn: false });
	});

	afterEach(async () => await harness.close());

	const when = (kind: string, document: string, leftValue = '={{ $json.Kind }}') => ({
		conditions: {
			combinator: 'and',
			options: { caseSensitive: false, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions: [
				{ id: '1', leftValue, rightValue: kind, operator: { type: 'string', operation: 'equals' } },
			],
		},
		document,
	});
	const run = async (
		kinds: readonly string[],
		entries: IDataObject[],
		parameters: IDataObject = {},
	) => {
		const items = orderItems(harness, kinds.length).map((item, index) => ({
			...item,
			Kind: kinds[index],
			Number: `DOC-${index + 1}`,
		}));
		const node = mapUpsert(harness, {
			operation: 'upsert',
			fields: mapper({ ...ORDER_FIELDS, id: '', invoiceNumber: '={{ $json.Number }}' }),
			moreSettings: ['documentRules'],
			documentRules: { entries },
			status: 'AUTHORISED',
			options: { allowWritingAsTool: true },
			...parameters,
		});
		const { output, error } = await harness.engine.runNode(node, items);
		const [synced = [], attention = []] = output ?? [];
		const document = ({ json }: { json: IDataObject }) => json.document as IDataObject;
		return {
			error,
			attention: attention.map(({ json }) => json),
			synced: synced.map((item) => [
				item.json.outcome,
				document(item).type,
				document(item).number,
				document(item).status,
			]),
		};
	};
	const writes = () =>
		harness.sandbox.journal
			.filter({ service: 'xero', kind: 'write' })
			.filter(({ path }) => !path.includes('token'));
	const RULES = [when('Refund', 'salesCreditNote')];

	test('sends each record as what the first rule that fits says, the others as Document says', async () => {
		const kinds = ['Order', 'Refund', 'Order'];
		const preview = await run(kinds, RULES, { operation: 'preview' });
		expect(writes()).toEqual([]);
		expect(preview.attention).toEqual([]);
		expect(preview.synced.map(([outcome, type]) => [outcome, type])).toEqual([
			['wouldCreate', 'salesInvoice'],
			['wouldCreate', 'salesCreditNote'],
			['wouldCreate', 'salesInvoice'],
		]);
		const first = await run(kinds, RULES);
		expect(first.synced).toEqual([
			['created', 'salesInvoice', 'DOC-1', 'AUTHORISED'],
			['created', 'salesCreditNote', 'DOC-2', 'AUTHORISED'],
			['created', 'salesInvoice', 'DOC-3', 'AUTHORISED'],
		]);
		const before = writes().length;
		const again = await run(kinds, RULES);
		expect(again.synced.map(([outcome]) => outcome)).toEqual([
			'unchanged',
			'unchanged',
			'unchanged',
		]);
		expect(writes()).toHaveLength(before);
	});

	test('holds a record that is in Xero as something else, which would be posted twice', async () => {
		await run(['Order'], RULES);
		const before = writes().length;
		const { attention, synced } = await run(['Refund'], RULES);
		expect(synced).toEqual([]);
		expect(attention).toMatchObject([
			{
				outcome: 'held',
				document: { type: 'salesCreditNote' },
				issues: [
					{
						code: 'XERO_OTHER_DOCUMENT',
						message:
							'The record is in Xero already as sales invoice DOC-1, and a rule makes something else of it now.',
					},
				],
			},
		]);
		expect(writes()).toHaveLength(before);
	});

	test('holds what is one record and would be two kinds of documents in one run', async () => {
		const [order = {}] = orderItems(harness, 1);
		const node = (parameters: IDataObject) =>
			mapUpsert(harness, {
				fields: mapper({ ...ORDER_FIELDS, id: '' }),
				moreSettings: ['documentRules'],
				documentRules: { entries: RULES },
				...parameters,
			});
		const [lines] = [order['Order Lines'] as IDataObject[]];
		const ofLines = lines.map((line, index) => ({
			...order,
			...line,
			Kind: index === 0 ? 'Refund' : 'Order',
			knack: line.knack,
		}));
		const twice = ['Order', 'Refund'].map((Kind) => ({ ...order, Kind }));
		const perLine = { lineSource: 'itemPerLine', lineFields: mapper(LINE_COLUMNS) };
		for (const operation of ['preview', 'upsert']) {
			for (const [items, parameters] of [
				[twice, {}],
				[ofLines, perLine],
			] as const) {
				const { output } = await harness.engine.runNode(node({ ...parameters, operation }), [
					...items,
				]);
				expect(output?.[0]).toEqual([]);
				for (const { json } of output?.[1] ?? []) {
					expect(json).toMatchObject({
						outcome: 'held',
						issues: [{ code: 'XERO_OTHER_DOCUMENT' }],
					});
				}
				expect(output?.[1]).toHaveLength(items.length);
			}
		}
		expect(writes()).toEqual([]);
	});

	test('makes a bill of an expense, or money spent where a card paid it', async () => {
		const parameters = {
			document: 'bill',
			fields: mapper({
				...ORDER_FIELDS,
				id: '',
				invoiceNumber: '={{ $json.Number }}',
				reference: '',
				type: 'SPEND',
				'bankAccount.code': '090',
			}),
			lineFields: mapper({ ...CHOSEN_COLUMNS, accountCode: '429', taxType: 'INPUT2' }),
		};
		const rules = [when('Card', 'bankTransaction')];
		const { synced, attention, error } = await run(['Invoice', 'Card'], rules, parameters);
		expect(error).toBeUndefined();
		expect(attention).toEqual([]);
		expect(synced).toEqual([
			['created', 'bill', 'DOC-1', 'AUTHORISED'],
			['created', 'bankTransaction', 'DOC-2', 'AUTHORISED'],
		]);
		const before = writes().length;
		const again = await run(['Invoice', 'Card'], rules, parameters);
		expect(again.synced.map(([outcome]) => outcome)).toEqual(['unchanged', 'unchanged']);
		const other = await run(['Card', 'Invoice'], rules, parameters);
		expect(other.attention.map(({ outcome }) => outcome)).toEqual(['held', 'held']);
		expect(writes()).toHaveLength(before);
	});

	test('refuses a rule that is not filled in, and what no record can become', async () => {
		const { error } = await run(['Order'], [when('Refund', 'salesCreditNote', '')]);
		expect(error?.message).toContain('Rule 1 under Document Rules');
		const { error: unknown } = await run(['Order'], [when('Refund', 'contact')]);
		expect(unknown?.message).toContain('Document');
		const given = await run(['Refund'], [when('Refund', '={{ "letter" }}')]);
		expect(given.attention).toMatchObject([
			{ outcome: 'blocked', issues: [{ code: 'MAPPING_DOCUMENT_UNKNOWN' }] },
		]);
		expect(writes()).toEqual([]);
	});

	test('is offered for what is in the books, with a contact and lines', () => {
		const { properties } = new MapUpsertToXero().description;
		const rules = properties.find(({ name }) => name === 'documentRules');
		if (!rules) throw new Error('The rules are not there.');
		const isShown = (document: string, operation = 'upsert') =>
			NodeHelpers.displayParameter(
				{ document, operation, moreSettings: ['documentRules'] },
				rules,
				null,
				null,
			);
		expect(['bill', 'salesInvoice', 'supplierCreditNote'].map((type) => isShown(type))).toEqual([
			true,
			true,
			true,
		]);
		expect([isShown('quote'), isShown('contact'), isShown('bill', 'adopt')]).toEqual([
			false,
			false,
			false,
		]);
	});
});
