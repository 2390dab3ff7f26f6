import type { Draft } from '../../lib/sync/draft';
import type { FieldValues, WireElement, XeroDocument } from '../../lib/xero/documents/definition';
import { order, planOf, posted, said } from './planFixtures';

describe('the plan of an update', () => {
	it('is to keep what is as it was sent', () => {
		expect(said(planOf(order(), posted(order())))).toBe('keep');
	});

	it.each<[string, Draft, WireElement, readonly WireElement[], string]>([
		['sends what the record has changed', order({ reference: 'B' }), {}, [], 'update reference'],
		['sends a price', order({}, [{ unitAmount: '12' }]), {}, [], 'update lineItems[0].unitAmount'],
		[
			'leaves what a person has changed in Xero',
			order(),
			{ DueDate: '2026-12-24' },
			[],
			'keep XERO_CHANGED_IN_XERO',
		],
		[
			'leaves the account that a person chose in Xero',
			order(),
			{},
			[{ AccountCode: '429' }],
			'keep XERO_CHANGED_IN_XERO',
		],
		[
			'holds what both have changed',
			order({ dueDate: '2026-12-20' }),
			{ DueDate: '2026-12-24' },
			[],
			'stop XERO_BOTH_CHANGED',
		],
		[
			'sends what one has changed beside what both have',
			order({ dueDate: '2026-12-20', reference: 'B' }),
			{ DueDate: '2026-12-24' },
			[],
			'update XERO_BOTH_CHANGED reference',
		],
		[
			'moves the status on, never back',
			order({ status: 'DRAFT' }),
			{ Status: 'SUBMITTED' },
			[],
			'keep',
		],
		['approves what Xero has as a draft', order(), { Status: 'DRAFT' }, [], 'update status'],
		[
			'changes nothing that was voided',
			order({ reference: 'B' }),
			{ Status: 'VOIDED' },
			[],
			'stop XERO_CLOSED_DOCUMENT_EDIT',
		],
		[
			'changes no price of what is paid',
			order({}, [{ unitAmount: '12' }]),
			{ Status: 'PAID', AmountPaid: 25.2 },
			[],
			'stop XERO_PAID_DOCUMENT_EDIT',
		],
		[
			'changes what Xero lets be changed of it',
			order({ reference: 'B' }, [{ accountCode: '200', description: 'Labour' }]),
			{ Status: 'PAID', AmountPaid: 25.2 },
			[],
			'update reference',
		],
		[
			'rewrites no price that the customer has',
			order({}, [{ unitAmount: '12' }]),
			{ SentToContact: true },
			[],
			'stop XERO_ISSUED_EDIT',
		],
		[
			'changes words that the customer has',
			order({}, [{ description: 'Labour, two hours' }]),
			{ SentToContact: true },
			[],
			'update lineItems[0].description',
		],
		[
			'changes no currency of what is approved',
			order({ currencyCode: 'EUR' }),
			{},
			[],
			'stop XERO_BASE_UNKNOWN XERO_CURRENCY_CHANGE',
		],
		[
			'changes the currency of a draft',
			order({ currencyCode: 'EUR', status: 'DRAFT' }),
			{ Status: 'DRAFT' },
			[],
			'update currencyCode',
		],
	])('%s', (_what, record, more, lines, expected) => {
		const before = order({ status: record.fields.status ?? 'AUTHORISED' });
		expect(said(planOf(record, posted(before, more, lines)))).toBe(expected);
	});

	it('asks who has changed it where nobody knows what was sent', () => {
		const foreign = posted(order(), { Url: undefined });
		expect(said(planOf(order({ reference: 'B' }), foreign))).toBe('stop XERO_BASE_UNKNOWN');
		expect(said(planOf(order({}, [{ unitAmount: '12' }]), foreign))).toBe('stop XERO_BASE_UNKNOWN');
		expect(said(planOf(order(), foreign))).toBe('keep');
		const options = { accountantEdits: 'knackWins' } as const;
		expect(said(planOf(order({ reference: 'B' }), foreign, { options }))).toBe('update reference');
		const moved = planOf(order({ 'contact.name': 'Bolt Ltd' }), foreign, { contactId: 'bolt' });
		expect(said(moved)).toContain('XERO_BASE_UNKNOWN');
		expect(moved.issues[0]).toMatchObject({
			field: 'contact',
			message:
				'INV-1 is approved in Xero and differs from the record, and it is not known who changed it: Contact is "Acme Limited" in Xero and "Bolt Ltd" in Knack.',
		});
		const draft = posted(order({ status: 'DRAFT' }), { Url: undefined });
		expect(said(planOf(order({ status: 'DRAFT', reference: 'B' }), draft))).toBe(
			'update reference',
		);
	});

	it('says in whose words both differ, and what of the record is meant', () => {
		const contested = (fields: FieldValues) =>
			planOf(
				order({ ...fields, dueDate: '2026-12-20' }),
				posted(order(fields), { DueDate: '2026-12-24', InvoiceNumber: undefined }),
			).issues.map(({ message }) => message);
		expect(contested({ invoiceNumber: '', reference: 'ORD-1' })).toEqual([
			'The record ORD-1 and Xero both differ from what was last sent of the sales invoice: Due Date is "2026-12-24" in Xero and "2026-12-20" in Knack.',
		]);
		expect(
			contested({ invoiceNumber: '', 'contact.name': '', 'contact.contactNumber': 'K' }),
		).toEqual([expect.stringMatching(/^The record and Xero both differ/)]);
	});

	it('leaves day and number of a document that has taken the place of a credited one', () => {
		const there = posted(order(), { InvoiceNumber: 'INV-9', Date: '2026-11-05' });
		expect(said(planOf(order(), there))).toBe('keep XERO_CHANGED_IN_XERO');
		const url = String(there.fields.url).replace('&sent=', '&corrects=abcdfghj&sent=');
		const successor = { ...there, fields: { ...there.fields, url } };
		expect(said(planOf(order(), successor))).toBe('keep');
		const redue = { ...successor, fields: { ...successor.fields, dueDate: '2026-12-24' } };
		expect(said(planOf(order(), redue))).toBe('keep XERO_CHANGED_IN_XERO');
		// Another day in the record is one that a person decides about.
		expect(said(planOf(order({ date: '2026-11-02' }), successor))).toBe('stop XERO_BOTH_CHANGED');
	});

	it('sends no link again that is there as it would be', () => {
		const plan = planOf(order(), posted(order(), { Status: 'DRAFT' }));
		if (plan.action !== 'update') throw new Error(said(plan));
		expect(plan.changes.map(({ field }) => field)).toEqual(['status']);
		expect(plan.element()).not.toHaveProperty('Url');
	});

	it('sends what Xero does not show where the record has changed it, and only then', () => {
		const entered = (enteredTotal: string) => order({ enteredTotal, status: 'DRAFT' });
		const there = posted(entered('25.2'), { EnteredTotal: undefined });
		expect(there.fields.enteredTotal).toBeUndefined();
		expect(said(planOf(entered('25.2'), there))).toBe('keep');
		expect(said(planOf(entered('25.3'), there))).toBe('update enteredTotal');
		const { url, ...linkless } = there.fields;
		expect(url).toBeDefined();
		expect(said(planOf(entered('25.3'), { ...there, fields: linkless }))).toBe('keep');
	});

	it('sends what Xero does not show of a line with another change of it alone', () => {
		const coded = (salesTaxCodeId: string, unitAmount = '10.5') =>
			order({ status: 'DRAFT' }, [{ salesTaxCodeId, unitAmount }]);
		const hidden = posted(coded('7'), {}, [{ SalesTaxCodeId: undefined }]);
		expect(hidden.lines?.[0]?.fields).not.toHaveProperty('salesTaxCodeId');
		expect(said(planOf(coded('8'), hidden))).toBe('keep');
		const both = planOf(coded('8', '12'), hidden);
		expect(said(both)).toBe('update lineItems[0].unitAmount');
		if (both.action !== 'update') throw new Error(said(both));
		expect(both.element().LineItems).toMatchObject([{ SalesTaxCodeId: 8 }]);
		// Where it is shown, another one is a change.
		const shown = posted(coded('7'));
		expect(shown.lines?.[0]?.fields.salesTaxCodeId).toBe('7');
		const options = { accountantEdits: 'knackWins' } as const;
		expect(said(planOf(coded('8'), shown, { options }))).toBe('update lineItems[0].salesTaxCodeId');
	});

	it('keeps what was sent of what both have changed, until a person has decided', () => {
		const there = posted(order(), { DueDate: '2026-12-24' });
		const record = order({ dueDate: '2026-12-20', reference: 'B' });
		const plan = planOf(record, there);
		if (plan.action !== 'update') throw new Error(said(plan));
		expect(plan.issues).toMatchObject([{ code: 'XERO_BOTH_CHANGED', field: 'dueDate' }]);
		const url = String(plan.element().Url);
		const later = (dueDate: string) => ({
			...there,
			fields: { ...there.fields, url, reference: 'B', dueDate },
		});
		expect(said(planOf(record, later('2026-12-24')))).toBe('stop XERO_BOTH_CHANGED');
		expect(said(planOf(record, later('2026-12-01')))).toBe('update dueDate');
	});

	it('tells a contact by its id where the record has no name for it', () => {
		const named = { 'contact.name': '', 'contact.contactNumber': 'K' };
		const there = { ...posted(order(named)), contactName: undefined };
		const moved = planOf(order({ ...named, 'contact.contactNumber': 'L' }), there, {
			contactId: 'bolt',
			options: { accountantEdits: 'knackWins' },
		});
		expect('changes' in moved && moved.changes[0]).toEqual({
			field: 'contact',
			before: 'acme',
			after: 'bolt',
		});
	});

	it('says no more than that the document is there, where it may only be created', () => {
		const options = { writePolicy: 'createOnly' } as const;
		const redue = posted(order(), { DueDate: '2026-12-24' });
		expect(said(planOf(order({ reference: 'B' }), redue, { options }))).toBe(
			'stop XERO_EXISTS_ALREADY',
		);
		const sent = posted(order(), { SentToContact: true });
		const crediting = { ...options, issuedDocuments: 'creditNote' } as const;
		const plan = planOf(order({}, [{ unitAmount: '12' }]), sent, { options: crediting });
		expect(said(plan)).toBe('stop XERO_EXISTS_ALREADY');
	});

	it('goes over in nothing where more than what both have changed holds it', () => {
		const there = posted(order(), { DueDate: '2026-12-24', SentToContact: true });
		const record = order({ dueDate: '2026-12-20' }, [{ unitAmount: '12' }]);
		expect(said(planOf(record, there))).toBe('stop XERO_BOTH_CHANGED XERO_ISSUED_EDIT');
	});

	it('looks at a total that is asked for without sending it', () => {
		const plan = planOf(order({ reference: 'B', expectedTotal: '25.2' }), posted(order()));
		expect(said(plan)).toBe('update reference');
	});

	it('says nothing of the total of a record without lines', () => {
		const codes = planOf(order({ status: 'DRAFT' }, []), undefined).issues.map(({ code }) => code);
		expect(codes).not.toContain('XERO_TOTAL_ZERO');
	});

	it('makes anew what was credited already, although nothing else differs', () => {
		const document = posted(order());
		const match = { kind: 'matched', document, by: 'id', issues: [], credited: document } as const;
		expect(planOf(order(), document, { match })).toMatchObject({ action: 'correct', changes: [] });
		// The customer has it, and that is what the credit note was for.
		const sent = posted(order(), { SentToContact: true });
		const dearer = order({}, [{ unitAmount: '12' }]);
		expect(planOf(dearer, sent, { match: { ...match, document: sent } })).toMatchObject({
			action: 'correct',
			issues: [],
		});
	});

	it('does not look at the contact where the record’s is not in Xero', () => {
		expect(said(planOf(order(), posted(order()), { contactId: undefined }))).toBe('keep');
	});

	it('sends a rate that the record has changed, but none of the own currency', () => {
		const rated = (currencyCode: string, currencyRate: string) =>
			order({ currencyCode, currencyRate, status: 'DRAFT' });
		const plan = (currency: string) =>
			planOf(rated(currency, '1.3'), posted(rated(currency, '1.25'), { CurrencyRate: 1.25 }));
		const changed = plan('EUR');
		expect(said(changed)).toBe('update currencyRate');
		if (changed.action === 'update') expect(changed.element().CurrencyRate).toBe(1.3);
		expect(said(plan('GBP'))).toBe('keep');
		const unsaid = (currencyRate: string) => order({ currencyRate, status: 'DRAFT' });
		const inPounds = posted(unsaid('1.25'), { CurrencyCode: 'GBP', CurrencyRate: 1.25 });
		expect(said(planOf(unsaid('1.3'), inPounds))).toBe('keep');
	});

	it('leaves what a person added, even where omitted lines are to go', () => {
		const before = order({}, [{}, { description: 'Parts', quantity: '1', unitAmount: '4' }]);
		const there = posted(before, {});
		const goodwill = { id: 'line-x', fields: { description: 'Goodwill', unitAmount: '-1' } };
		const document = { ...there, lines: [...(there.lines ?? []), goodwill] };
		const options = { removeOmittedLines: true, accountantEdits: 'hold' } as const;
		const plan = planOf(order({}, [{ unitAmount: '12' }]), document, { options });
		if (plan.action !== 'update') throw new Error(said(plan));
		expect(plan.element().LineItems).toMatchObject([
			{ LineItemID: 'line-1', UnitAmount: 12 },
			{ LineItemID: 'line-x', Description: 'Goodwill' },
		]);
		expect(plan.changes).toContainEqual({ field: 'lineItems', before: 'Parts' });
	});

	it('says all that is to be said, each once, where anything is due', () => {
		const issue = (message: string, severity: 'warn' | 'hold') => ({
			code: 'XERO_CONTACT_OTHER_EMAIL' as const,
			severity,
			message,
			fix: 'Look.',
		});
		const record = order({ reference: 'B' }, [{}], {
			issues: [issue('Whose?', 'warn'), issue('Really?', 'warn')],
		});
		const plan = planOf(record, posted(order()), { issuesWhenDue: [issue('Whose?', 'hold')] });
		expect(plan.issues.map(({ message, severity }) => `${severity} ${message}`)).toEqual([
			'warn Really?',
			'hold Whose?',
		]);
	});

	it('says why it cannot be corrected by a credit note', () => {
		const options = { issuedDocuments: 'creditNote' } as const;
		const bought: Draft = {
			...order({}, [{ accountCode: '429', taxType: 'INPUT2' }]),
			type: 'purchaseOrder',
			fields: { 'contact.name': 'Acme Limited', date: '2026-11-01', status: 'AUTHORISED' },
		};
		const dearer: Draft = {
			...bought,
			lines: bought.lines?.map(({ fields }) => ({ fields: { ...fields, unitAmount: '12' } })),
		};
		const knackWins = { ...options, accountantEdits: 'knackWins' } as const;
		const plan = planOf(dearer, posted(bought, { SentToContact: true }), { options: knackWins });
		expect(plan.action).toBe('stop');
		expect(plan.issues.map(({ message }) => message).join(' ')).toContain(
			'It cannot be corrected by a credit note: only sales invoices and bills are, not purchase orders.',
		);
		const invoice = (more: WireElement) =>
			planOf(order({}, [{ unitAmount: '12' }]), posted(order(), { SentToContact: true, ...more }), {
				options,
			});
		expect(invoice({}).action).toBe('correct');
		expect(
			invoice({ AmountPaid: 1 })
				.issues.map(({ message }) => message)
				.join(' '),
		).toContain('it has payments or credits in Xero');
	});

	it('moves a document to another contact that the record names', () => {
		const record = order({ 'contact.name': 'Bolt Ltd' });
		const moved = planOf(record, posted(order()), { contactId: 'bolt' });
		expect(moved).toMatchObject({
			action: 'update',
			changes: [{ field: 'contact', before: 'Acme Limited', after: 'Bolt Ltd' }, {}],
		});
		if (moved.action !== 'update') throw new Error('It is not updated.');
		expect(moved.element()).toMatchObject({ InvoiceID: 'one', Contact: { ContactID: 'bolt' } });
		expect(said(planOf(order(), posted(order()), { contactId: 'bolt' }))).toBe(
			'keep XERO_CHANGED_IN_XERO',
		);
	});

	it('sends the whole line, and its id, of what is changed in it', () => {
		const before = order({}, [{}, { description: 'Parts', quantity: '1', unitAmount: '4' }]);
		const after = order({}, [
			{ unitAmount: '12' },
			{ description: 'Parts', quantity: '1', unitAmount: '4' },
		]);
		const plan = planOf(after, posted(before));
		if (plan.action !== 'update') throw new Error('It is not updated.');
		expect(plan.element().LineItems).toMatchObject([
			{
				LineItemID: 'line-1',
				Description: 'Labour',
				Quantity: 2,
				UnitAmount: 12,
				AccountCode: '200',
			},
			{ LineItemID: 'line-2', Description: 'Parts', Quantity: 1, UnitAmount: 4 },
		]);
		expect(plan.amounts?.total.toString()).toBe('33.6');
		expect(Object.keys(plan.amounts ?? {}).sort()).toEqual([
			'currency',
			'subTotal',
			'total',
			'totalTax',
		]);
		const header = planOf(order({ reference: 'B' }), posted(order()));
		if (header.action !== 'update') throw new Error('It is not updated.');
		expect(header.element()).not.toHaveProperty('LineItems');
		expect(header.amounts?.total.toString()).toBe('25.2');
	});

	it('does what the user lets it, and says what it may not', () => {
		const options = { writePolicy: 'createOnly' } as const;
		const changed = planOf(order({ reference: 'B' }), posted(order()), { options });
		expect(said(changed)).toBe('stop XERO_EXISTS_ALREADY');
		expect(changed.issues[0]?.message).toBe(
			'The sales invoice is in Xero already and differs, and the node only creates.',
		);
		expect(said(planOf(order(), posted(order()), { options }))).toBe('keep');
		const updating = planOf(order(), undefined, { options: { writePolicy: 'updateOnly' } });
		expect(said(updating)).toBe('stop XERO_NOT_FOUND_TO_UPDATE');
		expect(updating.issues[0]?.message).toBe(
			'There is no such sales invoice in Xero, and the node only updates.',
		);
	});

	it('says what holds the record only where anything is due', () => {
		const issuesWhenDue = [
			{
				code: 'XERO_CONTACT_OTHER_EMAIL',
				severity: 'hold',
				message: 'Whose?',
				fix: 'Look.',
			} as const,
		];
		expect(said(planOf(order(), posted(order()), { issuesWhenDue }))).toBe('keep');
		expect(said(planOf(order({ reference: 'B' }), posted(order()), { issuesWhenDue }))).toBe(
			'stop XERO_CONTACT_OTHER_EMAIL',
		);
		expect(said(planOf(order(), undefined, { issuesWhenDue }))).toBe(
			'stop XERO_CONTACT_OTHER_EMAIL',
		);
	});

	it('sends the rate of a foreign currency back, so that it is not valued anew', () => {
		const euros = order({ currencyCode: 'EUR', status: 'DRAFT' });
		const rated = (more: WireElement = {}) =>
			posted(euros, { CurrencyCode: 'EUR', CurrencyRate: 1.25, ...more });
		const rate = (record: Draft, document: XeroDocument) => {
			const plan = planOf(record, document);
			return plan.action === 'update' ? plan.element().CurrencyRate : plan.action;
		};
		const changed = order({ currencyCode: 'EUR', status: 'DRAFT', reference: 'B' });
		expect(rate(changed, rated())).toBe(1.25);
		expect(rate(changed, rated({ CurrencyRate: 0 }))).toBeUndefined();
		expect(rate(order({ currencyCode: 'EUR' }), rated())).toBeUndefined();
		// Of another currency it is another one, and the own has none.
		const inPounds = order({ currencyCode: 'GBP', status: 'DRAFT' });
		expect(rate(inPounds, rated())).toBeUndefined();
		expect(rate(order({ reference: 'B' }), posted(order(), { CurrencyRate: 1 }))).toBeUndefined();
		expect(rate(changed, rated({ Status: 'AUTHORISED', AmountPaid: 1 }))).toBeUndefined();
	});
});

