import { inAddress } from '../../texts';
import type { DocumentDefinition, Wire, WireElement, XeroDocument } from './definition';
import type { Lifecycle } from './lifecycles';
import { readDebits } from './debits';
import { readLines } from './lineFields';
import {
	readAmounts,
	readContact,
	readFields,
	readHasPaymentsOrCredits,
	readId,
	readIsPaidAhead,
	readText,
	readUpdatedAt,
} from './reading';
import { elementsOf } from './wireSlots';

export type AccountingEntry = Omit<DocumentDefinition, 'read' | 'hasContact' | 'wire'> & {
	readonly wire: Omit<Wire, keyof typeof OF_ALL>;
	/** Name of the human number in an element, such as `InvoiceNumber`; of several, the first that is there. */
	readonly numberName?: string | readonly string[];
	/** Name of the status in an element; `Status` unless told. */
	readonly statusName?: string;
};

/** What all elements of the Accounting API have in common. */
const OF_ALL = {
	api: 'accounting',
	hasIdInElement: true,
	isSentWhole: false,
	answeredIn: 'list',
} as const satisfies Partial<Wire>;

/** What a document tells of its contact; the rest is read with the contact itself. */
const OF_CONTACT: ReadonlySet<string> = new Set([
	'contact.id',
	'contact.name',
	'contact.contactNumber',
	'contact.emailAddress',
]);

/** A registry entry of the Accounting API; how its elements are read follows from the entry. */
export function accountingDocument(entry: AccountingEntry): DocumentDefinition {
	const { numberName = [], statusName = 'Status', ...definition } = entry;
	const { lineFields } = definition;
	const wire: Wire = { ...OF_ALL, ...definition.wire };
	const { contact, lines: linesMember } = wire;
	const ownFields = contact
		? definition.fields.filter(({ path }) => !path.startsWith('contact.') || OF_CONTACT.has(path))
		: definition.fields;
	const numberNames = [numberName].flat();
	const read = (element: WireElement): XeroDocument => ({
		type: definition.type,
		id: readId(element, wire.idName) ?? '',
		number: numberNames.map((name) => readText(element, name)).find((text) => text !== undefined),
		status: readText(element, statusName),
		...(contact ? readContact(element, contact) : {}),
		mergedToId: readId(element, 'MergedToContactID'),
		fields: readFields(ownFields, element),
		lines: linesMember && lineFields && readLines(linesMember, lineFields, element),
		amounts: definition.amounts.mustBalance
			? readDebits(linesMember, element)
			: readAmounts(element),
		hasPaymentsOrCredits: readHasPaymentsOrCredits(element, linesMember),
		isPaidAhead: readIsPaidAhead(element),
		isLocked: isLocked(definition.lifecycle, element),
		updatedAtMs: readUpdatedAt(element),
		...(element.Allocations === undefined ? {} : { allocations: elementsOf(element.Allocations) }),
	});
	return { ...definition, wire, hasContact: contact !== undefined, read };
}

function isLocked({ lockedBy }: Lifecycle, element: WireElement): boolean {
	return lockedBy !== undefined && element[lockedBy.member] === true;
}

/** A page of Xero's web application; the short code chooses the organisation before it opens. */
export function xeroPage(page: string, id: string, shortCode: string | undefined): string {
	return shortCode
		? `https://go.xero.com/app/${shortCode}/${page}/${id}`
		: `https://go.xero.com/app/${page}/${id}`;
}

/** A page of the older part of Xero, reached through the organisation's login. */
export function xeroClassicPage(path: string, shortCode: string | undefined): string {
	return shortCode
		? `https://go.xero.com/organisationlogin/default.aspx?shortcode=${inAddress(shortCode)}&redirecturl=${inAddress(path)}`
		: `https://go.xero.com${path}`;
}

/** The short code of the organisation that a page of Xero's is of; undefined where it names none. */
export function shortCodeIn(page: string): string | undefined {
	if (!URL.canParse(page)) return undefined;
	const { pathname, searchParams } = new URL(page);
	const [, app, code] = pathname.split('/');
	const named = searchParams.get('shortcode') ?? searchParams.get('CID');
	return named ?? (app === 'app' && code?.startsWith('!') ? code : undefined);
}
