import { changedLabel } from '../../lib/sync/plan/changeWords';
import { withStatus } from '../../lib/sync/plan/elements';
import { fingerprintOf } from '../../lib/sync/sourceLink/fingerprint';
import { calendarDate } from '../../lib/dates';
import { checkLinkKept, withoutSourceLink } from '../../lib/sync/plan/linkAnswered';
import type { Draft } from '../../lib/sync/draft';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { order, planOf, posted, said } from './planFixtures';
import { paymentDraft, SETTINGS } from './syncFixtures';

/** What a plan is looked at for before it is carried out, and what it is told by. */

const PAID: WireElement = { Status: 'PAID', AmountPaid: 25.2 };
const issueOf = (record: Draft, inXero: WireElement, before: Draft = order()) =>
	planOf(record, posted(before, inXero)).issues[0];

describe('a document that is paid', () => {
	const PARTS: FieldValues = { description: 'Parts', quantity: '1', unitAmount: '4' };

	it.each<[string, Draft, string]>([
		['a new line', order({}, [{}, PARTS]), 'Description (line 2) from nothing to Parts'],
		['another price', order({}, [{ unitAmount: '12' }]), 'Unit Price (line 1) from 10.5 to 12'],
		['another day', order({ date: '2026-11-02' }), 'Issue Date from 2026-11-01 to 2026-11-02'],
	])('takes no %s', (_what, record, words) => {
		expect(issueOf(record, PAID)).toMatchObject({
			code: 'XERO_PAID_DOCUMENT_EDIT',
			message: `INV-1 has payments or credits in Xero, so this can no longer be changed: ${words}.`,
		});
	});

	it('loses no line', () => {
		const plan = planOf(order(), posted(order({}, [{}, PARTS]), PAID), {
			options: { removeOmittedLines: true },
		});
		expect(said(plan)).toBe('stop XERO_PAID_DOCUMENT_EDIT');
		expect(plan.issues[0]?.message).toMatch(/: the line "Parts" is left out\.$/);
	});

	it.each<[string, Draft]>([
		['due date', order({ dueDate: '2026-12-24' })],
		['words', order({}, [{ description: 'Labour, and more' }])],
		['tracking', order({}, [{ 'tracking.Region': 'North' }])],
	])('takes another %s', (_what, record) => {
		expect(planOf(record, posted(order(), PAID)).action).toBe('update');
	});

	it('takes words where Xero has none, but no line beside them', () => {
		const wordless = { ...posted(order(), PAID) };
		const lines = wordless.lines?.map((line) => {
			const { description, ...fields } = line.fields;
			expect(description).toBe('Labour');
			return { ...line, fields };
		});
		const options = { accountantEdits: 'knackWins' } as const;
		const there = { ...wordless, lines } as typeof wordless;
		expect(said(planOf(order(), there, { options }))).toBe('update lineItems[0].description');
		const more = planOf(order({}, [{}, PARTS]), there, { options });
		expect(more.issues.map(({ message }) => message).join()).toMatch(
			/can no longer be changed: Description \(line 2\) from nothing to Parts\.$/,
		);
	});

	it('names five changes, and counts the others', () => {
		const prices = ['1', '2', '3', '4', '5', '6', '7'];
		const lines = (more: string) =>
			prices.map((price) => ({ description: `Part ${price}`, unitAmount: `${price}${more}` }));
		const changed = issueOf(order({}, lines('1')), PAID, order({}, lines('0')));
		expect(changed?.message.split('; ')).toHaveLength(6);
		expect(changed?.message).toMatch(/Unit Price \(line 5\) from 50 to 51; and 2 more\.$/);
	});
});

