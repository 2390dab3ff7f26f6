import type { XeroDocument } from '../../xero/documents/definition';
import { issueOf } from '../check/check';
import { headerText } from '../check/draftValues';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Draft } from '../draft';
import { foldText } from '../find/names';
import { isOnItsWay, type Completed } from '../references/completed';
import { withIssues, withValues } from '../references/named';
import { Billing } from './billing';
import type { BillingRun } from './billingRun';
import type { OrderStanding } from './orderStanding';
import { findOrders, orderIdIn, readStanding } from './readStandings';

/**
 * Finds the order that each bill names, and holds the bill against what was ordered and what is
 * billed of it already. Before the bill is more than a draft, the order's history names it, and an
 * order of which nothing is left is closed. Throws ServiceFaultError.
 */
export async function readOrders(run: BillingRun, drafts: readonly Draft[]): Promise<Completed> {
	const { client, definition, fills, severities } = run;
	const found = await findOrders(client, fills, drafts.filter(isOnItsWay));
	const orders = new Map<string, OrderStanding>();
	const completed: Draft[] = [];
	for (const draft of drafts) {
		const named = isOnItsWay(draft) ? headerText(draft, fills.path)?.trim() : undefined;
		if (!named) {
			completed.push(draft);
			continue;
		}
		const order = found.find((each) => isNamed(each, named));
		const { amounts } = order ?? {};
		if (!order || !amounts) {
			const finding = {
				field: fills.path,
				message: `There is no ${fills.order.label.toLowerCase()} "${named}" in Xero.`,
				fix: `Correct the number in Knack, or clear it for a ${definition.label.toLowerCase()} without an order.`,
			};
			completed.push(withIssues(draft, issueOf(LATE_RULES.targetMissing, finding, severities)));
			continue;
		}
		if (!orders.has(order.id)) {
			orders.set(order.id, await readStanding(client, definition, { ...order, amounts }, fills));
		}
		const isAsked = headerText(draft, definition.statusPath ?? 'status') !== undefined;
		completed.push(
			withValues(draft, { [fills.path]: order.id, ...(isAsked ? {} : { status: fills.asks }) }),
		);
	}
	const billing = new Billing(run, orders);
	return {
		drafts: completed,
		learn: async (plans) => await billing.learn(plans),
		review: (planned) => billing.review(planned),
		decided: (plans) => billing.decided(plans),
		reserve: async (plan, present) => await billing.reserve(plan, present),
		follow: (plan, document) => billing.follow(plan, document),
	};
}

function isNamed({ id, number }: XeroDocument, text: string): boolean {
	const wanted = orderIdIn(text);
	return wanted === undefined ? foldText(number ?? '') === foldText(text) : id === wanted;
}
