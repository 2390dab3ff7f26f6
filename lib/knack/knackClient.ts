import type { Clock } from '../clock';
import type { HttpOutcome, HttpPort } from '../http';
import type { PaceLimits, Pacer } from '../pace';
import { createPacer } from '../pace';
import type { ServiceFault } from '../serviceFault';
import { faultOr, ServiceFaultError } from '../serviceFault';
import { inAddress } from '../texts';
import type { KnackApp } from './app';
import { createApiCalls } from './apiCalls';
import type { AppShelf } from './appShelf';
import { parseApp } from './appSchema';
import { createAssetUpload } from './assetUpload';
import type { KnackClient, KnackFilters, KnackQuery } from './client';
import { missingFieldWords, missingTableWords } from './fieldSuccessors';
import { faultOf } from './knackFaults';
import type { OwnWrites } from './ownWrites';
import { createOwnWrites } from './ownWrites';
import { createRecordRemoval } from './recordRemoval';
import { createRecordWriter } from './recordWriter';
import type { RecordPage } from './recordPages';
import { PAGE_SIZE, parsePage, parseRecord, readAllPages, readWantedPages } from './recordPages';
import { createTransport } from './transport';
import { saysGone } from './writeAnswer';

/** Knack allows 10 requests a second on all plans; a little slower, since networks are uneven. */
export const KNACK_LIMITS: PaceLimits = {
	inFlight: 5,
	windows: [
		{ starts: 10, milliseconds: 1_050 },
		{ starts: 5, milliseconds: 525 },
	],
};

/** A renamed field is seen so late at most; a missing one is looked up at once. */
const APP_MAX_AGE_MS = 10 * 60_000;

export interface KnackClientSettings {
	/** Adds the key to what it sends. */
	readonly http: HttpPort;
	readonly clock: Clock;
	readonly applicationId: string;
	/** Such as `https://api.knack.com/v1`. */
	readonly apiUrl: string;
	/** IANA name, where the app's own setting is not to be used. */
	readonly timeZone?: string;
	/** No retry waits beyond this moment (epoch milliseconds). */
	readonly deadlineMs?: number;
	/** Keeps app structures between clients. */
	readonly shelf?: AppShelf;
	/** How old a kept structure may be; 10 minutes unless told. */
	readonly appMaxAgeMs?: number;
	/** Shared by all clients of the app in this process; of this client alone unless given. */
	readonly pacer?: Pacer;
	/** What all clients of the app in this process wrote; this client alone unless given. */
	readonly ownWrites?: OwnWrites;
}