describe('a day in closed books', () => {
	const late = order({ date: '2026-03-31', dueDate: '2026-04-30' });
	const open = order({ date: '2026-04-01', dueDate: '2026-04-30' });

	it('takes nothing that would be posted there', () => {
		expect(said(planOf(late, undefined))).toBe('stop XERO_PERIOD_LOCKED');
		expect(said(planOf(open, undefined))).toMatch(/^create /);
		const year = order({ date: '2025-12-31', dueDate: '2026-04-30' });
		expect(said(planOf(year, undefined))).toMatch(/^stop XERO_YEAR_LOCKED/);
		const options = { booksClosedUntil: '2026-04-01' };
		expect(said(planOf(open, undefined, { options }))).toBe('stop XERO_BOOKS_CLOSED');
	});

	it('takes drafts, quotes and orders', () => {
		const draft = order({ ...late.fields, status: 'DRAFT' });
		expect(said(planOf(draft, undefined))).toMatch(/^create /);
		const quote: Draft = {
			...late,
			type: 'quote',
			fields: { date: '2026-03-01', status: 'DRAFT' },
		};
		expect(said(planOf(quote, undefined))).toMatch(/^create /);
	});

	it('goes over as a draft, or on the first open day, where the user says so', () => {
		const plan = (lateDocuments: 'draft' | 'firstOpenDay') =>
			planOf(late, undefined, { options: { lateDocuments } });
		const draft = plan('draft');
		expect(draft).toMatchObject({ action: 'create', issues: [{ code: 'XERO_LATE_DOCUMENT' }] });
		if (draft.action === 'create') expect(draft.element()).toMatchObject({ Status: 'DRAFT' });
		const moved = plan('firstOpenDay');
		if (moved.action !== 'create') throw new Error('It is not created.');
		expect(moved.element()).toMatchObject({
			Date: '2026-04-01',
			LineItems: [{ Description: 'Labour\nOriginal date: 31 Mar 2026' }],
		});
	});

	it('takes no document there that has no words to bear its own day', () => {
		const wordless: Draft = { ...late, lines: [{ fields: { itemCode: 'BOOK' } }] };
		const options = { lateDocuments: 'firstOpenDay' } as const;
		expect(said(planOf(wordless, undefined, { options }))).toContain('XERO_PERIOD_LOCKED');
	});

	it('lets nothing be changed that was posted there, but for its words', () => {
		const there = posted(open, { Date: '2026-03-31' });
		const repriced = order({ date: '2026-03-31', dueDate: '2026-04-30' }, [{ unitAmount: '12' }]);
		expect(said(planOf(repriced, there))).toMatch(/^stop XERO_CLOSED_PERIOD_EDIT/);
		const options = { issuedDocuments: 'overwrite' } as const;
		expect(said(planOf(repriced, there, { options }))).toBe('stop XERO_PERIOD_LOCKED');
	});
});

