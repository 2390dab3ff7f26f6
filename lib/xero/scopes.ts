import { DOCUMENT_TYPES } from './documents';
import type { XeroApi } from './urls';

/** Of what is no document. */
const OTHER_SCOPES: Readonly<Record<string, string>> = {
	Organisation: 'accounting.settings',
	Organisations: 'accounting.settings',
	Accounts: 'accounting.settings',
	TaxRates: 'accounting.settings',
	Currencies: 'accounting.settings',
	BrandingThemes: 'accounting.settings',
	TrackingCategories: 'accounting.settings',
	Users: 'accounting.settings',
	BatchPayments: 'accounting.payments',
	Overpayments: 'accounting.payments',
	Prepayments: 'accounting.payments',
	ContactGroups: 'accounting.contacts',
	BankTransactions: 'accounting.banktransactions',
	BankTransfers: 'accounting.banktransactions',
};

/** Of payroll, whose people and settings are only read. */
const PAYROLL_SCOPES: Readonly<Record<string, string>> = {
	Employees: 'payroll.employees.read',
	PayRunCalendars: 'payroll.settings.read',
	PayrollCalendars: 'payroll.settings.read',
	EarningsRates: 'payroll.settings.read',
	PayItems: 'payroll.settings.read',
};

const REPORT_SCOPES: Readonly<Record<string, string>> = {
	ProfitAndLoss: 'accounting.reports.profitandloss.read',
	BalanceSheet: 'accounting.reports.balancesheet.read',
	AgedReceivablesByContact: 'accounting.reports.aged.read',
	AgedPayablesByContact: 'accounting.reports.aged.read',
	BankSummary: 'accounting.reports.banksummary.read',
	TrialBalance: 'accounting.reports.trialbalance.read',
	BudgetSummary: 'accounting.reports.budgetsummary.read',
	ExecutiveSummary: 'accounting.reports.executivesummary.read',
};

/** The granular scope that a path needs (developer.xero.com/faq/granular-scopes). */
export function scopeOf(path: string, api: XeroApi): string {
	const [resource = '', id = '', part = ''] = path.split('/').filter((piece) => piece !== '');
	const document = DOCUMENT_TYPES.find(
		({ wire }) => wire.api === api && wire.resource === resource,
	);
	if (api === 'assets' || api === 'files') return api;
	if (api === 'projects') return document?.scope ?? 'projects';
	if (api === 'payroll' || api === 'payrollOfAustralia')
		return document?.scope ?? PAYROLL_SCOPES[resource] ?? 'payroll.settings.read';
	if (part === 'Attachments') return 'accounting.attachments';
	if (resource === 'Reports') return REPORT_SCOPES[id] ?? 'accounting.reports.*.read';
	return document?.scope ?? OTHER_SCOPES[resource] ?? 'accounting.invoices';
}
