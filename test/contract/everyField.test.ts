/**
 * Each field that the registry offers goes through the whole pipe: what a record says is in the
 * ledger after the first run, the second run finds nothing to do, and what the record says anew is
 * in the ledger after the third. A new field or a new document type is taken in by being there.
 */
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import type {
	DocumentDefinition,
	FieldDefinition,
	FieldValue,
	FieldValues,
	XeroDocument,
} from '../../lib/xero/documents/definition';
import { findDocuments } from '../../lib/xero/lookups';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import type { OrganisationSettings } from '../../lib/xero/settings';
import { isJsonObject, type JsonObject } from '../../sandbox/xero/json';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

const TYPES = Object.keys(DOCUMENTS) as DocumentType[];
const SPENDING: ReadonlySet<DocumentType> = new Set([
	'bill',
	'supplierCreditNote',
	'purchaseOrder',
	'bankTransaction',
	'manualJournal',
]);
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Pair = readonly [FieldValue, FieldValue];
type Field = Pick<FieldDefinition, 'path' | 'kind' | 'choices' | 'byName' | 'mayNotBeShown'>;
/** Values beside the field in question; undefined takes one of the record's own away. */
type Beside = Readonly<Record<string, FieldValue | undefined>>;

/** What a field needs, or how it differs from the others. */
interface Special {
	/** `<document> <path>`, and `<document> line <path>` for a field of a line. */
	readonly fields: RegExp;
	readonly values?: (settings: OrganisationSettings) => Pair;
	/** What goes with the value in the header. */
	readonly header?: Beside;
	/** What goes with the value in the line. */
	readonly line?: (value: FieldValue, index: number) => Beside;
	/** Where the ledger shows it, if elsewhere. */
	readonly shownAt?: string;
	/** Why it is set once, and never changed. */
	readonly once?: string;
	/**
	 * Why it is looked for in the request: the ledger does not show it. Where the registry does not
	 * say so, it is not changed: it could not be told from what a person took away.
	 */
	readonly notShown?: string;
	/** Why a record with it is held. */
	readonly held?: string;
	/** Where it is tested instead. */
	readonly elsewhere?: string;
}