/** See KnackClient for what each method promises. */
export function createKnackClient(settings: KnackClientSettings): KnackClient {
	const { applicationId, clock, shelf, ownWrites = createOwnWrites() } = settings;
	const apiUrl = settings.apiUrl.replace(/\/+$/, '');
	const pacer = settings.pacer ?? createPacer(KNACK_LIMITS);
	const transport = createTransport({ ...settings, pacer });
	let known: KnackApp | undefined;

	const fault = (outcome: HttpOutcome): ServiceFault => faultOf(outcome, apiUrl, clock.now());
	const get = async (
		path: string,
		accepts: (body: unknown) => boolean,
		query?: Record<string, string>,
	): Promise<HttpOutcome> =>
		await transport.send({ method: 'GET', url: `${apiUrl}${path}`, query, accepts });

	const app: KnackClient['app'] = async ({ fresh = false } = {}) => {
		if (known && !fresh) return known;
		const name = `${apiUrl}|${applicationId}|${settings.timeZone ?? ''}`;
		const kept = fresh
			? undefined
			: shelf?.take(name, clock.now(), settings.appMaxAgeMs ?? APP_MAX_AGE_MS);
		if (kept) return (known = kept);
		const outcome = await get(
			`/applications/${inAddress(applicationId)}`,
			(body) => parseApp(body, settings.timeZone) !== undefined,
		);
		const answered = outcome.kind === 'answer' && outcome.status === 200;
		const parsed = answered ? parseApp(outcome.body, settings.timeZone) : undefined;
		if (!parsed) throw new ServiceFaultError(noAppFault(outcome, fault(outcome), applicationId));
		shelf?.put(name, parsed, clock.now());
		return (known = parsed);
	};

	/** A deleted table or field answers like an outage; the app's structure tells them apart. */
	const explained = async (
		outcome: HttpOutcome,
		table: string,
		query: KnackQuery,
	): Promise<ServiceFault> => {
		const plain = fault(outcome);
		const ambiguous = outcome.kind === 'answer' && ['notFound', 'requestRefused', 'unavailable'];
		if (!ambiguous || !ambiguous.includes(plain.cause)) return plain;
		return (await missingPart(app, known, table, query)) ?? plain;
	};

	const fetchPage = async (
		table: string,
		query: KnackQuery,
		rows: number,
		number: number,
	): Promise<RecordPage> => {
		const outcome = await get(
			recordsPath(table),
			(body) => parsePage(body, number) !== undefined,
			pageQuery(query, rows, number),
		);
		const page =
			outcome.kind === 'answer' && outcome.status === 200
				? parsePage(outcome.body, number)
				: undefined;
		if (!page) throw new ServiceFaultError(await explained(outcome, table, query));
		if (lacksFilteredField(page, query)) {
			const gone = await missingPart(app, known, table, query);
			if (gone) throw new ServiceFaultError(gone);
		}
		return page;
	};

	const records: KnackClient['records'] = async (table, query = {}) => {
		const { limit } = query;
		if (limit !== undefined && limit <= PAGE_SIZE) {
			const page = await fetchPage(table, query, Math.max(1, limit), 1);
			return [...new Map(page.records.map((one) => [one.id, one])).values()].slice(0, limit);
		}
		const sorted = query.sortField ? query : { ...query, ...(await stableSort(app, table)) };
		if (limit === undefined) {
			return await readAllPages(async (page) => await fetchPage(table, sorted, PAGE_SIZE, page));
		}
		let seen = 0;
		const found = await client.pages(table, sorted, (page) => (seen += page.length) < limit);
		return found.slice(0, limit);
	};

	const record: KnackClient['record'] = async (table, id) => {
		const path = `${recordsPath(table)}/${inAddress(id)}`;
		const isRecord = (body: unknown) => parseRecord(body) !== undefined;
		let outcome = await get(path, isRecord);
		// A 404 may be a proxy's, and a 500, by which Knack is known to say so too, an outage: when
		// Knack lists the table all the same and says it again, the record is gone.
		if (saysGone(outcome) && (await faultOr(client.count(table))).ok) {
			outcome = await get(path, isRecord);
			if (saysGone(outcome)) return undefined;
		}
		const found =
			outcome.kind === 'answer' && outcome.status === 200 ? parseRecord(outcome.body) : undefined;
		if (found) return found;
		throw new ServiceFaultError(await explained(outcome, table, {}));
	};

	const client: KnackClient = {
		applicationId,
		ownWrites,
		app,
		async verifyKey() {
			const url = `${apiUrl}/objects`;
			let outcome = await transport.send({ method: 'GET', url, once: true });
			if (outcome.kind !== 'answer' || outcome.status >= 500) {
				// An application id that Knack does not know is answered like an outage (recorded: 500).
				// The app itself, which needs no key, tells the two apart.
				await app({ fresh: true });
				outcome = await transport.send({ method: 'GET', url });
			}
			if (outcome.kind !== 'answer' || outcome.status !== 200) {
				throw new ServiceFaultError(fault(outcome));
			}
		},
		records,
		async pages(table, query, wantsMore) {
			const readOne = async (page: number) => await fetchPage(table, query, PAGE_SIZE, page);
			return await readWantedPages(readOne, wantsMore);
		},
		async wholeTable(table, mostPages) {
			const sorted = await stableSort(app, table);
			let first: RecordPage | undefined = await fetchPage(table, sorted, PAGE_SIZE, 1);
			if (first.totalPages > mostPages) return undefined;
			return await readAllPages(async (page) => {
				const known = page === 1 ? first : undefined;
				first = undefined;
				return known ?? (await fetchPage(table, sorted, PAGE_SIZE, page));
			});
		},
		async count(table, filters) {
			const page = await fetchPage(table, { filters }, 1, 1);
			return page.totalRecords ?? page.totalPages;
		},
		record,
		...createRecordWriter({
			send: async (method, table, id, body, accepts) => {
				const path = id === undefined ? '' : `/${inAddress(id)}`;
				return await transport.send({
					method,
					url: `${apiUrl}${recordsPath(table)}${path}`,
					body,
					accepts,
				});
			},
			fault,
			find: record,
			ownWrites,
		}),
		remove: createRecordRemoval({
			send: async (table, id) =>
				await transport.send({
					method: 'DELETE',
					url: `${apiUrl}${recordsPath(table)}/${inAddress(id)}`,
					once: true,
				}),
			fault,
			find: record,
			sleep: async (milliseconds) => await clock.sleep(milliseconds),
		}),
		upload: createAssetUpload({
			send: async (kind, headers, body) =>
				await transport.send({
					method: 'POST',
					url: `${apiUrl}/applications/${inAddress(applicationId)}/assets/${kind}/upload`,
					headers,
					body,
				}),
			fault,
		}),
		call: createApiCalls({ transport, apiUrl, fault, ownWrites }),
		calls: transport.calls,
		dayRemaining: transport.dayRemaining,
		dayLimit: transport.dayLimit,
	};
	return client;
}

