import Big from 'big.js';

import type { Call } from './call';
import {
	activeContactByName,
	contactByNumber,
	nameKey,
	readContact,
	saveContact,
} from './contactSaving';
import { ONE } from './decimals';
import { renderRefused } from './documentRender';
import { Input } from './input';
import type { Ledger } from './ledger';
import { readLines, totalsOf } from './lines';
import { checkLockDates } from './lockDates';
import type { DocumentRow, LineAmountTypes, ContactRow } from './model';
import type { Problems } from './problems';

/** What sets one kind of document apart from the others when it is read from a request. */
export interface DocumentRules {
	readonly sales: boolean;
	readonly discounts: boolean;
	readonly negativeQuantity: boolean;
	readonly needsAccounts: boolean;
	readonly unitDecimalPlaces: number;
	/** Purchase orders never make contacts. */
	readonly makesContacts: boolean;
	/** Whether the contact has to be in use even though it does not change. */
	readonly contactMustBeActive: boolean;
	/** Whether the document is in the books before and after: a draft is not, nor is a quote. */
	readonly posts: { readonly before: boolean; readonly after: boolean };
	readonly longestReference: number;
	/** Whether a document that names no branding theme has the first one. */
	readonly hasBrandingTheme?: boolean;
}

type DocumentCommon = Omit<DocumentRow, 'id' | 'number' | 'status'>;

/** The part that all documents share, and what is still to be stored with it. */
export interface DocumentDraft {
	readonly common: DocumentCommon;
	/** Makes or changes the contact named in the document; called when all is well. */
	readonly storeContact: () => void;
}

const ARCHIVED_CONTACT_INVOICED =
	'The contact with the specified contact details has been archived. The contact must be un-archived before creating new invoices or credit notes.';

const CONTACT_WITHOUT_KEY =
	'The Contact must contain at least 1 of the following elements to identify the contact: Name, ContactID, ContactNumber';

export function readDocument(
	call: Call,
	input: Input,
	existing: DocumentRow | undefined,
	rules: DocumentRules,
	problems: Problems,
): DocumentDraft {
	const { ledger } = call;
	const contact = readDocumentContact(call, input, existing, rules, problems);
	const date = input.date('Date') ?? existing?.date ?? call.today();
	checkLockDates(
		ledger,
		[
			...(rules.posts.after || isDraftRefused(call, rules) ? [date] : []),
			...(existing && rules.posts.before ? [existing.date] : []),
		],
		problems,
	);
	const lineAmountTypes = readLineAmountTypes(input, existing);
	const sentLines = input.list('LineItems');
	const typesChange = existing !== undefined && lineAmountTypes !== existing.lineAmountTypes;
	const lineInputs =
		sentLines ??
		// A change between Exclusive and Inclusive computes every line anew.
		(typesChange
			? existing.lines.map((line) => new Input({ LineItemID: line.lineItemId }))
			: undefined);
	const lines = lineInputs
		? readLines(call, lineInputs, existing?.lines ?? [], { ...rules, lineAmountTypes }, problems)
		: (existing?.lines ?? []);
	if (!lineInputs && rules.needsAccounts) {
		lines.forEach((line, index) => {
			if (line.hasAmounts && line.accountId === undefined) {
				problems.addToLine(index, 'The account code or ID must be specified');
			}
		});
	}
	const totals = totalsOf(lines, lineAmountTypes);
	checkGivenTotals(input, totals, problems);
	const currency = readCurrency(call, input, existing, contact.row, problems);
	const brandingThemeId = input.has('BrandingThemeID')
		? input.trimmed('BrandingThemeID')?.toLowerCase()
		: (existing?.brandingThemeId ?? defaultBrandingTheme(ledger, rules));
	if (brandingThemeId !== undefined && !ledger.brandingThemes.has(brandingThemeId)) {
		problems.add('Branding theme could not be found.');
	}
	const reference = input.has('Reference') ? input.text('Reference') : existing?.reference;
	if (reference !== undefined && reference.length > rules.longestReference) {
		problems.add(`Reference must not exceed ${rules.longestReference} characters.`);
	}
	const common: DocumentCommon = {
		reference,
		contactId: contact.row?.contactId ?? '',
		date,
		lineAmountTypes,
		lines,
		totals,
		...currency,
		brandingThemeId,
		createdByClientId: existing?.createdByClientId ?? call.app.clientId,
		updatedMs: call.now(),
	};
	const status = input.trimmed('Status') ?? existing?.status ?? 'DRAFT';
	problems.isAbout(renderRefused(call, { ...common, status }, rules.unitDecimalPlaces));
	return { common, storeContact: contact.store };
}

/** Recorded: sales documents bear the organisation's first theme when they name none. */
function defaultBrandingTheme(ledger: Ledger, rules: DocumentRules): string | undefined {
	if (!rules.hasBrandingTheme) return undefined;
	return ledger.brandingThemes.find((theme) => theme.sortOrder === 0)?.brandingThemeId;
}

