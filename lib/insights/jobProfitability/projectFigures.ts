import { sum, type Decimal } from '../../money';
import type { BookedProject } from '../reading/projects';
import { expectedOf, type RowFigures } from './figures';
import type { KnackJob } from './knackJobs';

/** A sum of which every part is known; undefined else. */
export function sumOfKnown(parts: ReadonlyArray<Decimal | undefined>): Decimal | undefined {
	const known = parts.filter((part) => part !== undefined);
	return known.length === parts.length ? sum(known) : undefined;
}

/** Invoiced for work, less credit notes: a deposit is earned when an invoice takes it. */
function revenueOf({ amounts }: BookedProject): Decimal | undefined {
	const { taskAmountInvoiced, expenseAmountInvoiced, projectAmountInvoiced, creditNoteAmount } =
		amounts;
	return sumOfKnown([
		taskAmountInvoiced,
		expenseAmountInvoiced,
		projectAmountInvoiced,
		creditNoteAmount?.neg(),
	]);
}

/** What Xero's own total of what is invoiced should be: work and the deposits that are still held. */
export function invoicedWithDeposits(project: BookedProject): Decimal | undefined {
	const { deposit, depositApplied } = project.amounts;
	return sumOfKnown([revenueOf(project), deposit, depositApplied?.neg()]);
}

/** Whether there is time of which nobody tells what it costs. */
export function lacksTimeCost(
	{ minutesLogged }: BookedProject,
	knack: KnackJob | undefined,
): boolean {
	return minutesLogged !== 0 && knack?.timeCost === undefined;
}

/**
 * A project by the same definitions as a tracking option. Its costs are expenses and time; orders are
 * not known of projects, so that what is certain is costs alone.
 */
export function projectFigures(project: BookedProject, knack: KnackJob | undefined): RowFigures {
	const revenue = revenueOf(project);
	const timeCost = knack?.timeCost;
	const { totalExpenseAmount } = project.amounts;
	const costs = lacksTimeCost(project, knack)
		? undefined
		: sumOfKnown([totalExpenseAmount, ...(timeCost ? [timeCost] : [])]);
	return {
		revenue,
		invoiced: revenue,
		paid: undefined,
		retention: undefined,
		costs,
		bills: undefined,
		spent: undefined,
		otherCosts: undefined,
		timeCost,
		countsTime: timeCost && true,
		committed: undefined,
		margin: costs && revenue?.minus(costs),
		...expectedOf(knack, { invoiced: revenue, costs, certain: costs }),
	};
}
