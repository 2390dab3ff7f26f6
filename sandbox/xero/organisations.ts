import type { Ids } from '../core/ids';

import {
	accountClassOf,
	AU_CHART,
	CIS_CHART,
	NZ_CHART,
	UK_CHART,
	US_CHART,
	type ChartAccount,
} from './chart';
import { Ledger, type LedgerChange } from './ledger';
import type { OrganisationInfo, TaxRateRow } from './organisationModel';
import { openPayroll } from './payroll/payroll';
import {
	AU_TAX_RATES,
	NZ_TAX_RATES,
	UK_BUILDING_TAX_RATES,
	UK_TAX_RATES,
	US_TAX_RATES,
} from './taxRates';

/** Tenant ids are fixed so that a workflow or a test can name the organisation. */
export const DEMO_TRADE_TENANT_ID = '45e4708e-d862-4111-ab3a-dd8cd03913e1';
export const KIWI_TRADE_TENANT_ID = '6a2d3c1b-0f7e-4d55-9c1a-2b7f8e90aa02';

export const BUILD_TENANT_ID = '8b7e0f4a-3c52-4d19-9e6f-51c0d2a7b403';
export const AUSTRALIAN_TENANT_ID = 'c1f92d60-8a4e-4b73-bd25-7e0a94f6d504';
export const AMERICAN_TENANT_ID = 'e5a8637c-1d0b-4f96-a3e4-09b7c8d2f605';

const CREATED_MS = Date.UTC(2024, 3, 1);

interface StartingBooks {
	readonly info: OrganisationInfo;
	readonly chart: readonly ChartAccount[];
	readonly taxRates: readonly TaxRateRow[];
	readonly currencies: readonly string[];
	readonly tracking: readonly { readonly name: string; readonly options: readonly string[] }[];
}

const common = {
	isDemoCompany: false,
	organisationClass: 'PREMIUM',
	salesTaxBasis: 'ACCRUALS',
	salesTaxPeriod: 'QUARTERLY',
	createdMs: CREATED_MS,
	status: 'ACTIVE',
	forbiddenActions: [],
	hasProjects: true,
	hasPayroll: true,
	remindsOfInvoices: false,
	isCisContractor: false,
	isCisSubcontractor: false,
	nextInvoiceNumber: 1,
	nextCreditNoteNumber: 1,
	nextQuoteNumber: 1,
	nextPurchaseOrderNumber: 1,
	customerEmails: { on: '', count: 0 },
	pastExchangeRates: [],
} as const;

const DEMO_TRADE: StartingBooks = {
	info: {
		...common,
		tenantId: DEMO_TRADE_TENANT_ID,
		name: 'Demo Trade Ltd',
		legalName: 'Demo Trade Limited',
		version: 'UK',
		countryCode: 'GB',
		baseCurrency: 'GBP',
		shortCode: '!DmT7r',
		timezone: 'GMTSTANDARDTIME',
		ianaZone: 'Europe/London',
		taxNumber: 'GB 000 0000 00',
		financialYearEndDay: 31,
		financialYearEndMonth: 3,
		exchangeRates: { EUR: '1.17', USD: '1.27' },
	},
	chart: UK_CHART,
	taxRates: UK_TAX_RATES,
	currencies: ['GBP', 'EUR'],
	tracking: [
		{ name: 'Job', options: ['J1001 Kitchen refit', 'J1002 Loft conversion', 'J1003 Rewire'] },
		{ name: 'Region', options: ['North', 'South'] },
	],
};

const KIWI_TRADE: StartingBooks = {
	info: {
		...common,
		tenantId: KIWI_TRADE_TENANT_ID,
		name: 'Kiwi Trade Ltd',
		legalName: 'Kiwi Trade Limited',
		version: 'NZ',
		countryCode: 'NZ',
		baseCurrency: 'NZD',
		shortCode: '!Kw9zQ',
		timezone: 'NEWZEALANDSTANDARDTIME',
		ianaZone: 'Pacific/Auckland',
		taxNumber: '000-000-000',
		financialYearEndDay: 31,
		financialYearEndMonth: 3,
		exchangeRates: { AUD: '0.92' },
	},
	chart: NZ_CHART,
	taxRates: NZ_TAX_RATES,
	currencies: ['NZD', 'AUD'],
	tracking: [{ name: 'Region', options: ['Auckland', 'Wellington'] }],
};

/** Under the Construction Industry Scheme, as contractor and as subcontractor. */
const DEMO_BUILD: StartingBooks = {
	...DEMO_TRADE,
	info: {
		...DEMO_TRADE.info,
		tenantId: BUILD_TENANT_ID,
		name: 'Demo Build Ltd',
		legalName: 'Demo Build Limited',
		shortCode: '!Bd3xK',
		isCisContractor: true,
		isCisSubcontractor: true,
	},
	chart: CIS_CHART,
	taxRates: UK_BUILDING_TAX_RATES,
};

