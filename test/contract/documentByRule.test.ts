import type { Draft } from '../../lib/sync/draft';
import { holdOtherKinds } from '../../lib/sync/find/otherDocument';
import { upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

type Kind = 'bill' | 'bankTransaction';

const OF_KIND: Readonly<Record<Kind, FieldValues>> = {
	bill: { invoiceNumber: 'EXP-1', dueDate: '2026-12-20' },
	bankTransaction: { reference: 'EXP-1', type: 'SPEND', 'bankAccount.code': '090' },
};

/** An expense, as what a rule makes of it. */
function expense(kind: Kind, fields: FieldValues = {}): Draft {
	return {
		type: kind,
		itemIndexes: [0],
		fields: { 'contact.name': 'Timber Ltd', date: '2026-11-20', ...OF_KIND[kind], ...fields },
		lines: [
			{
				fields: {
					description: 'Timber',
					quantity: '1',
					unitAmount: '50',
					accountCode: '429',
					taxType: 'INPUT2',
				},
			},
		],
		source: { table: 'object_1', knackRecordId: '5a4db0c50000000000000001' },
		issues: [],
	};
}

/** The number goes over under the name that the kind has for it. */
function numbered(kind: Kind, { number, ...others }: FieldValues): FieldValues {
	const path = DOCUMENTS[kind].numberPath;
	return number === undefined ? others : { ...others, [path]: number };
}

async function send(world: XeroInMemory, kind: Kind, other: Kind, fields: FieldValues = {}) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const others = [
		{ definition: DOCUMENTS[other], drafts: [expense(other, numbered(other, fields))] },
	];
	const drafts = await holdOtherKinds(
		context,
		[expense(kind, numbered(kind, fields))],
		others,
		DEFAULT_OPTIONS,
	);
	const { outcomes } = await upsertDocuments(context, DOCUMENTS[kind], drafts);
	return { outcome: outcomes[0], writes: client.calls().writes };
}

describe('a record whose document a rule chooses', () => {
	it.each([
		['bill', 'bankTransaction', 'bill EXP-1'],
		['bankTransaction', 'bill', 'bank transaction EXP-1'],
	] as const)('that is in Xero as %s is not sent as %s', async (first, then, name) => {
		const world = await xeroInMemory();
		expect((await send(world, first, then)).outcome?.outcome).toBe('created');
		const { outcome, writes } = await send(world, then, first);
		expect(writes).toBe(0);
		expect(outcome).toMatchObject({
			outcome: 'held',
			issues: [
				{
					code: 'XERO_OTHER_DOCUMENT',
					message: `The record is in Xero already as ${name}, and a rule makes something else of it now.`,
				},
			],
		});
		expect((await send(world, first, then)).outcome?.outcome).toBe('unchanged');
	});

	describe.each([
		['bill', 'bankTransaction'],
		['bankTransaction', 'bill'],
	] as const)('that is in Xero as %s is not sent as %s either', (first, then) => {
		it.each<[string, FieldValues]>([
			['where it has another number by now', { number: 'EXP-2' }],
			['where it is of another contact by now', { 'contact.name': 'Brick Ltd' }],
			['where it is of another day by now', { date: '2026-10-25' }],
			[
				'where all of these are others',
				{ number: 'EXP-2', 'contact.name': 'Brick Ltd', date: '2026-10-25' },
			],
		])('%s', async (_, fields) => {
			const world = await xeroInMemory();
			world.sandbox.xero.seedContacts([{ name: 'Brick Ltd' }]);
			await send(world, first, then);
			const { outcome, writes } = await send(world, then, first, fields);
			expect(outcome).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_OTHER_DOCUMENT' }] });
			expect(writes).toBe(0);
		});

		it('where its contact was renamed in Xero', async () => {
			const world = await xeroInMemory();
			await send(world, first, then);
			const [contact] = world.sandbox.xero.organisation().contacts.all();
			world.sandbox.xero.person.saveContact({ ContactID: contact?.contactId, Name: 'T Ltd' });
			const { outcome, writes } = await send(world, then, first);
			expect(outcome?.issues).toMatchObject([{ code: 'XERO_OTHER_DOCUMENT' }]);
			expect(writes).toBe(0);
		});

		it('goes once that one is deleted', async () => {
			const world = await xeroInMemory();
			await send(world, first, then);
			const { invoices, bankTransactions } = world.sandbox.xero.organisation();
			for (const row of invoices.all()) invoices.put(row.id, { ...row, status: 'DELETED' });
			for (const row of bankTransactions.all())
				bankTransactions.put(row.id, { ...row, status: 'DELETED' });
			expect((await send(world, then, first)).outcome).toMatchObject({ outcome: 'created' });
		});
	});

	it('is not sent as another kind where it was posted twice as the first', async () => {
		const world = await xeroInMemory();
		await send(world, 'bill', 'bankTransaction');
		const { invoices } = world.sandbox.xero.organisation();
		const [bill] = invoices.all();
		const id = '11111111-1111-4111-8111-111111111111';
		for (const each of bill ? [bill, { ...bill, id }] : []) {
			invoices.put(each.id, { ...each, status: 'AUTHORISED' });
		}
		const { outcome, writes } = await send(world, 'bankTransaction', 'bill');
		expect(outcome?.issues).toMatchObject([{ code: 'XERO_OTHER_DOCUMENT' }]);
		expect(writes).toBe(0);
	});

	it('leaves another record of the same number alone', async () => {
		const world = await xeroInMemory();
		await send(world, 'bill', 'bankTransaction');
		const other = {
			...expense('bankTransaction'),
			source: { table: 'object_1', knackRecordId: '5a4db0c50000000000000002' },
		};
		const others = [
			{ definition: DOCUMENTS.bill, drafts: [{ ...expense('bill'), source: other.source }] },
		];
		const { settings, clock, turns } = world;
		const context = { client: world.anotherClient(), settings, clock, turns };
		expect(await holdOtherKinds(context, [other], others, DEFAULT_OPTIONS)).toEqual([other]);
	});
});
