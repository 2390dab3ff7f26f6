import type { Draft } from '../../lib/sync/draft';
import { DEFAULT_OPTIONS, type UpsertOptions } from '../../lib/sync/upsertContext';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { definitionOf } from '../support/definitionOf';
import { ApprovalWorld } from '../prove/approval/approvalWorld';

describe('a token without a place that keeps it', () => {
	let world: ApprovalWorld;
	beforeEach(async () => {
		world = await ApprovalWorld.make();
	});

	const given = (type: string, more: FieldValues = {}, options: Partial<UpsertOptions> = {}) => {
		const draft: Draft = {
			type,
			itemIndexes: [0],
			fields: {
				'contact.name': 'Acme Ltd',
				reference: 'SO-7',
				date: '2026-11-20',
				lineAmountTypes: 'Exclusive',
				...more,
			},
			lines: [
				{
					fields: {
						description: 'Work',
						quantity: '1',
						unitAmount: '10.00',
						accountCode: '200',
						taxType: 'OUTPUT2',
					},
				},
			],
			source: { knackRecordId: '64f000000000000000000007', table: 'object_2' },
			issues: [],
		};
		return { draft, options: { ...DEFAULT_OPTIONS, ...options } };
	};
	const approved = async (record: ReturnType<typeof given>) => {
		const { approval } = await world.preview(record);
		return world.token(approval?.planNumber ?? '');
	};

	it('is over for a contact that a person has put back', async () => {
		await world.write(given('salesInvoice'));
		const { person } = world.xero.sandbox.xero;
		const acme = person.contacts().find(({ Name }) => Name === 'Acme Ltd');
		const put = (FirstName: string) =>
			person.saveContact({ ContactID: acme?.ContactID ?? '', FirstName });
		put('Pat');
		const record = given(
			'salesInvoice',
			{ 'contact.firstName': 'Ida' },
			{ contactPolicy: 'matchCreateOrUpdate' },
		);
		const token = await approved(record);
		expect(await world.writeApproved(record, token)).toMatchObject({ writes: 1 });
		world.xero.sandbox.clock.advance(60_000);
		put('Pat');
		world.xero.sandbox.clock.advance(60_000);
		const again = await world.writeApproved(record, token);
		expect(again).toMatchObject({
			outcome: { outcome: 'held', issues: [{ code: 'SYNC_APPROVAL_OUTDATED' }] },
			writes: 0,
		});
	});

	it.each(['salesInvoice', 'quote', 'purchaseOrder', 'salesCreditNote'])(
		'makes nothing anew that a person has deleted: %s',
		async (type) => {
			const record = given(type);
			const token = await approved(record);
			const { outcome } = await world.writeApproved(record, token);
			expect(outcome.outcome).toBe('created');
			world.xero.sandbox.clock.advance(60_000);
			const { document } = outcome;
			const { resource, idName } = definitionOf(type).wire;
			const gone = await world.xero.anotherClient().write({
				method: 'POST',
				path: `/${resource}`,
				body: {
					[resource]: [
						{
							[idName]: document.id,
							Status: 'DELETED',
							Date: '2026-11-20',
							Contact: { Name: 'Acme Ltd' },
						},
					],
				},
				idempotencyKey: 'delete',
			});
			expect(gone.kind).toBe('accepted');
			world.xero.sandbox.clock.advance(60_000);
			const again = await world.writeApproved(record, token);
			expect(again).toMatchObject({ outcome: { outcome: 'held' }, writes: 0 });
		},
	);
});