const AUSTRALIAN_TRADE: StartingBooks = {
	info: {
		...common,
		tenantId: AUSTRALIAN_TENANT_ID,
		name: 'Wattle Trade Pty Ltd',
		legalName: 'Wattle Trade Pty Ltd',
		version: 'AU',
		countryCode: 'AU',
		baseCurrency: 'AUD',
		shortCode: '!Wt8aU',
		timezone: 'AUSEASTERNSTANDARDTIME',
		ianaZone: 'Australia/Sydney',
		taxNumber: '00 000 000 000',
		financialYearEndDay: 30,
		financialYearEndMonth: 6,
		exchangeRates: { NZD: '1.09', USD: '0.65' },
	},
	chart: AU_CHART,
	taxRates: AU_TAX_RATES,
	currencies: ['AUD', 'NZD'],
	tracking: [{ name: 'Region', options: ['Eastside', 'North'] }],
};

const AMERICAN_TRADE: StartingBooks = {
	info: {
		...common,
		tenantId: AMERICAN_TENANT_ID,
		name: 'Prairie Trade LLC',
		legalName: 'Prairie Trade LLC',
		version: 'US',
		countryCode: 'US',
		baseCurrency: 'USD',
		shortCode: '!Pr5uS',
		timezone: 'CENTRALSTANDARDTIME',
		ianaZone: 'America/Chicago',
		taxNumber: '00-0000000',
		financialYearEndDay: 31,
		financialYearEndMonth: 12,
		exchangeRates: { CAD: '1.36' },
		hasPayroll: false,
	},
	chart: US_CHART,
	taxRates: US_TAX_RATES,
	currencies: ['USD', 'CAD'],
	tracking: [{ name: 'Region', options: ['East', 'West'] }],
};

const STARTING = [DEMO_TRADE, KIWI_TRADE, DEMO_BUILD, AUSTRALIAN_TRADE, AMERICAN_TRADE];

/** The organisations every sandbox starts with: no contacts, no documents. */
export function startingLedgers(ids: Ids, announce: (change: LedgerChange) => void): Ledger[] {
	return STARTING.map((books) => openBooks(books, ids, announce));
}

function openBooks(
	books: StartingBooks,
	ids: Ids,
	announce: (change: LedgerChange) => void,
): Ledger {
	const ledger = new Ledger(books.info, announce);
	for (const account of books.chart) {
		const accountId = ids.guid();
		ledger.accounts.put(accountId, {
			accountId,
			code: account.code,
			name: account.name,
			type: account.type,
			accountClass: accountClassOf(account.type),
			status: account.archived ? 'ARCHIVED' : 'ACTIVE',
			taxType: account.taxType,
			systemAccount: account.systemAccount,
			enablePaymentsToAccount: account.payable ?? false,
			bankAccountNumber: account.bankAccountNumber,
			bankAccountType: account.type === 'BANK' ? 'BANK' : undefined,
			currencyCode: account.currencyCode,
			updatedMs: CREATED_MS,
		});
	}
	for (const rate of books.taxRates) ledger.taxRates.put(rate.taxType, rate);
	for (const code of books.currencies) ledger.currencies.put(code, code);
	for (const category of books.tracking) {
		const trackingCategoryId = ids.guid();
		ledger.trackingCategories.put(trackingCategoryId, {
			trackingCategoryId,
			name: category.name,
			status: 'ACTIVE',
			options: category.options.map((name) => ({
				trackingOptionId: ids.guid(),
				name,
				status: 'ACTIVE',
			})),
		});
	}
	['Standard', 'Very orange invoice!'].forEach((name, sortOrder) => {
		const brandingThemeId = ids.guid();
		ledger.brandingThemes.put(brandingThemeId, {
			brandingThemeId,
			name,
			sortOrder,
			createdMs: CREATED_MS,
		});
	});
	openPayroll(ledger, ids, CREATED_MS);
	addUser(ledger, ids, 'Rowan', 'Ashby', 'STANDARD', true);
	addUser(ledger, ids, 'Kit', 'Marlow', 'FINANCIALADVISER', false);
	return ledger;
}

function addUser(
	ledger: Ledger,
	ids: Ids,
	firstName: string,
	lastName: string,
	organisationRole: string,
	isSubscriber: boolean,
): void {
	const userId = ids.guid();
	ledger.users.put(userId, {
		userId,
		emailAddress: `${firstName}.${lastName}@example.com`.toLowerCase(),
		firstName,
		lastName,
		isSubscriber,
		organisationRole,
		updatedMs: CREATED_MS,
	});
}
