import { calendarDate } from '../../lib/dates';
import type { Match } from '../../lib/sync/find/matching';
import { carriesContact, isContactDue, operationsOf } from '../../lib/sync/plan/operations';
import type { Plan } from '../../lib/sync/plan/plan';
import type { ContactRow, Correction, Row } from '../../lib/sync/row';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues, XeroDocument } from '../../lib/xero/documents/definition';
import { order, planOf, posted } from './planFixtures';
import { contactDraft, paymentDraft } from './syncFixtures';

/** Everything that is done in Xero for a record, in words. */

const CREATE = planOf(order(), undefined);
const UPDATE = planOf(order({ reference: 'B', dueDate: '2026-12-24' }), posted(order()));
const KEEP = planOf(order(), posted(order()));
const STOP = planOf(order({ status: 'VOIDED' }), undefined);
const SKIP = planOf(order({}, [{}], { skipReason: 'Not yet.' }), undefined);

const MISSING: Match = { kind: 'missing', issues: [] };
const found = (name: string): Match => ({
	kind: 'matched',
	by: 'name',
	issues: [],
	document: { type: 'contact', id: 'acme', fields: { name } },
});

function row(plan: Plan | undefined, more: Partial<Row> = {}): Row {
	return { draft: plan?.draft ?? order(), ...(plan ? { plan } : {}), ...more };
}

/** A contact that all of the rows name. */
function named(
	match: Match,
	rows: readonly Row[],
	more: { plan?: Plan; wanted?: ContactRow['wanted'] } = {},
): ContactRow {
	const { plan, wanted = { name: 'Acme' } } = more;
	const contact: ContactRow = {
		draft: contactDraft({}),
		match,
		wanted,
		fields: {},
		namedBy: [...rows],
		...(plan ? { plan } : {}),
	};
	for (const each of rows) each.contact = contact;
	return contact;
}

const told = (rows: readonly Row[]) =>
	rows.map((each) => operationsOf(DOCUMENTS.salesInvoice, each));
const alone = (plan: Plan | undefined, more: Partial<Row> = {}) => told([row(plan, more)])[0];

const contactPlan = (before: FieldValues, after: FieldValues) => {
	const customer = (fields: FieldValues) => contactDraft({ name: 'Acme', ...fields });
	return planOf(customer(after), posted(customer(before)));
};

