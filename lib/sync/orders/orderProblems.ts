import type { DocumentDefinition, Filling } from '../../xero/documents/definition';
import type { Finding, LateRule } from '../check/rule';
import { LATE_RULES } from '../check/rules/lateRules';
import { statusName } from '../status/statusName';
import { orderName, type OrderStanding } from './orderStanding';

/** Why a bill is not sent. */
export interface OrderProblem {
	readonly rule: LateRule;
	readonly finding: Finding;
}

interface Words {
	/** Of the bill. */
	readonly definition: DocumentDefinition;
	readonly fills: Filling;
	readonly standing: OrderStanding;
}

/** The order is not approved yet, or billed by somebody else already. */
export function notOpen({ definition, fills, standing }: Words): OrderProblem {
	const { status = '' } = standing.order;
	const [now, open] = [status, fills.takes].map((each) => statusName(fills.order, each));
	const fixOf = () => {
		if (status === fills.done) {
			return `Look in Xero whether it was billed by hand. If there is more to pay, set it back to ${open ?? ''} there, and run the record again. Where a bill of it was credited, clear the order on that bill's record in Knack first, and run that.`;
		}
		return fills.order.lifecycle.gone.includes(status)
			? 'Name another order in Knack, or clear it, and run the record again: this one does not come back.'
			: 'Approve the order in Xero, or name the right one in Knack, and run the record again.';
	};
	return {
		rule: LATE_RULES.orderNotOpen,
		finding: {
			field: fills.path,
			message: `${nameFirst(standing)} is ${now?.toLowerCase() ?? ''}, so it takes no ${definition.label.toLowerCase()}.`,
			fix: fixOf(),
		},
	};
}

export function ofAnother({ definition, fills, standing }: Words): OrderProblem {
	return {
		rule: LATE_RULES.orderNotOpen,
		finding: {
			field: fills.path,
			message: `${nameFirst(standing)} is of ${standing.order.contactName ?? 'another contact'}, and this ${definition.label.toLowerCase()} is not.`,
			fix: 'Correct the order or the supplier in Knack, and run the record again.',
		},
	};
}

export function inAnother({ definition, fills, standing }: Words): OrderProblem {
	const { currency } = standing.order.amounts;
	return {
		rule: LATE_RULES.orderNotOpen,
		finding: {
			field: fills.path,
			message: `${nameFirst(standing)} is in ${currency}, and what this ${definition.label.toLowerCase()} comes to in that is not known.`,
			fix: `Set the currency to ${currency} in Knack, or clear the order.`,
		},
	};
}

export function exceeded(
	{ definition, fills, standing }: Words,
	excess: readonly string[],
): OrderProblem {
	return {
		rule: LATE_RULES.orderExceeded,
		finding: {
			field: fills.path,
			message: `More is billed than ${orderName(standing)} says. ${excess.join(' ')}`,
			fix: `Ask the supplier, and correct the ${definition.label.toLowerCase()} in Knack or the order in Xero; or allow more under Options, Tolerance to Order. Where a bill of it was credited, clear the order on that bill's record in Knack, and run that first. Then run the record again.`,
		},
	};
}

/**
 * The bills of an order had closed it, and do not come to it any more.
 * @param reason why it could not be opened; absent where it is left to a person
 */
export function staysClosed({ definition, fills, standing }: Words, reason?: string): OrderProblem {
	const [open, done] = [fills.takes, fills.done].map((each) => statusName(fills.order, each));
	const name = definition.label.toLowerCase();
	const why =
		reason === undefined
			? `a ${name} of it was changed in Xero, or is not in this run`
			: `it could not be opened again. ${reason}`;
	return {
		rule: LATE_RULES.orderStaysBilled,
		finding: {
			field: fills.path,
			message: `${nameFirst(standing)} is ${done?.toLowerCase() ?? ''}, although its ${definition.plural} come to less than was ordered: ${why}${why.endsWith('.') ? '' : '.'}`,
			fix: `Set the order back to ${open ?? ''} in Xero, if more of it is to be billed.`,
		},
	};
}

function nameFirst(standing: OrderStanding): string {
	const name = orderName(standing);
	return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
