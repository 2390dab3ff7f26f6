import type { LateRule } from '../rule';

function late(
	stage: LateRule['stage'],
	code: string,
	severity: LateRule['severity'],
	title: string,
	canBeLowered = false,
): LateRule {
	return { stage, code, severity, title, canBeLowered };
}

/** Findings of the steps after the checks, each with the severity it has unless told otherwise. */
export const LATE_RULES = {
	duplicateInBatch: late(
		'batch',
		'XERO_DUPLICATE_IN_BATCH',
		'block',
		'No two records of a run claim the same document with different content',
	),
	contactAmbiguous: late(
		'match',
		'XERO_CONTACT_AMBIGUOUS',
		'hold',
		'The contact is one contact only',
	),
	contactArchived: late('match', 'XERO_CONTACT_ARCHIVED', 'block', 'The contact is not archived'),
	contactUnknown: late(
		'match',
		'XERO_CONTACT_UNKNOWN',
		'hold',
		'The contact is in Xero, where contacts may not be created',
	),
	contactSharesEmail: late(
		'match',
		'XERO_CONTACT_SHARES_EMAIL',
		'warn',
		'No other contact has the new contact’s e-mail address',
		true,
	),
	contactLooksAlike: late(
		'match',
		'XERO_CONTACT_LOOKS_ALIKE',
		'hold',
		'No contact with nearly the same name and other details exists',
		true,
	),
	documentAmbiguous: late(
		'match',
		'XERO_DOCUMENT_AMBIGUOUS',
		'hold',
		'The record belongs to one document only',
	),
	postedTwice: late(
		'match',
		'XERO_POSTED_TWICE',
		'warn',
		'Two runs at the same moment did not post the same document',
	),
	documentGone: late(
		'match',
		'XERO_DOCUMENT_GONE',
		'hold',
		'The document was not voided or deleted in Xero',
	),
	idUnknown: late(
		'match',
		'XERO_ID_UNKNOWN',
		'hold',
		'The id kept in Knack exists in the organisation',
	),
	numberOfOtherContact: late(
		'match',
		'XERO_NUMBER_OF_OTHER_CONTACT',
		'hold',
		'The number does not belong to another contact’s document',
	),
	createForbidden: late(
		'plan',
		'XERO_NOT_FOUND_TO_UPDATE',
		'hold',
		'The document exists, where only updates are wanted',
	),
	updateForbidden: late(
		'plan',
		'XERO_EXISTS_ALREADY',
		'hold',
		'The document is new, where only creating is wanted',
	),
	paidEdit: late(
		'plan',
		'XERO_PAID_DOCUMENT_EDIT',
		'block',
		'Documents with payments or credits are only changed where Xero allows it',
	),
	closedEdit: late(
		'plan',
		'XERO_CLOSED_DOCUMENT_EDIT',
		'block',
		'Documents that are voided, deleted or otherwise closed are not changed',
	),
	statusNotForNew: late(
		'plan',
		'XERO_STATUS_NOT_FOR_NEW',
		'block',
		'A document that is not there yet is asked for in a status that a new one can have',
	),
	planLimit: late(
		'plan',
		'XERO_PLAN_LIMIT',
		'block',
		'The organisation’s Xero plan allows another document to be approved',
	),
	looksPosted: late(
		'match',
		'XERO_LOOKS_POSTED_ALREADY',
		'hold',
		'Nobody else has posted the contact’s document of the same day and total under another number',
		true,
	),
	statusMove: late(
		'plan',
		'XERO_STATUS_MOVE',
		'block',
		'The document may move to the wanted status',
	),
	cannotBeChanged: late(
		'plan',
		'XERO_CANNOT_BE_CHANGED',
		'hold',
		'What Xero only lets be made and deleted, such as a payment, is as the record says',
	),
	targetUnclear: late(
		'match',
		'XERO_TARGET_UNCLEAR',
		'hold',
		'What the record belongs to (the invoice of a payment, the project of a task) is one in Xero',
	),
	targetMissing: late(
		'match',
		'XERO_TARGET_MISSING',
		'block',
		'What the record belongs to (the invoice of a payment, the project of a task) is in Xero',
	),
	targetNotOpen: late(
		'plan',
		'XERO_TARGET_NOT_OPEN',
		'block',
		'Payments and allocations go to approved documents with at least as much open',
	),
	currencyChange: late(
		'plan',
		'XERO_CURRENCY_CHANGE',
		'block',
		'The currency of an approved document stays',
	),
	linesLeft: late(
		'plan',
		'XERO_LINES_LEFT',
		'warn',
		'Lines in Xero that Knack does not have are left there',
		true,
	),
	totalDiffers: late(
		'plan',
		'XERO_TOTAL_DIFFERS',
		'block',
		'The total given by Knack equals the sum of the lines',
		true,
	),
	totalNegative: late('plan', 'XERO_TOTAL_NEGATIVE', 'block', 'The total is not negative'),
	totalZero: late('plan', 'XERO_TOTAL_ZERO', 'warn', 'The total is not zero', true),
	payloadTooLarge: late(
		'plan',
		'XERO_PAYLOAD_TOO_LARGE',
		'block',
		'A single document fits the size that Xero takes',
	),
	refusedByXero: late('write', 'XERO_REFUSED', 'block', 'Xero takes the document'),
	afterWrite: late(
		'write',
		'XERO_AFTER_WRITE',
		'warn',
		'Files, notes and e-mails that go with a document reach it',
		true,
	),
	noAnswer: late(
		'write',
		'XERO_NO_ANSWER',
		'block',
		'Xero answered, or could be read back afterwards',
	),
	notReached: late('write', 'XERO_NOT_REACHED', 'block', 'The run came as far as this record'),
} as const satisfies Record<string, LateRule>;
