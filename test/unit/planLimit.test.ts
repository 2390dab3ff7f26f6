import { stopAtPlanLimit } from '../../lib/sync/plan/planLimit';
import type { Draft } from '../../lib/sync/draft';
import type { Plan } from '../../lib/sync/plan/plan';
import type { Row } from '../../lib/sync/row';
import type { XeroClient } from '../../lib/xero/client';
import { definitionOf } from '../support/definitionOf';
import { order, planOf, posted, said } from './planFixtures';
import { SETTINGS } from './syncFixtures';

/** Small plans of Xero allow a number of approved documents a month. */

interface Organisation {
	readonly planClass?: string | undefined;
	/** What Xero does not allow at the moment. */
	readonly forbidden?: readonly string[];
}

/** The plans of records as they are sent, and how often Xero was asked for the limits. */
async function limited(
	plans: ReadonlyArray<Plan | undefined>,
	{ planClass, forbidden = ['CreateApprovedInvoice'] }: Organisation = {},
	type: Draft['type'] = 'salesInvoice',
) {
	let reads = 0;
	const Actions = ['CreateApprovedInvoice', 'CreateApprovedBill', 'CreateDraftInvoice'].map(
		(Name) => ({ Name, Status: forbidden.includes(Name) ? 'NOT-ALLOWED' : 'ALLOWED' }),
	);
	const client: XeroClient = {
		organisationId: 'org-1',
		read: () => {
			reads += 1;
			return Promise.resolve({ Actions });
		},
		write: () => Promise.reject(new Error('Nothing is to be written.')),
		calls: () => ({ reads, writes: 0 }),
		dayRemaining: () => undefined,
	};
	const rows = plans.map(
		(plan): Row => ({ draft: plan?.draft ?? order(), ...(plan ? { plan } : {}) }),
	);
	const organisation = { ...SETTINGS.organisation, planClass };
	const settings = { ...SETTINGS, organisation } as typeof SETTINGS;
	await stopAtPlanLimit(client, definitionOf(type), rows, settings, {});
	return { said: rows.map(({ plan }) => (plan ? said(plan).split(' ')[0] : 'none')), reads, rows };
}

const APPROVED = planOf(order(), undefined);
const APPROVING = planOf(order(), posted(order({ status: 'DRAFT' })));
const DRAFTED = planOf(order({ status: 'DRAFT' }), undefined);
const CHANGED = planOf(order({ reference: 'B' }), posted(order()));
const KEPT = planOf(order(), posted(order()));

describe('the limit of a Xero plan', () => {
	it('stops what would be approved, new or not, and nothing else', async () => {
		const {
			said: actions,
			reads,
			rows,
		} = await limited([APPROVED, APPROVING, DRAFTED, CHANGED, KEPT, undefined], {
			planClass: 'STARTER',
		});
		expect(actions).toEqual(['stop', 'stop', 'create', 'update', 'keep', 'none']);
		expect(reads).toBe(1);
		expect(rows[0]?.plan).toMatchObject({
			key: APPROVED.key,
			contentHash: APPROVED.contentHash,
			issues: [
				{
					code: 'XERO_PLAN_LIMIT',
					field: 'status',
					message:
						"The organisation's Xero plan does not allow more sales invoices to be approved this month.",
				},
			],
		});
	});

	it('is asked for where it can matter alone', async () => {
		expect((await limited([DRAFTED, CHANGED, KEPT])).reads).toBe(0);
		const unlimited = ['DEMO', 'TRIAL', 'STANDARD', 'GROW', 'COMPREHENSIVE'];
		for (const planClass of [...unlimited, 'PREMIUM', 'PREMIUM_20', 'ULTIMATE', 'ULTIMATE_100']) {
			expect(await limited([APPROVED], { planClass })).toMatchObject({
				said: ['create'],
				reads: 0,
			});
		}
		// Of a plan that nobody knows it is asked.
		const unknown = ['GROWING', 'NONSTANDARD', 'PREMIUM_NONE', 'IGNITE'];
		for (const planClass of [undefined, ...unknown]) {
			expect(await limited([APPROVED], { planClass })).toMatchObject({ said: ['stop'], reads: 1 });
		}
		expect(await limited([APPROVED], {}, 'quote')).toMatchObject({ said: ['create'], reads: 0 });
	});

	it('stops nothing as long as it is not reached, nor by another one', async () => {
		for (const forbidden of [[], ['CreateApprovedBill']]) {
			expect(await limited([APPROVED], { forbidden })).toMatchObject({
				said: ['create'],
				reads: 1,
			});
		}
	});
});
