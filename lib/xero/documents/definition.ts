import type { Decimal } from '../../money';
import type { OrganisationSettings } from '../settings';
import type { XeroApi } from '../urls';
import type { LineAmountTypes, Side } from './amountTypes';
import type { Lifecycle } from './lifecycles';
import type { PaidByPeriod } from './paidByPeriod';
import type { PartsWriting, SingleWrite } from './partsWriting';
import type { Reversing } from './reversing';

/**
 * How a field is asked for, read and checked. A value in a draft is always text or a boolean:
 * decimals in canonical notation, dates as `YYYY-MM-DD`; which one it is, the kind says.
 */
export type FieldKind =
	| 'text'
	| 'multilineText'
	| 'email'
	| 'url'
	| 'boolean'
	| 'date'
	| 'money'
	| 'unitPrice'
	| 'quantity'
	| 'percentage'
	| 'rate'
	| 'choice'
	| 'account'
	/** A bank account, or another that payments may go to. */
	| 'paymentAccount'
	| 'taxType'
	| 'currency'
	| 'brandingTheme'
	| 'item'
	| 'contact'
	| 'tracking'
	/** A rate by which hours are paid. */
	| 'earningsRate'
	| 'id';

export type FieldValue = string | boolean;

/** Values by field path, such as `dueDate`, `contact.name` or `addresses.street.city`. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

export interface FieldDefinition {
	/** Path in camel case, as the model of xero-node names it. */
	readonly path: string;
	/** As Xero's own screens call it, in Title Case. */
	readonly label: string;
	readonly kind: FieldKind;
	/** Shown at once in the form; the others wait under "Add field". */
	readonly usual: boolean;
	/** Xero refuses a new document without it. */
	readonly requiredToCreate?: boolean;
	/** Xero refuses to approve the document without it. */
	readonly requiredToApprove?: boolean;
	/** An id that a record may also give by name: what the name stands for is looked up. */
	readonly byName?: boolean;
	readonly maxLength?: number;
	readonly places?: number;
	/** Set where it is not known how many places Xero keeps: the fewest that it may. */
	readonly leastPlaces?: number;
	/** Whether Xero refuses a number below zero. */
	readonly isNeverNegative?: boolean;
	/** Whether nothing of it is the same as none of it, as for a discount. */
	readonly zeroIsNone?: boolean;
	/** Whether digits alone count when two are compared: each side writes a number in its own way. */
	readonly isPhone?: boolean;
	/** Whether it follows from other fields and from Xero, so that no record is asked for it. */
	readonly isWorkedOut?: boolean;
	/** Of a line: whether another value makes it another line, as hours of another day. */
	readonly tellsApart?: boolean;
	/** Whether it stands for several other fields, and takes their place when it is sent. */
	readonly isWhole?: boolean;
	/**
	 * Set where it is not known whether Xero's answers have it: where they do not, it is told by what
	 * was sent last, or not at all.
	 */
	readonly mayNotBeShown?: boolean;
	/** Where the organisation has to be, or must not be, for Xero to take it; ISO codes of countries. */
	readonly countries?: readonly string[] | { readonly otherThan: readonly string[] };
	readonly choices?: ReadonlyArray<{ readonly value: string; readonly label: string }>;
	/** Names under which Knack builders tend to keep this value, for pre-filling; lower case. */
	readonly alsoCalled?: readonly string[];
	/** Written by a request of its own, so that it is no part of the element. */
	readonly hasOwnRequest?: boolean;
	/** Reads the value from an element of Xero's answer; undefined when it is blank there. */
	read(element: WireElement): FieldValue | undefined;
	/** Puts the value into the element to send. An empty text clears the field. */
	write(element: WireElement, value: FieldValue): void;
}

/** An element of a request or answer, in Xero's own PascalCase. */
export type WireElement = Record<string, unknown>;

export interface DocumentLine {
	/** Xero's LineItemID. */
	readonly id?: string;
	readonly fields: FieldValues;
}

