import type { InsightOperation } from './operation';
import { PAYABLES, RECEIVABLES } from './operations/ageing';
import { CASH_FORECAST } from './operations/cashForecast';
import { DAYS_TO_PAY } from './operations/daysToPay';
import { FINANCIAL_REPORTS } from './operations/financialReports';
import { KPIS } from './operations/kpis';

/** Every operation of Xero Insights, in the order of its list. Adding one is a folder and a line. */
export const INSIGHT_OPERATIONS: readonly InsightOperation[] = [
	RECEIVABLES,
	PAYABLES,
	DAYS_TO_PAY,
	CASH_FORECAST,
	KPIS,
	FINANCIAL_REPORTS,
];
