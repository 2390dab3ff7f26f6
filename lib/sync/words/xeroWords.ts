import type { Issue } from '../../issue';
import { LATE_RULES } from '../check/rules/lateRules';

/** What one of Xero's messages means, and what to do about it. */
interface Word {
	readonly pattern: RegExp;
	readonly code: string;
	readonly field?: string;
	readonly fix: string;
	readonly severity?: Issue['severity'];
}

/**
 * Xero's real messages, as quoted in its documentation and by its users. The patterns are loose
 * where Xero puts a value or has changed a word over the years.
 */
const WORDS: readonly Word[] = [
	{
		pattern: /invoice (#|number) must be unique|this invoice number must be unique/i,
		code: 'XERO_NUMBER_TAKEN',
		field: 'invoiceNumber',
		fix: 'Give the record another number in Knack, or keep the id of the existing invoice there.',
	},
	{
		pattern: /already assigned to another contact|contact name .* must be unique/i,
		code: 'XERO_CONTACT_NAME_TAKEN',
		field: 'contact.name',
		fix: 'Run the record again: the contact has been created meanwhile and is found now.',
	},
	{
		pattern: /not of valid status for modification/i,
		code: 'XERO_STATUS_MOVE',
		field: 'status',
		fix: 'The document is voided, deleted or paid in Xero. Make a new one, or undo the change in Knack.',
	},
	{
		pattern: /cannot be edited as it has a payment or credit note allocated/i,
		code: 'XERO_PAID_DOCUMENT_EDIT',
		fix: 'Undo the change in Knack, issue a credit note, or remove the payment in Xero first.',
	},
	{
		pattern: /status .* cannot be applied .* because it has payments or credit notes/i,
		code: 'XERO_STATUS_MOVE',
		field: 'status',
		fix: 'Remove the payments or credit notes in Xero first.',
	},
	{
		pattern: /account code .* is not a valid code for this document/i,
		code: 'XERO_ACCOUNT_NOT_FOR_LINES',
		field: 'lineItems',
		fix: 'Choose another account in the node: Xero does not take this one in such a document.',
	},
	{
		pattern: /account code .* has been archived or has been deleted/i,
		code: 'XERO_ACCOUNT_ARCHIVED',
		field: 'lineItems',
		fix: 'Choose an active account in the node, or restore this one in Xero.',
	},
	{
		pattern: /account code or id must be specified/i,
		code: 'XERO_LINE_ACCOUNT_MISSING',
		field: 'lineItems',
		fix: 'Choose an account for the lines in the node.',
	},
	{
		pattern: /taxtype code .* cannot be used with account code/i,
		code: 'XERO_TAX_NOT_FOR_ACCOUNT',
		field: 'lineItems',
		fix: 'Choose a tax rate that fits the account, or another account.',
	},
	{
		pattern: /tax rate must be active/i,
		code: 'XERO_TAX_RATE_UNKNOWN',
		field: 'lineItems',
		fix: 'Choose an active tax rate in the node.',
	},
	{
		pattern: /taxtype code .* (does not exist|is not valid|invalid)/i,
		code: 'XERO_TAX_RATE_UNKNOWN',
		field: 'lineItems',
		fix: 'Choose a tax rate from the list in the node.',
	},
	{
		pattern: /cannot be before the (period|end of year) lock date/i,
		code: 'XERO_PERIOD_LOCKED',
		field: 'date',
		fix: 'Use a later date, or ask your accountant to move the lock date in Xero.',
	},
	{
		pattern: /not subscribed to currency/i,
		code: 'XERO_CURRENCY_NOT_ENABLED',
		field: 'currencyCode',
		fix: 'Add the currency in Xero under Settings, Currencies, or use another one.',
	},
	{
		pattern: /contact must be specified/i,
		code: 'XERO_CONTACT_MISSING',
		field: 'contact.name',
		fix: 'Map Contact Name, and fill in the customer on the Knack record.',
	},
	{
		pattern: /must contain at least 1 of the following elements to identify the contact/i,
		code: 'XERO_CONTACT_MISSING',
		field: 'contact.name',
		fix: 'Map Contact Name, Contact Number or Contact ID.',
	},
	{
		pattern: /archived contacts cannot currently be edited|has been archived.*un-?archived/i,
		code: 'XERO_CONTACT_ARCHIVED',
		field: 'contact.name',
		fix: 'Restore the contact in Xero (Contacts, Archived), or give the record another contact.',
	},
	{
		pattern: /email address must be valid/i,
		code: 'XERO_EMAIL_MALFORMED',
		field: 'emailAddress',
		fix: 'Correct the e-mail address in Knack.',
	},
	{
		pattern: /item code .*(is )?(invalid|not valid|not found)|item .* does not exist/i,
		code: 'XERO_ITEM_UNKNOWN',
		field: 'lineItems',
		fix: 'Choose an item from the list in the node, or add it in Xero.',
	},
	{
		pattern: /line total .* does not match the expected line total/i,
		code: 'XERO_LINE_AMOUNT_MISMATCH',
		field: 'lineItems',
		fix: 'Map quantity and unit price only, and let Xero work out the line amount.',
	},
	{
		pattern: /total does not equal the sum of the lines/i,
		code: 'XERO_TOTAL_DIFFERS',
		field: 'total',
		fix: 'Leave the totals out, and let Xero work them out from the lines.',
	},
	{
		pattern: /discount rate .* is invalid|discount must not be greater than the line total/i,
		code: 'XERO_DISCOUNT_OUT_OF_RANGE',
		field: 'lineItems',
		fix: 'Give a discount between nothing and the whole line; Xero takes none on negative lines.',
	},
	{
		pattern: /quantity must not be less than zero/i,
		code: 'XERO_QUANTITY_NEGATIVE',
		field: 'lineItems',
		fix: 'Give a quantity of zero or more in Knack.',
	},
	{
		pattern: /deleted purchaseorders cannot be updated|purchaseorder status change is invalid/i,
		code: 'XERO_DOCUMENT_GONE',
		field: 'purchaseOrderNumber',
		fix: 'A deleted purchase order holds this number. Use another number.',
	},
	{
		pattern: /exceeds the amount outstanding/i,
		code: 'XERO_OVERPAID',
		field: 'amount',
		fix: 'Record at most what is due; the rest is an overpayment, which is entered in Xero.',
	},
	{
		pattern: /reached the limit of (invoices|bills) you can (approve|send)/i,
		code: 'XERO_PLAN_LIMIT',
		field: 'status',
		fix: 'Send drafts instead, or change the organisation’s Xero plan.',
	},
	{
		pattern: /(name|description|reference|number).* (exceeds|longer than|maximum length|too long)/i,
		code: 'XERO_TEXT_TOO_LONG',
		fix: 'Shorten the text in Knack.',
	},
	{
		pattern: /invoice not of valid type/i,
		code: 'XERO_DOCUMENT_TYPE',
		fix: 'The id kept in Knack belongs to a document of another type. Clear it.',
	},
	{
		pattern: /(due ?date).*(must|cannot|required)/i,
		code: 'XERO_FIELD_REQUIRED_TO_APPROVE',
		field: 'dueDate',
		fix: 'Map Due Date and fill it in, or send the document as a draft.',
	},
	{
		pattern: /tracking (category|option).*(not|invalid|archived)/i,
		code: 'XERO_TRACKING_UNKNOWN',
		field: 'lineItems',
		fix: 'Choose a tracking category and option that are active in Xero.',
	},
	{
		pattern: /branding ?theme.*(not|invalid)/i,
		code: 'XERO_BRANDING_THEME_UNKNOWN',
		field: 'brandingThemeID',
		fix: 'Choose a branding theme from the list in the node.',
	},
];

/** Whether Xero refused because another one was created in the meantime. */
export function isTaken(messages: readonly string[]): boolean {
	return messages.some((message) =>
		['XERO_NUMBER_TAKEN', 'XERO_CONTACT_NAME_TAKEN'].includes(wordOf(message)?.code ?? ''),
	);
}

function wordOf(message: string): Word | undefined {
	return WORDS.find((word) => word.pattern.test(message));
}

/** An issue for each of Xero's messages, its own words kept. Unknown ones are shown whole. */
export function issuesOfXero(messages: readonly string[], severity?: Issue['severity']): Issue[] {
	const said = messages.length > 0 ? messages : ['Xero gave no reason.'];
	return said.map((vendorMessage) => {
		const word = wordOf(vendorMessage);
		return {
			code: word?.code ?? LATE_RULES.refusedByXero.code,
			severity: severity ?? word?.severity ?? 'block',
			...(word?.field === undefined ? {} : { field: word.field }),
			message: `Xero: ${vendorMessage}`,
			fix: word?.fix ?? 'Correct the record in Knack as Xero says, and run it again.',
			vendorMessage,
		};
	});
}
