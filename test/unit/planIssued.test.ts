import type { Draft } from '../../lib/sync/draft';
import type { FieldValues, WireElement } from '../../lib/xero/documents/definition';
import { order, planOf, posted, said } from './planFixtures';
import { SETTINGS } from './syncFixtures';

/** Changes to what the customer has, or to what lies in closed books. */

const SENT: WireElement = { SentToContact: true };
const dearer = (fields: FieldValues = {}, more: Partial<Draft> = {}) =>
	order(fields, [{ unitAmount: '12' }], more);
const CREDITING = { options: { issuedDocuments: 'creditNote' } } as const;

function quote(line: FieldValues, fields: FieldValues = {}): Draft {
	return {
		...order({}, [line]),
		type: 'quote',
		fields: { 'contact.name': 'Acme Limited', date: '2026-11-01', quoteNumber: 'Q-1', ...fields },
	};
}

function bought(unitAmount: string): Draft {
	return {
		...order({}, [{ accountCode: '429', taxType: 'INPUT2', unitAmount }]),
		type: 'purchaseOrder',
		fields: {
			'contact.name': 'Acme Limited',
			purchaseOrderNumber: 'P-1',
			date: '2026-02-01',
			status: 'AUTHORISED',
		},
	};
}

/** The link of a record that was posted while its day was open. */
function linkOf(record: Draft) {
	const { periodLockDate, endOfYearLockDate, ...organisation } = SETTINGS.organisation;
	const settings = { ...SETTINGS, organisation };
	expect([periodLockDate, endOfYearLockDate]).not.toContain(undefined);
	const plan = planOf(record, undefined, { settings });
	if (plan.action !== 'create') throw new Error(said(plan));
	return String(plan.element().Url);
}

const WINS = { accountantEdits: 'knackWins' } as const;

