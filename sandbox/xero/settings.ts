/**
 * The knobs of the twin. The first group are limits; the second are the behaviours on which
 * public accounts of Xero disagree: a client has to be right under either setting.
 */
export interface TwinSettings {
	/** Off: nothing is refused for being too much, counters still run. */
	readonly limitsOn: boolean;
	readonly minuteLimit: number;
	/** 1,000 on the Starter tier, 5,000 above it. */
	readonly dayLimit: number;
	readonly concurrentLimit: number;
	readonly appMinuteLimit: number;
	/** Whether a 429 for concurrency carries Retry-After. */
	readonly retryAfterOnConcurrent: boolean;
	/** How X-Rate-Limit-Problem names the limit over all tenants. */
	readonly appMinuteProblem: 'appminute' | 'app-minute';
	/** Real milliseconds each api.xero.com call takes, so that calls overlap over HTTP. */
	readonly latencyMs: number;
	/** Whether authorise approves at once, without the consent page. */
	readonly autoConsent: boolean;

	/** The summarizeErrors a request gets that does not say. */
	readonly summarizeErrorsDefault: boolean;
	readonly missingScopeStatus: 401 | 403;
	/** What POST /Invoices does with a bill whose InvoiceNumber exists. */
	readonly billNumberMatches: boolean;
	/** How `where` compares text. */
	readonly whereIgnoresCase: boolean;
	/** Whether `Contact: {Name}` in a document finds an existing contact. */
	readonly documentContactReusesName: boolean;
	/** Whether `Contact: {Name}` in a purchase order makes a contact; reports disagree. */
	readonly purchaseOrderMakesContacts: boolean;
	readonly unknownTracking: 'error' | 'ignored';
	/** Whether a payment also raises an INVOICE UPDATE event. */
	readonly invoiceEventOnPayment: boolean;
	readonly paymentEventCategory: string;
	/** Whether a deleted payment still shows on its invoice, and whether it moves UpdatedDateUTC. */
	readonly deletedPaymentStaysOnInvoice: boolean;
	readonly paymentDeletionTouchesInvoice: boolean;
	/** Whether the number of a deleted or voided sales invoice can be used again. */
	readonly deletedNumberReusable: boolean;
	readonly reconciledPaymentDeletable: boolean;
	/** Whether reads with If-Modified-Since answer 304 when nothing has changed. */
	readonly notModifiedAnswers304: boolean;
	/** Whether PUT /Projects/{id} clears the fields left out. */
	readonly projectPutClearsOmitted: boolean;
	/** Places that the unit price of a quote or an order keeps: 4, or 2. Neither knows `unitdp`. */
	readonly quoteUnitPlaces: number;
	readonly purchaseOrderUnitPlaces: number;
	/** The quantity of a line that has a price and none: 1, or 0. */
	readonly missingQuantity: number;
	/** Whether a line that is sent again without its discount keeps it. */
	readonly omittedDiscountStays: boolean;
	/** Whether an edit in a foreign currency that names no rate takes the day's. */
	readonly updateWithoutRateIsRerated: boolean;
	/** What becomes of the `Url` of an invoice or bill that is there already. */
	readonly urlOnUpdate: 'taken' | 'ignored' | 'refused';
	/** What `""` in the place of a number does. */
	readonly blankNumber: 'ignored' | 'refused';
	/** What becomes of a line of an invoice or bill whose quantity is below zero. */
	readonly negativeInvoiceQuantity: 'taken' | 'refused';
	/** What becomes of a line that has a DiscountRate and a DiscountAmount. */
	readonly discountRateAndAmount: 'rate' | 'amount' | 'refused';
	/** What a new quote without a date gets. */
	readonly quoteWithoutDate: 'refused' | 'today';
	/** Whether a draft may be dated in a locked period. */
	readonly draftsInLockedPeriod: 'taken' | 'refused';
	/** Whether money spent can be changed before it is reconciled; reports disagree. */
	readonly spendMoneyUpdate: 'taken' | 'refused';
	/** Whether a batch payment can be deleted through the API; OpenAPI says both. */
	readonly batchPaymentDeletable: boolean;
	/** What becomes of a line on a system account of the Construction Industry Scheme. */
	readonly cisAccountOnLine: 'refused' | 'taken';
	/** Whether a credit note tells CISDeduction: OpenAPI has it (pull request 334), no answer was seen. */
	readonly cisOnCreditNotes: 'untold' | 'told';
	/** A second timesheet of a person for a period; known of Australia alone. */
	readonly secondTimesheet: 'refused' | 'taken';
	/** Whether reports carry foreign balances at the rate of their day, as Xero does. */
	readonly revaluesForeignBalances: boolean;
	readonly maintenance: boolean;
}

export const DEFAULT_SETTINGS: TwinSettings = {
	limitsOn: true,
	minuteLimit: 60,
	dayLimit: 1_000,
	concurrentLimit: 5,
	appMinuteLimit: 10_000,
	retryAfterOnConcurrent: false,
	appMinuteProblem: 'appminute',
	latencyMs: 0,
	autoConsent: false,
	summarizeErrorsDefault: true,
	missingScopeStatus: 401,
	billNumberMatches: false,
	whereIgnoresCase: true,
	documentContactReusesName: true,
	purchaseOrderMakesContacts: true,
	unknownTracking: 'error',
	invoiceEventOnPayment: true,
	paymentEventCategory: 'PAYMENT',
	deletedPaymentStaysOnInvoice: false,
	paymentDeletionTouchesInvoice: true,
	deletedNumberReusable: false,
	reconciledPaymentDeletable: false,
	notModifiedAnswers304: false,
	projectPutClearsOmitted: true,
	quoteUnitPlaces: 4,
	purchaseOrderUnitPlaces: 4,
	missingQuantity: 1,
	omittedDiscountStays: true,
	updateWithoutRateIsRerated: false,
	urlOnUpdate: 'taken',
	blankNumber: 'ignored',
	negativeInvoiceQuantity: 'taken',
	discountRateAndAmount: 'rate',
	quoteWithoutDate: 'refused',
	draftsInLockedPeriod: 'taken',
	spendMoneyUpdate: 'taken',
	batchPaymentDeletable: true,
	cisAccountOnLine: 'refused',
	cisOnCreditNotes: 'untold',
	secondTimesheet: 'refused',
	revaluesForeignBalances: true,
	maintenance: false,
};

/** Takes known settings of the right type out of a control request's body; names the others. */
export function readSettings(submitted: Readonly<Record<string, unknown>>): {
	readonly settings: Partial<TwinSettings>;
	readonly unknown: readonly string[];
} {
	const known = new Map<string, unknown>(Object.entries(DEFAULT_SETTINGS));
	const accepted: [string, unknown][] = [];
	const unknown: string[] = [];
	for (const [name, value] of Object.entries(submitted)) {
		if (known.has(name) && typeof known.get(name) === typeof value) accepted.push([name, value]);
		else unknown.push(name);
	}
	return { settings: Object.fromEntries(accepted) as Partial<TwinSettings>, unknown };
}
