import type { Clock } from '../../clock';
import { dayInZone, instantText } from '../../dates';
import type { Issue } from '../../issue';
import type { KnackClient } from '../../knack/client';
import { faultOr, ServiceFaultError } from '../../serviceFault';
import type { ServiceFault } from '../../serviceFault';
import { recordOfItem } from './invoiceOfItem';
import type { PaymentGuard } from './paymentGuard';
import { readInvoicesOfItems } from './invoicesOfItems';
import { findChosenFields } from './knackFields';
import type { RunLog } from '../log/runLog';
import type { HistoryCounts } from './paymentHistory';
import { withoutInvoice } from './paymentOutcome';
import type { PaymentOutcome } from './paymentOutcome';
import { linkOfHistoryRow } from './historyLinks';
import type { InvoiceTurns } from './invoiceTurns';
import { readBearers } from './otherBearers';
import { readRemovedPayments } from './removedPayments';
import { readInvoicesAgain, readInvoicesMadeFrom } from './changedInvoices';
import { syncFromPlace } from './syncFromPlace';
import type { PlacePorts, PlaceSettings } from './syncFromPlace';
import { syncPayments } from './syncPayments';
import type { PaymentContext, PaymentRequest, PaymentSettings } from './paymentSettings';
import { faultIssue } from '../words/faultIssue';
import type { XeroClient } from '../../xero/client';
import { documentOfType } from '../../xero/documents';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Organisation } from '../../xero/settings';

import type { PaymentItem, PaymentParameters } from './paymentWishes';

/** What the run reaches outside of itself. */
export interface PaymentPorts extends PlacePorts {
	readonly clock: Clock;
	/** A client for an organisation; without its id for the only one. Throws ServiceFaultError. */
	xero(organisation: string | undefined): Promise<XeroClient>;
	/** The client's organisation, which may have been read a while ago. Throws ServiceFaultError. */
	organisation(client: XeroClient): Promise<Organisation>;
	readonly knack: KnackClient;
	/** Shared by all executions in this process. */
	readonly turns: InvoiceTurns;
	/** Where attempts are logged, if they are. */
	readonly log?: RunLog;
	/** Holds what guards do not let through, of the organisation that a client is for. */
	readonly guard?: (client: XeroClient) => PaymentGuard;
}

export interface PaymentRunResult {
	/** By item, then in the order of the changes in Xero. */
	readonly outcomes: readonly PaymentOutcome[];
	readonly xeroCalls: number;
	readonly knackCalls: number;
	/** Invoices that changed in Xero but of which Knack knows everything already. */
	readonly known: number;
	/** Invoices whose trouble was reported in an earlier run. */
	readonly toldBefore: number;
	/** False when there is more to read in the next run. */
	readonly complete: boolean;
	/** Why a service stopped serving before the last record. */
	readonly stopped: readonly ServiceFault[];
	/** What a person should know of where runs over changes keep their place, in sentences. */
	readonly notes: readonly string[];
}

/**
 * Brings payment states to Knack, organisation by organisation. In the operation "from input" every
 * item is in exactly one outcome. Throws ServiceFaultError when no organisation at all, or Knack,
 * can be reached.
 */
