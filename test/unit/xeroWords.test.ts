import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { findWord } from '../../lib/sync/words/word';
import { isTaken, issuesOfXero, XERO_WORDS } from '../../lib/sync/words/xeroWords';
import { DOCUMENT_TYPES } from '../../lib/xero/documents';
import { CONTACT } from '../../lib/xero/documents/contact';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { PAYMENT } from '../../lib/xero/documents/payment';
import { invoiceDraft } from './syncFixtures';

/**
 * Messages as Xero gives them: quoted in its documentation and SDK examples, in issues of its
 * SDKs, and in the help pages of products that show them to their users.
 */
const REAL: ReadonlyArray<[message: string, code: string, field?: string]> = [
	['Invoice # must be unique.', 'XERO_NUMBER_TAKEN', 'invoiceNumber'],
	[
		'Only AUTHORISED and BILLED purchase orders may have SentToContact updated.',
		'XERO_STATUS_MOVE',
		'sentToContact',
	],
	['The document with the supplied id was not found for this endpoint.', 'XERO_ID_UNKNOWN'],
	['An existing Credit Note with the specified CreditNoteID could not be found', 'XERO_ID_UNKNOWN'],
	['Order number must be unique', 'XERO_NUMBER_TAKEN', 'purchaseOrderNumber'],
	['This invoice number must be unique.', 'XERO_NUMBER_TAKEN', 'invoiceNumber'],
	['Invoice not of valid status for modification', 'XERO_CLOSED_DOCUMENT_EDIT', 'status'],
	[
		'Credit Note or Invoice not of valid status for modification',
		'XERO_CLOSED_DOCUMENT_EDIT',
		'status',
	],
	[
		"The item already exists in Xero with status different from 'DRAFT'!",
		'XERO_CLOSED_DOCUMENT_EDIT',
		'status',
	],
	['Invoice not of valid status for creation', 'XERO_STATUS_NOT_FOR_NEW', 'status'],
	[
		'This document cannot be edited as it has a payment or credit note allocated to it.',
		'XERO_PAID_DOCUMENT_EDIT',
	],
	[
		'Date cannot be changed on an invoice that has payment or credit notes allocated to it.',
		'XERO_PAID_DOCUMENT_EDIT',
		'date',
	],
	[
		'The status VOIDED cannot be applied to the invoice because it has payments or credit notes allocated to it.',
		'XERO_STATUS_MOVE',
		'status',
	],
	[
		'The status AUTHORISED cannot be applied to the invoice because it has payment or Credit notes allocated to it.',
		'XERO_STATUS_MOVE',
		'status',
	],
	[
		"Account code '999' is not a valid code for this document.",
		'XERO_ACCOUNT_NOT_FOR_LINES',
		'lineItems',
	],
	[
		"Account code '200' has been archived or has been deleted. Each line item must reference a valid account.",
		'XERO_ACCOUNT_ARCHIVED',
		'lineItems',
	],
	[
		"Account code '42945' has been archived, or has been deleted. Each line item must reference a valid account.",
		'XERO_ACCOUNT_ARCHIVED',
		'lineItems',
	],
	[
		"Account code '600' has been removed as it does not match a recognised account.",
		'XERO_ACCOUNT_ARCHIVED',
		'lineItems',
	],
	[
		"Account code '400' does not exist or cannot be applied to Items.",
		'XERO_ACCOUNT_UNKNOWN',
		'lineItems',
	],
	['Account must be valid.', 'XERO_ACCOUNT_UNKNOWN', 'lineItems'],
	['The account code or ID must be specified', 'XERO_LINE_ACCOUNT_MISSING', 'lineItems'],
	[
		'You must specify an Account code or Account ID for the payment.',
		'XERO_PAYMENT_ACCOUNT',
		'account.code',
	],
	['The TaxType field is mandatory', 'XERO_LINE_TAX_MISSING', 'lineItems'],
	[
		'Another contact has this contact number. Please enter a different contact number.',
		'XERO_CONTACT_NUMBER_TAKEN',
		'contact.contactNumber',
	],
	['Please enter a unique Name.', 'XERO_NAME_TAKEN', 'name'],
	['Website must be valid.', 'XERO_WEBSITE_MALFORMED'],
	[
		'Additional people cannot be added when the primary person has no email address set.',
		'XERO_EMAIL_MISSING',
		'contact.emailAddress',
	],
	[
		'The document cannot be edited as it is currently dated before the end of year lock date',
		'XERO_YEAR_LOCKED',
		'date',
	],
	[
		'Overpayment cannot be allocated as amount is greater than amount outstanding',
		'XERO_ALLOCATION_REFUSED',
		'amount',
	],
	[
		'The invoice you are trying to allocate to has already been paid off',
		'XERO_ALLOCATION_REFUSED',
		'amount',
	],
	[
		"The file couldn't be uploaded because it isn't a supported file type.",
		'XERO_ATTACHMENT_REFUSED',
	],
	[
		'The Total for this document must be greater than or equal to zero.',
		'XERO_TOTAL_NEGATIVE',
		'total',
	],
	[
		'Business Bank Account bank account is archived and cannot be used',
		'XERO_PAYMENT_ACCOUNT',
		'account.code',
	],
	['Due date cannot be empty.', 'XERO_FIELD_REQUIRED_TO_APPROVE', 'dueDate'],
	[
		"The TaxType code 'INPUT2' cannot be used with account code '200'.",
		'XERO_TAX_NOT_FOR_ACCOUNT',
		'lineItems',
	],
	['Tax rate must be Active', 'XERO_TAX_RATE_UNKNOWN', 'lineItems'],
	['Tax rate must be valid.', 'XERO_TAX_RATE_UNKNOWN', 'lineItems'],
	[
		'The TaxType code NONE does not exist or cannot be used for this type of transaction.',
		'XERO_TAX_RATE_UNKNOWN',
		'lineItems',
	],
	["The TaxType code 'GST on Income' is not valid", 'XERO_TAX_RATE_UNKNOWN', 'lineItems'],
	[
		'The tax amount cannot be greater than the line amount!',
		'XERO_TAX_AMOUNT_TOO_HIGH',
		'lineItems',
	],
	[
		'The document date cannot be before the period lock date, currently set at 30-Nov-2018',
		'XERO_PERIOD_LOCKED',
		'date',
	],
	[
		'The document date cannot be before the end of year lock date, currently set at 31-Jul-2013',
		'XERO_YEAR_LOCKED',
		'date',
	],
	['Organisation is not subscribed to currency EUR', 'XERO_CURRENCY_NOT_ENABLED', 'currencyCode'],
	[
		"The current organisation is not subscribed to currency 'EUR'.",
		'XERO_CURRENCY_NOT_ENABLED',
		'currencyCode',
	],
	[
		'A Contact must be specified for this type of transaction',
		'XERO_CONTACT_MISSING',
		'contact.name',
	],
	[
		'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber',
		'XERO_CONTACT_MISSING',
		'contact.name',
	],
	[
		'The contact name Acme is already assigned to another contact. The contact name must be unique across all active contacts.',
		'XERO_CONTACT_NAME_TAKEN',
		'contact.name',
	],
	[
		'The contact number C-7 is already assigned to another contact. The contact number must be unique across all contacts.',
		'XERO_CONTACT_NUMBER_TAKEN',
		'contact.contactNumber',
	],
	[
		'The Account Number already exists. Please enter a different Account Number.',
		'XERO_ACCOUNT_NUMBER_TAKEN',
		'contact.accountNumber',
	],
	['Contact Name cannot be empty.', 'XERO_FIELD_REQUIRED', 'contact.name'],
	['Contact Name must be specified', 'XERO_FIELD_REQUIRED', 'contact.name'],
	[
		'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.',
		'XERO_CONTACT_ARCHIVED',
		'contact.name',
	],
	[
		'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.',
		'XERO_CONTACT_ARCHIVED',
		'contact.name',
	],
	['Email address must be valid.', 'XERO_EMAIL_MALFORMED', 'contact.emailAddress'],
	['Item Code is invalid.', 'XERO_ITEM_UNKNOWN', 'lineItems'],
	[
		'The line total 666.88 does not match the expected line total 666.93',
		'XERO_LINE_AMOUNT_MISMATCH',
		'lineItems',
	],
	['The invoice total does not equal the sum of the lines.', 'XERO_TOTAL_DIFFERS', 'total'],
	[
		"discount rate '27.83' is invalid. Discount must not be greater than the line total.",
		'XERO_DISCOUNT_OUT_OF_RANGE',
		'lineItems',
	],
	['Discounts may not be applied to ACCPAY invoices.', 'XERO_DISCOUNT_NOT_ALLOWED', 'lineItems'],
	[
		"The quantity value '-1.0000' is invalid. Quantity must not be less than zero.",
		'XERO_QUANTITY_NEGATIVE',
		'lineItems',
	],
	[
		'The description field is mandatory for each line item.',
		'XERO_LINE_DESCRIPTION_MISSING',
		'lineItems',
	],
	['One or more line items must be specified', 'XERO_LINES_MISSING', 'lineItems'],
	['PurchaseOrder status change is invalid', 'XERO_DOCUMENT_GONE', 'purchaseOrderNumber'],
	['Deleted PurchaseOrders cannot be updated', 'XERO_DOCUMENT_GONE', 'purchaseOrderNumber'],
	['The document DueDate field must be specified.', 'XERO_FIELD_REQUIRED_TO_APPROVE', 'dueDate'],
	['The Date field must be specified.', 'XERO_FIELD_REQUIRED', 'date'],
	['Payment amount exceeds the amount outstanding on this document', 'XERO_OVERPAID', 'amount'],
	['Payments can only be made against Authorised documents', 'XERO_NOT_PAYABLE', 'invoice'],
	['Account type is invalid for making a payment to/from', 'XERO_PAYMENT_ACCOUNT', 'account.code'],
	[
		'The specified bank account details do not match a known bank account',
		'XERO_PAYMENT_ACCOUNT',
		'account.code',
	],
	['Payments within a batch cannot be deleted.', 'XERO_PAYMENT_IN_BATCH'],
	['You have reached the limit of invoices you can approve', 'XERO_PLAN_LIMIT', 'status'],
	["Price List Item with Code 'abc' already exists", 'XERO_ITEM_CODE_TAKEN', 'code'],
	['An existing Invoice with the specified InvoiceID could not be found', 'XERO_ID_UNKNOWN'],
	['The Name field is required.', 'XERO_FIELD_REQUIRED', 'name'],
	['Idempotency Key abc is used with a different request', 'XERO_SENT_BEFORE'],
	["The string '2017-12-14 00:00:00' is not a valid AllXsd value.", 'XERO_REQUEST_MALFORMED'],
	[
		"The element 'HasAccount' was not recognised. Ensure the element name has the correct case and that there are no duplicate elements of the same name.",
		'XERO_REQUEST_MALFORMED',
	],
	[
		'The User specified does not have the correct permissions to perform this action',
		'XERO_NOT_PERMITTED',
	],
	[
		'An error occurred in Xero. Check the API Status page http://status.developer.xero.com for current service status.',
		'XERO_UNAVAILABLE',
	],
];

