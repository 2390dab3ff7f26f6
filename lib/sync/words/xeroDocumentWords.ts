import type { Word } from './word';

/** Xero's messages on documents as a whole: numbers, statuses, dates, currencies, totals. */
export const XERO_DOCUMENT_WORDS: readonly Word[] = [
	{
		pattern: /invoice (#|number) must be unique/i,
		code: 'XERO_NUMBER_TAKEN',
		field: 'invoiceNumber',
		fix: 'Give the record another number in Knack, or keep the id of the existing invoice there.',
	},
	{
		pattern: /credit note (#|number) must be unique/i,
		code: 'XERO_NUMBER_TAKEN',
		field: 'creditNoteNumber',
		fix: 'Give the record another number in Knack, or keep the id of the existing credit note there.',
	},
	{
		pattern: /quote (#|number) must be unique/i,
		code: 'XERO_NUMBER_TAKEN',
		field: 'quoteNumber',
		fix: 'Give the record another number in Knack, or keep the id of the existing quote there.',
	},
	{
		pattern: /(order|purchaseorder) (#|number) must be unique/i,
		code: 'XERO_NUMBER_TAKEN',
		field: 'purchaseOrderNumber',
		fix: 'Give the record another number in Knack, or keep the id of the existing order there.',
	},
	{
		pattern: /not of valid status for creation/i,
		code: 'XERO_STATUS_NOT_FOR_NEW',
		field: 'status',
		fix: 'New documents start as draft, awaiting approval or approved; choose one of these.',
	},
	{
		pattern:
			/not of valid status for|status different from .?draft|bank transaction cannot be edited/i,
		code: 'XERO_CLOSED_DOCUMENT_EDIT',
		field: 'status',
		fix: 'The document is voided, deleted or paid in Xero. Make a new one, or undo the change in Knack.',
	},
	{
		pattern:
			/(document|invoice|bill|credit note|transaction).*reconciled|edited.* reconciled (payment|transaction)/i,
		code: 'XERO_PAID_DOCUMENT_EDIT',
		fix: 'Undo the change in Knack, or correct the document with a credit note. Its payment is reconciled with the bank; only a person can undo that in Xero.',
	},
	{
		pattern: /cannot be edited as it has (a )?payment/i,
		code: 'XERO_PAID_DOCUMENT_EDIT',
		fix: 'Undo the change in Knack, issue a credit note, or remove the payment in Xero first.',
	},
	{
		pattern: /date cannot be changed on an? .*payment/i,
		code: 'XERO_PAID_DOCUMENT_EDIT',
		field: 'date',
		fix: 'Undo the change in Knack, or remove the payment in Xero first.',
	},
	{
		pattern: /status .* cannot be applied .* because it has payments? or credit notes/i,
		code: 'XERO_STATUS_MOVE',
		field: 'status',
		fix: 'Remove the payments or credit notes in Xero first.',
	},
	{
		pattern: /deleted purchaseorders cannot be updated|purchaseorder status change is invalid/i,
		code: 'XERO_DOCUMENT_GONE',
		field: 'purchaseOrderNumber',
		fix: 'A deleted purchase order holds this number. Use another number.',
	},
	{
		pattern: /status change is invalid|^the status .* is not valid/i,
		code: 'XERO_STATUS_MOVE',
		field: 'status',
		fix: 'Choose another status in the node, or change the status in Xero.',
	},
	{
		// What lies in the locked period already cannot be given a later date either.
		pattern: /dated (on or )?before the end of year lock date/i,
		code: 'XERO_YEAR_LOCKED',
		field: 'date',
		fix: 'Undo the change in Knack, correct the document with a credit note of today, or ask your accountant to move the lock date in Xero.',
	},
	{
		pattern: /dated (on or )?before the period lock/i,
		code: 'XERO_PERIOD_LOCKED',
		field: 'date',
		fix: 'Undo the change in Knack, correct the document with a credit note of today, or ask your accountant to move the lock date in Xero.',
	},
	{
		pattern: /cannot be before the end of year lock date/i,
		code: 'XERO_YEAR_LOCKED',
		field: 'date',
		fix: 'Use a later date, or ask your accountant to move the lock date in Xero.',
	},
	{
		pattern: /(cannot be before|must be after) the period lock date|period is locked/i,
		code: 'XERO_PERIOD_LOCKED',
		field: 'date',
		fix: 'Use a later date, or ask your accountant to move the lock date in Xero.',
	},
	{
		pattern: /due ?date.*(must|cannot|required)/i,
		code: 'XERO_FIELD_REQUIRED_TO_APPROVE',
		field: 'dueDate',
		fix: 'Map Due Date and fill it in, or send the document as a draft.',
	},
	{
		pattern: /date (field )?(must be specified|is required)/i,
		code: 'XERO_FIELD_REQUIRED',
		field: 'date',
		fix: 'Map the date, and fill it in on the Knack record.',
	},
	{
		pattern: /not subscribed to currency/i,
		code: 'XERO_CURRENCY_NOT_ENABLED',
		field: 'currencyCode',
		fix: 'Add the currency in Xero under Settings, Currencies, or use another one.',
	},
	{
		pattern: /may have senttocontact updated/i,
		code: 'XERO_STATUS_MOVE',
		field: 'sentToContact',
		fix: 'Approve the document before it is marked as sent, or leave "Sent to Contact" out.',
	},
	{
		pattern: /currency ?rate must be greater than zero/i,
		code: 'XERO_RATE_NOT_POSITIVE',
		field: 'currencyRate',
		fix: 'Give a rate above zero in Knack, or leave it out and Xero takes the day’s.',
	},
	{
		pattern: /currency of an? approved .* cannot be changed/i,
		code: 'XERO_CURRENCY_CHANGE',
		field: 'currencyCode',
		fix: 'Void the document in Xero and post it anew, or undo the change in Knack.',
	},
	{
		pattern: /total does not equal the sum of the lines/i,
		code: 'XERO_TOTAL_DIFFERS',
		field: 'total',
		fix: 'Leave the totals out, and let Xero work them out from the lines.',
	},
	{
		pattern:
			/total (must not be|less than|cannot be less than) (less than )?(0|zero)|total .*must be greater than or equal to zero/i,
		code: 'XERO_TOTAL_NEGATIVE',
		field: 'total',
		fix: 'Check the lines in Knack. Money that is owed the other way is a document of its own, such as a credit note.',
	},
	{
		pattern: /reached the limit of (invoices|bills|quotes) you can (approve|send)/i,
		code: 'XERO_PLAN_LIMIT',
		field: 'status',
		fix: 'Send drafts instead, or change the organisation’s Xero plan.',
	},
	{
		pattern: /lineamounttypes .* is not valid|converting value .*lineamounttype/i,
		code: 'XERO_CHOICE_UNKNOWN',
		field: 'lineAmountTypes',
		fix: 'Choose whether amounts are exclusive, inclusive or without tax.',
	},
	{
		pattern: /branding ?theme.*(not|invalid)/i,
		code: 'XERO_BRANDING_THEME_UNKNOWN',
		field: 'brandingThemeID',
		fix: 'Choose a branding theme from the list in the node.',
	},
	{
		pattern: /url must not contain/i,
		code: 'XERO_URL_REFUSED',
		field: 'url',
		fix: 'Give a whole address that begins with https:// and does not contain the word "xero".',
	},
	{
		pattern: /url .*cannot be changed/i,
		code: 'XERO_URL_REFUSED',
		field: 'url',
		fix: 'Leave the Link to Source of a document as it is once it is in Xero.',
	},
	{
		pattern:
			/invoice not of valid type|type must be specified as|transaction type .* is not valid/i,
		code: 'XERO_DOCUMENT_TYPE',
		fix: 'The id kept in Knack belongs to a document of another type. Clear it.',
	},
	{
		pattern:
			/existing (invoice|credit note|quote|purchaseorder) .* could not be found|supplied id was not found/i,
		code: 'XERO_ID_UNKNOWN',
		fix: 'Clear the id kept on the Knack record, or check that the right organisation is chosen.',
	},
];