describe('what is done for a document', () => {
	const twin = (number: string | undefined): XeroDocument => ({
		type: 'salesInvoice',
		id: 'twin',
		...(number === undefined ? {} : { number }),
		fields: {},
	});
	const withTwins = (plan: Plan): Plan =>
		plan.action === 'keep' || plan.action === 'update'
			? { ...plan, surplus: [twin('INV-9'), twin(undefined)] }
			: plan;
	const numberless = (plan: Plan): Plan =>
		plan.action === 'update'
			? { ...plan, document: { ...plan.document, number: undefined } }
			: plan;

	it.each<[string, Plan | undefined, readonly string[]]>([
		['a new one', CREATE, ['New sales invoice INV-1']],
		[
			'one that Xero numbers',
			planOf(order({ invoiceNumber: '', status: 'DRAFT' }), undefined),
			['New sales invoice'],
		],
		[
			'one that is approved once it is known to be alone',
			planOf(order({ invoiceNumber: '' }), undefined),
			['New sales invoice', 'Change its status from Draft to Approved'],
		],
		[
			'one that awaits approval',
			planOf(order({ invoiceNumber: '', status: 'SUBMITTED' }), undefined),
			['New sales invoice'],
		],
		[
			'a changed one, whose status was its own at once',
			planOf(
				order({ invoiceNumber: '', reference: 'B' }),
				posted(order({ invoiceNumber: '', reference: 'A' })),
			),
			['Change sales invoice: Reference'],
		],
		['a changed one', UPDATE, ['Change sales invoice INV-1: Due Date, Reference']],
		[
			'a changed one without a number',
			numberless(UPDATE),
			['Change sales invoice: Due Date, Reference'],
		],
		['one that stays', KEEP, []],
		['one that is held', STOP, []],
		['one that is left out', SKIP, []],
		['one without a plan', undefined, []],
		[
			'one with twins',
			withTwins(KEEP),
			['Take back sales invoice INV-9, posted twice', 'Take back sales invoice twin, posted twice'],
		],
		[
			'a changed one with twins',
			withTwins(UPDATE),
			[
				'Change sales invoice INV-1: Due Date, Reference',
				'Take back sales invoice INV-9, posted twice',
				'Take back sales invoice twin, posted twice',
			],
		],
	])('%s', (_what, plan, expected) => {
		expect(alone(plan)).toEqual(expected);
	});

	it('one that takes the place of another has its status at once', () => {
		const day = calendarDate('2026-11-22');
		if (!day) throw new Error('There is no such day.');
		const replaces = { document: posted(order()), sent: { header: new Map() }, from: day };
		const plan = planOf(order({ invoiceNumber: '' }), undefined);
		expect(alone(plan, { replaces })).toEqual(['New sales invoice']);
	});

	it('one that uses up a part of an order is a draft until that is its own', () => {
		const bill = (status: string, more: FieldValues = {}): Plan => {
			const fields = { invoiceNumber: 'B-1', status, ...more };
			return planOf(
				{ ...order(fields, [{ accountCode: '429', taxType: 'INPUT2' }]), type: 'bill' },
				undefined,
			);
		};
		const done = (plan: Plan) => operationsOf(DOCUMENTS.bill, row(plan));
		const filling = { [DOCUMENTS.bill.fills?.path ?? '']: 'PO-1' };
		expect(done(bill('SUBMITTED'))).toEqual(['New bill B-1']);
		expect(done(bill('SUBMITTED', filling))).toEqual([
			'New bill B-1',
			'Change its status from Draft to Awaiting Approval',
		]);
		expect(done(bill('DRAFT', filling))).toEqual(['New bill B-1']);
		expect(done(bill('AUTHORISED'))).toEqual([
			'New bill B-1',
			'Change its status from Draft to Approved',
		]);
	});

	it('one that nobody approves has its status at once', () => {
		const payment = planOf(paymentDraft({}), undefined);
		expect(operationsOf(DOCUMENTS.payment, row(payment))).toEqual(['New payment P-1']);
		const closed = {
			...paymentDraft({}),
			type: 'project',
			fields: { name: 'Roof', status: 'CLOSED' },
		};
		expect(operationsOf(DOCUMENTS.project, row(planOf(closed, undefined)))).toEqual([
			'New project Roof',
		]);
	});

	it('nothing more for a record that came twice', () => {
		expect(alone(CREATE, { repeats: row(CREATE) })).toEqual([]);
	});
});

