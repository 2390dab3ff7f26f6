import type { Word } from './word';

/** Xero's messages on contacts, as quoted in its documentation and by its users. */
export const XERO_CONTACT_WORDS: readonly Word[] = [
	{
		pattern:
			/contact name .* (already assigned to another contact|must be unique)|existing contact .*cannot .*name/i,
		code: 'XERO_CONTACT_NAME_TAKEN',
		field: 'contact.name',
		fix: 'Another contact in Xero has this name. If it is the same customer, map its Contact ID or Contact Code; if not, give this one another name in Knack.',
	},
	{
		// Two wordings are recorded.
		pattern:
			/contact number .* (already assigned to another contact|must be unique)|another contact has this contact number/i,
		code: 'XERO_CONTACT_NUMBER_TAKEN',
		field: 'contact.contactNumber',
		fix: 'Give each customer a Contact Code of its own in Knack, or run the record again.',
	},
	{
		pattern: /account number already exists/i,
		code: 'XERO_ACCOUNT_NUMBER_TAKEN',
		field: 'contact.accountNumber',
		fix: 'Give the contact another account number in Knack; Xero keeps them unique.',
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
		fix: 'Map Contact Name, Contact Code or Contact ID.',
	},
	{
		pattern: /contact is required|contact is a mandatory field/i,
		code: 'XERO_CONTACT_MISSING',
		field: 'contact.name',
		fix: 'Map Contact Name, and fill in the customer on the Knack record.',
	},
	{
		pattern: /contact name (cannot be empty|must be specified)/i,
		code: 'XERO_FIELD_REQUIRED',
		field: 'contact.name',
		fix: 'Fill in the customer’s name in Knack.',
	},
	{
		pattern: /contact name cannot contain/i,
		code: 'XERO_NAME_CHARACTERS',
		field: 'contact.name',
		fix: 'Take the angle brackets out of the name in Knack.',
	},
	{
		pattern:
			/archived contacts cannot currently be edited|contact .*has been archived|contact is archived/i,
		code: 'XERO_CONTACT_ARCHIVED',
		field: 'contact.name',
		fix: 'Restore the contact in Xero (Contacts, Archived), or give the record another contact.',
	},
	{
		pattern: /contact .*(could not be found|does not exist|not found)/i,
		code: 'XERO_ID_UNKNOWN',
		field: 'contact.name',
		fix: 'Clear the Contact ID on the Knack record, or check that the right organisation is chosen.',
	},
	{
		pattern: /contact status .* is not valid/i,
		code: 'XERO_STATUS_MOVE',
		field: 'contactStatus',
		fix: 'A contact can be made active or archived; leave other statuses out.',
	},
	{
		// A person may enter in Xero what its API then refuses with every update of the contact
		// (XeroAPI/Xero-NetStandard issues 434 and 623); the API itself cannot change a website.
		pattern: /website must be valid/i,
		code: 'XERO_WEBSITE_MALFORMED',
		fix: 'Correct or clear the website on the contact in Xero: a whole address such as https://example.com. Until then Xero refuses every change of the contact.',
	},
	{
		pattern: /at most \d+ contact persons|maximum of \d+ contact persons/i,
		code: 'XERO_CONTACT_PERSONS_TOO_MANY',
		field: 'contactPersons',
		fix: 'Leave at most five contact persons mapped.',
	},
	{
		pattern: /contact does not have an email address|primary person has no email address/i,
		code: 'XERO_EMAIL_MISSING',
		field: 'contact.emailAddress',
		fix: 'Fill in the customer’s e-mail address in Knack, or do not e-mail the document.',
	},
	{
		pattern: /e-?mail address must be valid|invalid e-?mail address/i,
		code: 'XERO_EMAIL_MALFORMED',
		field: 'contact.emailAddress',
		fix: 'Correct the e-mail address in Knack. Only one address fits.',
	},
	{
		pattern: /bank account details do not match a known bank account/i,
		code: 'XERO_PAYMENT_ACCOUNT',
		field: 'account.code',
		fix: 'Choose a bank account of the organisation in the node.',
	},
];