function recordsPath(table: string): string {
	return `/objects/${inAddress(table)}/records`;
}

function pageQuery(query: KnackQuery, rows: number, page: number): Record<string, string> {
	const filters: KnackFilters | undefined = query.filters;
	return {
		page: String(page),
		rows_per_page: String(rows),
		...(query.sortField && {
			sort_field: query.sortField,
			sort_order: query.sortOrder ?? 'asc',
		}),
		...(filters && filters.rules.length > 0 && { filters: JSON.stringify(filters) }),
	};
}

/** An auto-increment number never changes, so pages in its order do not shift under edits. */
async function stableSort(
	app: KnackClient['app'],
	table: string,
): Promise<Pick<KnackQuery, 'sortField' | 'sortOrder'>> {
	const found = (await app()).tables.find(({ key }) => key === table);
	const field = found?.fields.find(({ type }) => type === 'auto_increment');
	return field ? { sortField: field.key, sortOrder: 'asc' } : {};
}

/**
 * Knack's answer to a filter on a field that is not there is not documented; where it leaves the
 * rule out, every record would seem to match. Records carry the keys of all their fields, so one
 * that lacks a filtered field tells.
 */
function lacksFilteredField({ records }: RecordPage, { filters }: KnackQuery): boolean {
	const [first] = records;
	if (first === undefined) return false;
	return (filters?.rules ?? []).some(
		({ field }) => field.startsWith('field_') && !(field in first),
	);
}

/** What the query names that is not in the app any more; `before` is the app as it was known. */
async function missingPart(
	app: KnackClient['app'],
	before: KnackApp | undefined,
	table: string,
	query: KnackQuery,
): Promise<ServiceFault | undefined> {
	const read = await faultOr(app({ fresh: true }));
	if (!read.ok) return undefined;
	const fresh = read.value;
	const found = fresh.tables.find(({ key }) => key === table);
	if (!found) {
		return { service: 'knack', cause: 'notFound', ...missingTableWords(fresh, { key: table }) };
	}
	const asked = [query.sortField, ...(query.filters?.rules ?? []).map(({ field }) => field)];
	const gone = asked.find(
		(key) => key?.startsWith('field_') && !found.fields.some((field) => field.key === key),
	);
	if (!gone) return undefined;
	const once = before?.tables.find(({ key }) => key === table)?.fields ?? [];
	const { name, type } = once.find(({ key }) => key === gone) ?? {};
	const neighbours = once.length > 0 ? new Set(once.map(({ key }) => key)) : undefined;
	const words = missingFieldWords(found, { key: gone, name, type, neighbours });
	return { service: 'knack', cause: 'notFound', ...words };
}

/**
 * An unknown app is answered with 500 (recorded), by which an outage cannot be told from it: the
 * fault names both, the likelier one first.
 */
function noAppFault(
	outcome: HttpOutcome,
	plain: ServiceFault,
	applicationId: string,
): ServiceFault {
	const status = outcome.kind === 'answer' ? outcome.status : 0;
	if (status > 500) {
		return {
			...plain,
			message: `Knack did not show the app ${applicationId}: there is no such app at this address, or Knack is having trouble.`,
			fix: 'Compare the Application ID and the API URL in the credential with Settings → API & Code in Knack; if they are right, try again in a few minutes.',
		};
	}
	if (status !== 404 && status !== 500) return plain;
	return {
		...plain,
		cause: status === 404 ? 'organisationMissing' : plain.cause,
		message: `Knack shows no app with the Application ID ${applicationId}.`,
		fix: 'Copy the Application ID again from Settings → API & Code of your app, and check the API URL. If both are right, Knack itself is having trouble.',
	};
}
