import { decimal } from '../../lib/money';
import { documentForm, type FormSettings } from '../../lib/n8n/documentForm';
import type { ResourceMapperField } from 'n8n-workflow';
import { lineForm } from '../../lib/n8n/lineForm';
import { withSavedColumns } from '../../lib/n8n/savedColumns';
import { lineFormFields } from '../../lib/sync/map/columnChoice';
import { shapeOf } from '../../lib/sync/map/sampleShape';
import { statusChoices } from '../../lib/sync/map/statusChoices';
import { DOCUMENTS } from '../../lib/xero/documents';

const account = (code: string, name: string, type = 'REVENUE', status = 'ACTIVE') => ({
	id: `id-${code}`,
	code,
	name,
	type,
	accountClass: 'REVENUE',
	status,
	enablePaymentsToAccount: false,
});

const SETTINGS: FormSettings = {
	accounts: [
		account('400', 'Advertising', 'EXPENSE'),
		account('200', 'Sales'),
		account('090', 'Bank', 'BANK'),
		account('201', 'Old', 'REVENUE', 'ARCHIVED'),
	],
	taxRates: [
		{
			taxType: 'OUTPUT2',
			name: '20% (VAT on Income)',
			status: 'ACTIVE',
			effectiveRate: decimal(20),
			canApplyTo: { assets: true, equity: true, expenses: true, liabilities: true, revenue: true },
		},
	],
	currencies: ['GBP', 'EUR'],
	brandingThemes: [{ id: 'theme-1', name: 'Standard' }],
	trackingCategories: [
		{
			id: 'category-1',
			name: 'Region',
			status: 'ACTIVE',
			options: [{ id: 'option-1', name: 'North', status: 'ACTIVE' }],
		},
	],
};

const ORDER = {
	Customer: 'Acme',
	'Order Number': 'SO-1',
	'Order Lines': [{ Description: 'Work', Quantity: 1, 'Tax Rate': '20% (VAT on Income)' }],
};

describe('the form for a document', () => {
	const fields = documentForm(DOCUMENTS.salesInvoice, SETTINGS, shapeOf([ORDER]));
	const field = (id: string) => fields.find((each) => each.id === id);

	test('takes the whole address of a customer as the postal one, and folds what decides nothing', () => {
		const customer = { Name: 'Acme', Phone: '0118 496 0000', Address: '1 High Street, Reading' };
		const shape = shapeOf([{ ...ORDER, 'Customer Record': customer }]);
		const form = documentForm(DOCUMENTS.salesInvoice, SETTINGS, shape);
		const address = form.filter(({ id }) => id.startsWith('contact.addresses'));
		expect(address.filter(({ removed }) => !removed)).toMatchObject([
			{
				displayName: 'Contact Billing Address',
				defaultValue:
					'={{ $json["Customer Record"]?.knack?.parts?.["Address"] ?? $json["Customer Record"]?.["Address"] }}',
			},
		]);
		// One click brings it, with its value.
		expect(form.find(({ id }) => id === 'contact.phones.default.phoneNumber')).toMatchObject({
			removed: true,
			defaultValue: '={{ $json["Customer Record"]?.["Phone"] }}',
		});
	});

	test('comes pre-filled from the sample and leaves the rest to be chosen', () => {
		expect(field('contact.name')?.defaultValue).toBe('={{ $json["Customer"] }}');
		expect(field('reference')?.defaultValue).toBe('={{ $json["Order Number"] }}');
		expect(field('dueDate')).not.toHaveProperty('defaultValue');
	});

	test('shows the usual fields and keeps the others under Add field', () => {
		const shown = fields.filter(({ removed }) => !removed).map(({ id }) => id);
		expect(shown).toEqual(expect.arrayContaining(['contact.name', 'reference', 'dueDate']));
		expect(shown).not.toContain('url');
		expect(shown.length).toBeLessThan(12);
		expect(fields.length).toBeGreaterThan(50);
	});

	test('has each field once, under a label that no other has', () => {
		for (const document of Object.values(DOCUMENTS)) {
			const form = [...documentForm(document, SETTINGS), ...lineForm(document, SETTINGS)];
			const header = documentForm(document, SETTINGS).map(({ displayName }) => displayName);
			expect(new Set(header).size).toBe(header.length);
			expect(form.every(({ id, displayName }) => id !== '' && displayName !== '')).toBe(true);
		}
	});

	test('offers the lists of the organisation by name', () => {
		expect(field('currencyCode')?.options).toEqual([
			{ name: 'GBP', value: 'GBP' },
			{ name: 'EUR', value: 'EUR' },
		]);
		expect(field('brandingThemeID')?.options).toEqual([{ name: 'Standard', value: 'theme-1' }]);
		expect(field('dueDate')).toMatchObject({
			type: 'dateTime',
			displayName: 'Due Date (to Approve)',
		});
	});

	test('leaves the status to its own parameter', () => {
		expect(field('status')).toBeUndefined();
		expect(statusChoices(DOCUMENTS.salesInvoice).map(({ label }) => label)).toEqual([
			'Draft',
			'Awaiting Approval',
			'Approved',
		]);
		expect(statusChoices(DOCUMENTS.contact)).toEqual([]);
	});

	test('marks what a new document cannot be without', () => {
		const form = documentForm(DOCUMENTS.contact, SETTINGS);
		expect(form.filter(({ required }) => required).map(({ id }) => id)).toEqual(['name']);
	});
});

