import type { InsightOperation } from './operation';
import { PAYABLES, RECEIVABLES } from './operations/ageing';
import { FINANCIAL_REPORTS } from './operations/financialReports';

/** Every operation of Xero Insights, in the order of its list. Adding one is a folder and a line. */
export const INSIGHT_OPERATIONS: readonly InsightOperation[] = [
	RECEIVABLES,
	PAYABLES,
	FINANCIAL_REPORTS,
];
