import { block, hold, LOWERABLE, warn, type CodesByStage } from './judgement';

/** What is found on a record’s way to Xero, in the order of that way. */
export const RECORD_CODES = {
	map: {
		MAPPING_EXPRESSION_FAILED: block('The expressions of the form can be worked out for the item'),
		MAPPING_FIELD_GONE: hold('Knack records have the fields that the form names', LOWERABLE),
		MAPPING_VALUE_IS_A_GROUP: block('A field is given one value, not a group of values'),
		MAPPING_ID_UNREADABLE: block('What is mapped as an ID of Xero is one'),
		MAPPING_GROUP_KEY_MISSING: block('An item that is a line says which document it belongs to'),
		MAPPING_LINES_DISAGREE: block('The lines of one document agree on its header'),
		MAPPING_LINES_NOT_FOUND: block('The item has the list that the lines are taken from'),
		MAPPING_LINES_UNREADABLE: block('The list of lines is a list of records'),
		MAPPING_RECORD_ID_MISSING: block(
			'The item says which Knack record it is, where its lines are read from Knack',
		),
		MAPPING_NUMBER_TEMPLATE_MALFORMED: block(
			'By Template: the template names a field of the record',
		),
		MAPPING_NUMBER_FIELD_GONE: block(
			'By Template: the record has the fields that the template names',
		),
		MAPPING_NUMBER_FIELD_BLANK: block('By Template: the fields of the number are filled in'),
		MAPPING_NUMBER_VALUE_UNFIT: block(
			'By Template: the values can be written as the template says',
		),
		MAPPING_NUMBER_TOO_LONG: block('By Template: the number fits the length that Xero keeps'),
		MAPPING_DOCUMENT_UNKNOWN: block(
			'Document by Rule: a rule gives a document that a record can become',
		),
		MAPPING_STATUS_MISSING: block('Change Status: the record has a new status'),
		MAPPING_STATUS_UNKNOWN: block(
			'Change Status: the new status is one that the document can be given',
		),
		XERO_ACCOUNT_AMBIGUOUS: block('The name of an account means one account'),
		XERO_TAX_RATE_AMBIGUOUS: block('The name of a tax rate means one tax rate'),
		XERO_CURRENCY_UNREADABLE: block('A currency is given by its three letters'),
	},
	draft: {
		XERO_IDENTITY_MISSING: block('The record carries a value by which its document is found again'),
		XERO_CONTACT_MISSING: block('The document says whose it is'),
		XERO_CUSTOMER_ON_STOP: hold('The customer of a new document is not on stop', LOWERABLE),
		XERO_FIELD_REQUIRED: block('What Xero needs for a new document is there'),
		XERO_FIELD_REQUIRED_TO_APPROVE: block('What Xero needs to approve a document is there'),
		XERO_LINES_MISSING: block('A document to be approved has at least one line, a journal two'),
		XERO_TOO_MANY_LINES: block('A document has at most 500 lines'),
		XERO_DUE_BEFORE_DATE: warn('A document is not due before its own date', LOWERABLE),
		XERO_LINE_DESCRIPTION_MISSING: block('Every line says what it is for'),
		XERO_LINE_AMOUNT_INCOMPLETE: block('Every line that has an amount has enough to compute it'),
		XERO_LINE_ACCOUNT_MISSING: block(
			'Every line of a document to be approved, and of any journal, has an account',
		),
		XERO_LINE_AMOUNT_MISMATCH: block('The amount of a line is quantity times price less discount'),
		XERO_DISCOUNT_OUT_OF_RANGE: block('Discounts lie between nothing and the whole line'),
		XERO_DISCOUNT_NOT_ALLOWED: block('Discounts stand on documents that know them'),
		XERO_QUANTITY_NEGATIVE: block('Quantities of purchase orders are not negative'),
		XERO_TEXT_TOO_LONG: block('Texts fit the length that Xero keeps'),
		XERO_EMAIL_MALFORMED: block('E-mail addresses look like one'),
		XERO_URL_REFUSED: block('Web addresses are whole, and not of Xero itself'),
		XERO_DATE_NOT_ON_CALENDAR: block('Dates are days on the calendar'),
		XERO_DATE_FAR_OFF: hold('Dates lie within ten years of today', LOWERABLE),
		XERO_NUMBER_UNREADABLE: block('Amounts, quantities and rates are numbers'),
		XERO_NUMBER_TOO_LARGE: block(
			'Amounts, quantities and rates are of a size that Xero keeps exactly',
		),
		XERO_RATE_NOT_POSITIVE: block('Exchange rates are above zero'),
		XERO_CHOICE_UNKNOWN: block('Choices are ones that Xero knows'),
		XERO_NAME_CHARACTERS: block('Contact names are without angle brackets'),
		XERO_DECIMALS_ROUNDED: warn('Numbers have no more decimals than Xero keeps', LOWERABLE),
		XERO_TEXT_HOLDS_HTML: warn('Texts hold no HTML, which Xero would show as it stands', LOWERABLE),
		XERO_ACCOUNT_UNKNOWN: block('Accounts exist in the organisation'),
		XERO_ACCOUNT_ARCHIVED: block('Accounts are active'),
		XERO_CIS_ACCOUNT: block(
			'Accounts of the Construction Industry Scheme are set by a person in Xero',
			LOWERABLE,
		),
		XERO_ACCOUNT_NOT_FOR_LINES: block('Accounts may stand in a line'),
		XERO_TAX_RATE_UNKNOWN: block('Tax rates exist in the organisation and are active'),
		XERO_TAX_NOT_FOR_ACCOUNT: block('The tax rate of a line fits its account'),
		XERO_TRACKING_UNKNOWN: block('Tracking categories and options exist and are active'),
		XERO_TRACKING_TOO_MANY: block('A line has at most two tracking categories'),
		XERO_CURRENCY_NOT_ENABLED: block('The currency is enabled in the organisation'),
		XERO_FIELD_OF_OTHER_COUNTRY: block('Fields are those of the organisation’s country'),
		XERO_BRANDING_THEME_UNKNOWN: block('The branding theme exists'),
		XERO_ITEM_UNKNOWN: block('Items exist in the organisation'),
		XERO_QUANTITY_BLANK: hold('A line with a price has a quantity'),
		XERO_PAYMENT_NOT_POSITIVE: block('Payments and bank transactions are of more than nothing'),
		XERO_PAYMENT_TOO_FINE: block('Payments have no more decimals than money has'),
		XERO_PAYMENT_ACCOUNT_MISSING: block('Payments say which account the money is in'),
		XERO_ACCOUNT_NOT_FOR_PAYMENTS: block('Accounts of payments take payments'),
	},
	batch: {
		XERO_DUPLICATE_IN_BATCH: block(
			'No two records of a run claim the same document with different content',
		),
		XERO_NUMBER_SHARED: hold('By Template: no two records of a run get the same number'),
	},
	match: {
		XERO_CONTACT_AMBIGUOUS: hold('The contact is one contact only'),
		XERO_CONTACT_ARCHIVED: block('The contact is not archived'),
		XERO_CONTACT_UNKNOWN: hold('The contact is in Xero, where contacts may not be created'),
		XERO_CONTACT_SHARES_EMAIL: warn(
			'No other contact has the new contact’s e-mail address',
			LOWERABLE,
		),
		XERO_CONTACT_LOOKS_ALIKE: hold(
			'No contact with nearly the same name and other details exists',
			LOWERABLE,
		),
		XERO_DOCUMENT_AMBIGUOUS: hold('The record belongs to one document only'),
		XERO_POSTED_TWICE: warn('Two runs at the same moment did not post the same document'),
		XERO_DOCUMENT_GONE: hold('The document was not voided or deleted in Xero'),
		XERO_ID_UNKNOWN: hold('The id kept in Knack exists in the organisation'),
		XERO_NUMBER_OF_OTHER_CONTACT: hold('The number does not belong to another contact’s document'),
		XERO_LOOKS_POSTED_ALREADY: hold(
			'Nobody else has posted the contact’s document of the same day and total under another number',
			LOWERABLE,
		),
		XERO_NUMBER_OF_OTHER_RECORD: hold(
			'By Template: the number does not belong to the document of another record',
		),
		XERO_ADOPT_UNCERTAIN: hold(
			'Adopt: what somebody else has posted is the record’s document without doubt',
		),
		XERO_ADOPT_CLAIMED: hold('Adopt: no other record claims the document or is linked to it'),
		XERO_ADOPT_TOTAL_DIFFERS: warn(
			'Adopt: the document that was linked has the record’s total',
			LOWERABLE,
		),
		XERO_TARGET_UNCLEAR: hold(
			'What the record belongs to (the invoice of a payment, the project of a task) is one in Xero',
		),
		XERO_TARGET_MISSING: block(
			'What the record belongs to (the invoice of a payment, the project of a task) is in Xero',
		),
		XERO_KEY_OF_ANOTHER: hold(
			'The number, id or link does not belong to another record’s document',
		),
		XERO_DOCUMENT_CONTRADICTED: hold(
			'Nothing speaks against a document that has the record’s reference',
			LOWERABLE,
		),
		XERO_CONTACT_CONTRADICTED: hold('Name, contact code and e-mail address mean one contact'),
		XERO_CONTACT_OTHER_EMAIL: warn(
			'The contact of that name has the record’s e-mail address',
			LOWERABLE,
		),
		XERO_CONTACT_RENAMED: hold('The record’s document is of the contact that the record names'),
	},
	plan: {
		XERO_CONTACT_VALUES_DIFFER: warn(
			'Records of one run say the same of the contact that they share',
		),
		XERO_NOT_FOUND_TO_UPDATE: hold('The document exists, where only updates are wanted'),
		XERO_EXISTS_ALREADY: hold('The document is new, where only creating is wanted'),
		XERO_PAID_DOCUMENT_EDIT: block(
			'Documents with payments or credits are only changed where Xero allows it',
		),
		XERO_CLOSED_DOCUMENT_EDIT: block(
			'Documents that are voided, deleted or otherwise closed are not changed',
		),
		XERO_STATUS_NOT_FOR_NEW: block(
			'A document that is not there yet is asked for in a status that a new one can have',
		),
		XERO_PLAN_LIMIT: block('The organisation’s Xero plan allows another document to be approved'),
		XERO_STATUS_MOVE: block('The document may move to the wanted status'),
		XERO_CANNOT_BE_CHANGED: hold(
			'What Xero only lets be made and deleted, such as a payment, is as the record says',
		),
		XERO_TARGET_NOT_OPEN: block(
			'Payments and allocations go to approved documents with at least as much open',
		),
		XERO_PAY_PERIOD_CLOSED: block(
			'Hours are of a pay period that is open, and of days on which the person was employed',
		),
		XERO_HOURS_NOT_PAYABLE: block(
			'Hours have a day of the pay period and of no other timesheet, an earnings rate, two decimals, and at most 24 to a day',
		),
		XERO_NOT_REVERSED: warn(
			'A journal that is to be reversed is posted, and reversed on a later, open day',
			LOWERABLE,
		),
		XERO_ORDER_NOT_OPEN: hold(
			'A bill’s purchase order is approved, not billed by others, and in the bill’s currency',
		),
		XERO_ORDER_EXCEEDED: hold(
			'What is billed of a purchase order is within the tolerance of what was ordered',
			LOWERABLE,
		),
		XERO_ORDER_STAYS_BILLED: warn(
			'A purchase order that its bills had closed is open again where they come to less',
			LOWERABLE,
		),
		XERO_OTHER_DOCUMENT: hold('A record is not in Xero already as another kind of document'),
		XERO_CIS_DRAFT: warn(
			'A document with lines of the Construction Industry Scheme is approved by a person',
			LOWERABLE,
		),
		XERO_REVERSE_CHARGE: warn(
			'The tax number of a customer is known who is charged by reverse charge',
			LOWERABLE,
		),
		XERO_CREDIT_LOCKED: warn(
			'Open credit that a document could be paid from lies in no closed period',
			LOWERABLE,
		),
		XERO_CREDIT_UNREADABLE: hold(
			'Open credit that a document could be paid from can be read',
			LOWERABLE,
		),
		XERO_CURRENCY_CHANGE: block('The currency of an approved document stays'),
		XERO_HOURS_LEFT: hold(
			'Hours in Xero that Knack does not have would be paid with the others',
			LOWERABLE,
		),
		XERO_LINES_LEFT: warn('Lines in Xero that Knack does not have are left there', LOWERABLE),
		XERO_TOTAL_DIFFERS: block('The total given by Knack equals the sum of the lines', LOWERABLE),
		XERO_NOT_BALANCED: block('Debits and credits of a journal are equal'),
		XERO_TOTAL_NEGATIVE: block('The total is not negative'),
		XERO_TOTAL_IN_FRACTIONS: warn('The total can be paid in the coins of its currency', LOWERABLE),
		XERO_TOTAL_ZERO: warn('The total is not zero', LOWERABLE),
		XERO_PAYLOAD_TOO_LARGE: block('A single document fits the size that Xero takes'),
		XERO_CLOSED_PERIOD_EDIT: hold(
			'Amounts, tax, contact and day of a document in closed books stay',
			LOWERABLE,
		),
		XERO_PERIOD_LOCKED: block(
			'What is posted, changed or taken out lies after the period lock date',
		),
		XERO_YEAR_LOCKED: block(
			'What is posted, changed or taken out lies after the end of year lock date',
		),
		XERO_BOOKS_CLOSED: hold('What is posted, changed or taken out lies after Books Closed Until'),
		XERO_LATE_DOCUMENT: warn('A document of a locked period is posted on its own day', LOWERABLE),
		XERO_DISCOUNT_LEFT: warn('A discount in Xero is not blank in the record', LOWERABLE),
		XERO_TOTAL_UNSURE: warn(
			'The total is the same however many places of a price Xero keeps',
			LOWERABLE,
		),
		XERO_CHANGED_IN_XERO: warn(
			'The document is as it was sent; what a person changed in Xero stays',
			LOWERABLE,
		),
		XERO_BOTH_CHANGED: hold(
			'The record and a person in Xero did not change the same value',
			LOWERABLE,
		),
		XERO_BOTH_CHANGED_DECIDED: warn(
			'The record and a person in Xero did not change the same value, of which one side wins',
			LOWERABLE,
		),
		XERO_BASE_UNKNOWN: hold(
			'It is known what was last sent of an approved document that differs',
			LOWERABLE,
		),
		XERO_ISSUED_EDIT: hold(
			'Amounts, tax, contact and day of a document that the customer has, or of a closed period, stay',
			LOWERABLE,
		),
		XERO_BANK_DETAILS: hold('Bank details of a contact are only changed by a person in Xero'),
		XERO_SOURCE_LINK_NOT_SENT: warn('The link back to the record can be sent', LOWERABLE),
	},
	write: {
		XERO_REFUSED: block('Xero takes the document'),
		XERO_AFTER_WRITE: warn('Files, notes and e-mails that go with a document reach it', LOWERABLE),
		XERO_NO_ANSWER: block('Xero answered, or could be read back afterwards'),
		XERO_NOT_REACHED: block('The run came as far as this record'),
		XERO_ANSWER_DIFFERS: warn('Xero has the document as it was planned', LOWERABLE),
		XERO_CREDIT_NOT_USED: warn('Open credit is there to be used as it was planned', LOWERABLE),
		XERO_CORRECTED: warn(
			'A document that was issued stays; one that a credit note corrects has a new one in its place',
			LOWERABLE,
		),
		SYNC_INTERNAL: block('Each item comes out exactly once'),
	},
} as const satisfies CodesByStage;