export async function runPaymentStatus(
	run: PaymentParameters,
	items: readonly PaymentItem[],
	ports: PaymentPorts,
): Promise<PaymentRunResult> {
	const { knack } = ports;
	const fields = findChosenFields(await knack.app(), run.chosen);
	const settings: PaymentSettings = { ...run, ...fields, preview: run.isPreview };
	const definition = definitionOf(run);
	const groups = byOrganisation(items.filter(({ issue }) => issue === undefined));
	const { documentType } = run;
	const outcomes = items.flatMap((item) =>
		item.issue
			? [unread(item, item.issue, settings, { documentType, calls: 0, nowMs: ports.clock.now() })]
			: [],
	);
	const stopped: ServiceFault[] = [];
	const reports: GroupReport[] = [];
	for (const [organisationId, own] of groups) {
		const sync = async (): Promise<GroupReport> => {
			const client = await ports.xero(organisationId);
			const organisation = await ports.organisation(client);
			const context = contextOf(client, definition, organisation, ports);
			if (run.operation === 'fromInput') {
				return await syncItems(client, context, settings, definition, own);
			}
			const documentsWords = `${definition.plural} of ${organisation.name}`;
			return await syncChanges(
				client,
				context,
				{ ...run, ...settings, documentsWords },
				own,
				ports,
			);
		};
		const reached = await faultOr(sync());
		if (reached.ok) {
			reports.push(reached.value);
			outcomes.push(...reached.value.outcomes);
			ports.log?.tell(reached.value.outcomes);
			if (reached.value.stopped) stopped.push(reached.value.stopped);
			continue;
		}
		stopped.push(reached.failure);
		if (stopped.length === groups.size && reports.length === 0) {
			throw new ServiceFaultError(reached.failure);
		}
		outcomes.push(
			...own.map((item) => notReached(item, run, fields.table.key, reached.failure, ports)),
		);
	}
	const count = (of: (report: GroupReport) => number): number =>
		reports.reduce((total, report) => total + of(report), 0);
	const { reads, writes } = knack.calls();
	return {
		outcomes: outcomes.sort((a, b) => firstItem(a) - firstItem(b)),
		xeroCalls: count(({ xeroCalls }) => xeroCalls),
		knackCalls: reads + writes,
		known: count(({ known }) => known),
		toldBefore: count(({ toldBefore }) => toldBefore),
		complete: reports.every(({ complete }) => complete),
		stopped,
		notes: [...new Set(reports.flatMap(({ notes }) => notes ?? []))],
	};
}

/** What became of the items of one organisation. */
interface GroupReport {
	readonly outcomes: readonly PaymentOutcome[];
	readonly xeroCalls: number;
	readonly known: number;
	readonly toldBefore: number;
	readonly complete: boolean;
	readonly stopped?: ServiceFault;
	readonly notes?: readonly string[];
}

async function syncChanges(
	client: XeroClient,
	context: PaymentContext,
	settings: PlaceSettings,
	items: readonly PaymentItem[],
	ports: PaymentPorts,
): Promise<GroupReport> {
	const report = await syncFromPlace(client, context, settings, ports);
	const itemIndexes = items.map(({ index }) => index);
	return {
		...report,
		outcomes: report.outcomes.map((outcome) => ({ ...outcome, itemIndexes })),
		xeroCalls: context.xeroCalls(),
	};
}

function definitionOf(run: PaymentParameters): DocumentDefinition {
	const definition = documentOfType(run.documentType);
	if (definition?.can.bePaid) return definition;
	throw new ServiceFaultError({
		service: 'xero',
		cause: 'requestRefused',
		message: 'The chosen document is not one of the list.',
		fix: 'Choose Sales Invoice or Bill under Document.',
	});
}

function contextOf(
	client: XeroClient,
	definition: DocumentDefinition,
	organisation: Organisation,
	{ knack, clock, turns, log, guard }: PaymentPorts,
): PaymentContext {
	const startedMs = clock.now();
	return {
		knack,
		clock,
		turns,
		today: dayInZone(clock.now(), organisation.timeZone),
		readAgain: async (ids) => await readInvoicesAgain(client, definition.type, ids, startedMs),
		madeFrom: async (ids) => await readInvoicesMadeFrom(client, definition.type, ids),
		bearersOf: async (borne) => await readBearers(client, definition, borne),
		linkOf: ({ id }) => definition.link(id, organisation.shortCode),
		linkOfRow: (row, invoice) => linkOfHistoryRow(row, invoice, organisation.shortCode),
		removedPayments: async (ids) => await readRemovedPayments(client, ids),
		...(guard ? { guard: guard(client) } : {}),
		beforeWriting: async () => await log?.begin(),
		xeroCalls: () => {
			const { reads, writes } = client.calls();
			return reads + writes;
		},
	};
}

