import type { CalendarDate } from '../dates';
import { parseDecimal, type Decimal } from '../money';
import type { XeroClient } from './client';
import type { CreditSource, WireElement } from './documents/definition';
import { readContact, readId, readText, readUpdatedAt } from './documents/reading';
import { optionsOf, readTracking, type TrackedOptions } from './documents/tracking';
import { elementsOf, isElement } from './documents/wireSlots';
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

const PAGE_SIZE = 1_000;
const OPEN = 'Status=="AUTHORISED"';

/** Room that the address and the other parameters take in a URL. */
const ROOM = LONGEST_URL - 500;

/**
 * Everything that the contacts have open, without what is meant for a document already. A call for
 * each kind, however many contacts there are: of few they are asked for, of many all open credit is
 * read. Throws ServiceFaultError.
 */
export async function readOpenCredits(
	client: XeroClient,
	sources: readonly CreditSource[],
	contactIds: readonly string[],
): Promise<readonly OpenCredit[]> {
	if (contactIds.length === 0) return [];
	const wanted = new Set(contactIds);
	const terms = [...wanted].map((id) => `Contact.ContactID==guid("${id}")`);
	const [first = [], ...others] = chunkByLength(terms, ' OR ', ROOM, terms.length);
	const where = others.length === 0 ? `${OPEN} AND (${first.join(' OR ')})` : OPEN;
	const found: OpenCredit[] = [];
	for (const source of sources) found.push(...(await read(client, source, where)));
	return found.filter(({ contactId, remaining }) => wanted.has(contactId) && remaining.gt(0));
}

/** The same credits as they are by now, used up or not. Throws ServiceFaultError. */
export async function readCreditsAgain(
	client: XeroClient,
	credits: readonly OpenCredit[],
): Promise<readonly OpenCredit[]> {
	const found: OpenCredit[] = [];
	for (const source of new Set(credits.map((credit) => credit.source))) {
		const ids = new Set(credits.filter((each) => each.source === source).map(({ id }) => id));
		const terms = [...ids].map((id) => `${source.idName}==guid("${id}")`);
		for (const chunk of chunkByLength(terms, ' OR ', ROOM, terms.length)) {
			found.push(...(await read(client, source, chunk.join(' OR '))));
		}
	}
	return found;
}

async function read(
	client: XeroClient,
	source: CreditSource,
	where: string,
): Promise<OpenCredit[]> {
	const byId = new Map<string, OpenCredit>();
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
			if (credit) byId.set(credit.id, credit);
		}
	});
	return [...byId.values()];
}

/** Of one whose amounts, day or contact cannot be read nothing can be used. */
function creditIn(source: CreditSource, element: WireElement): OpenCredit | undefined {
	if (!source.types.includes(readText(element, 'Type') ?? '')) return undefined;
	if (source.isMeantForAnother(element)) return undefined;
	const id = readId(element, source.idName);
	const date = readWireDate(element.Date);
	const { contactId } = readContact(element);
	const currency = readText(element, 'CurrencyCode');
	const remaining = parseDecimal(element.RemainingCredit);
	if (!id || !date || !contactId || !currency || !remaining) return undefined;
	const number = source.numberNames.map((name) => readText(element, name)).find(Boolean);
	const reference = readText(element, 'Reference');
	return {
		source,
		id,
		...(number === undefined ? {} : { number }),
		...(reference === undefined ? {} : { reference }),
		date,
		contactId,
		currency,
		remaining,
		tracked: optionsOf(elementsOf(element.LineItems).map(readTracking)),
		allocations: elementsOf(element.Allocations).flatMap(partIn),
		updatedAtMs: readUpdatedAt(element),
	};
}

function partIn({ AllocationID, Invoice, Amount, IsDeleted }: WireElement): AllocatedPart[] {
	const amount = parseDecimal(Amount);
	const invoiceId = isElement(Invoice) ? readId(Invoice, 'InvoiceID') : undefined;
	if (IsDeleted === true || !amount || invoiceId === undefined) return [];
	const id = typeof AllocationID === 'string' ? AllocationID.toLowerCase() : undefined;
	return [{ id, invoiceId, amount }];
}
