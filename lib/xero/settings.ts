import type { CalendarDate } from '../dates';
import type { Decimal } from '../money';

/** What a run must know of an organisation, read once and kept for the run. */
export interface OrganisationSettings {
	readonly organisation: Organisation;
	readonly accounts: readonly Account[];
	readonly taxRates: readonly TaxRate[];
	/** ISO codes that the organisation has enabled; its base currency is among them. */
	readonly currencies: readonly string[];
	readonly trackingCategories: readonly TrackingCategory[];
	readonly brandingThemes: ReadonlyArray<{ readonly id: string; readonly name: string }>;
	/** Read only for runs whose records name items. */
	readonly items?: readonly Item[];
}

export interface Organisation {
	readonly id: string;
	readonly name: string;
	readonly shortCode?: string;
	readonly baseCurrency: string;
	readonly countryCode?: string;
	/** IANA name. */
	readonly timeZone: string;
	readonly periodLockDate?: CalendarDate;
	readonly endOfYearLockDate?: CalendarDate;
	/** Day and month (1 to 12) on which the financial year ends, where Xero tells. */
	readonly financialYearEnd?: { readonly day: number; readonly month: number };
	readonly isDemoCompany: boolean;
	/** Xero's plan, such as STARTER or PREMIUM; some limit what can be approved in a month. */
	readonly planClass?: string;
	/** How often sales tax is returned, such as QUARTERLY1, and on which basis, such as ACCRUALS. */
	readonly salesTaxPeriod?: string;
	readonly salesTaxBasis?: string;
}

export interface Account {
	readonly id: string;
	readonly code?: string;
	readonly name: string;
	/** Xero's account type: REVENUE, EXPENSE, BANK … */
	readonly type: string;
	/** REVENUE, EXPENSE, ASSET, LIABILITY, EQUITY. */
	readonly accountClass: string;
	readonly status: string;
	readonly taxType?: string;
	readonly enablePaymentsToAccount: boolean;
	readonly systemAccount?: string;
	/** Of a bank account. */
	readonly currencyCode?: string;
}

export interface TaxRate {
	readonly taxType: string;
	readonly name: string;
	readonly status: string;
	/** Percent, such as 20. */
	readonly effectiveRate: Decimal;
	readonly canApplyTo: {
		readonly assets: boolean;
		readonly equity: boolean;
		readonly expenses: boolean;
		readonly liabilities: boolean;
		readonly revenue: boolean;
	};
}

export interface TrackingCategory {
	readonly id: string;
	readonly name: string;
	readonly status: string;
	readonly options: ReadonlyArray<{
		readonly id: string;
		readonly name: string;
		readonly status: string;
	}>;
}

/** What an item fills in where a line says nothing. */
export interface ItemDetails {
	/** Canonical decimal. */
	readonly unitPrice?: string;
	readonly accountCode?: string;
	readonly taxType?: string;
}

export interface Item {
	readonly code: string;
	readonly name?: string;
	readonly sales: ItemDetails;
	readonly purchases: ItemDetails;
}
