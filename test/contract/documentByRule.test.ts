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
function expense(kind: Kind): Draft {
	return {
		type: kind,
		itemIndexes: [0],
		fields: { 'contact.name': 'Timber Ltd', date: '2026-11-20', ...OF_KIND[kind] },
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

async function send(world: XeroInMemory, kind: Kind, other: Kind) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const others = [{ definition: DOCUMENTS[other], drafts: [expense(other)] }];
	const drafts = await holdOtherKinds(context, [expense(kind)], others, DEFAULT_OPTIONS);
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
});
