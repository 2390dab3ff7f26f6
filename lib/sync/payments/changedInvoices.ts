import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../../xero/client';
import { documentOfType } from '../../xero/documents';
import { chunkByLength, LONGEST_URL } from '../../xero/urls';
import { mayHaveMore, readPage as readOnePage } from '../../xero/pages';
import { waitingIds } from './changesState';
import type { ChangesState } from './changesState';
import { newestOfEach, readInvoiceSnapshot } from './invoiceSnapshot';
import type { InvoiceSnapshot, UnreadableInvoice } from './invoiceSnapshot';

/** Xero's largest page. */
const PAGE_SIZE = 1_000;
const INVOICE_PAGES = { listName: 'Invoices', pageSize: PAGE_SIZE, takesPageSize: true } as const;

/** Ids whose address stays well below the 2,048 characters that Xero's servers take. */
const IDS_PER_CALL = 40;

/** Every window starts so much before the last one ended: clocks differ and writes take time. */
const OVERLAP_MS = 5 * 60_000;

/** Removed ones are told apart only when they are asked for. */
const ALL_STATUSES = 'DRAFT,SUBMITTED,AUTHORISED,PAID,VOIDED,DELETED';

/** Reads that one run may take for a window, so that a first run over years ends. */
const PAGES_PER_RUN = 25;

const DAY_MS = 86_400_000;

/** Room that the address and the other parameters take in a URL. */
const TERMS_ROOM = LONGEST_URL - 500;

export interface ChangesQuestion {
	readonly documentType: string;
	readonly state: ChangesState | undefined;
	readonly nowMs: number;
	/** The organisation's own day. */
	readonly today: CalendarDate;
	/** Where the first run starts, epoch milliseconds; 0 reads everything there is. */
	readonly firstRunFromMs: number;
	/** Whether something that is written changes every day for what is overdue. */
	readonly countsDays: boolean;
	/** All unpaid invoices are looked at after so many days; 0 never. */
	readonly fullCheckDays: number;
}

export interface ChangedInvoices {
	/** The newest snapshot of each, in the order of their change. */
	readonly snapshots: readonly InvoiceSnapshot[];
	/** Those of which something cannot be read, each once. */
	readonly unreadable: readonly UnreadableInvoice[];
	readonly updatedThroughMs: number;
	readonly overdueThrough: CalendarDate;
	readonly fullCheckMs?: number;
	/** False when there is more to read in the next run. */
	readonly complete: boolean;
}

/**
 * Everything that may stand differently in Xero since the last run: what Xero says was updated,
 * however old the invoice is; what became overdue meanwhile, which no update tells; what waits for
 * another try; and now and then all that is unpaid, since Xero does not stamp every edit of a
 * part-paid invoice (a new due date, for one). Throws ServiceFaultError.
 */
export async function readChangedInvoices(
	client: XeroClient,
	question: ChangesQuestion,
): Promise<ChangedInvoices> {
	const { state, nowMs, today } = question;
	const window = await readUpdated(client, question);
	const found = [...window.snapshots];
	const unreadable = [...window.unreadable];
	const take = (page: Invoices): void => {
		found.push(...page.snapshots);
		unreadable.push(...page.unreadable);
	};
	const fullCheckMs = fullCheckDue(question) ? nowMs : undefined;
	if (fullCheckMs !== undefined) {
		take(await readUnpaid(client, question, []));
	} else if (state === undefined || state.overdueThrough !== today) {
		take(await readUnpaid(client, question, dueSince(question)));
	}
	const seen = new Set([...found, ...unreadable].map(({ id }) => id));
	const missing = waitingIds(state, nowMs).filter((id) => !seen.has(id));
	take(await readById(client, missing));
	const wanted = found.filter((snapshot) => snapshot.kind === question.documentType);
	const readable = new Set<string | undefined>(found.map(({ id }) => id));
	const isMeant = ({ id, kind }: UnreadableInvoice) =>
		(kind === '' || kind === question.documentType) && !readable.has(id);
	return {
		snapshots: byChange(newestOfEach(wanted)),
		unreadable: eachOnce(unreadable.filter(isMeant)),
		updatedThroughMs: window.throughMs,
		overdueThrough: today,
		fullCheckMs,
		complete: window.complete,
	};
}

