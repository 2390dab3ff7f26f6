import { decimal, parseDecimal } from '../money';
import { ServiceFaultError } from '../serviceFault';
import { z } from '../vendor/zod';
import type { XeroClient } from './client';
import type { WireElement } from './documents/definition';
import { xeroFault } from './faults';
import { readList } from './pages';
import { oncePerClient } from './oncePerClient';
import type {
	Account,
	Organisation,
	OrganisationSettings,
	TaxRate,
	TrackingCategory,
} from './settings';
import { ianaZone } from './timeZones';
import { readWireDate } from './wireDates';

const text = z.string().nullish();
const flag = z.boolean().nullish();

const organisationElement = z.object({
	OrganisationID: z.string(),
	Name: z.string(),
	ShortCode: text,
	BaseCurrency: z.string(),
	CountryCode: text,
	Timezone: text,
	PeriodLockDate: text,
	EndOfYearLockDate: text,
	IsDemoCompany: flag,
	Class: text,
	FinancialYearEndDay: z.number().nullish(),
	FinancialYearEndMonth: z.number().nullish(),
	SalesTaxPeriod: text,
	SalesTaxBasis: text,
});

const accountElement = z.object({
	AccountID: z.string(),
	Code: text,
	Name: z.string(),
	Type: z.string(),
	Class: text,
	Status: text,
	TaxType: text,
	EnablePaymentsToAccount: flag,
	SystemAccount: text,
	CurrencyCode: text,
});

const taxRateElement = z.object({
	TaxType: z.string(),
	Name: z.string(),
	Status: text,
	EffectiveRate: z.union([z.number(), z.string()]).nullish(),
	DisplayTaxRate: z.union([z.number(), z.string()]).nullish(),
	CanApplyToAssets: flag,
	CanApplyToEquity: flag,
	CanApplyToExpenses: flag,
	CanApplyToLiabilities: flag,
	CanApplyToRevenue: flag,
});

const currencyElement = z.object({ Code: z.string() });

const trackingElement = z.object({
	TrackingCategoryID: z.string(),
	Name: z.string(),
	Status: text,
	Options: z
		.array(z.object({ TrackingOptionID: z.string(), Name: z.string(), Status: text }))
		.nullish(),
});

const brandingThemeElement = z.object({ BrandingThemeID: z.string(), Name: z.string() });

/** Reads a list of the settings and parses each element; what Xero does not send as such is left out. */
async function readSettingsList<Schema extends z.ZodTypeAny>(
	client: XeroClient,
	path: string,
	listName: string,
	schema: Schema,
	query?: Readonly<Record<string, string>>,
): Promise<Array<z.infer<Schema>>> {
	const { elements } = await readList(client, { path, ...(query ? { query } : {}) }, listName);
	return elements.flatMap((element: WireElement) => {
		const parsed = schema.safeParse(element);
		return parsed.success ? [parsed.data] : [];
	});
}

function present<Value>(value: Value | null | undefined): Value | undefined {
	return value === null || value === '' ? undefined : value;
}

function asOrganisation(element: z.infer<typeof organisationElement>): Organisation {
	const { FinancialYearEndDay: day, FinancialYearEndMonth: month } = element;
	return {
		id: element.OrganisationID.toLowerCase(),
		name: element.Name,
		shortCode: present(element.ShortCode),
		baseCurrency: element.BaseCurrency,
		countryCode: present(element.CountryCode),
		timeZone: ianaZone(present(element.Timezone)),
		periodLockDate: readWireDate(element.PeriodLockDate),
		endOfYearLockDate: readWireDate(element.EndOfYearLockDate),
		...(day && month ? { financialYearEnd: { day, month } } : {}),
		isDemoCompany: element.IsDemoCompany === true,
		planClass: present(element.Class),
		salesTaxPeriod: present(element.SalesTaxPeriod),
		salesTaxBasis: present(element.SalesTaxBasis),
	};
}