describe('what is done for a contact', () => {
	it('it is made with the first document that is made', () => {
		const rows = [row(STOP), row(KEEP), row(CREATE), row(CREATE)];
		const contact = named(MISSING, rows.slice(2));
		expect(told(rows)).toEqual([
			[],
			[],
			['New contact "Acme"', 'New sales invoice INV-1'],
			['Finds the new contact "Acme"', 'New sales invoice INV-1'],
		]);
		expect(isContactDue({ ...contact, plan: CREATE })).toBe(true);
	});

	it('it is not made where no document is', () => {
		for (const plan of [STOP, KEEP, UPDATE, SKIP]) {
			const rows = [row(plan)];
			const contact = named(MISSING, rows, { plan: CREATE });
			expect(isContactDue(contact)).toBe(false);
			expect(told(rows)).toEqual([alone(plan)]);
			expect(told(rows).flat().join()).not.toContain('contact');
		}
		const again = [row(CREATE, { repeats: row(CREATE) })];
		expect(isContactDue(named(MISSING, again, { plan: CREATE }))).toBe(false);
		expect(isContactDue(named(MISSING, [row(CREATE)]))).toBe(false);
	});

	it('it is found for a new document alone', () => {
		const rows = [row(CREATE), row(UPDATE), row(KEEP)];
		named(found('Acme Group'), rows);
		expect(told(rows)).toEqual([
			['Finds contact "Acme Group"', 'New sales invoice INV-1'],
			['Change sales invoice INV-1: Due Date, Reference'],
			[],
		]);
	});

	it('it is changed with the first document that goes on, also where that one stays', () => {
		const plan = contactPlan({}, { firstName: 'Al', lastName: 'Ash' });
		const rows = [row(STOP), row(KEEP), row(CREATE)];
		const contact = named(found('Acme'), rows, { plan });
		expect(told(rows)).toEqual([
			[],
			['Change contact "Acme": First Name, Last Name'],
			['Finds contact "Acme"', 'New sales invoice INV-1'],
		]);
		expect(rows.map(carriesContact)).toEqual([false, true, false]);
		expect(isContactDue(contact)).toBe(true);
		expect(isContactDue(named(found('Acme'), [row(STOP)], { plan }))).toBe(false);
		expect(carriesContact(row(CREATE))).toBe(false);
	});

	it('it is made with a record that came twice, at its first coming', () => {
		const first = row(CREATE);
		const rows = [row(CREATE, { repeats: first }), row(undefined), first];
		named(MISSING, rows);
		expect(rows.map(carriesContact)).toEqual([false, false, true]);
	});

	it('nothing while it is not clear which one it is', () => {
		const rows = [row(CREATE)];
		named({ kind: 'stopped', issues: [] }, rows);
		expect(told(rows)).toEqual([['New sales invoice INV-1']]);
	});

	it('it is called by its number where it has no name', () => {
		const rows = [row(CREATE)];
		named(MISSING, rows, { wanted: { contactNumber: 'K-1' } });
		expect(told(rows)[0]?.[0]).toBe('New contact "K-1"');
		named(
			{
				...found(''),
				kind: 'matched',
				document: { type: 'contact', id: 'acme', fields: {} },
			} as Match,
			rows,
			{ wanted: { name: 'Acme', contactNumber: 'K-1' } },
		);
		expect(told(rows)[0]?.[0]).toBe('Finds contact "Acme"');
	});
});

describe('what is done for a correction', () => {
	const day = calendarDate('2026-11-22');
	if (!day) throw new Error('There is no such day.');
	const old = posted(order());
	const correction = (more: Partial<Correction> = {}, successor: Plan = CREATE): Correction => ({
		definition: DOCUMENTS.salesCreditNote,
		creditNote: row(CREATE),
		successor: row(successor, {
			replaces: { document: old, sent: { header: new Map() }, from: day },
		}),
		date: day,
		isToday: true,
		isCredited: false,
		...more,
	});
	const done = (given: Correction) => alone(UPDATE, { correction: given }) ?? [];

	it('it is credited, allocated and made anew', () => {
		expect(done(correction())).toEqual([
			'Credit note for INV-1 of 25.20 GBP, dated today',
			'Allocate it to INV-1',
			'New sales invoice in its place: 25.20 GBP',
		]);
		expect(done(correction({ isToday: false }))?.[0]).toBe(
			'Credit note for INV-1 of 25.20 GBP, dated 2026-11-22',
		);
	});

	it('what a run before has done is not done again', () => {
		expect(done(correction({ creditNote: row(KEEP) }))?.[0]).toBe('Allocate it to INV-1');
		expect(done(correction({ creditNote: row(KEEP), isCredited: true }))).toEqual([
			'New sales invoice in its place: 25.20 GBP',
		]);
		expect(done(correction({ creditNote: row(KEEP), isCredited: true }, KEEP))).toEqual([]);
		expect(done(correction({ creditNote: row(KEEP), isCredited: true }, UPDATE))).toEqual([
			'Change sales invoice INV-1: Due Date, Reference',
		]);
	});

	it('it is told by what it is where it has no number', () => {
		const { number, ...numberless } = old;
		expect(number).toBe('INV-1');
		const successor = row(CREATE, {
			replaces: { document: numberless, sent: { header: new Map() }, from: day },
		});
		expect(done(correction({ successor })).slice(0, 2)).toEqual([
			'Credit note for sales invoice of 25.20 GBP, dated today',
			'Allocate it to sales invoice',
		]);
	});

	it('no total is told that is not known', () => {
		const { amounts, ...unknown } = CREATE.action === 'create' ? CREATE : { amounts: undefined };
		expect(amounts).toBeDefined();
		expect(done(correction({}, unknown as Plan))?.at(-1)).toBe('New sales invoice in its place');
	});
});
