import { accountDeletion, accounts } from './accounts';
import type { Call } from './call';
import { currencyRoutes } from './currencies';
import { asNumber } from './decimals';
import { NOT_FOUND, Refusal, type Answer } from './failures';
import type { JsonObject } from './json';
import { listPage, type Listable } from './listing';
import type { BrandingThemeRow, TaxRateRow, UserRow } from './organisationModel';
import { resourceRoutes, type Resource } from './resource';
import type { Route } from './transport';
import { instantString, msDate, msDateOf } from './xeroDates';

const SETTINGS = ['accounting.settings'];
const READ = ['accounting.settings.read'];

const taxRates: Listable<TaxRateRow> = {
	paging: 'none',
	understandsWhere: true,
	fields: () => ({
		name: (rate) => rate.name,
		taxtype: (rate) => rate.taxType,
		status: (rate) => rate.status,
		effectiverate: (rate) => rate.rate,
		canapplytorevenue: (rate) => rate.appliesTo.includes('REVENUE'),
		canapplytoexpenses: (rate) => rate.appliesTo.includes('EXPENSE'),
	}),
	idOf: (rate) => rate.taxType,
	updatedMs: () => 0,
};

function renderTaxRate(rate: TaxRateRow): JsonObject {
	return {
		Name: rate.name,
		TaxType: rate.taxType,
		ReportTaxType: rate.reportTaxType,
		CanApplyToAssets: rate.appliesTo.includes('ASSET'),
		CanApplyToEquity: rate.appliesTo.includes('EQUITY'),
		CanApplyToExpenses: rate.appliesTo.includes('EXPENSE'),
		CanApplyToLiabilities: rate.appliesTo.includes('LIABILITY'),
		CanApplyToRevenue: rate.appliesTo.includes('REVENUE'),
		DisplayTaxRate: asNumber(rate.rate),
		EffectiveRate: asNumber(rate.rate),
		Status: rate.status,
		TaxComponents: [
			{ Name: 'Tax', Rate: asNumber(rate.rate), IsCompound: false, IsNonRecoverable: false },
		],
	};
}

const users: Resource<UserRow> = {
	path: 'Users',
	idName: 'UserID',
	scopes: SETTINGS,
	paging: 'none',
	understandsWhere: true,
	fields: () => ({
		userid: (user) => user.userId,
		emailaddress: (user) => user.emailAddress,
		firstname: (user) => user.firstName,
		lastname: (user) => user.lastName,
	}),
	idOf: (user) => user.userId,
	updatedMs: (user) => user.updatedMs,
	rows: (call) => call.ledger.users.all(),
	find: (call, named) => call.ledger.users.get(named.toLowerCase()),
	render: (call, user) => ({
		UserID: user.userId,
		EmailAddress: user.emailAddress,
		FirstName: user.firstName,
		LastName: user.lastName,
		UpdatedDateUTC: msDate(user.updatedMs),
		IsSubscriber: user.isSubscriber,
		OrganisationRole: user.organisationRole,
	}),
};

const brandingThemes: Resource<BrandingThemeRow> = {
	path: 'BrandingThemes',
	idName: 'BrandingThemeID',
	scopes: SETTINGS,
	paging: 'none',
	understandsWhere: false,
	fields: () => ({ sortorder: (theme) => theme.sortOrder, name: (theme) => theme.name }),
	idOf: (theme) => theme.brandingThemeId,
	updatedMs: (theme) => theme.sortOrder,
	rows: (call) => call.ledger.brandingThemes.all(),
	find: (call, named) => call.ledger.brandingThemes.get(named.toLowerCase()),
	render: (call, theme) => ({
		BrandingThemeID: theme.brandingThemeId,
		Name: theme.name,
		LogoUrl: '',
		Type: 'INVOICE',
		SortOrder: theme.sortOrder,
		CreatedDateUTC: msDate(theme.createdMs),
	}),
};

