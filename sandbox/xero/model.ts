import type Big from 'big.js';

/** Rows of contacts, documents and money. All are replaced when they change, never altered in place. */

export interface AddressSlot {
	readonly AddressType: string;
	readonly AddressLine1?: string;
	readonly AddressLine2?: string;
	readonly AddressLine3?: string;
	readonly AddressLine4?: string;
	readonly City?: string;
	readonly Region?: string;
	readonly PostalCode?: string;
	readonly Country?: string;
	readonly AttentionTo?: string;
}

export interface PhoneSlot {
	readonly PhoneType: string;
	readonly PhoneNumber?: string;
	readonly PhoneAreaCode?: string;
	readonly PhoneCountryCode?: string;
}

export interface ContactPersonSlot {
	readonly FirstName?: string;
	readonly LastName?: string;
	readonly EmailAddress?: string;
	readonly IncludeInEmails: boolean;
}

export interface PaymentTerm {
	readonly day: number;
	readonly type: string;
}

export interface ContactRow {
	readonly contactId: string;
	readonly contactNumber?: string;
	readonly accountNumber?: string;
	readonly status: 'ACTIVE' | 'ARCHIVED' | 'GDPRREQUEST';
	readonly name: string;
	/** Name as it is compared: blanks collapsed, lower case. */
	readonly nameKey: string;
	/** The plain text fields that only need storing, by Xero's own names. */
	readonly texts: Readonly<Record<string, string>>;
	readonly addresses: readonly AddressSlot[];
	readonly phones: readonly PhoneSlot[];
	readonly contactPersons: readonly ContactPersonSlot[];
	readonly salesTerms?: PaymentTerm;
	readonly billTerms?: PaymentTerm;
	readonly brandingThemeId?: string;
	readonly isCustomer: boolean;
	readonly isSupplier: boolean;
	readonly mergedToContactId?: string;
	readonly updatedMs: number;
}

export interface TrackingRef {
	readonly trackingCategoryId: string;
	readonly trackingOptionId: string;
}

export type LineAmountTypes = 'Exclusive' | 'Inclusive' | 'NoTax';

export interface LineRow {
	readonly lineItemId: string;
	readonly description?: string;
	/** False for a line that is only a description. */
	readonly hasAmounts: boolean;
	readonly quantity: Big;
	readonly unitAmount: Big;
	readonly lineAmount: Big;
	readonly taxAmount: Big;
	/** True when the tax was given, not computed: it then survives other edits of the line. */
	readonly taxOverridden: boolean;
	readonly discountRate?: Big;
	readonly discountAmount?: Big;
	readonly accountId?: string;
	readonly itemCode?: string;
	readonly taxType?: string;
	readonly tracking: readonly TrackingRef[];
}

export interface DocumentTotals {
	readonly subTotal: Big;
	readonly totalTax: Big;
	readonly total: Big;
	readonly totalDiscount: Big;
}

/** What every document with lines has. */
export interface DocumentRow {
	readonly id: string;
	readonly number: string;
	readonly reference?: string;
	readonly contactId: string;
	readonly status: string;
	readonly date: string;
	readonly lineAmountTypes: LineAmountTypes;
	readonly lines: readonly LineRow[];
	readonly totals: DocumentTotals;
	readonly currencyCode: string;
	readonly currencyRate: Big;
	readonly brandingThemeId?: string;
	readonly createdByClientId?: string;
	readonly updatedMs: number;
}

export type InvoiceType = 'ACCREC' | 'ACCPAY';

export interface InvoiceRow extends DocumentRow {
	readonly kind: 'invoice';
	readonly type: InvoiceType;
	readonly dueDate?: string;
	readonly url?: string;
	readonly repeatingInvoiceId?: string;
	readonly sentToContact: boolean;
	readonly expectedPaymentDate?: string;
	readonly plannedPaymentDate?: string;
	/** What is kept back for the tax office: it is neither due nor paid. */
	readonly cisDeduction: Big;
	readonly amountPaid: Big;
	readonly amountCredited: Big;
	readonly amountDue: Big;
	readonly fullyPaidOn?: string;
	readonly paymentIds: readonly string[];
	readonly allocationIds: readonly string[];
}

export type CreditKind = 'creditNote' | 'overpayment' | 'prepayment';

/** A credit note, an overpayment or a prepayment: money that can be put against invoices. */
export interface CreditRow extends DocumentRow {
	readonly kind: CreditKind;
	readonly type: string;
	readonly dueDate?: string;
	readonly sentToContact: boolean;
	/** Of a credit note: what was kept back of the work that it takes back. A guess. */
	readonly cisDeduction?: Big;
	readonly remainingCredit: Big;
	readonly fullyPaidOn?: string;
	readonly paymentIds: readonly string[];
	readonly allocationIds: readonly string[];
}

export interface QuoteRow extends DocumentRow {
	readonly kind: 'quote';
	readonly expiryDate?: string;
	readonly title?: string;
	readonly summary?: string;
	readonly terms?: string;
}

export interface PurchaseOrderRow extends DocumentRow {
	readonly kind: 'purchaseOrder';
	readonly deliveryDate?: string;
	readonly expectedArrivalDate?: string;
	readonly deliveryAddress?: string;
	readonly attentionTo?: string;
	readonly telephone?: string;
	readonly deliveryInstructions?: string;
	readonly sentToContact: boolean;
}

export interface BankTransactionRow extends DocumentRow {
	readonly kind: 'bankTransaction';
	readonly type: string;
	readonly bankAccountId: string;
	readonly isReconciled: boolean;
	readonly creditId?: string;
	readonly url?: string;
}

export interface AllocationRow {
	readonly allocationId: string;
	readonly creditId: string;
	readonly creditKind: CreditKind;
	readonly invoiceId: string;
	readonly amount: Big;
	readonly date: string;
	readonly deleted: boolean;
}

export interface PaymentRow {
	readonly paymentId: string;
	readonly target: { readonly kind: 'invoice' | CreditKind; readonly id: string };
	readonly accountId: string;
	readonly date: string;
	readonly amount: Big;
	readonly bankAmount: Big;
	readonly currencyRate: Big;
	readonly reference?: string;
	readonly isReconciled: boolean;
	readonly status: 'AUTHORISED' | 'DELETED';
	readonly paymentType: string;
	readonly batchPaymentId?: string;
	readonly updatedMs: number;
}

export interface BatchPaymentRow {
	readonly batchPaymentId: string;
	readonly accountId: string;
	readonly date: string;
	readonly reference?: string;
	/** Members that only some countries have, by Xero's own names. */
	readonly texts: Readonly<Record<string, string>>;
	readonly type: 'PAYBATCH' | 'RECBATCH';
	readonly status: 'AUTHORISED' | 'DELETED';
	readonly paymentIds: readonly string[];
	readonly updatedMs: number;
}

export interface JournalLineRow {
	readonly description?: string;
	/** Debit positive. */
	readonly lineAmount: Big;
	readonly accountId: string;
	readonly taxType?: string;
	readonly taxAmount: Big;
	readonly tracking: readonly TrackingRef[];
}

export interface ManualJournalRow {
	readonly id: string;
	readonly narration: string;
	readonly date: string;
	readonly status: 'DRAFT' | 'POSTED' | 'DELETED' | 'VOIDED' | 'ARCHIVED';
	readonly lineAmountTypes: LineAmountTypes;
	readonly lines: readonly JournalLineRow[];
	readonly url?: string;
	readonly showOnCashBasisReports: boolean;
	readonly updatedMs: number;
}