function readDocumentContact(
	call: Call,
	input: Input,
	existing: DocumentRow | undefined,
	rules: DocumentRules,
	problems: Problems,
): { readonly row?: ContactRow; readonly store: () => void } {
	const { ledger, settings } = call;
	const nothing = () => {};
	const sent = input.object('Contact');
	if (!sent) {
		const row = existing && ledger.contacts.get(existing.contactId);
		if (!row) problems.add('A Contact must be specified for this type of transaction');
		if (row && rules.contactMustBeActive && row.status === 'ARCHIVED') {
			problems.add(ARCHIVED_CONTACT_INVOICED);
		}
		return { row, store: nothing };
	}
	const id = sent.trimmed('ContactID')?.toLowerCase();
	const number = sent.trimmed('ContactNumber');
	const name = sent.trimmed('Name');
	if (id === undefined && number === undefined && name === undefined) {
		problems.add(CONTACT_WITHOUT_KEY);
		return { store: nothing };
	}
	let row: ContactRow | undefined;
	if (id !== undefined) {
		row = ledger.contacts.get(id);
		if (!row) {
			problems.add('The contact with the specified contact details could not be found.');
			return { store: nothing };
		}
	}
	row ??= number === undefined ? undefined : contactByNumber(ledger, number);
	if (!row && name !== undefined && settings.documentContactReusesName) {
		row = activeContactByName(ledger, name) ?? archivedContactByName(call, name);
	}
	if (row) {
		if (row.status === 'ARCHIVED') {
			problems.add(ARCHIVED_CONTACT_INVOICED);
			return { row, store: nothing };
		}
		const found = row;
		return { row, store: changesContact(sent) ? () => changeContact(call, sent, found) : nothing };
	}
	if (!rules.makesContacts || name === undefined) {
		problems.add('The contact with the specified contact details could not be found.');
		return { store: nothing };
	}
	const made = readContact(call, sent, undefined);
	return {
		row: made,
		store: () => {
			ledger.contacts.put(made.contactId, made);
			ledger.changed('contact', made.contactId, 'created');
		},
	};
}

function archivedContactByName(call: Call, name: string): ContactRow | undefined {
	const key = nameKey(name);
	return call.ledger.contacts.lookUp('name', key).find((held) => held.status === 'ARCHIVED');
}

/** Anything beside its identity in a document's contact changes the contact itself. */
function changesContact(sent: Input): boolean {
	const identity = new Set(['contactid', 'contactnumber', 'name']);
	return (
		Object.keys(sent.submitted).some((key) => !identity.has(key.toLowerCase())) ||
		(sent.sent('ContactID') && sent.sent('Name'))
	);
}

/** And ContactPersons that are then left out are gone (developer.xero.com, Invoices). */
function changeContact(call: Call, sent: Input, contact: ContactRow): void {
	const withPersons = sent.has('ContactPersons')
		? sent
		: new Input({ ...sent.submitted, ContactPersons: [] });
	saveContact(call, withPersons, 'createOrUpdate', contact.contactId);
}

const POSTED: ReadonlySet<string> = new Set(['AUTHORISED', 'PAID']);

/** Whether a document of this status is in the books. */
export function isPosted(status: string | undefined): boolean {
	return status !== undefined && POSTED.has(status);
}

/** Reports disagree about drafts that are made in a locked period through the API. */
function isDraftRefused({ settings }: Call, { posts }: DocumentRules): boolean {
	return settings.draftsInLockedPeriod === 'refused' && posts !== NEVER_POSTED;
}

/** Quotes and orders are no ledger entries. */
export const NEVER_POSTED: DocumentRules['posts'] = { before: false, after: false };

/** The type's name is that of the recorded refusal. */
export function readLineAmountTypes(
	input: Input,
	existing: DocumentRow | undefined,
): LineAmountTypes {
	const types = ['Exclusive', 'Inclusive', 'NoTax'] as const;
	return (
		input.oneOf('LineAmountTypes', types, 'Xero.API.Library..LineAmountType') ??
		existing?.lineAmountTypes ??
		'Exclusive'
	);
}

function checkGivenTotals(input: Input, totals: DocumentRow['totals'], problems: Problems): void {
	const wrong =
		differs(input.decimal('Total'), totals.total) ||
		differs(input.decimal('SubTotal'), totals.subTotal) ||
		differs(input.decimal('TotalTax'), totals.totalTax);
	if (wrong && input.sent('LineItems')) {
		problems.add('The invoice total does not equal the sum of the lines.');
	}
}

function differs(given: Big | undefined, expected: Big): boolean {
	return given !== undefined && !given.eq(expected);
}

/** What moves a document on, or names it, is no edit of it. */
const KEEPS_RATE: ReadonlySet<string> = new Set([
	'status',
	'type',
	'invoiceid',
	'creditnoteid',
	'quoteid',
	'purchaseorderid',
	'contact',
	'date',
]);

function readCurrency(
	call: Call,
	input: Input,
	existing: DocumentRow | undefined,
	contact: ContactRow | undefined,
	problems: Problems,
): { readonly currencyCode: string; readonly currencyRate: Big } {
	const { info, currencies } = call.ledger;
	const { baseCurrency, exchangeRates } = info.value;
	const currencyCode =
		input.trimmed('CurrencyCode')?.toUpperCase() ??
		existing?.currencyCode ??
		contact?.texts['DefaultCurrency'] ??
		baseCurrency;
	if (!currencies.has(currencyCode)) {
		problems.add(`Organisation is not subscribed to currency ${currencyCode}`);
	}
	const given = input.decimal('CurrencyRate');
	if (currencyCode === baseCurrency) return { currencyCode, currencyRate: ONE };
	if (given !== undefined) {
		if (given.lte(0)) problems.add('CurrencyRate must be greater than zero.');
		return { currencyCode, currencyRate: given };
	}
	const isEdit = Object.keys(input.submitted).some((key) => !KEEPS_RATE.has(key.toLowerCase()));
	const isRerated = call.settings.updateWithoutRateIsRerated && isEdit;
	const keeps =
		existing?.currencyCode === currencyCode && !isRerated ? existing.currencyRate : undefined;
	return { currencyCode, currencyRate: keeps ?? new Big(exchangeRates[currencyCode] ?? 1) };
}