const SPECIAL: readonly Special[] = [
	{ fields: / currencyRate$/, header: { currencyCode: 'EUR' } },
	{ fields: /^payment currencyRate$/, header: { currencyCode: undefined } },
	{
		fields: /^salesInvoice sentToContact$/,
		header: { status: 'AUTHORISED' },
		once: 'what was sent stays sent',
	},
	{
		fields: / line lineAmount$/,
		line: (value) => ({ quantity: '1', unitAmount: value }),
	},
	{
		fields: /^bankTransaction type$/,
		values: () => ['SPEND', 'SPEND'],
		once: 'its kind stays',
	},
	{
		fields: /^bankTransaction bankAccount\.code$/,
		values: () => ['090', '091'],
		once: 'its bank account stays',
	},
	{
		fields: /^bankTransaction bankAccount\.id$/,
		values: ({ accounts }) => {
			const [first, second] = accounts.filter(({ type }) => type === 'BANK');
			return [first?.id ?? '', second?.id ?? ''];
		},
		header: { 'bankAccount.code': undefined },
		once: 'its bank account stays',
	},
	{
		fields: /^bankTransaction url$/,
		once: 'it takes the place of the mark, by which it would be known who changed what is in the books',
	},
	{
		fields: /^bankTransaction currencyRate$/,
		header: { 'bankAccount.code': '092', currencyCode: undefined },
	},
	{
		fields: /^manualJournal line lineAmount$/,
		line: (value, index) => ({
			lineAmount: otherSide(value, index),
			quantity: undefined,
			unitAmount: undefined,
		}),
	},
	{
		fields: /^manualJournal line taxAmount$/,
		header: { lineAmountTypes: 'Exclusive' },
		line: (value, index) => ({ accountCode: '429', taxAmount: otherSide(value, index) }),
	},
	{
		fields: /^manualJournal line taxType$/,
		header: { lineAmountTypes: 'Exclusive' },
		line: () => ({ accountCode: '429' }),
	},
	{
		fields: /^manualJournal url$/,
		// By its own link it would be found again; without it, by its record among its words.
		header: { narration: 'Labour of record-1' },
	},
	{
		fields: / line accountID$/,
		values: ({ accounts }) => {
			// Of one tax rate, which the line keeps when its account changes.
			const [first, second] = accounts.filter(
				({ code, taxType }) => code !== undefined && taxType === 'INPUT2',
			);
			return [first?.id ?? '', second?.id ?? ''];
		},
		line: () => ({ accountCode: undefined, taxType: undefined }),
		shownAt: 'accountCode',
	},
	{ fields: / line (taxability|salesTaxCodeId)$/, notShown: 'sales tax of the United States' },
	{
		fields: /Invoice (roundingAmount|enteredTotal)$|^bill (roundingAmount|enteredTotal)$/,
		notShown: 'totals as a supplier rounded them; the sandbox reckons its own',
	},
	{ fields: / invoiceAddresses\./, notShown: 'sales tax of the United States' },
	{
		fields: /^contact phones\.default\.whole$/,
		elsewhere: 'bothWays.test.ts, in the place of its parts',
	},
	{
		fields: /^contact (taxNumberType|xeroNetworkKey|trackingCategory(Name|Option))$/,
		notShown: 'the sandbox does not keep it',
	},
	{
		fields: /^contact (sales|purchases)DefaultLineAmountType$/,
		notShown: 'the sandbox does not keep it',
	},
	{
		fields: /^contact (bankAccountDetails|batchPayments\.\w+)$/,
		held: 'whose bank account it is, a person looks at',
	},
	{ fields: /^contact (sales|purchases)Tracking\./, notShown: 'the sandbox does not keep it' },
	{ fields: /^contact paymentTerms\.sales\.type$/, header: { 'paymentTerms.sales.day': '20' } },
	{ fields: /^contact paymentTerms\.bills\.type$/, header: { 'paymentTerms.bills.day': '20' } },
	{
		fields: /^item inventoryAssetAccountCode$/,
		values: () => ['630', '630'],
		header: { 'purchaseDetails.cOGSAccountCode': '325' },
		once: 'the organisation has one such account',
	},
	{ fields: / allocation\./, elsewhere: 'dependentDocuments.test.ts: a request of its own' },
	{ fields: / customerOnStop$/, elsewhere: 'customerOnStop.test.ts: never sent' },
	{ fields: /^bill purchaseOrder$/, elsewhere: 'purchaseOrderToBill.test.ts: an order of its own' },
	{
		fields: /^payment invoice\.number$/,
		values: () => ['INV-1', 'INV-1'],
		once: 'payments are never changed',
	},
	{
		fields:
			/^payment (invoice|prepayment|overpayment|creditNote)\.id$|^payment creditNote\.number$/,
		elsewhere: 'dependentDocuments.test.ts: what a payment is for',
	},
	{
		fields: /^payment account\.code$/,
		values: () => ['090', '091'],
	},
	{
		fields: /^payment account\.id$/,
		values: ({ accounts }) => {
			const [first, second] = accounts.filter(({ type }) => type === 'BANK');
			return [first?.id ?? '', second?.id ?? ''];
		},
		header: { 'account.code': undefined },
	},
	{
		fields: /^batchPayment (account\.code|reference|particulars|code)$/,
		elsewhere: 'batchPayment.test.ts: by its id, and in New Zealand',
	},
	{
		fields: /^batchPayment line invoice\.id$/,
		values: () => ['INV-1', 'INV-1'],
		line: (value, index) => ({ 'invoice.id': index === 0 ? value : 'INV-2' }),
		once: 'batch payments are never changed',
	},
	{
		fields: /^batchPayment line lineAmount$/,
		line: () => ({ quantity: undefined, unitAmount: undefined }),
	},
	{
		fields: /^payment (bankAccountNumber|particulars|code|details)$/,
		notShown: 'for payments in batches; the sandbox does not keep it',
	},
	{
		fields:
			/^(trackingOption trackingCategoryID|project contactId|\w+ projectId|timeEntry taskId)$/,
		values: () => ['', ''],
		once: 'it stays below what it was made for',
	},
	{
		fields: /^timeEntry userId$/,
		values: () => ['rowan.ashby@example.com', 'kit.marlow@example.com'],
	},
	{
		fields: /^timesheet (startDate|endDate|payrollCalendarID|status)$/,
		elsewhere: 'timesheet.test.ts: worked out from the person and any day of the period',
	},
	{
		fields: /^timesheet employeeID$/,
		values: () => ['', ''],
		once: 'the hours of another person are another timesheet',
	},
	{
		fields: /^timesheet line (date|earningsRateID|trackingItemID)$/,
		elsewhere: 'timesheet.test.ts, timesheetChanges.test.ts: what tells lines apart',
	},
	{
		fields: /^projectTask rate\.currency$/,
		values: () => ['GBP', 'EUR'],
		once: 'it is the currency of the project',
	},
];