/** Refusals that people tell of without quoting them: each known in more than one wording. */
const TOLD_OF: ReadonlyArray<[message: string, code: string, field?: string]> = [
	[
		'The document cannot be edited as it is currently dated before the period lock date',
		'XERO_PERIOD_LOCKED',
		'date',
	],
	['This document cannot be edited as it has a reconciled payment.', 'XERO_PAID_DOCUMENT_EDIT'],
	[
		'This timesheet already exists, please provide the timesheet ID',
		'XERO_NUMBER_TAKEN',
		'employeeID',
	],
	['The invoice has been reconciled and cannot be changed.', 'XERO_PAID_DOCUMENT_EDIT'],
	['Payment amounts must be positive.', 'XERO_AMOUNT_NOT_POSITIVE', 'amount'],
	['The payment amount must be a positive number', 'XERO_AMOUNT_NOT_POSITIVE', 'amount'],
	[
		'An existing contact cannot be updated with the name of another contact.',
		'XERO_CONTACT_NAME_TAKEN',
		'contact.name',
	],
	[
		"The quantity on hand of item 'BOLT' is not enough for this invoice.",
		'XERO_STOCK_TOO_LOW',
		'lineItems',
	],
	['Unsupported file type: .exe', 'XERO_ATTACHMENT_REFUSED'],
	['Prepayment cannot be allocated.', 'XERO_ALLOCATION_REFUSED', 'amount'],
	[
		'This organisation has Construction Industry Scheme enabled. The account code 321 cannot be used in line items via the API',
		'XERO_ACCOUNT_NOT_FOR_LINES',
		'lineItems',
	],
	[
		"Error converting value \"NO_TAX\" to type 'Xero.API.Library..LineAmountType'. Path 'ManualJournals[0].LineAmountTypes'.",
		'XERO_CHOICE_UNKNOWN',
		'lineAmountTypes',
	],
];

