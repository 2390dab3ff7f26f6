import type { ReportName } from '../../../insights/financialReports/input';
import { collection } from '../../parameters/collections';
import { choice, text, toggle, wholeNumber } from '../../parameters/kinds';
import { shownFor, type InsightOperation } from '../operation';

const SHOWN = shownFor('financialReports');

function shownWith(...reports: readonly ReportName[]) {
	return { show: { ...SHOWN.show, report: [...reports] } };
}

const REPORT = choice({
	displayName: 'Report',
	name: 'report',
	displayOptions: SHOWN,
	options: [
		{
			name: 'Profit and Loss',
			value: 'profitAndLoss',
			description: 'Income and costs of each month; needs accounting.reports.profitandloss.read',
		},
		{
			name: 'Balance Sheet',
			value: 'balanceSheet',
			description:
				'What there is and what is owed at the end of each month; needs accounting.reports.balancesheet.read',
		},
		{
			name: 'Trial Balance',
			value: 'trialBalance',
			description:
				'Debits and credits of the financial year up to the end of each month; needs accounting.reports.trialbalance.read',
		},
		{
			name: 'Bank Summary',
			value: 'bankSummary',
			description:
				'What each bank account had, received, spent and has; needs accounting.reports.banksummary.read',
		},
	],
	default: 'profitAndLoss',
	description: "Which of Xero's reports",
});

const MONTHS = wholeNumber({
	displayName: 'Months',
	name: 'reportMonths',
	displayOptions: SHOWN,
	default: 1,
	least: 1,
	most: 36,
	description: 'How many months, with the one of As Of as the last. Each takes a call.',
});

const BASIS = choice({
	displayName: 'Basis',
	name: 'reportBasis',
	displayOptions: shownWith('profitAndLoss', 'balanceSheet', 'trialBalance'),
	options: [
		{ name: 'Accrual', value: 'accrual', description: 'Documents count from their own day' },
		{ name: 'Cash', value: 'cash', description: 'What is paid counts, from the day of payment' },
	],
	default: 'accrual',
	description: 'When income and costs count',
});

const TRACKING = text({
	displayName: 'Tracking Category Name or ID',
	name: 'reportTracking',
	type: 'options',
	typeOptions: {
		loadOptionsMethod: 'getTrackingCategories',
		loadOptionsDependsOn: ['organisation.value'],
	},
	displayOptions: shownWith('profitAndLoss', 'balanceSheet'),
	default: '',
	description:
		'A row for each of its options, and for what has none. Empty is the whole. In the balance sheet each option takes a call for each month. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
});

const OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'reportOptions',
		placeholder: 'Add Option',
		displayOptions: SHOWN,
	},
	[
		toggle({
			displayName: 'Totals',
			name: 'withTotals',
			default: false,
			description: "Whether Xero's own sums, such as Gross Profit, are rows as well",
		}),
	],
);

export const FINANCIAL_REPORTS: InsightOperation = {
	value: 'financialReports',
	name: 'Financial Report',
	description:
		'Profit and loss, balance sheet, trial balance or bank summary as rows, month by month',
	action: 'Get a financial report',
	resource: 'money',
	hasDay: true,
	needsKnack: false,
	parameters: [REPORT, MONTHS, BASIS, TRACKING, OPTIONS],
	prepare(read) {
		const report = read(REPORT);
		const input = {
			report,
			months: read(MONTHS),
			basis: report === 'bankSummary' ? ('accrual' as const) : read(BASIS),
			trackingCategoryId:
				report === 'profitAndLoss' || report === 'balanceSheet' ? read(TRACKING) : undefined,
			withTotals: read(OPTIONS).withTotals,
		};
		return async ({ books, day }) => {
			const { reckonReport } = await import('../../../insights/financialReports/financialReports');
			return await reckonReport(books, { ...input, day });
		};
	},
};
