import type { CalendarDate } from '../dates';
import { parseDecimal, type Decimal } from '../money';
import { ServiceFaultError, type ServiceFault } from '../serviceFault';
import type { XeroClient } from './client';
import type { CreditSource, WireElement } from './documents/definition';
import { readContact, readId, readText, readUpdatedAt } from './documents/reading';
import { optionsOf, readTracking, type TrackedOptions } from './documents/tracking';
import { elementsOf, isElement } from './documents/wireSlots';
import { xeroFault } from './faults';
import { takePages } from './pages';
import { chunkByLength, LONGEST_URL } from './urls';
import { readWireDate } from './wireDates';

/** A part of a credit that was put against an invoice or bill. */
interface AllocatedPart {
	/** Undefined where Xero gives none. */
	readonly id: string | undefined;
	readonly invoiceId: string;
	readonly amount: Decimal;
}

/** A deposit, an overpayment or a credit note, with what is left of it. */
export interface OpenCredit {
	readonly source: CreditSource;
	readonly id: string;
	/** What people know it by. */
	readonly number?: string;
	readonly reference?: string;
	readonly date: CalendarDate;
	readonly contactId: string;
	readonly currency: string;
	readonly remaining: Decimal;
	readonly tracked: TrackedOptions;
	readonly allocations: readonly AllocatedPart[];
	readonly updatedAtMs?: number;
}

/** One of which a member cannot be read, so that it is not known what may be used of it. */
export interface UnreadableCredit
	extends Pick<OpenCredit, 'source' | 'number' | 'reference' | 'tracked'> {
	readonly id: string | undefined;
	/** Undefined where that is what cannot be read. */
	readonly contactId: string | undefined;
	/** Name of the first member that cannot be read: `RemainingCredit`. */
	readonly member: string;
}

export interface OpenCredits {
	readonly open: readonly OpenCredit[];
	readonly unreadable: readonly UnreadableCredit[];
}

const PAGE_SIZE = 1_000;
const OPEN = 'Status=="AUTHORISED"';

/** Room that the address and the other parameters take in a URL. */
const ROOM = LONGEST_URL - 500;

/**
 * Everything that the contacts have open, without what is meant for a document already, and what may
 * be theirs and cannot be read. A call for each kind, however many contacts there are: of few they
 * are asked for, of many all open credit is read. Throws ServiceFaultError.
 */
export async function readOpenCredits(
	client: XeroClient,
	sources: readonly CreditSource[],
	contactIds: readonly string[],
): Promise<OpenCredits> {
	if (contactIds.length === 0) return { open: [], unreadable: [] };
	const wanted = new Set(contactIds);
	const terms = [...wanted].map((id) => `Contact.ContactID==guid("${id}")`);
	const [first = [], ...others] = chunkByLength(terms, ' OR ', ROOM, terms.length);
	const where = others.length === 0 ? `${OPEN} AND (${first.join(' OR ')})` : OPEN;
	const open: OpenCredit[] = [];
	const unreadable: UnreadableCredit[] = [];
	for (const source of sources) {
		for (const credit of await read(client, source, where)) {
			if ('member' in credit) unreadable.push(credit);
			else if (wanted.has(credit.contactId) && credit.remaining.gt(0)) open.push(credit);
		}
	}
	return { open, unreadable };
}

/**
 * The same credits as they are by now, used up or not. Throws ServiceFaultError, also where one cannot
 * be read.
 */
export async function readCreditsAgain(
	client: XeroClient,
	credits: readonly OpenCredit[],
): Promise<readonly OpenCredit[]> {
	const found: OpenCredit[] = [];
	for (const source of new Set(credits.map((credit) => credit.source))) {
		const ids = new Set(credits.filter((each) => each.source === source).map(({ id }) => id));
		const terms = [...ids].map((id) => `${source.idName}==guid("${id}")`);
		for (const chunk of chunkByLength(terms, ' OR ', ROOM, terms.length)) {
			for (const credit of await read(client, source, chunk.join(' OR '))) {
				if ('member' in credit) throw new ServiceFaultError(unreadableFault(credit));
				found.push(credit);
			}
		}
	}
	return found;
}

function unreadableFault({ source, member, id }: UnreadableCredit): ServiceFault {
	const path = `/${source.resource}/${id ?? ''}`;
	return xeroFault({ kind: 'notXero', path, vendorMessage: `${path} has no readable ${member}.` });
}

async function read(
	client: XeroClient,
	source: CreditSource,
	where: string,
): Promise<Array<OpenCredit | UnreadableCredit>> {
	const byId = new Map<string, OpenCredit | UnreadableCredit>();
	const request = {
		path: `/${source.resource}`,
		query: { where },
		listName: source.resource,
		pageSize: PAGE_SIZE,
		takesPageSize: true,
	};
	await takePages(client, request, (elements) => {
		for (const element of elements) {
			const credit = creditIn(source, element);
			if (credit) byId.set(credit.id ?? `without an ID ${byId.size}`, credit);
		}
	});
	return [...byId.values()];
}

/** Undefined for what is of the other side of the business, or meant for one document alone. */
function creditIn(
	source: CreditSource,
	element: WireElement,
): OpenCredit | UnreadableCredit | undefined {
	const type = readText(element, 'Type');
	if (type !== undefined && !source.types.includes(type)) return undefined;
	if (source.isMeantForAnother(element)) return undefined;
	const id = readId(element, source.idName);
	const date = readWireDate(element.Date);
	const { contactId } = readContact(element);
	const currency = readText(element, 'CurrencyCode');
	const remaining = parseDecimal(element.RemainingCredit);
	const parts = elementsOf(element.Allocations)
		.filter(({ IsDeleted }) => IsDeleted !== true)
		.map(partIn);
	const allocations = parts.filter((part) => part !== undefined);
	const number = source.numberNames.map((name) => readText(element, name)).find(Boolean);
	const reference = readText(element, 'Reference');
	const known = {
		source,
		...(number === undefined ? {} : { number }),
		...(reference === undefined ? {} : { reference }),
		tracked: optionsOf(elementsOf(element.LineItems).map(readTracking)),
	};
	const without = (member: string) => ({ ...known, id, contactId, member });
	if (type === undefined) return without('Type');
	if (!id) return without(source.idName);
	if (!date) return without('Date');
	if (!contactId) return without('Contact');
	if (!currency) return without('CurrencyCode');
	if (!remaining) return without('RemainingCredit');
	if (allocations.length < parts.length) return without('Allocations');
	const updatedAtMs = readUpdatedAt(element);
	return { ...known, id, date, contactId, currency, remaining, allocations, updatedAtMs };
}

/** Undefined where it cannot be read what was put against which document. */
function partIn({ AllocationID, Invoice, Amount }: WireElement): AllocatedPart | undefined {
	const amount = parseDecimal(Amount);
	const invoiceId = isElement(Invoice) ? readId(Invoice, 'InvoiceID') : undefined;
	if (!amount || invoiceId === undefined) return undefined;
	const id = typeof AllocationID === 'string' ? AllocationID.toLowerCase() : undefined;
	return { id, invoiceId, amount };
}
