import { faultOr, ServiceFaultError } from '../../serviceFault';
import { countOf } from '../../texts';
import type { XeroClient } from '../../xero/client';
import type { PaymentContext, PaymentSettings } from './paymentSettings';
import type { PaymentParameters } from './paymentWishes';
import type { ProcessPlaces } from './processPlaces';
import { syncChangedInvoices } from './syncChangedInvoices';
import type { ChangedInvoicesReport } from './syncChangedInvoices';
import { readSyncState, writeSyncState } from './syncState';
import type { SyncStateSettings } from './syncState';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What all processes of n8n remember together, as far as they do: nothing but hints. */
export interface Deduplication {
	/** Which of the keys were seen before; all of them are from now on. */
	seenBefore(keys: readonly string[]): Promise<ReadonlySet<string>>;
	forget(keys: readonly string[]): Promise<void>;
}

/** Where runs over changes may keep something. Workers keep nothing in n8n's workflow data. */
export interface PlacePorts {
	/** Tells the node from all others: another one may write other fields of the same records. */
	readonly node: string;
	/** Shared by all executions of this process. */
	readonly places: ProcessPlaces;
	readonly deduplication: Deduplication;
}

export interface PlaceSettings extends PaymentSettings, PaymentParameters {
	readonly syncState?: SyncStateSettings;
	/** What a person calls the documents and the organisation. */
	readonly documentsWords: string;
}

export interface SyncedFromPlace extends ChangedInvoicesReport {
	/** What a person should know of the place, in sentences. */
	readonly notes: readonly string[];
}

/**
 * A run over changes that goes on where the one before ended: by a record of Knack that all processes
 * share, else by what this process remembers; where neither knows, it looks back.
 * Throws ServiceFaultError.
 */
export async function syncFromPlace(
	client: XeroClient,
	context: PaymentContext,
	settings: PlaceSettings,
	ports: PlacePorts,
): Promise<SyncedFromPlace> {
	const scope = [
		client.organisationId ?? '',
		settings.documentType,
		settings.table.key,
		ports.node,
	].join('|');
	const { syncState } = settings;
	return syncState
		? await syncFromKnack(client, context, { ...settings, scope, syncState })
		: await syncFromProcess(client, context, { ...settings, scope }, ports);
}

type ScopedSettings = PlaceSettings & { readonly scope: string };

async function syncFromKnack(
	client: XeroClient,
	context: PaymentContext,
	settings: ScopedSettings & { readonly syncState: SyncStateSettings },
): Promise<SyncedFromPlace> {
	const { knack, clock } = context;
	const { table, syncState, scope, documentsWords } = settings;
	const kept = await readSyncState(knack, syncState, scope);
	const firstRunFromMs = firstRunFrom(settings, clock.now());
	const report = await syncChangedInvoices(
		client,
		context,
		{ ...settings, firstRunFromMs },
		// The state itself knows what was told.
		{ stored: kept.state, toldBefore: async () => await Promise.resolve(new Set()) },
	);
	const notes =
		kept.state || kept.unreadable === 0 ? [] : [unreadableWords(syncState, kept.unreadable)];
	if (report.state && !settings.preview) {
		const about = `Payment status of ${documentsWords} in ${table.name}.`;
		const trouble = await writeSyncState(knack, syncState, kept, report.state, about);
		if (trouble !== undefined) notes.push(trouble);
	}
	return { ...report, notes };
}

async function syncFromProcess(
	client: XeroClient,
	context: PaymentContext,
	settings: ScopedSettings,
	{ places, deduplication }: PlacePorts,
): Promise<SyncedFromPlace> {
	const { scope, preview, lookBackHours } = settings;
	const stored = places.read(scope);
	const begun = `begun ${scope}`;
	const asksFirst = stored === undefined && !preview;
	const isLater = asksFirst && (await deduplication.seenBefore([begun])).size > 0;
	const nowMs = context.clock.now();
	const firstRunFromMs = isLater ? nowMs - lookBackHours * HOUR_MS : firstRunFrom(settings, nowMs);
	const reached = await faultOr(
		syncChangedInvoices(
			client,
			context,
			{ ...settings, firstRunFromMs },
			{ stored, toldBefore: deduplication.seenBefore },
		),
	);
	if (!reached.ok) {
		if (asksFirst && !isLater) await deduplication.forget([begun]);
		throw new ServiceFaultError(reached.failure);
	}
	const report = reached.value;
	if (report.state && !preview) places.write(scope, report.state);
	return { ...report, notes: [processWords(settings, stored !== undefined, isLater)] };
}

function firstRunFrom({ firstRunDays }: PlaceSettings, nowMs: number): number {
	return firstRunDays > 0 ? nowMs - firstRunDays * DAY_MS : 0;
}

function processWords(
	{ lookBackHours, firstRunDays }: PlaceSettings,
	isKnown: boolean,
	isLater: boolean,
): string {
	const hours = countOf(lookBackHours, 'hour');
	if (isKnown) {
		return `No Sync State Table is chosen: each n8n process goes on from its own last run, and one that has just started looks back ${hours}.`;
	}
	const first = firstRunDays > 0 ? countOf(firstRunDays, 'day') : 'to the beginning';
	return `No Sync State Table is chosen, and this n8n process knows of no run before: it looked back ${isLater ? hours : first}, and at all unpaid invoices. With the table, every process goes on where the last run ended.`;
}

function unreadableWords({ table, field }: SyncStateSettings, count: number): string {
	return `${countOf(count, 'record')} of ${table.name} cannot be read as a place: ${field.name} was edited, or holds something else. This run began like a first one, and writes a record of its own. Delete what is not needed.`;
}