function asAccount(element: z.infer<typeof accountElement>): Account {
	return {
		id: element.AccountID.toLowerCase(),
		code: present(element.Code),
		name: element.Name,
		type: element.Type,
		accountClass: element.Class ?? '',
		status: element.Status ?? 'ACTIVE',
		taxType: present(element.TaxType),
		enablePaymentsToAccount: element.EnablePaymentsToAccount === true,
		systemAccount: present(element.SystemAccount),
		currencyCode: present(element.CurrencyCode),
	};
}

function asTaxRate(element: z.infer<typeof taxRateElement>): TaxRate {
	return {
		taxType: element.TaxType,
		name: element.Name,
		status: element.Status ?? 'ACTIVE',
		effectiveRate: parseDecimal(element.EffectiveRate ?? element.DisplayTaxRate) ?? decimal(0),
		canApplyTo: {
			assets: element.CanApplyToAssets === true,
			equity: element.CanApplyToEquity === true,
			expenses: element.CanApplyToExpenses === true,
			liabilities: element.CanApplyToLiabilities === true,
			revenue: element.CanApplyToRevenue === true,
		},
	};
}

function asTrackingCategory(element: z.infer<typeof trackingElement>): TrackingCategory {
	return {
		id: element.TrackingCategoryID.toLowerCase(),
		name: element.Name,
		status: element.Status ?? 'ACTIVE',
		options: (element.Options ?? []).map((option) => ({
			id: option.TrackingOptionID.toLowerCase(),
			name: option.Name,
			status: option.Status ?? 'ACTIVE',
		})),
	};
}

/** The organisation itself. Throws ServiceFaultError. */
export async function readOrganisation(client: XeroClient): Promise<Organisation> {
	const [organisation] = await readSettingsList(
		client,
		'/Organisation',
		'Organisations',
		organisationElement,
	);
	if (organisation) return asOrganisation(organisation);
	throw new ServiceFaultError(xeroFault({ kind: 'organisationMissing' }));
}

/** Every account of the chart, archived ones too. Throws ServiceFaultError. */
export async function readAccounts(client: XeroClient): Promise<Account[]> {
	return (await readSettingsList(client, '/Accounts', 'Accounts', accountElement)).map(asAccount);
}

async function readTaxRates(client: XeroClient): Promise<TaxRate[]> {
	return (await readSettingsList(client, '/TaxRates', 'TaxRates', taxRateElement)).map(asTaxRate);
}

async function readCurrencies(client: XeroClient): Promise<string[]> {
	const elements = await readSettingsList(client, '/Currencies', 'Currencies', currencyElement);
	return elements.map((element) => element.Code);
}

/** Active ones first; archived ones too, so that a form that names one can be told which it was. */
export async function readTrackingCategories(client: XeroClient): Promise<TrackingCategory[]> {
	const elements = await readSettingsList(
		client,
		'/TrackingCategories',
		'TrackingCategories',
		trackingElement,
		{ includeArchived: 'true' },
	);
	const categories = elements.map(asTrackingCategory);
	const isActive = ({ status }: TrackingCategory) => status === 'ACTIVE';
	return [...categories.filter(isActive), ...categories.filter((each) => !isActive(each))];
}

async function readBrandingThemes(
	client: XeroClient,
): Promise<Array<{ id: string; name: string }>> {
	const path = '/BrandingThemes';
	const elements = await readSettingsList(client, path, 'BrandingThemes', brandingThemeElement);
	return elements.map((element) => ({
		id: element.BrandingThemeID.toLowerCase(),
		name: element.Name,
	}));
}

/**
 * What a run must know of an organisation: six reads at once, kept for as long as the client is.
 * Throws ServiceFaultError.
 */
export const readOrganisationSettings = oncePerClient(
	async (client): Promise<OrganisationSettings> => {
		const [organisation, accounts, taxRates, currencies, trackingCategories, brandingThemes] =
			await Promise.all([
				readOrganisation(client),
				readAccounts(client),
				readTaxRates(client),
				readCurrencies(client),
				readTrackingCategories(client),
				readBrandingThemes(client),
			]);
		return {
			organisation,
			accounts,
			taxRates,
			currencies: currencies.includes(organisation.baseCurrency)
				? currencies
				: [organisation.baseCurrency, ...currencies],
			trackingCategories,
			brandingThemes,
		};
	},
);
