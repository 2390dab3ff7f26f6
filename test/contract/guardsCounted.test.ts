import { instantText } from '../../lib/dates';
import { createApprovalKey } from '../../lib/sync/approval/approvalKey';
import { tokenOf } from '../../lib/sync/approval/token';
import type { Draft } from '../../lib/sync/draft';
import { createGuardMemory } from '../../lib/sync/guard/guardMemory';
import { createRunGuard } from '../../lib/sync/guard/runGuard';
import { NO_GUARDS } from '../../lib/sync/guard/guardSettings';
import type { UpsertOptions } from '../../lib/sync/upsert';
import {
	codesOf,
	ledger,
	most,
	openWorld,
	paymentOf,
	run,
	sale,
	sales,
	tally,
	type Given,
	type World,
} from '../support/guardedRuns';

const KEY = createApprovalKey('secret of the credential', 'client of the credential');
const HOUR_MS = 3_600_000;

/** What takes room of a limit, and how much. */
describe('what guards count', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});

	describe('of records that have to be approved', () => {
		const approval = { key: KEY, isRequired: true, creatorMustDiffer: false, isUsedOnce: false };

		/** The sales, each with a token for the plan of the preview. */
		async function approved(
			count: number,
			guards: Parameters<typeof run>[1] = {},
			options: Partial<UpsertOptions> = {},
		): Promise<Draft[]> {
			const drafts = sales(count);
			const numbering = { ...approval, isRequired: false };
			const { outcomes } = await run(world, guards, drafts, {
				isPreview: true,
				approval: numbering,
				options,
			});
			return drafts.map((draft, index) =>
				withToken(draft, plainToken(outcomes[index]?.approval?.planNumber)),
			);
		}

		function plainToken(plan = '', hours = 24): string {
			const nowMs = world.clock.now();
			return tokenOf(KEY, {
				plan,
				by: 'Ida Berg',
				at: instantText(nowMs),
				until: instantText(nowMs + hours * HOUR_MS),
			});
		}

		const withToken = (draft: Draft, token: string): Draft => ({
			...draft,
			source: { ...draft.source, approval: { token } },
		});
		const tokenIn = ({ source }: Draft) => source.approval?.token ?? '';

		it.each<[string, string, (drafts: readonly Draft[]) => string]>([
			['was altered', 'SYNC_APPROVAL_NOT_GENUINE', ([first]) => `${first && tokenIn(first)}x`],
			[
				'is of another record',
				'SYNC_APPROVAL_OF_ANOTHER',
				([, second]) => (second ? tokenIn(second) : ''),
			],
		])('a token that %s takes none of the room of others', async (_what, code, wrongOf) => {
			const [first = sale(0), ...others] = await approved(3);
			const drafts = [withToken(first, wrongOf([first, ...others])), ...others];
			for (const span of ['run', 'day'] as const) {
				const { outcomes } = await run(world, most(span, { documents: 2 }), drafts, { approval });
				expect(outcomes[0]).toMatchObject({ outcome: 'held', issues: [{ code }] });
				expect(codesOf(outcomes)).toEqual([code]);
			}
			expect(ledger(world).numbers).toEqual(['INV-00001', 'INV-00002']);
		});

		it('a token that has expired takes none either', async () => {
			const [first = sale(0), ...others] = await approved(2);
			const { outcomes } = await run(world, {}, [sale(0)], {
				isPreview: true,
				approval: { ...approval, isRequired: false },
			});
			const late = withToken(first, plainToken(outcomes[0]?.approval?.planNumber, 0));
			const done = await run(world, most('run', { documents: 1 }), [late, ...others], { approval });
			expect(tally(done.outcomes)).toEqual({ held: 1, created: 1 });
			expect(codesOf(done.outcomes)).toEqual(['SYNC_APPROVAL_EXPIRED']);
		});

		it.each<[string, Given, Partial<UpsertOptions>]>([
			['lines', { price: '90' }, {}],
			['lines, where credit may be used', { price: '90' }, { openCredit: 'ofContact' }],
			['due date', { fields: { dueDate: '2026-12-24' } }, {}],
		])('a token of a plan with other %s takes none either', async (_what, given, options) => {
			const [first = sale(0), ...others] = await approved(3, {}, options);
			const changed = { ...sale(0, given), source: first.source };
			for (const span of ['run', 'day'] as const) {
				const { outcomes } = await run(world, most(span, { documents: 2 }), [changed, ...others], {
					approval,
					options,
					isPreview: true,
				});
				expect(tally(outcomes)).toEqual({ held: 1, wouldCreate: 2 });
				expect(codesOf(outcomes)).toEqual(['SYNC_APPROVAL_OUTDATED']);
			}
		});

		it('a plan that was approved as a draft, as one of the first ones, goes over as that', async () => {
			const guards = { areFirstOnesDrafts: true };
			const drafts = await approved(2, guards);
			const { outcomes } = await run(world, guards, drafts, { approval });
			expect(tally(outcomes)).toEqual({ created: 2 });
			expect(Object.values(ledger(world).statuses)).toEqual(['DRAFT', 'DRAFT']);
		});
	});

	describe('of money that is paid in another currency', () => {
		beforeEach(async () => {
			const rates = ['1.25', '2'].map((currencyRate, index) =>
				sale(index, { fields: { currencyCode: 'EUR', currencyRate } }),
			);
			await run(world, {}, [...rates, sale(2)]);
		});

		it('goes by the rate of the invoice, or by that of the payment', async () => {
			// 120.00 EUR at 1.25 are 96.00; 120.00 EUR at 2 are 60.00.
			const eur = paymentOf(0);
			const preview = async (guards: number, ...drafts: Draft[]) =>
				(await run(world, most('run', { money: guards }), drafts, { isPreview: true })).outcomes;
			expect(tally(await preview(96, eur))).toEqual({ wouldCreate: 1 });
			const [held] = await preview(95, eur);
			expect(held?.issues[0]).toMatchObject({
				code: 'XERO_GUARD_MONEY',
				message: 'Held by Most Money a Run (GBP 95.00): it comes to GBP 96.00 by itself.',
			});
			expect(tally(await preview(60, paymentOf(0, { currencyRate: '2' })))).toEqual({
				wouldCreate: 1,
			});
			const all = [eur, paymentOf(1), paymentOf(2)];
			expect(tally(await preview(276, ...all))).toEqual({ wouldCreate: 3 });
			expect((await preview(275, ...all)).map(({ outcome }) => outcome)).toEqual([
				'wouldCreate',
				'wouldCreate',
				'held',
			]);
		});

		it('is held where no rate is known, until one is mapped', async () => {
			const { invoices } = world.sandbox.xero.organisation();
			const [invoice] = invoices.all();
			if (!invoice) throw new Error('There is no invoice.');
			const guards = most('run', { money: 100 });
			// Nobody says of a prepayment in which currency it is.
			const unknown = paymentOf(0, {
				amount: '50.00',
				'invoice.number': '',
				'prepayment.id': '11111111-2222-4333-8444-555555555555',
			});
			const { fields, ...rest } = unknown;
			const { 'invoice.number': _, ...others } = fields;
			const refund = { ...rest, fields: others };
			const { outcomes } = await run(world, guards, [refund], { isPreview: true });
			expect(outcomes[0]?.issues[0]).toMatchObject({
				code: 'XERO_GUARD_MONEY',
				message:
					'Held by Most Money a Run (GBP 100.00): what it comes to in GBP is not known before it is in Xero.',
				fix: expect.stringContaining('Map Currency Rate'),
			});
			const mapped = { ...refund, fields: { ...refund.fields, currencyRate: '1' } };
			const then = await run(world, guards, [mapped], { isPreview: true });
			expect(tally(then.outcomes)).toEqual({ wouldCreate: 1 });
		});
	});

	describe('as a first load', () => {
		it('are the new documents of one kind in one organisation, all that a run has of them', async () => {
			const emailed = (count: number, from: number) => sales(count, { isEmailed: true }, from);
			const guard = createRunGuard(NO_GUARDS, {
				knack: async () => await Promise.reject(new Error('Nothing is asked of Knack.')),
				memory: createGuardMemory(),
				place: 'workflow node',
				isPreview: true,
			});
			const previewed = async (
				drafts: readonly Draft[],
				organisation = world.settings.organisation,
			) =>
				await run({ ...world, settings: { ...world.settings, organisation } }, {}, drafts, {
					isPreview: true,
					guard,
				});
			const unsent = async (...given: Parameters<typeof previewed>) =>
				codesOf((await previewed(...given)).outcomes).includes('XERO_GUARD_NO_EMAIL');
			expect(await unsent(emailed(40, 0))).toBe(false);
			// Of another organisation, and of another kind: neither is a first load with them.
			const other = { ...world.settings.organisation, id: 'another', name: 'Another Ltd' };
			expect(await unsent(emailed(40, 0), other)).toBe(false);
			const notes = sales(40, {}, 100).map((draft) => ({ ...draft, type: 'salesCreditNote' }));
			expect(await unsent(notes)).toBe(false);
			expect(await unsent(emailed(10, 200))).toBe(false);
			const { outcomes } = await previewed(emailed(1, 300));
			expect(outcomes[0]?.issues[0]?.message).toBe(
				`It is not e-mailed: the run has 51 new sales invoices for ${world.settings.organisation.name}, more than 50, and so is taken for a first load.`,
			);
		});
	});
});