function fullCheckDue({ state, nowMs, fullCheckDays }: ChangesQuestion): boolean {
	if (fullCheckDays <= 0) return false;
	const since = nowMs - (state?.fullCheckMs ?? 0);
	// The last one lies in the future where the clock was ahead and was put right.
	return since < 0 || since >= fullCheckDays * DAY_MS;
}

/** Which of the unpaid invoices may be overdue or not since due dates were looked at. */
function dueSince({ state, today, countsDays }: ChangesQuestion): string[] {
	const from = state?.overdueThrough;
	// A clock that was ahead then called invoices overdue that are not.
	if (from !== undefined && from > today) return [];
	// Due on the day that was looked at last is overdue only the day after.
	const isKnown = from !== undefined && !countsDays;
	return [dueBefore(today), ...(isKnown ? [`DueDate>=${dateLiteral(from)}`] : [])];
}

/**
 * Invoices by id, in a few calls; ids that Xero does not know are left out.
 * @internal
 */
export async function readInvoicesById(
	client: XeroClient,
	ids: readonly string[],
): Promise<readonly InvoiceSnapshot[]> {
	const { snapshots } = await readById(client, ids);
	return snapshots;
}

async function readById(client: XeroClient, ids: readonly string[]): Promise<Invoices> {
	const pages: Invoices[] = [];
	for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
		pages.push(
			await readPage(client, {
				IDs: ids.slice(start, start + IDS_PER_CALL).join(','),
				Statuses: ALL_STATUSES,
			}),
		);
	}
	return together(pages);
}

/**
 * How invoices stand now that were read at `readMs` or later, in one read as a rule. Those that did
 * not change since, or cannot be read, may be left out. Throws ServiceFaultError.
 */
export async function readInvoicesAgain(
	client: XeroClient,
	documentType: ChangesQuestion['documentType'],
	ids: readonly string[],
	readMs: number,
): Promise<readonly InvoiceSnapshot[]> {
	if (ids.length <= IDS_PER_CALL) return await readInvoicesById(client, ids);
	const firstRunFromMs = readMs - OVERLAP_MS;
	const { snapshots } = await readUpdated(client, {
		documentType,
		state: undefined,
		firstRunFromMs,
	});
	const wanted = new Set(ids);
	return newestOfEach(snapshots).filter(({ id }) => wanted.has(id));
}

/**
 * All approved invoices that were made from the repeating ones, paid or not. Throws
 * ServiceFaultError.
 */
export async function readInvoicesMadeFrom(
	client: XeroClient,
	documentType: ChangesQuestion['documentType'],
	repeatingInvoiceIds: readonly string[],
): Promise<InvoiceSnapshot[]> {
	const terms = [...new Set(repeatingInvoiceIds)].map((id) => `RepeatingInvoiceID==guid("${id}")`);
	const found: InvoiceSnapshot[] = [];
	for (const some of chunkByLength(terms, ' OR ', TERMS_ROOM, terms.length)) {
		const where = `${typeCondition(documentType)} AND (${some.join(' OR ')})`;
		const query = { where, order: 'InvoiceID', Statuses: 'AUTHORISED,PAID' };
		for (let page = 1; page <= PAGES_PER_RUN; page += 1) {
			const answer = await readPage(client, query, page);
			found.push(...answer.snapshots);
			if (!answer.hasMore) break;
		}
	}
	return newestOfEach(found);
}

interface Invoices {
	readonly snapshots: readonly InvoiceSnapshot[];
	readonly unreadable: readonly UnreadableInvoice[];
}

function together(pages: readonly Invoices[]): Invoices {
	return {
		snapshots: pages.flatMap(({ snapshots }) => snapshots),
		unreadable: pages.flatMap(({ unreadable }) => unreadable),
	};
}

function eachOnce(all: readonly UnreadableInvoice[]): UnreadableInvoice[] {
	return [...new Map(all.map((one) => [one.id ?? one.number ?? one.part, one])).values()];
}