describe('a document that the customer has', () => {
	it.each(['SENT', 'ACCEPTED', 'INVOICED'])('is a quote that is %s', (Status) => {
		const there = posted(quote({}), { Status });
		expect(said(planOf(quote({ unitAmount: '12' }), there, { options: WINS }))).toBe(
			'stop XERO_ISSUED_EDIT',
		);
	});

	it('is no quote that is still a draft', () => {
		const plan = planOf(quote({ unitAmount: '12' }), posted(quote({})), { options: WINS });
		expect(said(plan)).toBe('update lineItems[0].unitAmount');
	});

	it.each<[string, Draft]>([
		['price', dearer()],
		['day', order({ date: '2026-11-02' })],
		['tax', order({}, [{ taxType: 'NONE' }])],
		['customer', order({ 'contact.name': 'Bolt Ltd' })],
		['whether prices include tax', order({ lineAmountTypes: 'Inclusive' })],
		['lines, of which there is one more', order({}, [{}, { description: 'Parts' }])],
	])('is not rewritten in its %s', (_what, record) => {
		const contactId = record.fields['contact.name'] === 'Bolt Ltd' ? 'bolt' : 'acme';
		const plan = planOf(record, posted(order(), SENT), { contactId });
		expect(plan.issues.map(({ code }) => code)).toContain('XERO_ISSUED_EDIT');
		expect(plan.action).toBe('stop');
	});

	it.each<[string, Draft]>([
		['words', order({}, [{ description: 'Labour.' }])],
		['tracking', order({}, [{ 'tracking.Region': 'North' }])],
		['reference', order({ reference: 'B' })],
		['due date', order({ dueDate: '2026-12-24' })],
	])('is changed in its %s', (_what, record) => {
		expect(planOf(record, posted(order(), SENT)).action).toBe('update');
	});

	it('is told with what it says on both sides', () => {
		const [issue] = planOf(dearer(), posted(order(), SENT)).issues;
		expect(issue).toMatchObject({
			field: 'lineItems[0].unitAmount',
			message:
				'INV-1 was sent to the customer and is not rewritten: Unit Price (line 1) is "10.5" in Xero and "12" in Knack.',
			fix: 'Undo the change in Knack, or choose "Correct by Credit Note" under Options. To have it changed all the same, set this rule to Warn.',
		});
		// A quote cannot be credited.
		const there = posted(quote({}), { Status: 'SENT' });
		expect(planOf(quote({ unitAmount: '12' }), there, { options: WINS }).issues[0]?.fix).toBe(
			'Undo the change in Knack. To have it changed all the same, set this rule to Warn.',
		);
	});

	it('is credited and made anew as it is in Xero, with what the record has changed', () => {
		const before = order({ reference: 'A' }, [{}, { description: 'Parts', unitAmount: '4' }]);
		const after = order({ reference: 'A' }, [
			{ unitAmount: '12' },
			{ description: 'Parts', unitAmount: '4' },
		]);
		const there = posted(before, { ...SENT, BrandingThemeID: 'theme-1' }, [
			{},
			{ AccountCode: '429', TaxAmount: 1.61 },
		]);
		const plan = planOf(after, there, CREDITING);
		if (plan.action !== 'correct') throw new Error(said(plan));
		expect(plan.wanted.fields).toMatchObject({
			reference: 'A',
			'contact.name': 'Acme Limited',
			brandingThemeID: 'theme-1',
			invoiceNumber: 'INV-1',
			status: 'AUTHORISED',
		});
		// What tells the old one from others is not taken over.
		expect(plan.wanted.fields).not.toHaveProperty('url');
		expect(plan.wanted.fields).not.toHaveProperty('sentToContact');
		expect(plan.wanted.lines).toMatchObject([
			{ description: 'Labour', unitAmount: '12' },
			{ description: 'Parts', unitAmount: '4', accountCode: '429', taxAmount: '1.61' },
		]);
		expect(plan.wanted.movesContact).toBe(false);
		// The day alone: its lines stay as they are, with the tax that was set by hand.
		const redated = planOf({ ...before, fields: { ...before.fields, date: '2026-11-02' } }, there, {
			...CREDITING,
		});
		if (redated.action !== 'correct') throw new Error(said(redated));
		expect(redated.wanted.lines).toMatchObject([
			{ unitAmount: '10.5' },
			{ unitAmount: '4', taxAmount: '1.61' },
		]);
		const including = { ...before.fields, lineAmountTypes: 'Inclusive' };
		const anew = planOf({ ...before, fields: including }, there, {
			options: { ...CREDITING.options, ...WINS },
		});
		if (anew.action !== 'correct') throw new Error(said(anew));
		expect(anew.wanted.fields.lineAmountTypes).toBe('Inclusive');
		expect(anew.wanted.lines[1]).not.toHaveProperty('taxAmount');
		// The same where nothing of the lines is due.
		const typed = (lineAmountTypes: string) => order({ lineAmountTypes });
		const included = planOf(
			typed('Inclusive'),
			posted(typed('Exclusive'), SENT, [{ TaxAmount: 4.21 }]),
			CREDITING,
		);
		if (included.action !== 'correct') throw new Error(said(included));
		expect(included.changes.map(({ field }) => field)).toEqual(['lineAmountTypes']);
		expect(included.wanted.lines[0]).not.toHaveProperty('taxAmount');
	});

	it('is credited and made anew with the lines of Xero where the record has none', () => {
		const { lines, ...record } = order({ date: '2026-11-02' });
		expect(lines).toHaveLength(1);
		const plan = planOf(record, posted(order(), SENT), CREDITING);
		if (plan.action !== 'correct') throw new Error(said(plan));
		expect(plan.wanted.lines).toMatchObject([{ description: 'Labour', unitAmount: '10.5' }]);
	});

	it('is credited and made anew for the customer that the record names by now', () => {
		const record = order({ 'contact.name': 'Bolt Ltd' });
		const plan = planOf(record, posted(order(), SENT), { ...CREDITING, contactId: 'bolt' });
		if (plan.action !== 'correct') throw new Error(said(plan));
		expect(plan.wanted.movesContact).toBe(true);
		expect(plan.wanted.fields['contact.name']).toBe('Bolt Ltd');
	});

	describe('is not corrected by a credit note', () => {
		const why = (record: Draft, inXero: WireElement, without: object = {}) => {
			const before = { ...order(), fields: { ...record.fields } };
			const there = { ...posted(before, { ...SENT, ...inXero }), ...without };
			const options = { ...CREDITING.options, ...WINS };
			const { action, issues } = planOf(record, there, { options });
			return [action, ...issues.map(({ message }) => message.split(': ').at(-1))];
		};

		it('where it is in another currency, paid, without lines, or where no link would tell the new one', () => {
			expect(why(dearer({ currencyCode: 'EUR' }), { CurrencyCode: 'EUR' })).toEqual([
				'stop',
				'it is in EUR, and a credit note of today would have another rate.',
			]);
			expect(why(dearer(), { Status: 'PAID', AmountPaid: 25.2 })).toEqual([
				'stop',
				'it has payments or credits in Xero.',
			]);
			expect(why(dearer(), {}, { amounts: undefined })[1]).toBe(
				'it is in a currency that is not known, and a credit note of today would have another rate.',
			);
			expect(why(order({ date: '2026-11-02' }), {}, { lines: undefined })).toEqual([
				'stop',
				'its lines are not known.',
			]);
			expect(why(dearer({}, { source: {} }), {})).toEqual([
				'stop',
				'the new document could not be told from the old one without a link back to the record.',
			]);
		});

		it('and what Xero would refuse besides is said where the user lets it be changed', () => {
			const options = {
				...CREDITING.options,
				ruleSeverities: { XERO_ISSUED_EDIT: 'warn' },
			} as const;
			const there = posted(order(), { ...SENT, Status: 'PAID', AmountPaid: 25.2 });
			expect(said(planOf(dearer(), there, { options }))).toBe(
				'stop XERO_PAID_DOCUMENT_EDIT XERO_ISSUED_EDIT',
			);
		});
	});

	it('is rewritten where the user says so', () => {
		const options = { issuedDocuments: 'overwrite' } as const;
		expect(planOf(dearer(), posted(order(), SENT), { options }).action).toBe('update');
	});
});