describe('what Xero would not let be changed', () => {
	it('is anything of what was voided', () => {
		expect(issueOf(order({ reference: 'B' }), { Status: 'VOIDED' })).toMatchObject({
			field: 'reference',
			message: 'INV-1 is voided in Xero and cannot be changed.',
		});
	});

	it('is a status that it cannot go to, nor one that is not known', () => {
		expect(issueOf(order({ status: 'DELETED' }), {})).toMatchObject({
			field: 'status',
			message: 'A sales invoice cannot go from authorised to deleted.',
		});
		const odd = { ...posted(order()), status: 'ARCHIVED' };
		expect(said(planOf(order(), odd))).toBe('keep');
	});

	it('is the currency of what is approved', () => {
		const options = { accountantEdits: 'knackWins' } as const;
		const plan = planOf(order({ currencyCode: 'EUR' }), posted(order()), { options });
		expect(plan.issues[0]).toMatchObject({
			code: 'XERO_CURRENCY_CHANGE',
			field: 'currencyCode',
			message: 'INV-1 is approved in GBP; its currency cannot become EUR.',
		});
	});

	it('is anything of a payment', () => {
		const inXero = {
			PaymentID: 'one',
			Amount: 20,
			Date: '/Date(1795132800000+0000)/',
			Reference: 'P-1',
			Status: 'AUTHORISED',
		};
		const there = posted(paymentDraft({}), inXero);
		const options = { accountantEdits: 'knackWins' } as const;
		// It can be deleted all the same.
		expect(said(planOf(paymentDraft({ status: 'DELETED' }), there, { options }))).toBe(
			'update status',
		);
		const [issue, ...others] = planOf(paymentDraft({ amount: '25' }), there, { options }).issues;
		expect(others).toEqual([]);
		// Nobody asks who has changed it: it cannot be changed in any case.
		expect(said(planOf(paymentDraft({ amount: '25' }), there))).toBe('stop XERO_CANNOT_BE_CHANGED');
		expect(issue).toMatchObject({
			code: 'XERO_CANNOT_BE_CHANGED',
			field: 'amount',
			message: expect.stringMatching(
				/^The payment .* is in Xero with Amount "20", not "25"; Xero lets payments be made and deleted, never changed\.$/,
			),
		});
	});
});

describe('the lines of a record', () => {
	it('are looked at with the status that the document comes to', () => {
		const record = order({}, [{ accountCode: '', unitAmount: '12' }]);
		const { status, ...undecided } = record.fields;
		expect(status).toBe('AUTHORISED');
		const drafted = posted(order({ status: 'DRAFT' }, [{ accountCode: '' }]));
		expect(planOf(record, drafted).issues.map(({ code }) => code)).toEqual([
			'XERO_LINE_ACCOUNT_MISSING',
		]);
		expect(planOf({ ...record, fields: undecided }, drafted).issues).toEqual([]);
	});

	it('are told beside what holds the record in any case', () => {
		const record = order({}, [{ discountRate: '130' }]);
		const codes = planOf(record, undefined, {
			match: {
				kind: 'stopped',
				issues: [
					{ code: 'XERO_KEY_OF_ANOTHER', severity: 'hold', message: 'Whose?', fix: 'Look.' },
				],
			},
		}).issues.map(({ code }) => code);
		expect(codes).toEqual(['XERO_KEY_OF_ANOTHER', 'XERO_DISCOUNT_OUT_OF_RANGE']);
		const stopped = { match: { kind: 'stopped', issues: [] } } as const;
		expect(planOf({ ...record, lines: undefined }, undefined, stopped).issues).toEqual([]);
	});

	it('come to an amount that can be paid', () => {
		const settings = {
			...SETTINGS,
			organisation: { ...SETTINGS.organisation, baseCurrency: 'JPY' },
		};
		const yen = (unitAmount: string) =>
			planOf(order({}, [{ quantity: '1', unitAmount, taxType: 'NONE' }]), undefined, { settings });
		expect(yen('10.5').issues).toMatchObject([
			{
				code: 'XERO_TOTAL_IN_FRACTIONS',
				field: 'total',
				message: 'The total is JPY 10.50, and JPY has no smaller unit to pay it in.',
			},
		]);
		expect(yen('10').issues).toEqual([]);
	});

	it('are sent as long as Xero takes so many at once', () => {
		const long = (characters: number) => order({}, [{ description: 'é'.repeat(characters) }]);
		expect(planOf(long(1_600_000), undefined).issues).toEqual([]);
		const [issue] = planOf(long(2_000_000), undefined).issues;
		expect(issue).toMatchObject({ code: 'XERO_PAYLOAD_TOO_LARGE', field: 'lineItems' });
		expect(issue?.message).toMatch(/^The sales invoice has 4\.0 MB; Xero takes about 3\.4 MB/);
	});

	it('are tracked by name or id, whichever of several options it is', () => {
		const [region] = SETTINGS.trackingCategories;
		if (!region) throw new Error('There is no category.');
		const options = [...region.options, { id: 'opt-south', name: 'South', status: 'ACTIVE' }];
		const team = { ...region, id: 'cat-team', name: 'Team' };
		const settings = { ...SETTINGS, trackingCategories: [team, { ...region, options }] };
		const tracked = (path: string, option: string) => {
			const plan = planOf(order({}, [{ [`tracking.${path}`]: option }]), undefined, { settings });
			if (plan.action !== 'create') throw new Error(said(plan));
			return Object(plan.element().LineItems)[0].Tracking;
		};
		const south = [{ TrackingCategoryID: 'cat-region', TrackingOptionID: 'opt-south' }];
		expect(tracked('Region', 'South')).toEqual(south);
		expect(tracked('region', 'SOUTH')).toEqual(south);
		expect(tracked('CAT-REGION', 'opt-south')).toEqual(south);
	});
});

