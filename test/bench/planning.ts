import type { Clock } from '../../lib/clock';
import type { Draft } from '../../lib/sync/draft';
import { Turns } from '../../lib/sync/write/turns';
import { SOURCE_LINK } from '../../lib/sync/plan/sourceLink';
import { previewDocuments, type UpsertReport } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { XeroClient } from '../../lib/xero/client';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { knackOrders, mapOrders, sentQuantity } from './knackOrders';
import { listedXero, writeInvoices, type WrittenInvoices } from './listedXero';
import { type HeldLoop, watchLoop } from './heldLoop';
import { ORGANISATION } from './organisation';

export interface PlanningFigures extends HeldLoop {
	readonly invoices: number;
	readonly mappingSeconds: number;
	readonly planningSeconds: number;
	/** Processor time of both; above the seconds when collecting garbage runs beside, below them when others use the machine. */
	readonly processorSeconds: number;
	readonly peakMegabytes: number;
	readonly outcomes: Readonly<Record<string, number>>;
	readonly reads: number;
}

/** The same orders through a step of a workflow that copies them, and does nothing else. */
export type CopyingFigures = Pick<
	PlanningFigures,
	'invoices' | 'processorSeconds' | 'peakMegabytes' | keyof HeldLoop
>;

const NOW_MS = Date.UTC(2026, 10, 22, 10, 0, 0);
const LINES = 5;

/** Copies orders in a plain loop, as a Code node does, in this process. */
export async function measureCopying(count: number): Promise<CopyingFigures> {
	const items = knackOrders(count, LINES);
	const turn = async () => await new Promise<void>((resolve) => setImmediate(resolve));
	await turn();
	const loop = watchLoop(() => ({ seconds: 0, processorSeconds: 0, spans: [] }));
	const before = process.cpuUsage();
	await turn();
	const copies = items.map((item) => structuredClone(item));
	await turn();
	const { user, system } = process.cpuUsage(before);
	return {
		invoices: copies.length,
		processorSeconds: (user + system) / 1e6,
		...(await loop.stop()),
		peakMegabytes: process.resourceUsage().maxRSS / 1024,
	};
}

export const NO_INVOICES: WrittenInvoices = { file: '', ends: [] };

/** Writes the invoices of so many orders, each with the link that it was sent with. */
export async function writeSent(count: number, file: string): Promise<WrittenInvoices> {
	const clock = benchClock();
	const drafts = await mapOrders(knackOrders(count, LINES, sentQuantity), clock);
	const { outcomes } = await preview(listedXero(NO_INVOICES).client, drafts, clock);
	const links = outcomes.flatMap(({ changes }) => {
		const link = changes.find(({ field }) => field === SOURCE_LINK)?.after;
		return typeof link === 'string' ? [link] : [];
	});
	return writeInvoices(file, links, LINES);
}

/**
 * Maps, checks, matches and plans orders in this process, whose peak memory is reported too.
 * @param written the invoices that are in Xero already
 */
export async function measurePlanning(
	count: number,
	written: WrittenInvoices,
): Promise<PlanningFigures> {
	const items = knackOrders(count, LINES);
	const { client, spent } = listedXero(written);
	const clock = benchClock();
	const loop = watchLoop(spent);
	const before = process.cpuUsage();
	const started = process.hrtime.bigint();
	const drafts = await mapOrders(items, clock);
	const mapped = process.hrtime.bigint();
	const report = await preview(client, drafts, clock);
	const planned = process.hrtime.bigint();
	await clock.sleep(0);
	const { user, system } = process.cpuUsage(before);
	const outcomes: Record<string, number> = {};
	for (const { outcome } of report.outcomes) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
	return {
		invoices: count,
		mappingSeconds: Number(mapped - started) / 1e9,
		planningSeconds: Number(planned - mapped) / 1e9 - spent().seconds,
		processorSeconds: (user + system) / 1e6 - spent().processorSeconds,
		...(await loop.stop()),
		peakMegabytes: process.resourceUsage().maxRSS / 1024,
		outcomes,
		reads: client.calls().reads,
	};
}

function benchClock(): Clock {
	const begun = performance.now();
	return {
		now: () => NOW_MS + performance.now() - begun,
		sleep: async () => await new Promise<void>((resolve) => setImmediate(resolve)),
	};
}

async function preview(
	client: XeroClient,
	drafts: readonly Draft[],
	clock: Clock,
): Promise<UpsertReport> {
	const context = { client, settings: ORGANISATION, clock, turns: new Turns() };
	return await previewDocuments(context, SALES_INVOICE, drafts, DEFAULT_OPTIONS);
}
