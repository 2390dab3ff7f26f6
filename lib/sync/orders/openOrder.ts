import type { NotingRun } from './billingRun';
import { moveOrder } from './moveOrder';
import { noteWhere } from './noteWhere';
import { OPENED_NOTE } from './notes';
import type { OrderStanding } from './orderStanding';

/**
 * Opens an order again that its bills had closed, and then says so in its history; once. Returns true,
 * or why it is not done. Never throws for what Xero answers.
 */
export async function openOrder(run: NotingRun, { order }: OrderStanding): Promise<true | string> {
	const isOpen = await moveOrder(run, order.id, run.fills.done, run.fills.takes);
	if (isOpen !== true) return isOpen;
	const noted = await noteWhere(run, order, ({ isClosedByBills }) =>
		isClosedByBills ? OPENED_NOTE : undefined,
	);
	return typeof noted === 'string' ? noted : true;
}
