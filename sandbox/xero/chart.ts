import type { AccountClass } from './organisationModel';

/** An account of a starting chart: code, name, type, default tax type and what sets it apart. */
export interface ChartAccount {
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly taxType: string;
	readonly systemAccount?: string;
	readonly payable?: boolean;
	readonly archived?: boolean;
	readonly bankAccountNumber?: string;
	readonly currencyCode?: string;
}

const CLASS_OF_TYPE: Readonly<Record<string, AccountClass>> = {
	BANK: 'ASSET',
	CURRENT: 'ASSET',
	CURRLIAB: 'LIABILITY',
	DEPRECIATN: 'EXPENSE',
	DIRECTCOSTS: 'EXPENSE',
	EQUITY: 'EQUITY',
	EXPENSE: 'EXPENSE',
	FIXED: 'ASSET',
	INVENTORY: 'ASSET',
	LIABILITY: 'LIABILITY',
	NONCURRENT: 'ASSET',
	OTHERINCOME: 'REVENUE',
	OVERHEADS: 'EXPENSE',
	PAYG: 'LIABILITY',
	PREPAYMENT: 'ASSET',
	REVENUE: 'REVENUE',
	SALES: 'REVENUE',
	TERMLIAB: 'LIABILITY',
};

export function isAccountType(type: string): boolean {
	return CLASS_OF_TYPE[type] !== undefined;
}

export function accountClassOf(type: string): AccountClass {
	return CLASS_OF_TYPE[type] ?? 'EXPENSE';
}

const shared: readonly ChartAccount[] = [
	{ code: '270', name: 'Interest Income', type: 'REVENUE', taxType: 'NONE' },
	{ code: '310', name: 'Cost of Goods Sold', type: 'DIRECTCOSTS', taxType: 'INPUT2' },
	{ code: '320', name: 'Direct Wages', type: 'DIRECTCOSTS', taxType: 'NONE' },
	{ code: '400', name: 'Advertising & Marketing', type: 'OVERHEADS', taxType: 'INPUT2' },
	{ code: '408', name: 'Cleaning', type: 'OVERHEADS', taxType: 'INPUT2' },
	{ code: '429', name: 'General Expenses', type: 'OVERHEADS', taxType: 'INPUT2' },
	{ code: '449', name: 'Motor Vehicle Expenses', type: 'OVERHEADS', taxType: 'INPUT2' },
	{ code: '469', name: 'Rent', type: 'OVERHEADS', taxType: 'INPUT2' },
	{ code: '473', name: 'Repairs & Maintenance', type: 'OVERHEADS', taxType: 'INPUT2' },
	{ code: '493', name: 'Travel - National', type: 'OVERHEADS', taxType: 'INPUT2' },
	{
		code: '497',
		name: 'Bank Revaluations',
		type: 'EXPENSE',
		taxType: 'NONE',
		systemAccount: 'BANKCURRENCYGAIN',
	},
	{
		code: '498',
		name: 'Unrealised Currency Gains',
		type: 'EXPENSE',
		taxType: 'NONE',
		systemAccount: 'UNREALISEDCURRENCYGAIN',
	},
	{
		code: '499',
		name: 'Realised Currency Gains',
		type: 'EXPENSE',
		taxType: 'NONE',
		systemAccount: 'REALISEDCURRENCYGAIN',
	},
	{
		code: '610',
		name: 'Accounts Receivable',
		type: 'CURRENT',
		taxType: 'NONE',
		systemAccount: 'DEBTORS',
	},
	{ code: '620', name: 'Prepayments', type: 'CURRENT', taxType: 'NONE', payable: true },
	{ code: '630', name: 'Inventory', type: 'INVENTORY', taxType: 'NONE' },
	{ code: '710', name: 'Office Equipment', type: 'FIXED', taxType: 'INPUT2' },
	{
		code: '800',
		name: 'Accounts Payable',
		type: 'CURRLIAB',
		taxType: 'NONE',
		systemAccount: 'CREDITORS',
	},
	{
		code: '835',
		name: "Directors' Loan Account",
		type: 'CURRLIAB',
		taxType: 'NONE',
		payable: true,
	},
	{
		code: '840',
		name: 'Historical Adjustment',
		type: 'CURRLIAB',
		taxType: 'NONE',
		systemAccount: 'HISTORICAL',
	},
	{ code: '860', name: 'Rounding', type: 'CURRLIAB', taxType: 'NONE', systemAccount: 'ROUNDING' },
	{
		code: '877',
		name: 'Tracking Transfers',
		type: 'CURRLIAB',
		taxType: 'NONE',
		systemAccount: 'TRACKINGTRANSFERS',
	},
	{
		code: '960',
		name: 'Retained Earnings',
		type: 'EQUITY',
		taxType: 'NONE',
		systemAccount: 'RETAINEDEARNINGS',
	},
];

