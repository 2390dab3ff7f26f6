import type { RuleSeverities } from '../../lib/sync/check/check';
import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { FieldValue } from '../../lib/xero/documents/definition';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

type Type = 'salesInvoice' | 'quote';

function sale(
	type: Type,
	onStop: FieldValue | undefined,
	more: Partial<Omit<Draft, 'type'>> = {},
): Draft & { readonly type: Type } {
	const number = type === 'quote' ? 'quoteNumber' : 'invoiceNumber';
	return {
		type,
		itemIndexes: [0],
		fields: {
			'contact.name': 'Harbour Cafe',
			[number]: 'S-1',
			date: '2026-11-20',
			...(type === 'quote' ? {} : { dueDate: '2026-12-20' }),
			...(onStop === undefined ? {} : { customerOnStop: onStop }),
		},
		lines: [
			{
				fields: {
					description: 'Coffee',
					quantity: '1',
					unitAmount: '40',
					accountCode: '200',
					taxType: 'NONE',
				},
			},
		],
		source: {},
		issues: [],
		...more,
	};
}

async function upsert(
	world: XeroInMemory,
	draft: Draft & { readonly type: Type },
	ruleSeverities: RuleSeverities = {},
) {
	world.sandbox.clock.advance(1_000);
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const definition = DOCUMENTS[draft.type];
	const options = { ...DEFAULT_OPTIONS, ruleSeverities };
	const preview = await previewDocuments(context, definition, [draft], options);
	const { outcomes } = await upsertDocuments(context, definition, [draft], options);
	const { writes } = client.calls();
	return { preview: preview.outcomes[0], outcome: outcomes[0], writes };
}

describe('a customer on stop', () => {
	it.each(['salesInvoice', 'quote'] as const)('gets no new %s', async (type) => {
		const { preview, outcome, writes } = await upsert(await xeroInMemory(), sale(type, true));
		for (const each of [preview, outcome]) {
			expect(each?.outcome).toBe('held');
			expect(each?.issues).toEqual([
				expect.objectContaining({
					code: 'XERO_CUSTOMER_ON_STOP',
					field: 'customerOnStop',
					message: expect.stringContaining('Harbour Cafe is on stop'),
				}),
			]);
		}
		expect(writes).toBe(0);
	});

	it.each([false, undefined])('is none where the record says %s', async (onStop) => {
		const { outcome } = await upsert(await xeroInMemory(), sale('salesInvoice', onStop));
		expect(outcome).toMatchObject({ outcome: 'created', issues: [] });
	});

	it('leaves what is in Xero as it is, and writes nothing for the change alone', async () => {
		const world = await xeroInMemory();
		const { outcome } = await upsert(world, sale('salesInvoice', false));
		const id = outcome?.document?.id;
		expect(id).toBeDefined();
		const known = sale('salesInvoice', true, { id });
		const again = await upsert(world, known);
		expect(again.outcome).toMatchObject({ outcome: 'unchanged', issues: [] });
		expect(again.writes).toBe(0);
	});

	it('is let through with a warning where the user has chosen so', async () => {
		const draft = sale('salesInvoice', true);
		const severities = { XERO_CUSTOMER_ON_STOP: 'warn' } as const;
		const { outcome } = await upsert(await xeroInMemory(), draft, severities);
		expect(outcome?.outcome).toBe('created');
		expect(outcome?.issues).toMatchObject([{ severity: 'warn' }]);
	});
});