describe('the plan of a new document', () => {
	it.each<[string, Draft, string]>([
		[
			'is for a person where it comes to nothing',
			order({}, [{ unitAmount: '0' }]),
			'XERO_TOTAL_ZERO',
		],
		[
			'is for a person where it is money owed',
			order({}, [{ unitAmount: '-5' }]),
			'XERO_TOTAL_NEGATIVE',
		],
		['tells a total that is not Knack’s', order({ expectedTotal: '25' }), 'XERO_TOTAL_DIFFERS'],
		['cannot be voided at once', order({ status: 'VOIDED' }), 'XERO_STATUS_NOT_FOR_NEW'],
	])('%s', (_what, record, code) => {
		expect(planOf(record, undefined).issues.map((issue) => issue.code)).toContain(code);
	});

	it('says which status cannot be had at once', () => {
		const [{ message } = { message: '' }] = planOf(order({ status: 'VOIDED' }), undefined).issues;
		expect(message).toBe(
			'There is no such sales invoice in Xero, and none can be made that is voided at once.',
		);
	});

	it.each(['25.2', '21', '25.20'])('agrees with a total of %s', (expectedTotal) => {
		const plan = planOf(order({ expectedTotal }), undefined);
		expect(plan).toMatchObject({ action: 'create', issues: [] });
		// The total is looked at, and never sent.
		expect(said(plan)).toBe(said(planOf(order(), undefined)));
	});

	it('has the status that the document begins with, a link and no blanks', () => {
		const { status, ...fields } = order({ reference: '' }).fields;
		const plan = planOf({ ...order(), fields }, undefined);
		if (plan.action !== 'create') throw new Error('It is not created.');
		const element = plan.element();
		expect(element).toMatchObject({
			Type: 'ACCREC',
			Status: 'DRAFT',
			InvoiceNumber: 'INV-1',
			Contact: { ContactID: 'acme' },
			Url: expect.stringContaining('knack=-.object_2.r1'),
		});
		expect(element).not.toHaveProperty('Reference');
		const options = { sourceLink: false };
		const bare = planOf(order(), undefined, { options });
		if (bare.action === 'create') expect(bare.element()).not.toHaveProperty('Url');
		expect(status).toBe('AUTHORISED');
	});

	it('sends one of what has a price and no quantity, where the user says so', () => {
		const unpieced = order({}, [{ quantity: '' }]);
		expect(planOf(unpieced, undefined).action).toBe('stop');
		const plan = planOf(unpieced, undefined, { options: { blankQuantity: 'one' } });
		if (plan.action !== 'create') throw new Error('It is not created.');
		expect(plan.element().LineItems).toMatchObject([{ Quantity: 1, UnitAmount: 10.5 }]);
	});

	it('sends tracking by the ids of category and option', () => {
		const plan = planOf(order({}, [{ 'tracking.Region': 'North' }]), undefined);
		if (plan.action !== 'create') throw new Error('It is not created.');
		expect(plan.element().LineItems).toMatchObject([
			{ Tracking: [{ TrackingCategoryID: 'cat-region', TrackingOptionID: 'opt-north' }] },
		]);
		const blank = planOf(order({}, [{ 'tracking.Region': '' }]), undefined);
		if (blank.action === 'create') {
			expect(Object(blank.element().LineItems)[0]).not.toHaveProperty('Tracking');
		}
	});

	it('is none where the record is left out, or held already', () => {
		expect(planOf(order({}, [{}], { skipReason: 'Not yet.' }), undefined).action).toBe('skip');
		const stopped = { match: { kind: 'stopped', issues: [] } } as const;
		expect(planOf(order(), undefined, stopped).action).toBe('stop');
		expect(planOf(order(), undefined, { match: undefined })).toMatchObject({
			action: 'stop',
			issues: [],
		});
		const issuesWhenDue = [
			{ code: 'XERO_CONTACT_OTHER_EMAIL', severity: 'hold', message: 'Whose?', fix: 'Look.' },
		] as const;
		expect(said(planOf(order(), undefined, { ...stopped, issuesWhenDue }))).toBe(
			'stop XERO_CONTACT_OTHER_EMAIL',
		);
	});
});
