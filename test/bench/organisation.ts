import { calendarDate } from '../../lib/dates';
import { decimal } from '../../lib/money';
import type { OrganisationSettings } from '../../lib/xero/settings';

const CODES = Array.from({ length: 120 }, (_, index) => String(200 + index));
const RATES = ['OUTPUT2', 'RROUTPUT', 'ZERORATEDOUTPUT', 'EXEMPTOUTPUT', 'NONE', 'INPUT2'];

/** An organisation with the chart of accounts of a real one. */
export const ORGANISATION: OrganisationSettings = {
	organisation: {
		id: 'organisation',
		name: 'Bench Trade Ltd',
		baseCurrency: 'GBP',
		countryCode: 'GB',
		timeZone: 'Europe/London',
		periodLockDate: calendarDate('2025-12-31'),
		isDemoCompany: false,
		planClass: 'PREMIUM',
	},
	accounts: CODES.map((code, index) => ({
		id: `account-${code}`,
		code,
		name: index === 0 ? 'Sales' : `Account ${code}`,
		type: index < 60 ? 'REVENUE' : 'EXPENSE',
		accountClass: index < 60 ? 'REVENUE' : 'EXPENSE',
		status: 'ACTIVE',
		taxType: index < 60 ? 'OUTPUT2' : 'INPUT2',
		enablePaymentsToAccount: false,
	})),
	taxRates: RATES.map((taxType, index) => ({
		taxType,
		name: index === 0 ? '20% (VAT on Income)' : `Rate ${taxType}`,
		status: 'ACTIVE',
		effectiveRate: decimal(index === 0 ? 20 : 0),
		canApplyTo: { assets: true, equity: true, liabilities: true, revenue: true, expenses: true },
	})),
	currencies: ['GBP', 'EUR', 'USD'],
	trackingCategories: [
		{
			id: 'category-region',
			name: 'Region',
			status: 'ACTIVE',
			options: [
				{ id: 'option-north', name: 'North', status: 'ACTIVE' },
				{ id: 'option-south', name: 'South', status: 'ACTIVE' },
			],
		},
	],
	brandingThemes: [{ id: 'theme', name: 'Standard' }],
};
