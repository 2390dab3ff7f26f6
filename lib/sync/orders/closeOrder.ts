import { faultOr } from '../../serviceFault';
import type { XeroDocument } from '../../xero/documents/definition';
import { issueOf, isStopping } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Followed } from '../references/completed';
import type { BillingRun } from './billingRun';
import { moveOrder } from './moveOrder';
import { noteWhere } from './noteWhere';
import { CLOSED_NOTE } from './notes';
import { openOrder } from './openOrder';
import { exceeded, staysClosed } from './orderProblems';
import { excessOf, isFullyBilled, orderName, type OrderStanding } from './orderStanding';
import { readStanding } from './readStandings';

/**
 * Closes the order of a bill that its history names, if nothing of it is left, and says so in that
 * history first: what bills have closed they open again. Of two workers with a bill each the one that
 * reads last sees both, so the order is closed; twice it is not, since what is closed already is left
 * alone. Never throws for what Xero answers.
 */
export async function closeOrder(
	run: BillingRun,
	standing: OrderStanding,
	bill: XeroDocument,
): Promise<Followed> {
	const { client, definition, fills } = run;
	const { order } = standing;
	const noted = await noteWhere(run, order, (now) =>
		isFullyBilled(now) && !now.isClosedByBills ? CLOSED_NOTE : undefined,
	);
	if (typeof noted === 'string') return notKnown(run, standing, noted);
	if (!isFullyBilled(noted)) return { kind: 'done', document: bill };
	const isClosed = await moveOrder(run, order.id, fills.takes, fills.done);
	if (isClosed !== true) return notKnown(run, standing, isClosed);
	// Another worker may have reduced a bill between reading and closing, and seen the order open.
	const read = await faultOr(readStanding(client, definition, order, fills));
	if (!read.ok) return notKnown(run, standing, read.failure.message);
	if (isFullyBilled(read.value)) return { kind: 'done', document: bill };
	return await openAgain(run, read.value, bill);
}

/** Opens an order that its bills do not fill any more, or says that it stays closed. */
export async function openAgain(
	run: BillingRun,
	standing: OrderStanding,
	bill: XeroDocument,
): Promise<Followed> {
	const isOpen = await openOrder(run, standing);
	if (isOpen === true) return { kind: 'done', document: bill };
	const { rule, finding } = staysClosed({ ...run, standing }, isOpen);
	return { kind: 'noted', issues: issueOf(rule, finding, run.severities) };
}

/**
 * Looks at the order of a bill that was changed, since another worker may have been at it at the same
 * moment: opens it where the bills had closed it and do not fill it any more, and says where more is
 * billed by now than it says. Never throws for what Xero answers.
 */
export async function lookAtOrder(
	run: BillingRun,
	standing: OrderStanding,
	bill: XeroDocument,
	mayOpen: boolean,
): Promise<Followed> {
	const { order } = standing;
	const { client, definition, fills, severities, tolerance } = run;
	const read = await faultOr(readStanding(client, definition, order, fills));
	if (!read.ok) return notLookedAt(run, standing, read.failure.message);
	const now = read.value;
	if (mayOpen && now.isClosedByBills && !isFullyBilled(now)) return await openAgain(run, now, bill);
	const excess = excessOf(now, tolerance);
	if (excess.length === 0) return { kind: 'done', document: bill };
	const { rule, finding } = exceeded({ ...run, standing: now }, excess);
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