export const UK_CHART: readonly ChartAccount[] = [
	{
		code: '090',
		name: 'Business Bank Account',
		type: 'BANK',
		taxType: 'NONE',
		bankAccountNumber: '20000012345678',
		currencyCode: 'GBP',
	},
	{
		code: '091',
		name: 'Business Savings Account',
		type: 'BANK',
		taxType: 'NONE',
		bankAccountNumber: '20000087654321',
		currencyCode: 'GBP',
	},
	{
		code: '092',
		name: 'Euro Account',
		type: 'BANK',
		taxType: 'NONE',
		bankAccountNumber: '20000055555555',
		currencyCode: 'EUR',
	},
	{ code: '200', name: 'Sales', type: 'REVENUE', taxType: 'OUTPUT2' },
	{ code: '205', name: 'Sales (old shop)', type: 'REVENUE', taxType: 'OUTPUT2', archived: true },
	{ code: '210', name: 'Installation Income', type: 'REVENUE', taxType: 'OUTPUT2' },
	{ code: '260', name: 'Other Revenue', type: 'REVENUE', taxType: 'OUTPUT2' },
	{ code: '325', name: 'Subcontractors', type: 'DIRECTCOSTS', taxType: 'INPUT2' },
	...shared,
	{ code: '814', name: 'Wages Payable', type: 'CURRLIAB', taxType: 'NONE' },
	{ code: '820', name: 'VAT', type: 'CURRLIAB', taxType: 'NONE', systemAccount: 'GST' },
];

/** Beside the usual chart: the accounts that the Construction Industry Scheme brings. */
export const CIS_CHART: readonly ChartAccount[] = [
	...UK_CHART,
	{
		code: '215',
		name: 'CIS Labour Income',
		type: 'REVENUE',
		taxType: 'OUTPUT2',
		systemAccount: 'CISLABOURINCOME',
	},
	{
		code: '321',
		name: 'CIS Labour Expense',
		type: 'DIRECTCOSTS',
		taxType: 'INPUT2',
		systemAccount: 'CISLABOUREXPENSE',
	},
	{
		code: '322',
		name: 'CIS Materials Purchased',
		type: 'DIRECTCOSTS',
		taxType: 'INPUT2',
		systemAccount: 'CISMATERIALS',
	},
	{
		code: '825',
		name: 'CIS Suffered',
		type: 'CURRENT',
		taxType: 'NONE',
		systemAccount: 'CISASSETS',
	},
	{
		code: '826',
		name: 'CIS Liability',
		type: 'CURRLIAB',
		taxType: 'NONE',
		systemAccount: 'CISLIABILITY',
	},
];

export const NZ_CHART: readonly ChartAccount[] = [
	{
		code: '090',
		name: 'Business Bank Account',
		type: 'BANK',
		taxType: 'NONE',
		bankAccountNumber: '0209080654321000',
		currencyCode: 'NZD',
	},
	{ code: '200', name: 'Sales', type: 'REVENUE', taxType: 'OUTPUT2' },
	{ code: '260', name: 'Other Revenue', type: 'REVENUE', taxType: 'OUTPUT2' },
	...shared,
	{ code: '820', name: 'GST', type: 'CURRLIAB', taxType: 'NONE', systemAccount: 'GST' },
];

/** The shared accounts with the tax types of a country in the place of the UK's. */
function withTaxTypes(input: string, output: string, accounts: readonly ChartAccount[]) {
	const of = new Map([
		['INPUT2', input],
		['OUTPUT2', output],
	]);
	return accounts.map((account) => ({
		...account,
		taxType: of.get(account.taxType) ?? account.taxType,
	}));
}

export const AU_CHART: readonly ChartAccount[] = withTaxTypes('INPUT', 'OUTPUT', [
	{
		code: '090',
		name: 'Business Bank Account',
		type: 'BANK',
		taxType: 'NONE',
		bankAccountNumber: '013123456789',
		currencyCode: 'AUD',
	},
	{ code: '200', name: 'Sales', type: 'REVENUE', taxType: 'OUTPUT2' },
	{ code: '260', name: 'Other Revenue', type: 'REVENUE', taxType: 'OUTPUT2' },
	{ code: '477', name: 'Wages and Salaries', type: 'EXPENSE', taxType: 'NONE' },
	...shared,
	{ code: '820', name: 'GST', type: 'CURRLIAB', taxType: 'NONE', systemAccount: 'GST' },
]);

export const US_CHART: readonly ChartAccount[] = withTaxTypes('INPUT', 'OUTPUT', [
	{
		code: '090',
		name: 'Checking Account',
		type: 'BANK',
		taxType: 'NONE',
		bankAccountNumber: '132435465',
		currencyCode: 'USD',
	},
	{ code: '400', name: 'Sales', type: 'REVENUE', taxType: 'OUTPUT2' },
	{ code: '460', name: 'Other Revenue', type: 'REVENUE', taxType: 'OUTPUT2' },
	...shared.filter(({ code }) => code !== '400'),
	{ code: '820', name: 'Sales Tax', type: 'CURRLIAB', taxType: 'NONE', systemAccount: 'GST' },
]);