/** The second line of a journal is the other side of the first. */
function otherSide(value: FieldValue, index: number): FieldValue {
	return index === 0 ? value : `-${String(value)}`;
}

function specialOf(name: string): Omit<Special, 'fields'> {
	return Object.assign({}, ...SPECIAL.filter(({ fields }) => fields.test(name)));
}

const OF_KIND: Readonly<Partial<Record<FieldDefinition['kind'], Pair>>> = {
	email: ['first@example.com', 'second@example.com'],
	url: ['https://example.com/first', 'https://example.com/second'],
	boolean: [true, false],
	date: ['2026-12-05', '2026-12-08'],
	money: ['12.34', '23.45'],
	unitPrice: ['12.34', '13.75'],
	quantity: ['3', '4'],
	percentage: ['10', '15'],
	rate: ['1.25', '1.5'],
	currency: ['GBP', 'EUR'],
	item: ['PIPE', 'ROPE'],
};

/** Two values for a field, as far as its kind says. */
function valuesFor(type: DocumentType, field: Field, settings: OrganisationSettings): Pair {
	const isSpending = SPENDING.has(type) || /purchase|payable|cOGS/i.test(field.path);
	if (field.kind === 'account') return isSpending ? ['325', '429'] : ['210', '260'];
	if (field.kind === 'taxType') {
		return isSpending ? ['ZERORATEDINPUT', 'INPUT2'] : ['ZERORATEDOUTPUT', 'OUTPUT2'];
	}
	if (field.kind === 'brandingTheme') {
		const [first, second] = settings.brandingThemes;
		return [first?.id ?? '', second?.id ?? ''];
	}
	if (field.choices) {
		const [first, second] = field.choices;
		return [first?.value ?? '', second?.value ?? ''];
	}
	return OF_KIND[field.kind] ?? ['First', 'Second'];
}

interface Trial {
	readonly world: XeroInMemory;
	readonly definition: DocumentDefinition;
	readonly settings: OrganisationSettings;
	readonly options: UpsertOptions;
}

async function trial(type: DocumentType, options = DEFAULT_OPTIONS): Promise<Trial> {
	const world = await xeroInMemory();
	await DOCUMENT_CASES[type].before?.(world);
	if (DOCUMENTS[type].hasContact) {
		await world.client.write({
			method: 'PUT',
			path: '/Items',
			body: { Items: ['PIPE', 'ROPE'].map((Code) => ({ Code })) },
			idempotencyKey: 'items',
		});
	}
	const settings = await readOrganisationSettings(world.client);
	return { world, definition: DOCUMENTS[type], settings, options };
}

async function run({ world, definition, settings, options }: Trial, draft: Draft) {
	const client = world.anotherClient();
	const context = { client, settings, clock: world.clock, turns: world.turns };
	const { outcomes } = await upsertDocuments(context, definition, [draft], options);
	const [outcome] = outcomes;
	return {
		outcome: outcome?.outcome,
		issues: outcome?.issues.map(({ code, message }) => `${code}: ${message}`),
		id: outcome?.document.id ?? '',
		contactId: outcome?.document.contactId ?? '',
		writes: client.calls().writes,
	};
}