const ACTIONS = [
	'CreateApprovedInvoice',
	'CreateDraftPurchaseOrder',
	'CreateApprovedBill',
	'AttachFilesIntoInvoice',
	'UseMulticurrency',
	'CreateDraftInvoice',
	'CreateRepeatingInvoice',
	'CreateRepeatingBill',
	'CreateSentQuote',
	'CreateInvoicePayment',
	'CreateApprovedPurchaseOrder',
	'CreateDraftQuote',
	'CreateDraftBill',
];

/** What is read of an organisation's own settings. */
export const settingsRoutes: readonly Route[] = [
	{ method: 'GET', path: '/Organisation', scopes: READ, handle: organisation },
	{ method: 'GET', path: '/Organisations', scopes: READ, handle: organisation },
	{ method: 'GET', path: '/Organisation/Actions', scopes: READ, handle: actions },
	{
		method: 'GET',
		path: '/TaxRates',
		scopes: READ,
		handle: (call) => {
			const page = listPage(call, taxRates, call.ledger.taxRates.all(), false);
			return call.envelope({ TaxRates: page.rows.map(renderTaxRate) });
		},
	},
	{
		method: 'GET',
		path: '/TaxRates/:id',
		scopes: READ,
		handle: (call) => {
			const rate = call.ledger.taxRates.get(call.param('id').toUpperCase());
			if (!rate) throw new Refusal(NOT_FOUND);
			return call.envelope({ TaxRates: [renderTaxRate(rate)] });
		},
	},
	{
		method: 'GET',
		path: '/InvoiceReminders/Settings',
		scopes: READ,
		handle: (call) =>
			call.envelope({
				InvoiceReminders: [{ Enabled: call.ledger.info.value.remindsOfInvoices }],
			}),
	},
	...currencyRoutes,
	accountDeletion,
	...resourceRoutes(accounts),
	...resourceRoutes(brandingThemes),
	...resourceRoutes(users),
];

function organisation(call: Call): Answer {
	const info = call.ledger.info.value;
	return call.envelope({
		Organisations: [
			{
				OrganisationID: info.tenantId,
				Name: info.name,
				LegalName: info.legalName,
				PaysTax: true,
				Version: info.version,
				OrganisationType: 'COMPANY',
				OrganisationEntityType: 'COMPANY',
				BaseCurrency: info.baseCurrency,
				CountryCode: info.countryCode,
				IsDemoCompany: info.isDemoCompany,
				OrganisationStatus: 'ACTIVE',
				TaxNumber: info.taxNumber,
				FinancialYearEndDay: info.financialYearEndDay,
				FinancialYearEndMonth: info.financialYearEndMonth,
				SalesTaxBasis: info.salesTaxBasis,
				SalesTaxPeriod: info.salesTaxPeriod,
				DefaultSalesTax: 'Tax Exclusive',
				DefaultPurchasesTax: 'Tax Exclusive',
				PeriodLockDate: info.periodLockDate && msDateOf(info.periodLockDate),
				EndOfYearLockDate: info.endOfYearLockDate && msDateOf(info.endOfYearLockDate),
				CreatedDateUTC: msDate(info.createdMs),
				Timezone: info.timezone,
				ShortCode: info.shortCode,
				Class: info.organisationClass,
				Edition: 'BUSINESS',
				Addresses: [],
				Phones: [],
				ExternalLinks: [],
				PaymentTerms: {},
			},
		],
	});
}

function actions(call: Call): Answer {
	const info = call.ledger.info.value;
	const forbidden = new Set(info.forbiddenActions);
	if (info.approvableSalesInvoices === 0) forbidden.add('CreateApprovedInvoice');
	if (info.approvableBills === 0) forbidden.add('CreateApprovedBill');
	return call.envelope({
		Actions: ACTIONS.map((Name) => ({
			Name,
			Status: forbidden.has(Name) ? 'NOT-ALLOWED' : 'ALLOWED',
		})),
	});
}

/** When something was entered, both ways Xero writes it in history records. */
export function enteredAt(epochMs: number): JsonObject {
	return {
		DateUTCString: instantString(epochMs).replace('Z', ''),
		DateUTC: msDate(epochMs),
	};
}