describe('the form for lines', () => {
	const fields = lineForm(DOCUMENTS.salesInvoice, SETTINGS, [
		'Description',
		'Quantity',
		'Tax Rate',
	]);
	const field = (id: string) => fields.find((each) => each.id === id);

	test('names columns of the lines, the likely one chosen', () => {
		expect(field('description')).toMatchObject({
			type: 'options',
			defaultValue: 'Column: Description',
		});
		expect(field('quantity')).toMatchObject({
			type: 'options',
			defaultValue: 'Column: Quantity',
			options: [
				{ name: 'Column: Quantity', value: 'Column: Quantity' },
				{ name: 'Column: Description', value: 'Column: Description' },
				{ name: 'Column: Tax Rate', value: 'Column: Tax Rate' },
			],
		});
		expect(field('taxType')).toMatchObject({ type: 'options', defaultValue: 'Column: Tax Rate' });
	});

	test('says which list the columns are of, where they come from one', () => {
		const [first] = lineForm(DOCUMENTS.salesInvoice, SETTINGS, ['Quantity'], 'Order Lines').flatMap(
			({ options = [] }) => options.filter(({ name }) => name === 'Column: Quantity'),
		);
		expect(first?.description).toBe('Of the lines in Order Lines');
	});

	test('offers the likely column first, then what Xero has, then the other columns', () => {
		expect(field('taxType')?.options?.map(({ name }) => name)).toEqual([
			'Column: Tax Rate',
			'20% (VAT on Income)',
			'Column: Description',
			'Column: Quantity',
		]);
		const accounts = [
			{ ...account('100', 'Stock', 'INVENTORY'), accountClass: 'ASSET' },
			{ ...account('310', 'Materials', 'DIRECTCOSTS'), accountClass: 'EXPENSE' },
			account('200', 'Sales'),
		];
		const offered = (document: 'salesInvoice' | 'bill') =>
			lineForm(DOCUMENTS[document], { ...SETTINGS, accounts }, ['Notes'])
				.find(({ id }) => id === 'accountCode')
				?.options?.map(({ value }) => value);
		expect(offered('salesInvoice')).toEqual(['200', '310', '100', 'Column: Notes']);
		expect(offered('bill')).toEqual(['310', '100', '200', 'Column: Notes']);
	});

	test('has a field of its own for a text or number that all lines share', () => {
		expect(field('allLines.unitAmount')).toMatchObject({
			type: 'string',
			removed: true,
			displayName: 'Unit Price for All Lines',
		});
		// What Xero lists is chosen from its list.
		expect(field('allLines.accountCode')).toBeUndefined();
		expect(field('allLines.id')).toBeUndefined();
	});

	describe('with what was saved', () => {
		const columns = ['Description', 'Quantity', 'Unit Price', 'Details'];
		const known = lineFormFields(DOCUMENTS.salesInvoice, SETTINGS.trackingCategories);
		const opened = (
			values: Record<string, unknown>,
			present: readonly string[] = columns,
			before: ResourceMapperField[] = [],
		) => {
			const form = lineForm(DOCUMENTS.salesInvoice, SETTINGS, present);
			const all = withSavedColumns(form, { fields: before, values }, present, known);
			const [id = ''] = Object.keys(values);
			const entry = all.find((each) => each.id === id);
			return { label: entry?.displayName, option: entry?.options?.[0] };
		};

		test('calls a bare text of 0.1.0 what it is', () => {
			expect(opened({ quantity: 'quantity' }).option).toEqual({
				name: 'Column: Quantity',
				value: 'quantity',
			});
			expect(opened({ description: 'Monthly hosting' }).option).toEqual({
				name: 'For All Lines: Monthly hosting',
				value: 'Monthly hosting',
			});
			expect(opened({ description: 'Descripton' })).toMatchObject({
				label: 'Description ⚠ Perhaps Now Description',
				option: { name: 'Column or Text: Descripton' },
			});
			expect(opened({ description: 'Pipes' }, []).option?.name).toBe('Column or Text: Pipes');
		});

		test('names a column that is gone, and its heir, again and again', () => {
			const first = lineForm(DOCUMENTS.salesInvoice, SETTINGS, ['Description', 'Work Done']);
			for (const value of ['Work Done', 'Column: Work Done']) {
				const gone = opened({ description: value }, ['Quantity', 'Details'], first);
				expect(gone).toMatchObject({
					label: 'Description ⚠ Perhaps Now Details',
					option: { name: 'Column: Work Done (Not in the Lines)', value },
				});
				const again = [{ ...first[0], options: [gone.option] } as ResourceMapperField];
				expect(opened({ description: value }, ['Quantity', 'Details'], again)).toEqual(gone);
			}
		});

		test('raises no alarm while no data is there', () => {
			expect(opened({ accountCode: 'Column: Account Code' }, [])).toEqual({
				label: 'Account',
				option: { name: 'Column: Account Code', value: 'Column: Account Code' },
			});
			expect(opened({ taxType: 'Tax Rate' }, [])).toMatchObject({ label: 'Tax Rate' });
		});
	});

	test('says that no columns are known, where none are', () => {
		const [description] = lineForm(DOCUMENTS.salesInvoice, SETTINGS);
		expect(description?.options).toMatchObject([{ name: 'No Columns Known Yet', value: '' }]);
	});

	test('offers active accounts that lines may have, by code', () => {
		const options = lineForm(DOCUMENTS.salesInvoice, SETTINGS).find(
			({ id }) => id === 'accountCode',
		)?.options;
		expect(options).toEqual([
			{ name: '200 Sales', value: '200' },
			{ name: '400 Advertising', value: '400' },
		]);
	});

	test('knows tracking categories by their ids, so that they may be renamed', () => {
		expect(field('tracking.category-1')).toMatchObject({ displayName: 'Region', type: 'options' });
	});

	test('is empty for a document without lines', () => {
		expect(lineForm(DOCUMENTS.contact, SETTINGS)).toEqual([]);
	});
});
