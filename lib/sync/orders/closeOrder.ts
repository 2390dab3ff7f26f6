import { faultOr } from '../../serviceFault';
import type { XeroDocument } from '../../xero/documents/definition';
import { issueOf, isStopping } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Followed } from '../references/completed';
import type { BillingRun } from './billingRun';
import { exceeded } from './orderProblems';
import { excessOf, isFullyBilled, orderName, type OrderStanding } from './orderStanding';
import { readStanding } from './readStandings';
import { moveOrder } from './moveOrder';

/**
 * Closes the order of a bill that its history names, if nothing of it is left. Of two workers with a
 * bill each the one that reads last sees both, so the order is closed; twice it is not, since what is
 * closed already is left alone. Never throws for what Xero answers.
 */
export async function closeOrder(
	run: BillingRun,
	standing: OrderStanding,
	bill: XeroDocument,
): Promise<Followed> {
	const read = await faultOr(readStanding(run.client, run.definition, standing.order, run.fills));
	if (!read.ok) return notKnown(run, standing, read.failure.message);
	if (!isFullyBilled(read.value)) return { kind: 'done', document: bill };
	const isClosed = await moveOrder(run, standing.order.id, run.fills.takes, run.fills.done);
	return isClosed === true ? { kind: 'done', document: bill } : notKnown(run, standing, isClosed);
}

/**
 * Says where a bill that was changed goes over its order by now, since another one took its part of
 * it at the same moment. Never throws for what Xero answers.
 */
export async function lookAtOrder(
	run: BillingRun,
	standing: OrderStanding,
	bill: XeroDocument,
): Promise<Followed> {
	const { order } = standing;
	const { client, definition, fills, severities, tolerance } = run;
	const read = await faultOr(readStanding(client, definition, order, fills));
	if (!read.ok) return notLookedAt(run, standing, read.failure.message);
	const excess = excessOf(read.value, tolerance);
	if (excess.length === 0) return { kind: 'done', document: bill };
	const { rule, finding } = exceeded({ ...run, standing: read.value }, excess);
	const issues = issueOf(rule, finding, severities);
	return issues.some(isStopping)
		? { kind: 'failed', outcome: 'held', issues }
		: { kind: 'noted', issues };
}

/** A later run does not look again, since the bill is as it shall be by then. */
function notLookedAt(
	{ definition, fills, severities }: BillingRun,
	standing: OrderStanding,
	reason: string,
): Followed {
	const name = orderName(standing);
	const finding = {
		field: fills.path,
		message: `The ${definition.label.toLowerCase()} is changed in Xero, but it is not known whether more is billed than ${name} says. ${reason}`,
		fix: `Compare ${name} in Xero with the bills that its history names.`,
	};
	const issues = issueOf(LATE_RULES.noAnswer, finding, severities);
	return { kind: 'failed', outcome: 'failed', issues };
}

/** It is not known whether an order says what it should. */
export function notKnown(
	{ definition, fills, severities }: BillingRun,
	standing: OrderStanding,
	reason: string,
): Followed {
	return {
		kind: 'failed',
		outcome: 'failed',
		issues: issueOf(
			LATE_RULES.noAnswer,
			{
				field: fills.path,
				message: `The ${definition.label.toLowerCase()} is in Xero, but it is not known whether ${orderName(standing)} says so. ${reason}`,
				fix: 'Run the record again: what is there already is not done twice.',
			},
			severities,
		),
	};
}
