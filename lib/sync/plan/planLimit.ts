import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { readForbiddenActions } from '../../xero/readForbiddenActions';
import type { OrganisationSettings } from '../../xero/settings';
import { issueOf, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import { planned, type Row } from '../row';
import type { Plan } from './plan';

/** Plans that do not limit approvals: no call is spent on asking. */
const UNLIMITED = /^(DEMO|TRIAL|STANDARD|GROW|COMPREHENSIVE|(PREMIUM|ULTIMATE)(_\d+)?)$/;

/**
 * Small Xero plans allow a number of approved invoices and bills a month. Where it is used up,
 * records to be approved are stopped before they are sent. One call, and only where it can matter.
 */
export async function stopAtPlanLimit(
	client: XeroClient,
	definition: DocumentDefinition,
	rows: readonly Row[],
	settings: OrganisationSettings,
	severities: RuleSeverities,
): Promise<void> {
	const action = definition.can.beApprovedBy;
	if (action === undefined || UNLIMITED.test(settings.organisation.planClass ?? '')) return;
	const approving = planned(rows, 'create', 'update').filter(({ plan }) =>
		approves(definition, plan),
	);
	if (approving.length === 0) return;
	const forbidden = await readForbiddenActions(client);
	if (!forbidden.has(action)) return;
	for (const { row, plan } of approving) {
		const { draft, key, contentHash } = plan;
		const issues = issueOf(
			LATE_RULES.planLimit,
			{
				field: 'status',
				message: `The organisation's Xero plan does not allow more ${definition.plural} to be approved this month.`,
				fix: 'Send drafts instead, or change the organisation’s Xero plan.',
			},
			severities,
		);
		row.plan = { action: 'stop', draft, key, contentHash, issues: [...plan.issues, ...issues] };
	}
}

function approves(
	{ lifecycle, statusPath }: DocumentDefinition,
	{ changes }: Extract<Plan, { action: 'create' | 'update' }>,
): boolean {
	return changes.some(
		({ field, after }) => field === statusPath && after === lifecycle.approved[0],
	);
}