async function inLedger({ world, definition }: Trial, id: string): Promise<XeroDocument> {
	const projects = definition.wire.parentPath
		? await findDocuments(world.client, DOCUMENTS.project, {
				ids: [],
				values: { name: ['J-1 Roof'] },
			})
		: [];
	const [found] = await findDocuments(world.client, definition, {
		ids: [id],
		values: {},
		parentIds: projects.map((project) => project.id),
	});
	if (!found) throw new Error(`There is no ${definition.label} ${id}.`);
	return found;
}

/** The document as the last request had it. */
function inRequest({ world, definition }: Trial): XeroDocument {
	const [sent] = world.sandbox.journal.filter({ service: 'xero', kind: 'write', last: 1 });
	const body = sent?.requestBody;
	const list: unknown = isJsonObject(body) ? body[definition.wire.resource] : undefined;
	const element: unknown = Array.isArray(list) ? list[0] : body;
	return definition.read(isJsonObject(element) ? element : ({} satisfies JsonObject));
}

function present(values: Beside): FieldValues {
	return Object.fromEntries(
		Object.entries(values).flatMap(([path, value]) => (value === undefined ? [] : [[path, value]])),
	);
}

/** The record of a type with other values, in its header or in its lines. */
function withValues(
	type: DocumentType,
	header: Beside,
	line: (index: number) => Beside = () => ({}),
): Draft {
	const draft = draftOf(type, DOCUMENT_CASES[type]);
	return {
		...draft,
		fields: present({ ...draft.fields, ...header }),
		...(draft.lines
			? {
					lines: draft.lines.map(({ fields }, index) => ({
						fields: present({ ...fields, ...line(index) }),
					})),
				}
			: {}),
	};
}

/** Takes one field through the pipe. */
async function takeThrough(type: DocumentType, field: Field, isOfLine: boolean): Promise<void> {
	const special = specialOf(isOfLine ? `${type} line ${field.path}` : `${type} ${field.path}`);
	const on = await trial(type);
	const own = DOCUMENT_CASES[type].fields[field.path];
	const [first, second] = (
		special.values?.(on.settings) ?? valuesFor(type, field, on.settings)
	).map((value) => (value === '' ? (own ?? '') : value)) as [FieldValue, FieldValue];
	const record = (value: FieldValue): Draft =>
		isOfLine
			? withValues(type, { ...special.header }, (index) => ({
					[field.path]: value,
					...special.line?.(value, index),
				}))
			: withValues(type, { ...special.header, [field.path]: value });
	const shown = async (id: string): Promise<FieldValue | undefined> => {
		const document = special.notShown ? inRequest(on) : await inLedger(on, id);
		const values = isOfLine ? document.lines?.[0]?.fields : document.fields;
		return values?.[special.shownAt ?? field.path];
	};
	const meant = (value: FieldValue): unknown => {
		if (special.shownAt) return on.settings.accounts.find(({ id }) => id === value)?.code;
		return field.byName ? expect.stringMatching(ID) : value;
	};

	const created = await run(on, record(first));
	if (special.held !== undefined) {
		expect(created).toMatchObject({ outcome: 'held', writes: 0 });
		return;
	}
	expect(created).toMatchObject({ outcome: 'created', issues: [] });
	const { id } = created;
	const shownFirst = await shown(id);
	expect(shownFirst).toEqual(meant(first));
	if (special.notShown !== undefined && !field.mayNotBeShown) return;
	const again = await run(on, { ...record(first), id });
	expect(again).toMatchObject({ outcome: 'unchanged', writes: 0, issues: [] });
	if (special.once !== undefined) return;

	const changed = await run(on, { ...record(second), id });
	if (special.notShown !== undefined && isOfLine) {
		// It goes along with the next change of its line.
		expect(changed).toMatchObject({ outcome: 'unchanged', writes: 0, issues: [] });
		const other = withValues(type, {}, () => ({ [field.path]: second, quantity: '9' }));
		expect(await run(on, { ...other, id })).toMatchObject({ outcome: 'updated', issues: [] });
		expect(await shown(id)).toEqual(second);
		return;
	}
	if (!on.definition.canBeUpdated && field.path !== on.definition.statusPath) {
		expect(changed).toMatchObject({ outcome: 'held', writes: 0 });
		expect(await shown(id)).toEqual(meant(first));
		return;
	}
	expect(changed).toMatchObject({ outcome: 'updated', issues: [], id });
	const shownSecond = await shown(id);
	expect(shownSecond).toEqual(meant(second));
	expect(shownSecond).not.toEqual(shownFirst);
	expect(await run(on, { ...record(second), id })).toMatchObject({ writes: 0 });
}