describe('what a record is known by from run to run', () => {
	const keyOf = (draft: Draft) => planOf(draft, undefined).key;
	const customer = (fields: FieldValues): Draft => ({
		type: 'contact',
		itemIndexes: [0],
		fields,
		source: {},
		issues: [],
	});

	it('is its id, else its surest key', () => {
		expect(keyOf({ ...order(), id: 'seven' })).toBe('id:seven');
		expect(keyOf(order({ reference: 'A' }))).toBe('invoiceNumber:INV-1');
		expect(keyOf(order({ invoiceNumber: '', reference: 'A' }))).toBe('reference:A');
		expect(keyOf(order({ invoiceNumber: '' }))).toBe('');
		expect(keyOf(customer({ emailAddress: 'a@x.example' }))).toBe('emailAddress:a@x.example');
		expect(keyOf(customer({ name: 'Acme', emailAddress: 'a@x.example' }))).toBe('name:Acme');
	});

	it('has the same hash as long as it says the same', () => {
		const hashOf = (draft: Draft) => planOf(draft, undefined).contentHash;
		const records = [
			order(),
			order({ reference: 'B' }),
			order({}, [{ unitAmount: '12' }]),
			order({}, [{}, {}]),
			{ ...order(), id: 'seven' },
		];
		expect(new Set(records.map(hashOf)).size).toBe(records.length);
		expect(hashOf(order({}, [{}], { itemIndexes: [7] }))).toBe(hashOf(order()));
	});
});

