import { decimal, type Decimal } from '../../money';
import type { Figure } from './documentParts';
import type { KnackJob } from './knackJobs';
import type { LedgerPart } from './ledger';

/** What is known of a job; undefined where it was not to be had. */
interface JobSources {
	readonly ledger: LedgerPart | undefined;
	readonly lines: Readonly<Record<Figure, Decimal>>;
	/** Whether spend money and receive money could be read. */
	readonly knowsBank: boolean;
	/** Whether an account of retentions is chosen. */
	readonly knowsRetention: boolean;
	/** Whether accounts of wages are known, so that nothing else is taken for wages. */
	readonly knowsWages: boolean;
	readonly committed: Decimal | undefined;
	readonly knack: KnackJob | undefined;
}

/** A job in figures, without tax and in one currency; undefined for what is not known. */
export interface RowFigures extends ExpectedFigures {
	readonly revenue: Decimal | undefined;
	readonly invoiced: Decimal | undefined;
	readonly paid: Decimal | undefined;
	readonly retention: Decimal | undefined;
	/** All that is spent by now, time included where it counts. */
	readonly costs: Decimal | undefined;
	readonly bills: Decimal | undefined;
	readonly spent: Decimal | undefined;
	/** In profit and loss and on no bill or bank transaction: payroll, journals. */
	readonly otherCosts: Decimal | undefined;
	readonly timeCost: Decimal | undefined;
	/** Whether time is among the costs; undefined where there is none. */
	readonly countsTime: boolean | undefined;
	readonly committed: Decimal | undefined;
	readonly margin: Decimal | undefined;
}

/** What is known of every option of a tracking category, in the base currency. */
export interface JobFigures extends RowFigures {
	readonly revenue: Decimal;
	readonly costs: Decimal;
	readonly margin: Decimal;
}

const NOTHING = decimal(0);

/** Works out a job by the definitions of docs/xero-insights.md. */
export function figuresOf(sources: JobSources): JobFigures {
	const { ledger, lines, knowsBank, knowsRetention, committed, knack } = sources;
	const fromLines = lines.bills.plus(lines.spent);
	const otherCosts = ledger && knowsBank ? ledger.costs.minus(fromLines) : undefined;
	const timeCost = knack?.timeCost;
	const countsTime = timeCost && !isPaidAsWages(sources, otherCosts);
	const revenue = ledger?.revenue ?? lines.revenue;
	const costs = (ledger?.costs ?? fromLines).plus(countsTime && timeCost ? timeCost : NOTHING);
	return {
		revenue,
		invoiced: lines.invoiced,
		paid: lines.paid,
		retention: knowsRetention ? lines.retention : undefined,
		costs,
		bills: lines.bills,
		spent: knowsBank ? lines.spent : undefined,
		otherCosts,
		timeCost,
		countsTime,
		committed,
		margin: revenue.minus(costs),
		...expectedOf(knack, {
			invoiced: lines.invoiced,
			costs,
			certain: committed && costs.plus(committed),
		}),
	};
}

/**
 * Time is an estimate of what wages tell for certain, so that it never counts beside them. Where no
 * account of wages is known, whatever is on no document may be wages; without profit and loss nobody
 * can tell.
 */
function isPaidAsWages(
	{ ledger, knowsWages }: JobSources,
	otherCosts: Decimal | undefined,
): boolean {
	if (!ledger) return true;
	if (!ledger.wages.eq(0)) return true;
	return !knowsWages && (otherCosts === undefined || !otherCosts.eq(0));
}

/** What Knack expects of a job, held against what is certain of it. */
interface ExpectedFigures {
	readonly contract: Decimal | undefined;
	readonly budget: Decimal | undefined;
	/** What costs and orders exceed the budget by; below zero for what is left of it. */
	readonly overBudget: Decimal | undefined;
	readonly leftToInvoice: Decimal | undefined;
	readonly unbilled: Decimal | undefined;
	readonly costsAtCompletion: Decimal | undefined;
	readonly marginAtCompletion: Decimal | undefined;
	/** Costs by now as a part of those at completion, 0 to 1. */
	readonly complete: Decimal | undefined;
	/** Invoiced beyond the part that is complete; below zero for what is behind it. */
	readonly overBilled: Decimal | undefined;
}

interface Certain {
	readonly invoiced: Decimal | undefined;
	readonly costs: Decimal | undefined;
	/** Costs and what is ordered. */
	readonly certain: Decimal | undefined;
}

/** What is to come is what a person expects, else what is left of the budget and never below nothing. */
export function expectedOf(
	knack: KnackJob | undefined,
	{ invoiced, costs, certain }: Certain,
): ExpectedFigures {
	const { budget, costToComplete, contract, unbilled } = knack ?? {};
	const left = budget && certain && budget.minus(certain);
	const toCome = costToComplete ?? (left?.lt(0) ? NOTHING : left);
	const costsAtCompletion = toCome && certain?.plus(toCome);
	const complete = costsAtCompletion?.gt(0) ? costs?.div(costsAtCompletion) : undefined;
	return {
		contract,
		budget,
		overBudget: budget && certain?.minus(budget),
		leftToInvoice: invoiced && contract?.minus(invoiced),
		unbilled,
		costsAtCompletion,
		marginAtCompletion: costsAtCompletion && contract?.minus(costsAtCompletion),
		complete,
		overBilled: complete && contract && invoiced?.minus(contract.times(complete)),
	};
}