export interface DocumentAmounts {
	readonly currency: string;
	readonly subTotal: Decimal;
	readonly totalTax: Decimal;
	readonly total: Decimal;
	readonly amountDue?: Decimal;
	readonly amountPaid?: Decimal;
	readonly amountCredited?: Decimal;
	/** Kept back for the tax office under the Construction Industry Scheme, so that it is not due. */
	readonly deducted?: Decimal;
}

/** A document as it stands in Xero. */
export interface XeroDocument {
	/** The type's name in workflows. */
	readonly type: string;
	readonly id: string;
	readonly number?: string;
	readonly status?: string;
	readonly contactId?: string;
	readonly contactName?: string;
	/** Where a merged contact went. */
	readonly mergedToId?: string;
	readonly fields: FieldValues;
	readonly lines?: readonly DocumentLine[];
	readonly amounts?: DocumentAmounts;
	readonly hasPaymentsOrCredits?: boolean;
	/** Whether it is paid from prepayments or overpayments, which Xero counts as credited. */
	readonly isPaidAhead?: boolean;
	/** Whether it is locked; see `lockedBy`. */
	readonly isLocked?: boolean;
	readonly updatedAtMs?: number;
	/** What a credit note is applied to, as Xero sent it. */
	readonly allocations?: readonly WireElement[];
}

/** A value by which a document is recognised across runs, apart from its id. */
export interface DocumentKey {
	/** Field path, such as `invoiceNumber`. */
	readonly path: string;
	/** Whether Xero itself refuses a second document with the same value. */
	readonly enforced: boolean;
	/** Whether the same value under another contact is another document, as for a reference. */
	readonly withinContact: boolean;
	/** Paths of which any that both sides give must agree too, such as the invoice of a payment. */
	readonly within?: readonly string[];
	/**
	 * Whether documents of no contact may have the same value, as journals their narration: what they
	 * come to must agree as well.
	 */
	readonly isShared?: boolean;
	/**
	 * Whether it says nothing by itself, as a day: of the documents that have it, the one that bears the
	 * record's link is meant, whatever its other keys say by now.
	 */
	readonly needsLink?: boolean;
}

/** How documents of a type are asked for by a value. */
export type LookupWay =
	/** Many values in one parameter, separated by commas: `IDs`, `InvoiceNumbers`. */
	| { readonly by: 'list'; readonly parameter: string }
	/** Many values in one `where`, joined with OR; an id as `guid("…")`, a day as `DateTime(…)`. */
	| {
			readonly by: 'where';
			readonly name: string;
			readonly isId?: boolean;
			readonly isDay?: boolean;
	  }
	/** One value a call, in a parameter: `QuoteNumber`. */
	| { readonly by: 'parameter'; readonly parameter: string }
	/** One value a call, in the address: `/PurchaseOrders/PO-1`. */
	| { readonly by: 'path' }
	/** One person's a call, or those of all, of the periods that are looked for; see `DocumentLookup.period`. */
	| { readonly by: 'period'; readonly name: string }
	/** Only by reading everything. */
	| { readonly by: 'all' };

interface DaysLookup {
	/** A condition on `Date`, or the parameters `DateFrom` and `DateTo`. */
	readonly by: 'where' | 'parameters';
	/** Whether `ContactIDs` and `summaryOnly` are understood as well. */
	readonly takesContacts?: boolean;
}

/** How documents are found in bulk, as cheaply as their endpoint allows. */
export interface DocumentLookup {
	readonly ids: LookupWay;
	/** By the path of each key. */
	readonly values: Readonly<Record<string, LookupWay>>;
	/** Sent with every question, such as the statuses that are asked for. */
	readonly query: Readonly<Record<string, string>>;
	/** Condition that every `where` carries as well, such as `Type=="ACCREC"`. */
	readonly where?: string;
	/** Whether `searchTerm` is understood, for values that a `where` cannot quote. */
	readonly hasSearch: boolean;
	/** How the list is narrowed to documents of some days; absent where it cannot be. */
	readonly days?: DaysLookup;
	/** The paths of a document's first and last day, whose names are those of the parameters too. */
	readonly period?: { readonly from: string; readonly to: string };
	/** Whether the list leaves lines out, so that each that is found is read at its own address. */
	readonly listLacksLines?: boolean;
	/** Whether Xero tells which of them this app has made (`createdByMyApp`). */
	readonly tellsOwn?: boolean;
	/** Documents in a page; absent where the endpoint has no pages. */
	readonly pageSize?: number;
	/** Whether `pageSize` may be sent; pages are 100 long where it may not. */
	readonly takesPageSize?: boolean;
	/**
	 * Address of the list where it is not `/` and the resource. For what lives below another element,
	 * such as a project's tasks, it is made of that element's id.
	 */
	readonly listPath?: string | ((parentId: string) => string);
	/** Name of the list in an answer where it is not the resource. */
	readonly listName?: string;
	/** The elements that are meant inside an element of the list: the options of a category. */
	unfold?(element: WireElement): readonly WireElement[];
}