interface Window extends Invoices {
	readonly throughMs: number;
	readonly complete: boolean;
}

/**
 * Pages by the clock rather than by number: an invoice that is updated while the list is read moves
 * to its end, and the one that slips into its place on a page already read would be missed. So each
 * next page starts at the second in which the last one ended; only when a whole page shares one
 * second is it turned by number.
 */
async function readUpdated(
	client: XeroClient,
	question: Pick<ChangesQuestion, 'documentType' | 'state' | 'firstRunFromMs'>,
): Promise<Window> {
	const from = question.state
		? question.state.updatedThroughMs - OVERLAP_MS
		: question.firstRunFromMs;
	const pages: Invoices[] = [];
	let since = Math.max(0, from);
	const reached = question.state?.updatedThroughMs ?? 0;
	let through = reached;
	let page = 1;
	const known = new Set<string>();
	// What was read before does not count, or a window of more than that would never be left; but what
	// this reading had already does, or a proxy that repeats a page would keep it for ever.
	for (let read = 0; read < PAGES_PER_RUN; ) {
		const answer = await readPage(
			client,
			{
				where: typeCondition(question.documentType),
				order: 'UpdatedDateUTC',
				Statuses: ALL_STATUSES,
			},
			page,
			since > 0 ? since : undefined,
		);
		pages.push(answer);
		const told = [...answer.snapshots, ...answer.unreadable];
		const last = Math.max(0, ...told.map(({ updatedAtMs }) => updatedAtMs ?? 0));
		through = Math.max(through, last);
		const before = known.size;
		for (const { id, updatedAtMs } of told) known.add(`${id} ${updatedAtMs}`);
		if (through > reached || known.size === before) read += 1;
		if (!answer.hasMore) return { ...together(pages), throughMs: through, complete: true };
		const next = last - 1_000;
		if (next > since) {
			since = next;
			page = 1;
		} else {
			page += 1;
		}
	}
	return { ...together(pages), throughMs: through, complete: false };
}

/** Approved invoices with something due, narrowed down by further conditions. */
async function readUnpaid(
	client: XeroClient,
	question: ChangesQuestion,
	conditions: readonly string[],
): Promise<Invoices> {
	const pages: Invoices[] = [];
	for (let page = 1; page <= PAGES_PER_RUN; page += 1) {
		const where = [typeCondition(question.documentType), ...conditions].join(' AND ');
		const query = { where, order: 'InvoiceID', Statuses: 'AUTHORISED' };
		const answer = await readPage(client, query, page);
		pages.push(answer);
		if (!answer.hasMore) break;
	}
	return together(pages);
}

interface InvoicePage extends Invoices {
	readonly hasMore: boolean;
}

async function readPage(
	client: XeroClient,
	query: Readonly<Record<string, string>>,
	page = 1,
	modifiedSinceMs?: number,
): Promise<InvoicePage> {
	const request = { path: '/Invoices', query, modifiedSinceMs, ...INVOICE_PAGES };
	const read = await readOnePage(client, request, page);
	const results = read.elements.map(readInvoiceSnapshot);
	return {
		snapshots: results.flatMap((result) => (result.ok ? [result.value] : [])),
		unreadable: results.flatMap((result) => (result.ok ? [] : [result.failure])),
		hasMore: mayHaveMore(read, page, PAGE_SIZE),
	};
}

function typeCondition(documentType: ChangesQuestion['documentType']): string {
	return documentOfType(documentType)?.lookup.where ?? '';
}

function dueBefore(day: CalendarDate): string {
	return `DueDate<${dateLiteral(day)}`;
}

function dateLiteral(day: CalendarDate): string {
	const [year, month, date] = day.split('-').map(Number);
	return `DateTime(${year},${month},${date})`;
}

function byChange(snapshots: readonly InvoiceSnapshot[]): InvoiceSnapshot[] {
	return [...snapshots].sort(
		(a, b) => (a.updatedAtMs ?? 0) - (b.updatedAtMs ?? 0) || (a.id < b.id ? -1 : 1),
	);
}
