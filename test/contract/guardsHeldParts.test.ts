import { instantText } from '../../lib/dates';
import { createApprovalKey } from '../../lib/sync/approval/approvalKey';
import { tokenOf } from '../../lib/sync/approval/token';
import type { Draft } from '../../lib/sync/draft';
import { createGuardMemory } from '../../lib/sync/guard/guardMemory';
import type { FieldValues } from '../../lib/xero/documents/definition';
import {
	codesOf,
	ledger,
	most,
	openWorld,
	run,
	sale,
	sales,
	sent,
	tally,
	type Given,
	type World,
} from '../support/guardedRuns';

/** What goes with a record beside its document: it is held, counted and approved with it. */
describe('what goes with a record', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});

	const acme = (index: number, fields: FieldValues = {}, more: Given = {}) =>
		sale(index, {
			...more,
			fields: { 'contact.name': 'Acme', 'contact.emailAddress': 'ap@acme.example', ...fields },
		});
	const firstNames = () =>
		world.sandbox.xero.person.contacts().map(({ FirstName = '' }) => FirstName);
	const options = { contactPolicy: 'matchCreateOrUpdate' as const };

	it('of the first ones as drafts, none is approved by a worker that lost a race', async () => {
		const guards = { areFirstOnesDrafts: true };
		await Promise.all([run(world, guards, sales(2)), run(world, guards, sales(2))]);
		expect(ledger(world).statuses).toEqual({ 'INV-00000': 'DRAFT', 'INV-00001': 'DRAFT' });
	});

	it('the e-mail of a document that is made anew is counted and previewed', async () => {
		const correcting = { options: { issuedDocuments: 'creditNote' as const } };
		await run(world, {}, [sale(0, { isEmailed: true })]);
		world.sandbox.clock.advance(1_000);
		const changed = [sale(0, { isEmailed: true, price: '150', fields: { date: '2026-11-01' } })];
		const held = await run(world, most('run', { emails: 0 }), changed, correcting);
		expect(codesOf(held.outcomes)).toEqual(['XERO_GUARD_EMAILS']);
		expect(ledger(world)).toMatchObject({ invoices: 1, emails: 1 });
		const preview = await run(world, {}, changed, { ...correcting, isPreview: true });
		const { operations } = await run(world, {}, changed, correcting);
		expect(operations).toContain('E-mail it to pay00000@example.com');
		expect(preview.operations).toEqual(operations);
		expect(ledger(world).emails).toBe(2);
	});

	it('its values of a contact that another needs are held with it', async () => {
		await run(world, {}, [acme(0)]);
		const held = acme(2, { 'contact.firstName': 'Eve' }, { price: '9999' });
		const money = most('run', { money: 1_000 });
		const { outcomes } = await run(world, money, [acme(1), held], { options });
		expect(tally(outcomes)).toEqual({ created: 1, held: 1 });
		expect(firstNames()).toEqual(['']);
		await run(world, {}, [held], { options });
		expect(firstNames()).toEqual(['Eve']);
	});

	it('whoever approves it reads what becomes of its contact, whichever record says that', async () => {
		await run(world, {}, [acme(0)]);
		const key = createApprovalKey('secret of the credential', 'client of the credential');
		const approval = { key, isRequired: false, creatorMustDiffer: false, isUsedOnce: false };
		const drafts = [acme(1, { 'contact.firstName': 'Eve' }), acme(2)];
		const { outcomes } = await run(world, {}, drafts, { isPreview: true, approval, options });
		const [, other] = outcomes.map((outcome) => outcome.approval);
		expect(other?.what).toContain('Change contact "Acme": First Name');
		const nowMs = world.clock.now();
		const token = tokenOf(key, {
			plan: other?.planNumber ?? '',
			by: 'Ida Berg',
			at: instantText(nowMs),
			until: instantText(nowMs + 3_600_000),
		});
		const asked = drafts.map((draft, index) =>
			index === 0 ? draft : { ...draft, source: { ...draft.source, approval: { token } } },
		);
		const required = { ...approval, isRequired: true };
		const done = await run(world, {}, asked, { approval: required, options });
		expect(tally(done.outcomes)).toEqual({ held: 1, created: 1 });
	});

	it('whoever approves it reads what money is paid on what, and what is changed to what', async () => {
		const key = createApprovalKey('secret of the credential', 'client of the credential');
		const approval = { key, isRequired: false, creatorMustDiffer: false, isUsedOnce: false };
		await run(world, {}, [acme(0), acme(1, { status: 'DRAFT' })]);
		const whatOf = async (draft: Draft) =>
			(await run(world, {}, [draft], { isPreview: true, approval, options })).outcomes.map(
				(outcome) => outcome.approval?.what,
			);
		const payment = {
			...sale(0),
			type: 'payment',
			lines: undefined,
			fields: {
				'invoice.number': 'INV-00000',
				'account.code': '090',
				date: '2026-11-21',
				amount: '120.00',
				reference: 'PAY-1',
			},
		};
		const received = {
			...acme(5),
			type: 'bankTransaction',
			fields: {
				'contact.name': 'Acme',
				date: '2026-11-21',
				type: 'RECEIVE',
				'bankAccount.code': '090',
				reference: 'CARD-1',
			},
		};
		const changed = acme(1, { status: 'DRAFT', dueDate: '2026-12-24', 'contact.firstName': 'Eve' });
		const said = [await whatOf(payment), await whatOf(received), await whatOf(changed)].flat();
		expect(said).toEqual([
			expect.stringMatching(/090.*120\.00|120\.00.*090/),
			expect.stringContaining('090'),
			expect.stringMatching(
				/First Name from nothing to Eve.*Due Date from 2026-12-20 to 2026-12-24/,
			),
		]);
	});

	it('what a person reads before approving hides and turns round nothing', async () => {
		const key = createApprovalKey('secret of the credential', 'client of the credential');
		const approval = { key, isRequired: false, creatorMustDiffer: false, isUsedOnce: false };
		const odd = sale(0, { fields: { 'contact.name': 'Acme \u202E00.1 PBG\nNothing else' } });
		const { outcomes } = await run(world, {}, [odd], { isPreview: true, approval });
		expect(outcomes[0]?.approval?.what).toContain('"Acme [U+202E]00.1 PBG Nothing else"');
	});

	it('an e-mail that holds its record leaves the room of a run to the others', async () => {
		const old = sale(0, { isEmailed: true, fields: { date: '2026-10-01' } });
		const { outcomes } = await run(world, most('run', { documents: 1 }), [old, sale(1)], {
			options: { ruleSeverities: { XERO_GUARD_NO_EMAIL: 'hold' } },
		});
		expect(tally(outcomes)).toEqual({ held: 1, created: 1 });
		expect(sent(world)).not.toContain('INV-00000');
	});

	it('a second one that two runs have posted is counted as voided', async () => {
		const { invoiceNumber: _number, ...fields } = sale(0).fields;
		const drafts = [{ ...sale(0), fields: { ...fields, reference: 'SO-7', status: 'DRAFT' } }];
		await run(world, {}, drafts);
		const { invoices } = world.sandbox.xero.organisation();
		const [row] = invoices.all();
		if (!row) throw new Error('There is no invoice.');
		const id = '0f000000-0000-4000-8000-000000000007';
		invoices.put(id, { ...row, id, number: 'INV-0077' });
		const held = await run(world, most('day', { voids: 0 }), drafts);
		expect(codesOf(held.outcomes)).toContain('XERO_GUARD_VOIDS');
		expect(Object.values(ledger(world).statuses)).toEqual(['DRAFT', 'DRAFT']);
		const memory = createGuardMemory();
		const once = await run(world, most('day', { voids: 1 }), drafts, { memory });
		expect(tally(once.outcomes)).toEqual({ unchanged: 1 });
		expect(Object.values(ledger(world).statuses).sort()).toEqual(['DELETED', 'DRAFT']);
		const other = '0f000000-0000-4000-8000-000000000008';
		invoices.put(other, { ...row, id: other, number: 'INV-0078' });
		const again = await run(world, most('day', { voids: 1 }), drafts, { memory });
		expect(codesOf(again.outcomes)).toContain('XERO_GUARD_VOIDS');
	});
});
