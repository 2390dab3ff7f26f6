import { decimal, parseDecimal } from '../../money';
import type { Decimal } from '../../money';
import { readWireInstant } from '../wireDates';
import type {
	ContactMember,
	DocumentAmounts,
	FieldDefinition,
	FieldValue,
	LinesMember,
	Wire,
	WireElement,
	XeroDocument,
} from './definition';
import { CONTACT_MEMBER } from './wireMembers';
import { elementsOf, isElement } from './wireSlots';
import { NO_ID } from './wireValues';

/** The values of an element, by path; blank ones are left out. */
export function readFields(
	fields: readonly FieldDefinition[],
	element: WireElement,
): Record<string, FieldValue> {
	const values: Record<string, FieldValue> = {};
	for (const field of fields) {
		const value = field.read(element);
		if (value !== undefined) values[field.path] = value;
	}
	return values;
}

export function readText(element: WireElement, name: string): string | undefined {
	const value = element[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id of an element, in lower case; undefined when there is none, or Xero's GUID of zeros. */
export function readId(element: WireElement, name: string): string | undefined {
	const id = readText(element, name)?.toLowerCase();
	return id === NO_ID ? undefined : id;
}

/** The contact of a document, as far as the element tells. */
export function readContact(
	element: WireElement,
	{ name, idName }: ContactMember = CONTACT_MEMBER,
): Pick<XeroDocument, 'contactId' | 'contactName'> {
	const contact = element[name];
	if (!isElement(contact)) return {};
	return { contactId: readId(contact, idName), contactName: readText(contact, 'Name') };
}

function readAmount(element: WireElement, name: string): Decimal | undefined {
	return parseDecimal(element[name]);
}

/** The totals of a document; undefined where the element has none. */
export function readAmounts(element: WireElement): DocumentAmounts | undefined {
	// Batch payments call it "TotalAmount".
	const total = readAmount(element, 'Total') ?? readAmount(element, 'TotalAmount');
	if (total === undefined) return undefined;
	const totalTax = readAmount(element, 'TotalTax') ?? decimal(0);
	return {
		currency: readText(element, 'CurrencyCode') ?? '',
		subTotal: readAmount(element, 'SubTotal') ?? total.minus(totalTax),
		totalTax,
		total,
		// Credit notes call what is open "RemainingCredit".
		amountDue: readAmount(element, 'AmountDue') ?? readAmount(element, 'RemainingCredit'),
		amountPaid: readAmount(element, 'AmountPaid'),
		amountCredited: readAmount(element, 'AmountCredited'),
		deducted: readAmount(element, 'CISDeduction'),
	};
}

/**
 * Whether payments, credits or allocations are applied, which locks most of a document. Those of a
 * batch are its lines.
 */
export function readHasPaymentsOrCredits(
	element: WireElement,
	lines: LinesMember | undefined,
): boolean {
	const amounts = ['AmountPaid', 'AmountCredited', 'AppliedAmount'];
	const lists = ['Payments', 'CreditNotes', 'Prepayments', 'Overpayments', 'Allocations'];
	return (
		amounts.some((name) => readAmount(element, name)?.gt(0) ?? false) ||
		lists.some(
			(name) =>
				name !== lines?.name && elementsOf(element[name]).some((entry) => entry.IsDeleted !== true),
		)
	);
}

/** Whether money that came in or went out before was put against it. */
export function readIsPaidAhead(element: WireElement): boolean {
	return ['Prepayments', 'Overpayments'].some((name) =>
		elementsOf(element[name]).some((entry) => entry.IsDeleted !== true),
	);
}

export function readUpdatedAt(element: WireElement): number | undefined {
	// The text has no more than seconds, and twins are made within one.
	return readWireInstant(element.UpdatedDateUTC) ?? readWireInstant(element.UpdatedDateUTCString);
}

/** The element in the answer to one that was asked for or written alone; undefined where it has none. */
export function readAlone(
	{ answeredIn, idName, resource }: Wire,
	body: WireElement,
): WireElement | undefined {
	if (answeredIn === 'list') return elementsOf(body[resource])[0];
	const element = answeredIn === 'itself' ? body : body[answeredIn.member];
	// A list, or something else that is no such document, tells nothing of it.
	return isElement(element) && typeof element[idName] === 'string' ? { ...element } : undefined;
}
