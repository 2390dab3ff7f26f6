import type { Issue } from '../../issue';
import { isStopping } from '../check/check';
import type { Plan } from '../plan/plan';
import { createdFor, type Created, type Row, type Sent } from '../row';
import type { Writing } from './writing';

/**
 * Takes what documents use up of others, each before it is more than a draft, one after the other.
 * Of those that cannot have it `sent` says why: what was created stays a draft, and what was to be
 * changed stays as it is.
 */
export async function reserve(writing: Writing, rows: readonly Row[]): Promise<void> {
	if (!writing.reserve) return;
	for (const row of rows) {
		const { plan, sent } = row;
		const created = createdFor(row);
		const present = created?.document ?? (plan?.action === 'update' ? plan.document : undefined);
		if (!plan || !present || (sent && !created)) continue;
		const reserved = await writing.reserve(plan, present);
		if (reserved.kind === 'unknown') {
			const { reason } = reserved;
			row.sent = { kind: 'unknown', reason, ...(created ? { draft: present } : {}) };
			continue;
		}
		const carried = created?.plan ?? plan;
		if (reserved.kind === 'held') {
			const { issues } = reserved;
			row.sent = created
				? { ...created, plan: withIssues(carried, issues.map(asDraft)) }
				: stopped(withIssues(carried, issues));
			continue;
		}
		const { issues, staysClosed } = reserved;
		const told = withIssues(staysClosed ? withoutOpening(carried) : carried, issues);
		if (created) row.sent = { ...created, plan: told };
		else row.plan = told;
	}
}

function asDraft(issue: Issue): Issue {
	return { ...issue, message: `${issue.message} It is a draft in Xero, and stays one.` };
}

/** What is not done is not told. */
function withoutOpening(plan: Plan): Plan {
	return plan.order ? { ...plan, order: { ...plan.order, opening: [] } } : plan;
}

function withIssues(plan: Plan, issues: Plan['issues']): Plan {
	const said = new Set(plan.issues.map(({ code }) => code));
	return { ...plan, issues: [...plan.issues, ...issues.filter(({ code }) => !said.has(code))] };
}

function stopped({ draft, key, contentHash, issues }: Plan): Sent {
	return { kind: 'stop', plan: { action: 'stop', draft, key, contentHash, issues } };
}

/** Whether what was created has to stay a draft. */
export function staysDraft({ plan }: Created): boolean {
	return plan.issues.some(isStopping);
}
