import { decimal } from '../../money';
import type { OrderTolerance } from '../../sync/orders/orderStanding';
import { number } from '../parameters/kinds';
import { typesThat } from './documents';

const FOR_ORDERS = {
	show: {
		'/document': typesThat(({ fills }) => fills !== undefined),
		'/operation': ['preview', 'upsert'],
	},
};

/** How far a bill may go over the purchase order that it names. */
export const ORDER_TOLERANCE_AMOUNT = number({
	displayName: 'Tolerance to Order (Amount)',
	name: 'orderToleranceAmount',
	displayOptions: FOR_ORDERS,
	default: 0,
	least: 0,
	description:
		'How much more than ordered may be billed, without tax, in the currency of the order. Zero sets no amount. Where a percentage is given too, the smaller counts.',
});

export const ORDER_TOLERANCE_PERCENT = number({
	displayName: 'Tolerance to Order (Percent)',
	name: 'orderTolerancePercent',
	displayOptions: FOR_ORDERS,
	default: 0,
	least: 0,
	most: 100,
	description:
		'How much more than ordered may be billed, in percent. Zero sets no percentage. Where an amount is given too, the smaller counts.',
});

/** The tolerance of a run; to the cent where neither is set. */
export function orderTolerance(chosen: {
	readonly orderToleranceAmount: number;
	readonly orderTolerancePercent: number;
}): OrderTolerance {
	const { orderToleranceAmount: amount, orderTolerancePercent: percent } = chosen;
	return {
		...(amount > 0 ? { amount: decimal(amount) } : {}),
		...(percent > 0 ? { percent: decimal(percent) } : {}),
	};
}