/**
 * How elements are written where the endpoint takes one at a time. The element is what the fields
 * wrote; updates may take several requests. Their answers may have no body (204).
 */
interface SingleWriting {
	/** Absent where new documents are taken in batches. */
	create?(element: WireElement, fields: FieldValues): SingleWrite;
	/**
	 * `fields` are all that the document shall have, since what is left out may be cleared. Empty where
	 * it is written in parts.
	 */
	update(id: string, element: WireElement, fields: FieldValues): readonly SingleWrite[];
	readonly parts?: PartsWriting;
	/** Address under which one is deleted, where that is possible and takes a request of its own. */
	removePath?(id: string, fields: FieldValues): string;
}

/** Where an element names its contact: `Contact`, with the id `ContactID`. */
export interface ContactMember {
	readonly name: string;
	readonly idName: string;
}

/** Where an element has its lines: `LineItems`, each with the id `LineItemID`. */
export interface LinesMember {
	readonly name: string;
	/** Undefined where lines have no id, as those of a journal. */
	readonly idName: string | undefined;
	/** Whether they bear no tracking, as what pays an invoice. */
	readonly isUntracked?: boolean;
}

/** How documents of a type stand in requests and answers, and where they live. */
export interface Wire {
	readonly api: XeroApi;
	/** Last part of the address and name of the array in a request: `Invoices`. */
	readonly resource: string;
	/** Name of the id in an element: `InvoiceID`. */
	readonly idName: string;
	/** What every element of this type carries, such as `{ Type: 'ACCREC' }`. */
	readonly fixed: WireElement;
	readonly contact: ContactMember | undefined;
	readonly lines: LinesMember | undefined;
	/** Path of the field with the id of the element that it lives below, such as `projectId`. */
	readonly parentPath: string | undefined;
	/** Paths that every update carries, changed or not; `contact.id` among them. */
	readonly alwaysSent: readonly string[];
	/** Undefined where many elements go to `/` and the resource in one request. */
	readonly singly: SingleWriting | undefined;
	/** Whether an update names its document in the element, and not in the address alone. */
	readonly hasIdInElement: boolean;
	/** Whether an update clears what it leaves out. */
	readonly isSentWhole: boolean;
	/** Where one that is asked for or written alone stands in the answer. */
	readonly answeredIn: 'list' | 'itself' | { readonly member: string };
}

/** Something that a record can belong to, as a person knows it. */
export interface Named {
	readonly id: string;
	/** Any of these means it: its name, its number, its e-mail address. */
	readonly names: ReadonlyArray<string | undefined>;
}

/** Where what a field names is looked for. */
type Among =
	/** The contacts, as sure of them as of those that documents name. */
	| { readonly in: 'contacts' }
	/** Documents of another type by their number, or name; of what they live below, where they do. */
	| { readonly in: 'documents'; readonly of: DocumentDefinition }
	| {
			readonly in: 'settings';
			readonly read: (settings: OrganisationSettings) => readonly Named[];
	  }
	/** A list that can only be read in whole. */
	| {
			readonly in: 'list';
			readonly path: string;
			readonly listName: string;
			readonly pageSize: number;
			readonly read: (element: WireElement) => Named;
	  };