const FOLDER = path.join(__dirname, '../../sandbox/xero');
/** What refuses no document: reports, and settings that the package never writes. */
const WITHOUT_DOCUMENTS = new Set([
	'accounts.ts',
	'agedReports.ts',
	'contactGroups.ts',
	'currencies.ts',
	'profitAndLoss.ts',
	'reports.ts',
]);
/** By which the twin refuses an element: with the place of a line first, for some. */
const SPEAKERS = new Set(['add', 'addToLine', 'complain', 'refuse', 'refused', 'problem']);

/** Texts that the twin's sources can refuse an element with, values put in for what is open. */
function utterances(): string[] {
	const files = readdirSync(FOLDER).filter(
		(file) => file.endsWith('.ts') && !WITHOUT_DOCUMENTS.has(file),
	);
	const sources = files.map((file) =>
		ts.createSourceFile(
			file,
			readFileSync(path.join(FOLDER, file), 'utf8'),
			ts.ScriptTarget.ES2022,
			true,
		),
	);
	const constants = new Map<string, string>();
	const said = new Set<string>();
	const textOf = (node: ts.Node): string | undefined => {
		if (ts.isStringLiteralLike(node)) return node.text;
		if (ts.isIdentifier(node)) return constants.get(node.text);
		if (ts.isArrayLiteralExpression(node)) {
			node.elements.forEach((element) => note(element));
		}
		if (!ts.isTemplateExpression(node)) return undefined;
		return node.templateSpans.reduce(
			(text, span) => `${text}7${span.literal.text}`,
			node.head.text,
		);
	};
	const note = (node: ts.Node) => {
		const text = textOf(node);
		if (text?.includes(' ')) said.add(text);
	};
	const walk = (node: ts.Node, visit: (node: ts.Node) => void) => {
		visit(node);
		ts.forEachChild(node, (child) => walk(child, visit));
	};
	for (const source of sources) {
		walk(source, (node) => {
			if (!ts.isVariableDeclaration(node) || !node.initializer) return;
			const text = ts.isStringLiteralLike(node.initializer) ? node.initializer.text : undefined;
			if (text !== undefined && ts.isIdentifier(node.name)) constants.set(node.name.text, text);
		});
	}
	for (const source of sources) {
		walk(source, (node) => {
			if (ts.isNewExpression(node) && node.expression.getText() === 'ValidationFailure') {
				node.arguments?.forEach(note);
			}
			if (!ts.isCallExpression(node)) return;
			if (node.expression.getText() === 'badRequest' && node.arguments[0]?.getText() === '10') {
				node.arguments.forEach(note);
			}
			const callee = ts.isPropertyAccessExpression(node.expression)
				? node.expression.name.text
				: node.expression.getText();
			if (SPEAKERS.has(callee)) node.arguments.forEach(note);
		});
	}
	return [...said];
}

