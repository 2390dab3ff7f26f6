import type { Word } from './word';

/** Xero's messages on payments, credits, items, tracking, files and requests as such. */
export const XERO_OTHER_WORDS: readonly Word[] = [
	{
		pattern: /timesheet already exists/i,
		code: 'XERO_NUMBER_TAKEN',
		field: 'employeeID',
		fix: 'Run the record again: the timesheet of the person and period is looked up first.',
	},
	{
		pattern: /currency of a bank transaction must be/i,
		code: 'XERO_CURRENCY_NOT_ENABLED',
		field: 'currencyCode',
		fix: 'Leave the currency out, or give that of the bank account.',
	},
	{
		pattern: /total debits .* must equal total credits/i,
		code: 'XERO_NOT_BALANCED',
		fix: 'Correct the lines in Knack until debits and credits are equal.',
	},
	{
		pattern: /narration must be specified/i,
		code: 'XERO_FIELD_REQUIRED',
		field: 'narration',
		fix: 'Give the record a narration in Knack, or map one.',
	},
	{
		pattern: /at least two journal lines/i,
		code: 'XERO_LINES_MISSING',
		field: 'lineItems',
		fix: 'Give the journal a line for each side in Knack.',
	},
	{
		pattern: /spend money transactions cannot be updated/i,
		code: 'XERO_CANNOT_BE_CHANGED',
		fix: 'Undo the change in Knack, or delete the transaction in Xero and send it anew.',
	},
	{
		pattern: /allocation amount exceeds/i,
		code: 'XERO_OVERPAID',
		field: 'amount',
		fix: 'Allocate at most what is left of the credit and what is due on the document.',
	},
	{
		pattern: /cannot be allocated|trying to allocate to has already been paid/i,
		code: 'XERO_ALLOCATION_REFUSED',
		field: 'amount',
		fix: 'Allocate at most what is left of the credit and what is still due on the document; both stand in Xero.',
	},
	{
		pattern: /exceeds the amount outstanding/i,
		code: 'XERO_OVERPAID',
		field: 'amount',
		fix: 'Record at most what is due; the rest is an overpayment, which is entered in Xero.',
	},
	{
		pattern: /payments? (can only|may only) be made against authori[sz]ed/i,
		code: 'XERO_NOT_PAYABLE',
		field: 'invoice',
		fix: 'Approve the document in Xero first; a paid or voided one takes no payment.',
	},
	{
		pattern:
			/account type is invalid for making a payment|not enabled for payments|bank account is archived and cannot be used/i,
		code: 'XERO_PAYMENT_ACCOUNT',
		field: 'account.code',
		fix: 'Choose a bank account, or one with "Enable payments to this account" in Xero.',
	},
	{
		pattern: /^account could not be found/i,
		code: 'XERO_PAYMENT_ACCOUNT',
		field: 'account.code',
		fix: 'Choose a bank account of the organisation in the node.',
	},
	{
		pattern:
			/(payment|allocation)? ?amounts? must (be (a )?(positive|greater than zero|specified)|not have more)/i,
		code: 'XERO_AMOUNT_NOT_POSITIVE',
		field: 'amount',
		fix: 'Give an amount above zero with two decimals in Knack.',
	},
	{
		pattern: /only the status deleted can be set|payments cannot be updated/i,
		code: 'XERO_PAYMENT_IMMUTABLE',
		fix: 'A payment cannot be changed in Xero: delete it there and record it anew.',
	},
	{
		pattern: /payments? (within a|is part of a) batch|batch payment/i,
		code: 'XERO_PAYMENT_IN_BATCH',
		fix: 'The payment belongs to a batch; change the batch in Xero.',
	},
	{
		pattern: /payments of a batch must all be/i,
		code: 'XERO_PAYMENT_IN_BATCH',
		fix: 'Send payments of invoices and of bills apart.',
	},
	{
		pattern: /payment has (been reconciled|already been deleted)/i,
		code: 'XERO_PAYMENT_IMMUTABLE',
		fix: 'Change the payment in Xero: it is reconciled or deleted there already.',
	},
	{
		pattern: /payment (must be for exactly one|could not be found|is not complete)/i,
		code: 'XERO_PAYMENT_TARGET',
		field: 'invoice',
		fix: 'Map the one invoice, bill or credit note that the payment is for.',
	},
	{
		pattern: /credit (can only|and the invoice)|credits can be allocated/i,
		code: 'XERO_ALLOCATION_REFUSED',
		fix: 'Allocate an approved credit note to an approved document of the same contact and currency.',
	},
	{
		pattern: /^the invoice could not be found/i,
		code: 'XERO_ID_UNKNOWN',
		field: 'invoice',
		fix: 'Check the invoice’s number or id on the Knack record, and the organisation.',
	},
	{
		pattern: /(price list item with|item) code .* (already exists|already in use)/i,
		code: 'XERO_ITEM_CODE_TAKEN',
		field: 'code',
		fix: 'Run the record again: the item has been created meanwhile and is found now.',
	},
	{
		pattern: /item is in use/i,
		code: 'XERO_ITEM_IN_USE',
		fix: 'Leave the item: it stands in documents already, so Xero does not delete it.',
	},
	{
		pattern: /tracked items need|inventoryassetaccountcode/i,
		code: 'XERO_ITEM_TRACKING_ACCOUNTS',
		field: 'inventoryAssetAccountCode',
		fix: 'Map both the inventory asset account and the cost of goods sold account, or neither.',
	},
	{
		pattern: /please enter a unique name/i,
		code: 'XERO_NAME_TAKEN',
		field: 'name',
		fix: 'Something in Xero has this name already, perhaps archived. Give it another name in Knack, or restore that one in Xero.',
	},
	{
		pattern: /tracking (category|option) with the name .* already exists|tracking option.*unique/i,
		code: 'XERO_OPTION_TAKEN',
		field: 'name',
		fix: 'Run the record again: the option has been created meanwhile and is found now.',
	},
	{
		pattern: /maximum of \d+ active tracking categories/i,
		code: 'XERO_TRACKING_TOO_MANY',
		fix: 'Archive a tracking category in Xero; only two can be active.',
	},
	{
		pattern: /(the )?\w* ?name (field )?is (required|a mandatory field)/i,
		code: 'XERO_FIELD_REQUIRED',
		field: 'name',
		fix: 'Fill in the name on the Knack record.',
	},
	{
		pattern: /(is required|is a mandatory field|must be specified)/i,
		code: 'XERO_FIELD_REQUIRED',
		fix: 'Map the field that Xero names, and fill it in on the Knack record.',
	},
	{
		pattern:
			/(must not exceed|exceeds|longer than|less than|maximum length|between \d+ and|\d+ to) .*characters|too long|length of/i,
		code: 'XERO_TEXT_TOO_LONG',
		fix: 'Shorten the text in Knack.',
	},
	{
		pattern:
			/daily email limit|only submitted, authorised or paid .* can be emailed|online invoice/i,
		code: 'XERO_EMAIL_NOT_SENT',
		fix: 'Approve the document in Xero, or send the e-mail tomorrow or by hand.',
	},
	{
		pattern:
			/(not|isn[’']t) a supported file type|(unsupported|invalid) file type|file type .*not supported/i,
		code: 'XERO_ATTACHMENT_REFUSED',
		fix: 'Attach a PDF, a picture, or a text or office file, under a name with its ending, such as order-12.pdf.',
	},
	{
		pattern:
			/file name contains invalid|attachment is (empty|too large)|maximum of 10 attachments/i,
		code: 'XERO_ATTACHMENT_REFUSED',
		fix: 'Attach at most ten files of up to 10 MB, with a plain name.',
	},
	{
		pattern: /idempotency key/i,
		code: 'XERO_SENT_BEFORE',
		fix: 'Run the record again in six minutes: it is looked up first, so nothing is posted twice.',
	},
	{
		pattern:
			/error converting value|not a valid allxsd|was not recogni[sz]ed|unexpected character|object was expected|text was expected|list (of objects )?was expected|no usable body|request body is empty|were found in the body/i,
		code: 'XERO_REQUEST_MALFORMED',
		fix: 'Look at the value that Xero names on the Knack record; if it is right, report it as a fault of this node.',
	},
	{
		pattern: /do(es)? not have (the correct )?permissions?|not permitted|not authori[sz]ed/i,
		code: 'XERO_NOT_PERMITTED',
		fix: 'Reconnect the credential as a user who may do this in Xero, such as a Standard or Adviser.',
	},
	{
		pattern: /an error occurred in xero|offline|temporarily unavailable|maintenance/i,
		code: 'XERO_UNAVAILABLE',
		fix: 'Xero has trouble of its own. Run the record again in a few minutes; nothing is posted twice.',
	},
];