/** A field that takes an id, and may name instead what that is the id of. */
export interface NamingField {
	readonly path: string;
	/** "project", for sentences. */
	readonly what: string;
	readonly among: Among;
}

/** How lines of a document settle others, each one of them in part or in full. */
export interface SettlingEach {
	/** Path in a line of the id of what it pays; records may give its number or its link instead. */
	readonly path: string;
	readonly amountPath: string;
	/** Path of the bank account, whose currency all of them are in. */
	readonly accountPath: string;
	/** "invoice or bill", for sentences. */
	readonly what: string;
	/** All lines are for documents of one of these types. */
	readonly among: readonly DocumentDefinition[];
}

/** What a document can be for, and the types among which its number is looked for. */
export interface Target {
	/** Its id and number stand in the fields `<path>.id` and `<path>.number`. */
	readonly path: string;
	/** "invoice or bill", for sentences. */
	readonly what: string;
	readonly among: readonly DocumentDefinition[];
}

/** The one document that another is for: it takes no more than that has open. */
export interface Settling {
	readonly targets: readonly Target[];
	readonly amountPath: string;
	/** What a record that names none or several is told. */
	readonly words: { readonly which: string; readonly fix: string };
}

/** Putting a document against one of another type, by a request of its own. */
export interface Allocating {
	readonly against: DocumentDefinition;
	/** Path of the number of what it is put against. */
	readonly numberPath: string;
	readonly amountPath: string;
}

/** Billing what was ordered: a bill that names a purchase order. */
export interface Filling {
	readonly order: DocumentDefinition;
	/** Path of the order's number, id or link. */
	readonly path: string;
	/** Status of an order that can be billed, and that of one of which nothing is left. */
	readonly takes: string;
	readonly done: string;
	/** Status of one that agrees with its order, where the record gives none. */
	readonly asks: string;
}

/** A kind of credit of a contact that can be put against its documents. */
export interface CreditSource {
	/** Last part of its address, and name of its list in an answer: `Prepayments`. */
	readonly resource: string;
	/** Name of its id in an element: `PrepaymentID`. */
	readonly idName: string;
	/** Names of members that may hold what people know it by, the first that does. */
	readonly numberNames: readonly string[];
	/** What Xero calls those of one side of the business, under `Type`. */
	readonly types: readonly string[];
	/** "deposit", for sentences. */
	readonly word: string;
	/** Whether it cannot be put to use once its own day lies in a closed period, as a deposit cannot. */
	readonly isBoundToItsDay: boolean;
	/** Whether it is meant for one document already, and so for no other. */
	isMeantForAnother(element: WireElement): boolean;
}

/** Correcting a document that was issued: it is credited in full, and made anew. */
interface Correcting {
	readonly of: DocumentDefinition;
	/**
	 * The value by which the credit note is found again. It follows from the number of what it
	 * corrects and a token of that, so that every run and worker looks for the same one.
	 */
	readonly keyOf: (number: string, token: string) => { path: string; value: string };
	readonly undoKeyOf: (number: string, token: string) => { path: string; value: string };
	/** What the credit note takes over from what it credits, beside contact and lines. */
	readonly takesOver: readonly string[];
	/** What the new document does not take over from the old one: its own, or told anew by the record. */
	readonly leavesBehind: ReadonlySet<string>;
}

/** How the amounts of a document are meant. */
interface Amounts {
	/**
	 * Chooses an item's price and tax, and what its lists show first. By its values, since one type may
	 * have kinds of both; undefined where it is of neither, or not told yet.
	 */
	readonly sideOf: (fields: FieldValues) => Side | undefined;
	/** Whether `unitdp=4` is understood. */
	readonly takesUnitPlaces: boolean;
	/**
	 * Whether debits and credits of its lines are equal, as those of a journal; what it comes to is the
	 * sum of its debits then.
	 */
	readonly mustBalance: boolean;
	/** How amounts of lines are meant where a document does not say; without tax unless told here. */
	readonly lineAmountTypes?: LineAmountTypes;
	/** Path of the bank account whose currency it is in; the organisation's unless it names one. */
	readonly inCurrencyOf?: string;
	/** Whether Xero itself says to which account its lines go. */
	readonly hasOwnAccount?: (fields: FieldValues) => boolean;
	/** What a person does whose lines come to less than nothing, where there is a way. */
	readonly belowZero?: (fields: FieldValues) => string;
	/** Whether its lines are hours, which come to no money. */
	readonly isOfHours?: boolean;
}