describe('Xero’s words', () => {
	it.each([...REAL, ...TOLD_OF])('%s', (...[message, code, field]) => {
		const [issue] = issuesOfXero([message]);
		expect(issue?.code).toBe(code);
		expect(issue?.field).toBe(field);
		expect(issue?.vendorMessage).toBe(message);
		expect(issue?.fix).toMatch(/^\S.{15,}\.$/);
	});

	it('are at least 50, and every one of ours is met by a message that Xero or its twin says', () => {
		expect(REAL.length).toBeGreaterThanOrEqual(50);
		const messages = [...[...REAL, ...TOLD_OF].map(([message]) => message), ...utterances()];
		const idle = XERO_WORDS.filter(
			(word) =>
				!messages.some((message) => {
					const definition = word.only && DOCUMENT_TYPES.find(word.only);
					return findWord(XERO_WORDS, message, definition) === word;
				}),
		);
		expect(idle.map((word) => word.pattern.source)).toEqual([]);
	});

	it('cover everything that the twin can refuse an element with', () => {
		const all = utterances();
		expect(all.length).toBeGreaterThan(50);
		const unknown = all.filter((message) => issuesOfXero([message])[0]?.code === 'XERO_REFUSED');
		expect(unknown).toEqual([]);
	});

	it('that nobody has met yet are shown whole', () => {
		const [issue] = issuesOfXero(['The flux capacitor is not aligned.']);
		expect(issue).toMatchObject({
			code: 'XERO_REFUSED',
			severity: 'block',
			message: 'Xero: The flux capacitor is not aligned.',
			vendorMessage: 'The flux capacitor is not aligned.',
		});
	});

	it('name the line whose value Xero does not like', () => {
		const draft = invoiceDraft({}, [{}, { accountCode: '999' }]);
		const [issue] = issuesOfXero(
			["Account code '999' is not a valid code for this document."],
			undefined,
			{ definition: SALES_INVOICE, draft },
		);
		expect(issue?.field).toBe('lineItems[1].accountCode');
	});

	it('name a contact’s own field when the document is the contact', () => {
		const [issue] = issuesOfXero(['Email address must be valid.'], undefined, {
			definition: CONTACT,
		});
		expect(issue?.field).toBe('emailAddress');
	});

	it.each([
		'The account code or ID must be specified',
		'You must specify an Account code or Account ID for the payment.',
		"Account code '090' has been archived or has been deleted.",
		"Account code '200' is not a valid code for this document.",
		'Account must be valid.',
		'Account could not be found',
	])('ask a payment for an account of its own, not of its lines: %s', (message) => {
		const [issue] = issuesOfXero([message], undefined, { definition: PAYMENT });
		expect(issue).toMatchObject({ code: 'XERO_PAYMENT_ACCOUNT', field: 'account.code' });
		expect(issue?.fix).not.toMatch(/line/i);
	});

	it('tell when somebody else was first', () => {
		expect(isTaken(['Invoice # must be unique.'])).toBe(true);
		expect(
			isTaken([
				'Another contact has this contact number. Please enter a different contact number.',
			]),
		).toBe(true);
		expect(isTaken(["Price List Item with Code 'abc' already exists"])).toBe(true);
		expect(isTaken(['Tax rate must be Active'])).toBe(false);
	});
});
