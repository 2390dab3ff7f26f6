import type Big from 'big.js';

import type { JsonObject } from './json';
import type { DocumentTotals, InvoiceType, LineRow } from './model';

/** Rows of what documents refer to. All are replaced when they change, never altered in place. */

export interface OrganisationInfo {
	readonly tenantId: string;
	readonly name: string;
	readonly legalName: string;
	readonly version: 'UK' | 'NZ' | 'AU' | 'US' | 'GLOBAL';
	readonly countryCode: string;
	readonly baseCurrency: string;
	readonly shortCode: string;
	/** Xero's own label, as `Organisation.Timezone` shows it. */
	readonly timezone: string;
	/** The same zone by its IANA name: Xero's label is not one. */
	readonly ianaZone: string;
	readonly organisationClass: string;
	readonly isDemoCompany: boolean;
	readonly taxNumber: string;
	readonly salesTaxBasis: string;
	readonly salesTaxPeriod: string;
	readonly financialYearEndDay: number;
	readonly financialYearEndMonth: number;
	readonly periodLockDate?: string;
	readonly endOfYearLockDate?: string;
	readonly createdMs: number;
	readonly status: 'ACTIVE' | 'OFFLINE';
	/** Approvals left on a small plan; undefined means no limit. */
	readonly approvableSalesInvoices?: number;
	readonly approvableBills?: number;
	/** Names of `/Organisation/Actions` that are not allowed. */
	readonly forbiddenActions: readonly string[];
	readonly hasProjects: boolean;
	readonly hasPayroll: boolean;
	/** Whether Xero sends reminders of overdue invoices. */
	readonly remindsOfInvoices: boolean;
	/** Construction Industry Scheme, which the UK alone has. */
	readonly isCisContractor: boolean;
	readonly isCisSubcontractor: boolean;
	readonly nextInvoiceNumber: number;
	readonly nextCreditNoteNumber: number;
	readonly nextQuoteNumber: number;
	readonly nextPurchaseOrderNumber: number;
	/** Units of the foreign currency that one unit of the base currency buys. */
	readonly exchangeRates: Readonly<Record<string, string>>;
	/** What a rate was until a day on which it changed, oldest first. */
	readonly pastExchangeRates: readonly {
		readonly currencyCode: string;
		readonly rate: string;
		readonly until: string;
	}[];
	/** How many e-mails went to customers on the latest day (of UTC) on which any did. */
	readonly customerEmails: { readonly on: string; readonly count: number };
}

export type AccountClass = 'ASSET' | 'EQUITY' | 'EXPENSE' | 'LIABILITY' | 'REVENUE';

export interface AccountRow {
	readonly accountId: string;
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly accountClass: AccountClass;
	readonly status: 'ACTIVE' | 'ARCHIVED' | 'DELETED';
	readonly taxType: string;
	readonly description?: string;
	readonly systemAccount?: string;
	readonly enablePaymentsToAccount: boolean;
	readonly bankAccountNumber?: string;
	readonly bankAccountType?: string;
	readonly currencyCode?: string;
	readonly updatedMs: number;
}

export interface TaxRateRow {
	readonly taxType: string;
	readonly name: string;
	/** Per cent. */
	readonly rate: Big;
	readonly status: 'ACTIVE' | 'DELETED' | 'ARCHIVED' | 'PENDING';
	readonly reportTaxType: string;
	readonly appliesTo: readonly AccountClass[];
}

export interface TrackingOptionRow {
	readonly trackingOptionId: string;
	readonly name: string;
	readonly status: 'ACTIVE' | 'ARCHIVED';
}

export interface TrackingCategoryRow {
	readonly trackingCategoryId: string;
	readonly name: string;
	readonly status: 'ACTIVE' | 'ARCHIVED';
	readonly options: readonly TrackingOptionRow[];
}

export interface BrandingThemeRow {
	readonly brandingThemeId: string;
	readonly name: string;
	readonly sortOrder: number;
	readonly createdMs: number;
}

export interface UserRow {
	readonly userId: string;
	readonly emailAddress: string;
	readonly firstName: string;
	readonly lastName: string;
	readonly isSubscriber: boolean;
	readonly organisationRole: string;
	readonly updatedMs: number;
}

export interface ItemDetails {
	readonly unitPrice?: Big;
	readonly accountCode?: string;
	readonly cogsAccountCode?: string;
	readonly taxType?: string;
}

export interface ItemRow {
	readonly itemId: string;
	readonly code: string;
	readonly name?: string;
	readonly description?: string;
	readonly purchaseDescription?: string;
	readonly isSold: boolean;
	readonly isPurchased: boolean;
	readonly isTrackedAsInventory: boolean;
	readonly inventoryAssetAccountCode?: string;
	readonly salesDetails?: ItemDetails;
	readonly purchaseDetails?: ItemDetails;
	readonly quantityOnHand?: Big;
	readonly updatedMs: number;
}

export interface HistoryRow {
	readonly parentId: string;
	readonly changes: string;
	readonly details: string;
	readonly user: string;
	readonly atMs: number;
}

export interface AttachmentRow {
	readonly attachmentId: string;
	readonly parentId: string;
	readonly endpoint: string;
	readonly fileName: string;
	readonly mimeType: string;
	readonly includeOnline: boolean;
	readonly bytes: Uint8Array;
}

export interface ContactGroupRow {
	readonly contactGroupId: string;
	readonly name: string;
	readonly status: 'ACTIVE' | 'DELETED';
	readonly contactIds: readonly string[];
}

/** The template of invoices that Xero makes by itself. */
export interface RepeatingInvoiceRow {
	readonly id: string;
	readonly type: InvoiceType;
	readonly contactId: string;
	readonly status: 'DRAFT' | 'AUTHORISED' | 'DELETED';
	readonly reference?: string;
	/** What each invoice is made of, in the API's own members. */
	readonly members: JsonObject;
	/** The same with their amounts, and what they come to. */
	readonly lines: readonly LineRow[];
	readonly totals: DocumentTotals;
	readonly schedule: {
		readonly period: number;
		readonly unit: 'WEEKLY' | 'MONTHLY';
		readonly nextDate: string;
		/** Of the first invoice; the next date where none is told. */
		readonly startDate?: string;
	};
}