/** What Xero does with documents of a type beside keeping them. */
interface Capabilities {
	/** Takes files (Attachments endpoint). */
	readonly takeFiles: boolean;
	/** Keeps a history of its own (History and Notes endpoint). */
	readonly keepHistory: boolean;
	/** Is e-mailed by Xero to its contact, who sees it online (Email and OnlineInvoice of Invoices). */
	readonly beEmailed: boolean;
	/** Shows its files to the contact with the online document. */
	readonly showFilesOnline: boolean;
	/** Is owed until it is paid, which can be told to its record. */
	readonly bePaid: boolean;
	/** What Xero calls its approval where a plan limits that (Organisation endpoint, Actions). */
	readonly beApprovedBy: string | undefined;
}

/** Everything that the sync needs to know of a document type. Adding a type is adding an entry. */
export interface DocumentDefinition {
	/** The name used in workflows: `salesInvoice`. */
	readonly type: string;
	/** "Sales Invoice". */
	readonly label: string;
	/** "sales invoices", for sentences. */
	readonly plural: string;
	/** What a person should know before choosing it, for the panel. */
	readonly note?: string;
	readonly wire: Wire;
	/** Path of the number or name that people know it by: `invoiceNumber`. */
	readonly numberPath: string;
	/** Path of the status field, where it has one: `status`, or `contactStatus` for a contact. */
	readonly statusPath: string | undefined;
	/** Surest first; the id stands before them all. */
	readonly keys: readonly DocumentKey[];
	readonly lookup: DocumentLookup;
	/** Granular scope that writing it needs. */
	readonly scope: string;
	readonly fields: readonly FieldDefinition[];
	readonly lineFields: readonly FieldDefinition[] | undefined;
	/** Whether it names a contact. */
	readonly hasContact: boolean;
	/** Whether it is a contact itself, which is found by its name and e-mail address as well. */
	readonly isContact: boolean;
	/** Whether its number is given by the other side, as suppliers do, and never by Xero. */
	readonly isNumberedByThem: boolean;
	readonly amounts: Amounts;
	/** Fields that may name what they take the id of; what it lives below first. */
	readonly names: readonly NamingField[];
	/** The same for its lines, as those of a batch that name many invoices. */
	readonly lineNames?: readonly NamingField[];
	/** Values that follow from others and from the organisation, where a record gives none. */
	readonly implied?: (fields: FieldValues, settings: OrganisationSettings) => FieldValues;
	/** Paths of values that Xero keeps of others of the type alone: neither sent nor compared. */
	readonly notKept?: (fields: FieldValues) => readonly string[];
	/** What one of them is for. */
	readonly settles?: Settling;
	/** Whose hours it has, and of which pay period. */
	readonly isPaidByPeriod?: PaidByPeriod;
	/** What each of its lines is for. */
	readonly settlesEach?: SettlingEach;
	readonly allocates?: Allocating;
	/** What a contact may have open that can be put against one of them once it is approved. */
	readonly takesCredit?: readonly CreditSource[];
	/** How one of them is undone in a later period. */
	readonly reverses?: Reversing;
	/** The order that one of them may be for. */
	readonly fills?: Filling;
	readonly corrects?: Correcting;
	readonly can: Capabilities;
	/** False for what can only be created and removed, such as a payment. */
	readonly canBeUpdated: boolean;
	readonly lifecycle: Lifecycle;
	/**
	 * Field paths that stay editable once payments are applied; of lines as `lines.description`,
	 * with `lines.tracking` for every tracking category.
	 */
	readonly editableWhenPaid: readonly string[];
	read(element: WireElement): XeroDocument;
	/** The page in Xero's web application, given the organisation's short code. */
	link(id: string, organisationShortCode: string | undefined): string;
}