async function syncItems(
	client: XeroClient,
	context: PaymentContext,
	settings: PaymentSettings,
	definition: DocumentDefinition,
	items: readonly PaymentItem[],
): Promise<GroupReport> {
	const reads = await readInvoicesOfItems(
		client,
		definition,
		items.map(({ reference }) => reference),
	);
	const documentType = definition.type;
	const requests = new Map<string, PaymentRequest>();
	const outcomes: PaymentOutcome[] = [];
	items.forEach((item, position) => {
		const read = reads[position];
		if (read?.kind !== 'read') {
			if (!read) return;
			const calls = context.xeroCalls();
			const nowMs = context.clock.now();
			outcomes.push(unread(item, read.issue, settings, { documentType, calls, nowMs }));
			return;
		}
		const recordId = recordOfItem(item.json, settings.table.key);
		const { snapshot } = read;
		const known = requests.get(snapshot.id);
		requests.set(snapshot.id, {
			snapshot,
			recordId: known?.recordId ?? recordId,
			itemIndexes: [...(known?.itemIndexes ?? []), item.index],
		});
	});
	const report = await syncPayments(context, settings, [...requests.values()]);
	return {
		outcomes: [...outcomes, ...report.outcomes.flatMap(oneForEachItem)],
		xeroCalls: context.xeroCalls(),
		known: 0,
		toldBefore: 0,
		complete: true,
		...(report.stopped ? { stopped: report.stopped } : {}),
	};
}

/** The outcome of an item for which there is no invoice to look at. */
function unread(
	item: PaymentItem,
	issue: Issue,
	{ table }: PaymentSettings,
	run: Pick<Parameters<typeof withoutInvoice>[1], 'documentType' | 'calls' | 'nowMs'>,
): PaymentOutcome {
	return withoutInvoice(issue, {
		...run,
		sought: item.reference?.value,
		recordId: recordOfItem(item.json, table.key),
		table: table.key,
		itemIndexes: [item.index],
	});
}

/** Items that mean the same invoice: the first has the change, for the others it is there already. */
function oneForEachItem(outcome: PaymentOutcome): PaymentOutcome[] {
	return outcome.itemIndexes.map((index, position) => {
		const isRepeat = position > 0 && ['updated', 'wouldUpdate'].includes(outcome.outcome);
		return {
			...outcome,
			...(isRepeat ? { outcome: 'unchanged' as const, changes: [] } : {}),
			...(position > 0 && outcome.history ? { history: writtenAlready(outcome.history) } : {}),
			itemIndexes: [index],
		};
	});
}

function writtenAlready(history: HistoryCounts): HistoryCounts {
	const { created, updated, removed, unchanged } = history;
	return { created: 0, updated: 0, removed: 0, unchanged: created + updated + removed + unchanged };
}

/** The outcome of an item whose organisation cannot be reached while others can. */
function notReached(
	item: PaymentItem,
	run: PaymentParameters,
	table: string,
	fault: ServiceFault,
	{ clock }: PaymentPorts,
): PaymentOutcome {
	return {
		outcome: 'failed',
		document: { type: run.documentType },
		source: { knackRecordId: recordOfItem(item.json, table), table },
		changes: [],
		issues: [faultIssue(fault)],
		summary: `Could not look: ${fault.message}`,
		sync: {
			key: `payment:${item.reference?.value ?? ''}`,
			contentHash: '',
			calls: 0,
			at: instantText(clock.now()),
		},
		itemIndexes: [item.index],
	};
}

function firstItem({ itemIndexes }: PaymentOutcome): number {
	return itemIndexes.length === 0 ? 0 : Math.min(...itemIndexes);
}

function byOrganisation(items: readonly PaymentItem[]): Map<string | undefined, PaymentItem[]> {
	const groups = new Map<string | undefined, PaymentItem[]>();
	for (const item of items) {
		groups.set(item.organisation, [...(groups.get(item.organisation) ?? []), item]);
	}
	return groups;
}
