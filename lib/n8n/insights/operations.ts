import type { InsightOperation } from './operation';
import { PAYABLES, RECEIVABLES } from './operations/ageing';
import { CASH_FORECAST } from './operations/cashForecast';
import { CUSTOMER_STATEMENT } from './operations/customerStatement';
import { DAYS_TO_PAY } from './operations/daysToPay';
import { FINANCIAL_REPORTS } from './operations/financialReports';
import { JOB_PROFITABILITY } from './operations/jobProfitability';
import { KPIS } from './operations/kpis';
import { ON_STOP } from './operations/onStop';
import { SYNC_HEALTH } from './operations/syncHealth';
import { TIE_OUT } from './operations/tieOut';

/** Every operation of Xero Insights, in the order of its list. Adding one is a folder and a line. */
export const INSIGHT_OPERATIONS: readonly InsightOperation[] = [
	RECEIVABLES,
	PAYABLES,
	DAYS_TO_PAY,
	CASH_FORECAST,
	KPIS,
	FINANCIAL_REPORTS,
	CUSTOMER_STATEMENT,
	ON_STOP,
	JOB_PROFITABILITY,
	TIE_OUT,
	SYNC_HEALTH,
];