describe('the element that is sent', () => {
	const elementOf = (...given: Parameters<typeof planOf>) => {
		const plan = planOf(...given);
		if (plan.action !== 'create' && plan.action !== 'update') throw new Error(said(plan));
		return plan.element();
	};

	it('names a contact by its id alone, and only where it is new or moves', () => {
		expect(elementOf(order(), undefined).Contact).toEqual({ ContactID: 'acme' });
		expect(elementOf(order(), undefined, { contactId: undefined })).not.toHaveProperty('Contact');
		expect(elementOf(order({ reference: 'B' }), posted(order()))).not.toHaveProperty('Contact');
		const quote = (reference: string): Draft => ({
			...order(),
			type: 'quote',
			fields: { 'contact.name': 'Acme', quoteNumber: 'Q-1', date: '2026-11-01', reference },
		});
		// Xero wants contact and day with every change of a quote.
		const options = { accountantEdits: 'knackWins' } as const;
		expect(elementOf(quote('B'), posted(quote('A')), { options })).toMatchObject({
			Contact: { ContactID: 'acme' },
			Date: '2026-11-01',
		});
	});

	it('has the status that it comes to', () => {
		const drafted = posted(order({ status: 'DRAFT' }));
		expect(elementOf(order(), drafted)).toMatchObject({ InvoiceID: 'one', Status: 'AUTHORISED' });
	});

	it('may be had in another status, and is itself as it was', () => {
		const element = elementOf(order(), undefined);
		expect(withStatus(SALES_INVOICE, element, 'DRAFT')).toEqual({ ...element, Status: 'DRAFT' });
		expect(element.Status).toBe('AUTHORISED');
		expect(withStatus(SALES_INVOICE, element, undefined)).toEqual(element);
	});

	it('has all of a project, which loses what a change of it leaves out, but neither id nor status', () => {
		const project = (name: string): Draft => ({
			type: 'project',
			itemIndexes: [0],
			fields: { name },
			source: {},
			issues: [],
		});
		const inXero = {
			contactId: 'acme',
			estimate: { value: 300, currency: 'GBP' },
			status: 'CLOSED',
		};
		const there = posted(project('Roof'), inXero);
		const options = { accountantEdits: 'knackWins' } as const;
		expect(elementOf(project('Roof, red'), there, { options })).toEqual({
			name: 'Roof, red',
			contactId: 'acme',
			estimateAmount: 300,
		});
	});

	it('has the status alone of a project that is closed', () => {
		const project = (status: string): Draft => ({
			type: 'project',
			itemIndexes: [0],
			fields: { name: 'Roof', status },
			source: {},
			issues: [],
		});
		const there = posted(project('INPROGRESS'), { contactId: 'acme', status: 'INPROGRESS' });
		const plan = planOf(project('CLOSED'), there);
		expect(said(plan)).toBe('update status');
		if (plan.action === 'update') expect(Object.keys(plan.element())).toEqual(['status']);
	});

	it('has the parts of an address that Xero does not show beside one that the record changes', () => {
		const address = (city: string) => ({
			'invoiceAddresses.to.addressLine1': '1 High St',
			'invoiceAddresses.to.city': city,
		});
		const before = order({ status: 'DRAFT', ...address('Leeds') });
		const there = posted(before, { InvoiceAddresses: undefined });
		const element = elementOf(order({ status: 'DRAFT', ...address('York') }), there);
		expect(element.InvoiceAddresses).toMatchObject([{ AddressLine1: '1 High St', City: 'York' }]);
		const other = elementOf(order({ status: 'DRAFT', reference: 'B', ...address('Leeds') }), there);
		expect(other).not.toHaveProperty('InvoiceAddresses');
	});

	it('has no tracking where the record has taken it off', () => {
		const Tracking = [{ Name: 'Region', Option: 'North', TrackingCategoryID: 'cat-region' }];
		const tracked = posted(order({}, [{ 'tracking.Region': 'North' }]), {}, [{ Tracking }]);
		const [line] = Object(elementOf(order({}, [{ 'tracking.Region': '' }]), tracked).LineItems);
		expect(line).toMatchObject({ Description: 'Labour' });
		expect(line).not.toHaveProperty('Tracking');
	});
});

describe('a changed field by its label', () => {
	it.each([
		['dueDate', 'Due Date'],
		['lineItems[1].unitAmount', 'Unit Price (line 2)'],
		['lineItems[11].unitAmount', 'Unit Price (line 12)'],
		['lineItems[0].tracking.Region', 'tracking.Region (line 1)'],
		['lineItems', 'a line'],
		['contact', 'Contact'],
		['contact.phones.default.whole', 'Contact Whole Phone Number'],
		['contact.unheardOf', 'contact.unheardOf'],
		['sourceLink', 'Go to Source link'],
	])('%s is %s', (field, label) => {
		expect(changedLabel(SALES_INVOICE, field)).toBe(label);
	});
});

