import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition, Filling } from '../../xero/documents/definition';
import type { RuleSeverities } from '../check/check';
import type { OrderTolerance } from './orderStanding';

/** What the bills of a run are held against their orders by. */
export interface BillingRun {
	readonly client: XeroClient;
	/** Of the bills. */
	readonly definition: DocumentDefinition;
	readonly fills: Filling;
	readonly tolerance: OrderTolerance;
	readonly severities: RuleSeverities;
	readonly nowMs: () => number;
}

/** What it takes to tell an order what became of its bills. */
export type NotingRun = Omit<BillingRun, 'tolerance'>;