const TRACKING: readonly Field[] = [
	{
		path: 'tracking.Region',
		kind: 'tracking',
		choices: ['North', 'South'].map((value) => ({ value, label: value })),
	},
	{
		path: 'tracking.Job',
		kind: 'tracking',
		choices: ['J1002 Loft conversion', 'J1003 Rewire'].map((value) => ({ value, label: value })),
	},
];

interface Taken {
	readonly name: string;
	readonly type: DocumentType;
	readonly field: Field;
	readonly isOfLine: boolean;
}

/** Every field but those of the contact inside a document, which are taken through together. */
const FIELDS: readonly Taken[] = TYPES.flatMap((type) => {
	const { fields, lineFields, wire }: DocumentDefinition = DOCUMENTS[type];
	const tracking = lineFields && !wire.lines?.isUntracked ? TRACKING : [];
	const own = fields.filter(({ path }) => !path.startsWith('contact.'));
	return [
		...own.map((field) => ({ name: `${type} ${field.path}`, type, field, isOfLine: false })),
		...[...(lineFields ?? []), ...tracking].map((field) => ({
			name: `${type} line ${field.path}`,
			type,
			field,
			isOfLine: true,
		})),
	];
});

describe('a field of a record goes to Xero, is left alone there, and changes there', () => {
	const here = FIELDS.filter(({ name }) => !specialOf(name).elsewhere);

	it.each(here)('$name', async ({ type, field, isOfLine }) => {
		await takeThrough(type, field, isOfLine);
	});

	it('and the list of what is special names no field that is not there', () => {
		const idle = SPECIAL.filter(({ fields }) => !FIELDS.some(({ name }) => fields.test(name)));
		expect(idle).toEqual([]);
	});
});

describe('the contact inside a document is given every field that a contact has', () => {
	/** What decides which contact is meant stays the same. */
	const IDENTITY = ['name', 'contactNumber', 'emailAddress', 'contactStatus'];
	const plain = DOCUMENTS.contact.fields.filter(({ path }) => {
		const { notShown, held, elsewhere } = specialOf(`contact ${path}`);
		const isHere = notShown === undefined && held === undefined && elsewhere === undefined;
		return !IDENTITY.includes(path) && isHere;
	});

	it.each(TYPES.filter((type) => DOCUMENTS[type].hasContact))('of a %s', async (type) => {
		const on = await trial(type, { ...DEFAULT_OPTIONS, contactPolicy: 'matchCreateOrUpdate' });
		const values = (position: 0 | 1): Record<string, FieldValue> =>
			Object.fromEntries(
				plain.map((field) => [field.path, valuesFor('contact', field, on.settings)[position]]),
			);
		const inline = (fields: FieldValues): FieldValues =>
			Object.fromEntries(Object.entries(fields).map(([path, value]) => [`contact.${path}`, value]));
		const contact = async (id: string): Promise<FieldValues> =>
			(await inLedger({ ...on, definition: DOCUMENTS.contact }, id)).fields;

		const created = await run(on, withValues(type, inline(values(0))));
		expect(created).toMatchObject({ outcome: 'created', issues: [] });
		expect(await contact(created.contactId)).toMatchObject(values(0));
		const { id } = created;
		const again = await run(on, { ...withValues(type, inline(values(0))), id });
		expect(again).toMatchObject({ outcome: 'unchanged', writes: 0, issues: [] });
		await run(on, { ...withValues(type, inline(values(1))), id });
		expect(await contact(created.contactId)).toMatchObject(values(1));
	});
});