describe('the link of a plan', () => {
	it('is asked for once the document is there: Xero may have kept another', () => {
		const plan = planOf(order(), undefined);
		const linkless = planOf(order(), undefined, { options: { sourceLink: false } });
		if (plan.action !== 'create' || linkless.action !== 'create') throw new Error(said(plan));
		const there = posted(order());
		const kept = (url: string | undefined) => ({
			...there,
			fields: Object.fromEntries(
				Object.entries({ ...there.fields, url }).flatMap(([path, value]) =>
					value === undefined ? [] : [[path, value]],
				),
			),
		});
		expect(checkLinkKept(plan, there, {})).toEqual([]);
		const sent = String(there.fields.url);
		expect(checkLinkKept(plan, kept(sent.replace('https://', 'https://www.')), {})).toEqual([]);
		for (const url of [undefined, 'https://shop.example/7', sent.replace('.r1', '.r2')]) {
			expect(checkLinkKept(plan, kept(url), {})).toMatchObject([
				{
					code: 'XERO_SOURCE_LINK_NOT_SENT',
					field: 'url',
					message: 'Xero took the document but not the link back to the record.',
				},
			]);
		}
		expect(checkLinkKept(linkless, kept(undefined), {})).toEqual([]);
	});

	it.each([
		['https://my-xero-app.example/', 'it contains "xero", which Xero refuses in an address'],
		['shop.example', 'it does not begin with https:// or contains a space'],
		[
			`https://shop.example/${'a'.repeat(240)}`,
			'with its mark it has more than the 255 characters that Xero keeps',
		],
	])('to %s is not sent, which is said', (recordPage, why) => {
		const record = order({}, [{}], { source: { ...order().source, recordPage } });
		const plan = planOf(record, undefined);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.element()).not.toHaveProperty('Url');
		expect(plan.issues).toMatchObject([
			{
				code: 'XERO_SOURCE_LINK_NOT_SENT',
				field: 'url',
				message: `The link back to the record is not sent: ${why}.`,
			},
		]);
	});

	it('is none where the user maps the address', () => {
		const plan = planOf(order({ url: 'https://shop.example/7' }), undefined);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.element().Url).toBe('https://shop.example/7');
		expect(plan.changes.map(({ field }) => field)).not.toContain('sourceLink');
	});

	it('is none of a document that has no address, wherever its record is shown', () => {
		const { lines, ...quote } = order({}, [{}], {
			source: { ...order().source, recordPage: 'shop.example' },
		});
		const fields = { 'contact.name': 'Acme', quoteNumber: 'Q-1', date: '2026-11-01' };
		const plan = planOf(
			{ ...quote, ...(lines ? { lines } : {}), type: 'quote', fields },
			undefined,
		);
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.issues).toEqual([]);
		expect(plan.changes.map(({ field }) => field)).not.toContain('sourceLink');
	});

	it('tells a document from the one whose place it takes, and counts as sent what the record says', () => {
		const from = calendarDate('2026-11-22');
		if (!from) throw new Error('There is no such day.');
		const sent = fingerprintOf(SALES_INVOICE, order());
		const replaces = { document: posted(order()), sent, from };
		const plan = planOf(order({ reference: 'set in Xero' }), undefined, { replaces });
		if (plan.action !== 'create') throw new Error(said(plan));
		expect(plan.fingerprint).toBe(planOf(order(), undefined).fingerprint);
		expect(plan.element().Url).toContain('corrects=');
	});

	it('is taken off with the word that it does not go, and nothing else is', () => {
		const plan = planOf(order(), undefined);
		if (plan.action !== 'create') throw new Error(said(plan));
		const bare = withoutSourceLink(plan, {});
		const { Url, ...others } = plan.element();
		expect(Url).toContain('knack=');
		expect(bare?.element()).toEqual(others);
		expect(plan.changes.at(-1)?.field).toBe('sourceLink');
		expect(bare?.changes).toEqual(plan.changes.slice(0, -1));
		expect(bare?.issues).toMatchObject([{ code: 'XERO_SOURCE_LINK_NOT_SENT', field: 'url' }]);
		expect(bare && withoutSourceLink(bare, {})).toBeUndefined();
	});

	it('is none where the address in Xero is somebody else’s, nor where it is as it was', () => {
		const update = (Url: string) => {
			const there = posted(order({ status: 'DRAFT' }), { Url });
			const plan = planOf(order({ status: 'DRAFT', reference: 'B' }), there);
			if (plan.action !== 'update') throw new Error(said(plan));
			return plan.element().Url;
		};
		expect(update('https://shop.example/orders/7')).toBeUndefined();
		expect(update('https://builder.knack.com/?knack=-.object_2.r2')).toBeUndefined();
		expect(update('https://builder.knack.com/?knack=-.object_2.r1')).toContain('&sent=');
		expect(update('https://builder.knack.com/?knack=-.object_2.r1&corrects=abcdfghj')).toContain(
			'&corrects=abcdfghj&sent=',
		);
	});
});
