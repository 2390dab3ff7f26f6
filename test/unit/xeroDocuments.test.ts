import fc from 'fast-check';
import { BANK_TRANSACTION_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/bankTransaction';
import { BATCH_PAYMENT_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/batchPayment';
import { CONTACT_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/contactFields';
import { CREDIT_NOTE_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/creditNoteParts';
import { INVOICE_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/invoiceFields';
import { ITEM_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/item';
import { LINE_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/lineFields';
import { MANUAL_JOURNAL_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/manualJournal';
import { JOURNAL_LINE_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/manualJournal/lines';
import { PAYMENT_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/payment';
import { PURCHASE_ORDER_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/purchaseOrder';
import { QUOTE_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/quote';
import { TRACKING_OPTION_ATTRIBUTES_ELSEWHERE } from '../../lib/xero/documents/trackingOption';
import { DOCUMENTS } from '../../lib/xero/documents';
import { trackingFields } from '../../lib/xero/documents/tracking';
import type {
	DocumentDefinition,
	FieldDefinition,
	FieldValue,
	WireElement,
} from '../../lib/xero/documents/definition';
import type { XeroModel } from '../../lib/xero/documents/modelFields';
import * as models from '../../lib/vendor/xeroModels';

const all = Object.values(DOCUMENTS);

/** A value of the field's kind, in the form in which drafts carry it. */
function valueFor(field: FieldDefinition): fc.Arbitrary<FieldValue> {
	const text = fc
		.string({ minLength: 1, maxLength: Math.min(field.maxLength ?? 60, 60) })
		.filter((value) => value.trim() !== '');
	switch (field.kind) {
		case 'boolean':
			return fc.boolean();
		case 'date':
			return fc
				.date({ min: new Date('1950-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
				.map((date) => date.toISOString().slice(0, 10));
		case 'choice':
			return fc.constantFrom(...(field.choices ?? []).map((choice) => choice.value));
		case 'money':
		case 'unitPrice':
		case 'quantity':
		case 'percentage':
		case 'rate':
			return fc
				.tuple(fc.integer({ min: -99_999_999, max: 99_999_999 }), fc.nat(9_999))
				.map(([whole, parts]) => `${whole}.${String(parts).padStart(4, '0')}`)
				.map((number) => number.replace(/\.?0+$/, ''))
				.map((number) => (number === '-0' || number === '' ? '0' : number));
		case 'id':
		case 'contact':
		case 'brandingTheme':
			return fc.uuid();
		default:
			// Read from its parts, joined by a blank: none stands at its ends.
			return field.isWhole ? text.map((value) => value.trim()) : text;
	}
}

/** As Xero would send it back: through JSON. */
function answered(element: WireElement): WireElement {
	return JSON.parse(JSON.stringify(element)) as WireElement;
}

function valuesOf(fields: readonly FieldDefinition[]): fc.Arbitrary<Record<string, FieldValue>> {
	// Entries of lists are kept in order, so that a second one needs a first.
	return fc.record(Object.fromEntries(fields.map((field) => [field.path, valueFor(field)])));
}

/** A document tells of its contact only who it is; the rest is read with the contact. */
function toldBy(
	{ hasContact }: DocumentDefinition,
	values: Readonly<Record<string, FieldValue>>,
): Record<string, FieldValue> {
	const told = ['contact.id', 'contact.name', 'contact.contactNumber', 'contact.emailAddress'];
	return Object.fromEntries(
		Object.entries(values).filter(
			([path]) => !hasContact || !path.startsWith('contact.') || told.includes(path),
		),
	);
}

describe.each(all.map((definition) => [definition.label, definition] as const))(
	'%s',
	(_label, definition: DocumentDefinition) => {
		it('reads back every field that it writes, alone and all together', () => {
			const own = definition.fields.filter((field) => !field.hasOwnRequest);
			for (const field of own) {
				fc.assert(
					fc.property(valueFor(field), (value) => {
						const element: WireElement = {};
						field.write(element, value);
						expect(field.read(answered(element))).toEqual(value);
					}),
					{ numRuns: 8 },
				);
			}
			// A whole telephone number and its parts are two ways to say one thing.
			const apart = own.filter(({ isWhole }) => !isWhole);
			const whole = new Set(own.filter(({ isWhole }) => isWhole).map(({ path }) => path));
			fc.assert(
				fc.property(valuesOf(apart), (values) => {
					const element: WireElement = { ...definition.wire.fixed };
					for (const field of apart) {
						const value = values[field.path];
						if (value !== undefined) field.write(element, value);
					}
					const read = Object.entries(definition.read(answered(element)).fields);
					expect(Object.fromEntries(read.filter(([path]) => !whole.has(path)))).toEqual(
						toldBy(definition, values),
					);
				}),
				{ numRuns: 20 },
			);
		});

		it('reads back every field of a line', () => {
			const {
				lineFields,
				wire: { lines: member },
			} = definition;
			if (!lineFields || !member) return;
			fc.assert(
				fc.property(valuesOf(lineFields), fc.uuid(), (values, id) => {
					const line: WireElement = member.idName === undefined ? {} : { [member.idName]: id };
					for (const field of lineFields) {
						const value = values[field.path];
						if (value !== undefined) field.write(line, value);
					}
					line.Tracking = [{ Name: 'Region', Option: 'North' }];
					const kept: Record<string, FieldValue> = { ...values };
					delete kept.accountID;
					const read = definition.read(answered({ [member.name]: [line] }));
					expect(read.lines).toEqual([
						{
							...(member.idName === undefined ? {} : { id }),
							fields: { ...kept, 'tracking.Region': 'North' },
						},
					]);
				}),
				{ numRuns: 20 },
			);
		});

		it('has labels and paths that are told apart, choices where choices are, and usual fields', () => {
			for (const fields of [definition.fields, definition.lineFields ?? []]) {
				const paths = fields.map((field) => field.path);
				const labels = fields.map((field) => field.label);
				expect(new Set(paths).size).toBe(paths.length);
				expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
				for (const field of fields) {
					if (field.kind === 'choice') expect(field.choices?.length).toBeGreaterThan(1);
				}
			}
			const usual = definition.fields.filter((field) => field.usual);
			expect(usual.length).toBeGreaterThanOrEqual(2);
			expect(usual.length).toBeLessThanOrEqual(10);
		});

		it('names only fields that it has', () => {
			const paths = new Set(definition.fields.map((field) => field.path));
			for (const key of definition.keys) {
				expect(paths).toContain(key.path);
				for (const path of key.within ?? []) expect(paths).toContain(path);
				expect(Object.keys(definition.lookup.values)).toContain(key.path);
			}
			const linePaths = new Set([
				'tracking',
				...(definition.lineFields ?? []).map((field) => field.path),
			]);
			for (const path of definition.editableWhenPaid) {
				const known = path.startsWith('lines.')
					? linePaths.has(path.slice('lines.'.length))
					: paths.has(path);
				expect([path, known]).toEqual([path, true]);
			}
			for (const path of [
				definition.numberPath,
				definition.statusPath,
				definition.wire.parentPath,
			]) {
				if (path !== undefined) expect(paths).toContain(path);
			}
		});

		it('moves only to statuses that a person can choose', () => {
			const status = definition.fields.find((field) => field.path === definition.statusPath);
			const known = new Set(status?.choices?.map((choice) => choice.value));
			for (const next of Object.values(definition.lifecycle.moves).flat())
				expect(known).toContain(next);
			if (definition.lifecycle.initial) expect(known).toContain(definition.lifecycle.initial);
		});
	},
);

/** Every attribute of a model of Xero's SDK is a field, or it is said why not. */
describe.each([
	['Contact', models.Contact, DOCUMENTS.contact.fields, CONTACT_ATTRIBUTES_ELSEWHERE],
	[
		'Invoice',
		models.Invoice,
		[...DOCUMENTS.salesInvoice.fields, ...DOCUMENTS.bill.fields],
		INVOICE_ATTRIBUTES_ELSEWHERE,
	],
	['LineItem', models.LineItem, DOCUMENTS.salesInvoice.lineFields ?? [], LINE_ATTRIBUTES_ELSEWHERE],
	[
		'CreditNote',
		models.CreditNote,
		DOCUMENTS.salesCreditNote.fields,
		CREDIT_NOTE_ATTRIBUTES_ELSEWHERE,
	],
	[
		'BankTransaction',
		models.BankTransaction,
		DOCUMENTS.bankTransaction.fields,
		BANK_TRANSACTION_ATTRIBUTES_ELSEWHERE,
	],
	[
		'BatchPayment',
		models.BatchPayment,
		DOCUMENTS.batchPayment.fields,
		BATCH_PAYMENT_ATTRIBUTES_ELSEWHERE,
	],
	[
		'ManualJournal',
		models.ManualJournal,
		DOCUMENTS.manualJournal.fields,
		MANUAL_JOURNAL_ATTRIBUTES_ELSEWHERE,
	],
	[
		'ManualJournalLine',
		models.ManualJournalLine,
		DOCUMENTS.manualJournal.lineFields ?? [],
		JOURNAL_LINE_ATTRIBUTES_ELSEWHERE,
	],
	['Quote', models.Quote, DOCUMENTS.quote.fields, QUOTE_ATTRIBUTES_ELSEWHERE],
	[
		'PurchaseOrder',
		models.PurchaseOrder,
		DOCUMENTS.purchaseOrder.fields,
		PURCHASE_ORDER_ATTRIBUTES_ELSEWHERE,
	],
	['Item', models.Item, DOCUMENTS.item.fields, ITEM_ATTRIBUTES_ELSEWHERE],
	['Payment', models.Payment, DOCUMENTS.payment.fields, PAYMENT_ATTRIBUTES_ELSEWHERE],
	[
		'TrackingOption',
		models.TrackingOption,
		DOCUMENTS.trackingOption.fields,
		TRACKING_OPTION_ATTRIBUTES_ELSEWHERE,
	],
	['ProjectCreateOrUpdate', models.ProjectCreateOrUpdate, DOCUMENTS.project.fields, {}],
	[
		'TaskCreateOrUpdate',
		models.TaskCreateOrUpdate,
		DOCUMENTS.projectTask.fields,
		{ rate: 'rate.value and rate.currency' },
	],
	['TimeEntryCreateOrUpdate', models.TimeEntryCreateOrUpdate, DOCUMENTS.timeEntry.fields, {}],
] as ReadonlyArray<
	readonly [string, XeroModel, readonly FieldDefinition[], Readonly<Record<string, string>>]
>)('xero-node’s %s', (_name, model, fields, elsewhere) => {
	it('is covered attribute by attribute', () => {
		const paths = new Set(fields.map((field) => field.path));
		const names = model.attributeTypeMap.map((attribute) => attribute.name);
		expect(names.filter((name) => !paths.has(name) && !(name in elsewhere))).toEqual([]);
		expect(Object.keys(elsewhere).filter((name) => !names.includes(name))).toEqual([]);
	});
});

describe('values on the wire', () => {
	const invoice = DOCUMENTS.salesInvoice;
	const fieldOf = (path: string, fields = invoice.fields) => {
		const field = fields.find((each) => each.path === path);
		if (!field) throw new Error(path);
		return field;
	};

	it('reads dates as the day that Xero means, in both of its spellings', () => {
		const due = fieldOf('dueDate');
		expect(due.read({ DueDate: '/Date(1767139200000+0000)/' })).toBe('2025-12-31');
		expect(due.read({ DueDate: '/Date(1767139200000)/' })).toBe('2025-12-31');
		expect(due.read({ DueDate: '/Date(-86400000+0000)/' })).toBe('1969-12-31');
		expect(due.read({ DueDate: '2025-12-31T00:00:00' })).toBe('2025-12-31');
		expect(due.read({ DueDate: null })).toBeUndefined();
	});

	it('clears texts with an empty text, and dates and numbers with null', () => {
		const element: WireElement = {};
		fieldOf('reference').write(element, '');
		fieldOf('dueDate').write(element, '');
		fieldOf('currencyRate').write(element, '');
		expect(element).toEqual({ Reference: '', DueDate: null, CurrencyRate: null });
	});

	it('sends what a binary float cannot say as text', () => {
		const element: WireElement = {};
		fieldOf('unitAmount', invoice.lineFields).write(element, '12345678901234567.89');
		expect(element).toEqual({ UnitAmount: '12345678901234567.89' });
	});

	it('takes a zero id for none', () => {
		const document = invoice.read({ InvoiceID: '00000000-0000-0000-0000-000000000000' });
		expect(document.id).toBe('');
	});

	it('tells "no lines in the answer" from "no lines"', () => {
		expect(invoice.read({ InvoiceID: 'a' }).lines).toBeUndefined();
		expect(invoice.read({ InvoiceID: 'a', LineItems: [] }).lines).toEqual([]);
	});

	it('spells the line amount types of a quote as the Quotes endpoint does', () => {
		const field = fieldOf('lineAmountTypes', DOCUMENTS.quote.fields);
		const element: WireElement = {};
		field.write(element, 'NoTax');
		expect(element).toEqual({ LineAmountTypes: 'NOTAX' });
		expect(field.read(element)).toBe('NoTax');
	});

	it('knows documents with payments or credits from those without', () => {
		expect(invoice.read({ AmountPaid: 0, Payments: [] }).hasPaymentsOrCredits).toBe(false);
		expect(invoice.read({ AmountPaid: 5 }).hasPaymentsOrCredits).toBe(true);
		expect(invoice.read({ CreditNotes: [{}] }).hasPaymentsOrCredits).toBe(true);
	});
});

describe('the account of a line', () => {
	it('is told once: by its code, or by its id where it has none', () => {
		const read = (line: WireElement) =>
			DOCUMENTS.salesInvoice.read({ LineItems: [line] }).lines?.[0]?.fields;
		expect(read({ AccountCode: '200', AccountID: 'a-1' })).toEqual({ accountCode: '200' });
		expect(read({ AccountID: 'a-1' })).toEqual({ accountID: 'a-1' });
	});
});

describe('tracking of a line', () => {
	it('is read by category in whatever order Xero lists it', () => {
		const job = { Name: 'Job', Option: 'J1' };
		const region = { Name: 'Region', Option: 'North' };
		for (const Tracking of [
			[job, region],
			[region, job],
		]) {
			const { lines } = DOCUMENTS.salesInvoice.read({ LineItems: [{ Tracking }] });
			expect(lines?.[0]?.fields).toEqual({ 'tracking.Job': 'J1', 'tracking.Region': 'North' });
		}
	});

	it('offers the active options of the active categories', () => {
		const fields = trackingFields([
			{
				id: 'a',
				name: 'Region',
				status: 'ACTIVE',
				options: [
					{ id: '1', name: 'North', status: 'ACTIVE' },
					{ id: '2', name: 'Old', status: 'ARCHIVED' },
				],
			},
			{ id: 'b', name: 'Gone', status: 'ARCHIVED', options: [] },
		]);
		expect(fields.map((field) => [field.path, field.choices])).toEqual([
			['tracking.Region', [{ value: 'North', label: 'North' }]],
		]);
	});
});
