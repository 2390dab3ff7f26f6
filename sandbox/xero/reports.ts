import { agedReport } from './agedReports';
import { balanceSheet, trialBalance } from './balanceReports';
import { bankSummary } from './bankSummary';
import { profitAndLoss } from './profitAndLoss';
import type { Route } from './transport';

const READ = (name: string): readonly string[] => [`accounting.reports.${name}.read`];

export const reportRoutes: readonly Route[] = [
	{
		method: 'GET',
		path: '/Reports/ProfitAndLoss',
		scopes: READ('profitandloss'),
		handle: profitAndLoss,
	},
	{
		method: 'GET',
		path: '/Reports/BalanceSheet',
		scopes: READ('balancesheet'),
		handle: balanceSheet,
	},
	{
		method: 'GET',
		path: '/Reports/TrialBalance',
		scopes: READ('trialbalance'),
		handle: trialBalance,
	},
	{
		method: 'GET',
		path: '/Reports/BankSummary',
		scopes: READ('banksummary'),
		handle: bankSummary,
	},
	{
		method: 'GET',
		path: '/Reports/AgedReceivablesByContact',
		scopes: READ('aged'),
		handle: (call) =>
			agedReport(call, 'ACCREC', 'AgedReceivablesByContact', 'Aged Receivables By Contact'),
	},
	{
		method: 'GET',
		path: '/Reports/AgedPayablesByContact',
		scopes: READ('aged'),
		handle: (call) =>
			agedReport(call, 'ACCPAY', 'AgedPayablesByContact', 'Aged Payables By Contact'),
	},
];
