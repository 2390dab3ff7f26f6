import { inAddress } from '../../texts';
import type { DocumentDefinition, WireElement, XeroDocument } from './definition';
import { readLine } from './lineFields';
import {
	readAmounts,
	readContact,
	readFields,
	readHasPaymentsOrCredits,
	readId,
	readText,
	readUpdatedAt,
} from './reading';
import { elementsOf } from './wireSlots';

type Entry = Omit<DocumentDefinition, 'read'> & {
	/** Name of the human number in an element, such as `InvoiceNumber`. */
	readonly numberName?: string;
	/** Name of the status in an element; `Status` unless told. */
	readonly statusName?: string;
};

/** What a document tells of its contact; the rest is read with the contact itself. */
const OF_CONTACT: ReadonlySet<string> = new Set([
	'contact.id',
	'contact.name',
	'contact.contactNumber',
	'contact.emailAddress',
]);

/** A registry entry of the Accounting API; how its elements are read follows from the entry. */
export function accountingDocument(entry: Entry): DocumentDefinition {
	const { numberName, statusName = 'Status', ...definition } = entry;
	const { lineFields } = definition;
	const ownFields = definition.hasContact
		? definition.fields.filter(({ path }) => !path.startsWith('contact.') || OF_CONTACT.has(path))
		: definition.fields;
	const read = (element: WireElement): XeroDocument => ({
		type: definition.type,
		id: readId(element, definition.idName) ?? '',
		number: numberName ? readText(element, numberName) : undefined,
		status: readText(element, statusName),
		...(definition.hasContact ? readContact(element) : {}),
		mergedToId: readId(element, 'MergedToContactID'),
		fields: readFields(ownFields, element),
		// Lists without paging leave the lines out altogether, which is not "no lines".
		lines:
			lineFields && Array.isArray(element.LineItems)
				? elementsOf(element.LineItems).map((line) => readLine(lineFields, line))
				: undefined,
		amounts: readAmounts(element),
		hasPaymentsOrCredits: readHasPaymentsOrCredits(element),
		updatedAtMs: readUpdatedAt(element),
		...(element.Allocations === undefined ? {} : { allocations: elementsOf(element.Allocations) }),
	});
	return { ...definition, read };
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
