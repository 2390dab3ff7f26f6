import type { InsightOperation } from './operation';
import { PAYABLES, RECEIVABLES } from './operations/ageing';
import { SYNC_HEALTH } from './operations/syncHealth';

/** Every operation of Xero Insights, in the order of its list. Adding one is a folder and a line. */
export const INSIGHT_OPERATIONS: readonly InsightOperation[] = [RECEIVABLES, PAYABLES, SYNC_HEALTH];