describe('a document that lies in closed books', () => {
	const old = { date: '2026-02-01', dueDate: '2026-03-01' };
	const closed = () => posted(order(), { Date: '2026-02-01', DueDate: '2026-03-01' });

	it('is told with the day up to which they are closed', () => {
		const { action, issues } = planOf(dearer(old), closed(), { options: WINS });
		expect(action).toBe('stop');
		expect(issues[0]?.message).toBe(
			'INV-1 is of 2026-02-01, and the books are closed up to 2026-03-31: Unit Price (line 1) is "10.5" in Xero and "12" in Knack.',
		);
	});

	it('cannot be dated out of them, nor approved into them', () => {
		const overwrite = { options: { issuedDocuments: 'overwrite', ...WINS } } as const;
		const { fields: given, ...posting } = closed();
		const there = { ...posting, fields: { ...given, url: linkOf(order(old)) } };
		const redated = planOf(order(), there, overwrite);
		expect(said(redated)).toContain('XERO_PERIOD_LOCKED');
		expect(redated.issues[0]?.message).toMatch(
			/^INV-1 is posted on 2026-02-01, in a closed period \(the lock date of the organisation is 2026-03-31\)/,
		);
		const { date, ...undated } = order().fields;
		expect(date).toBe('2026-11-01');
		const drafted = posted(order({ ...old, status: 'DRAFT' }));
		const approving = { ...order(), fields: { ...undated, dueDate: old.dueDate } };
		const approved = planOf(approving, drafted, overwrite);
		expect(said(approved)).toContain('stop XERO_PERIOD_LOCKED');
		expect(approved.issues[0]?.message).toMatch(/^The date 2026-02-01 lies in a closed period/);
	});

	it('may be changed in what stays out of them, by the day that it has in Xero', () => {
		// A person has moved it to an open day; the record still has the old one.
		const record = { ...old, date: '2026-02-01' };
		const { lines = [], ...rest } = order(record);
		const open = posted(order(), {}, [], {});
		const before = { ...open, fields: { ...open.fields, url: linkOf(order(record)) } };
		expect(
			said(planOf({ ...rest, lines, fields: { ...rest.fields, reference: 'B' } }, before)),
		).toBe('update XERO_CHANGED_IN_XERO reference');
	});

	it('is held by its lock date although nobody asks about the change', () => {
		const options = { ruleSeverities: { XERO_CLOSED_PERIOD_EDIT: 'off' }, ...WINS } as const;
		expect(said(planOf(dearer(old), closed(), { options }))).toBe('stop XERO_PERIOD_LOCKED');
	});

	it('is held by its day alone where no customer has it, as a journal', () => {
		const journal = (description: string): Draft => ({
			type: 'manualJournal',
			itemIndexes: [0],
			fields: { narration: 'Wages', date: '2026-03-31', status: 'POSTED' },
			lines: [
				{ fields: { description, lineAmount: '5', accountCode: '429' } },
				{ fields: { description: 'Wages', lineAmount: '-5', accountCode: '200' } },
			],
			source: order().source,
			issues: [],
		});
		const { periodLockDate, ...organisation } = SETTINGS.organisation;
		expect(periodLockDate).toBe('2026-03-31');
		const there = posted(journal('Roof'), { LineAmountTypes: 'NoTax' }, [], {
			settings: { ...SETTINGS, organisation },
		});
		expect(said(planOf(journal('Roof'), there))).toBe('keep');
		expect(said(planOf(journal('Wall'), there))).toBe('stop XERO_PERIOD_LOCKED');
	});

	it('is no order, which is in no books', () => {
		const plan = planOf(bought('12'), posted(bought('10.5')), { options: WINS });
		expect(said(plan)).toBe('update lineItems[0].unitAmount');
	});

	it('is no draft, nor what lies in open books', () => {
		const draft = { ...old, status: 'DRAFT' };
		const there = posted(order(draft));
		expect(planOf(dearer(draft), there, { options: WINS }).action).toBe('update');
		expect(planOf(dearer(), posted(order())).action).toBe('update');
		const open = { ...SETTINGS, organisation: { ...SETTINGS.organisation } };
		expect(planOf(dearer(), posted(order()), { settings: open }).action).toBe('update');
	});
});
