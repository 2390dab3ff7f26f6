import type { Issue } from '../../issue';
import type { KnackRecord } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { faultOr } from '../../serviceFault';
import type { ServiceFault } from '../../serviceFault';
import type { Found } from '../knackRecords/lookUpRecords';
import { removeRecord } from '../knackRecords/removeRecord';
import { createOne, updateOne } from '../knackRecords/writeRecord';
import { writesInPool } from '../knackRecords/writesInPool';
import { faultIssue } from '../words/faultIssue';
import type { HistorySettings } from './historyFields';
import { readHistory, rowsWithKey } from './historyOnFile';
import type { HistoryRequest } from './historyOnFile';
import { asWarning, doubtfulPayments, planHistory } from './historyPlan';
import type { HistoryPlan, HistoryStep } from './historyPlan';
import type { HistoryRow } from './historyRows';
import type { InvoiceSnapshot } from './invoiceSnapshot';

/** How the history of one invoice stands, as items carry it. */
export interface HistoryCounts {
	readonly created: number;
	readonly updated: number;
	/** Rows of payments that were removed in Xero, marked or deleted now. */
	readonly removed: number;
	readonly unchanged: number;
}

export interface HistoryReport {
	readonly counts: HistoryCounts;
	/** Warnings alone: the payment status is on its record whatever becomes of the history. */
	readonly issues: readonly Issue[];
	/** Whether something was not written that the next run can write. */
	readonly isOpen: boolean;
}

export interface HistoryContext {
	readonly knack: KnackClient;
	/** The page of a payment or a credit in Xero. */
	linkOfRow(row: HistoryRow, invoice: InvoiceSnapshot): string;
	/** Those of the payments that Xero says were removed. Throws ServiceFaultError. */
	removedPayments(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/**
 * Brings the payments and applied credits of invoices into a Knack table, one row each. A row is
 * found again by its payment's id, so a repeat or a run after a crash writes nothing twice, and no
 * row goes unless the user chose so. One report for each request, in order; a fault of a service is
 * in the reports.
 */
export async function syncHistory(
	context: HistoryContext,
	settings: HistorySettings,
	requests: readonly HistoryRequest[],
	preview: boolean,
): Promise<HistoryReport[]> {
	if (requests.length === 0) return [];
	const planned = await faultOr(plansOf(context, settings, requests));
	if (!planned.ok) return requests.map(() => notLooked(planned.failure));
	return preview
		? planned.value.map((plan) => reportOf(plan, plan.steps.map(doneInPreview)))
		: await carryOut(context.knack, settings, planned.value);
}

async function plansOf(
	context: HistoryContext,
	settings: HistorySettings,
	requests: readonly HistoryRequest[],
): Promise<HistoryPlan[]> {
	const app = await context.knack.app();
	const onFile = await readHistory(context.knack, settings, requests);
	const doubtful = doubtfulPayments(app, settings, onFile, requests);
	const removedPayments =
		doubtful.length === 0 ? new Set<string>() : await context.removedPayments(doubtful);
	return requests.map((request) =>
		planHistory(
			{
				app,
				settings,
				onFile,
				removedPayments,
				linkOf: (row) => context.linkOfRow(row, request.snapshot),
			},
			request,
		),
	);
}

/** What became of one step. */
interface StepDone {
	readonly kind: keyof HistoryCounts | 'failed';
	readonly issues: readonly Issue[];
	readonly fault?: ServiceFault;
}

const DONE_BY_KIND = {
	create: 'created',
	update: 'updated',
	mark: 'removed',
	delete: 'removed',
} as const;

function doneInPreview({ kind }: HistoryStep): StepDone {
	return { kind: DONE_BY_KIND[kind], issues: [] };
}

async function carryOut(
	knack: KnackClient,
	settings: HistorySettings,
	plans: readonly HistoryPlan[],
): Promise<HistoryReport[]> {
	const steps = plans.flatMap((plan) => plan.steps);
	const done = await writesInPool<HistoryStep, StepDone>(
		steps,
		async (step) => await carryOutStep(knack, settings, step),
	);
	const results = new Map(steps.map((step, index) => [step, done[index]]));
	return plans.map((plan) =>
		reportOf(
			plan,
			plan.steps.flatMap((step) => results.get(step) ?? []),
		),
	);
}

async function carryOutStep(
	knack: KnackClient,
	settings: HistorySettings,
	step: HistoryStep,
): Promise<StepDone> {
	const { table } = settings;
	if (step.kind === 'delete') {
		const result = await removeRecord(knack, table, step.record.id);
		return result.kind === 'deleted' ? { kind: 'removed', issues: [] } : result;
	}
	const result =
		step.kind === 'create'
			? await createRow(knack, settings, step)
			: await updateOne(knack, table, step.record.id, step.fields, step.record);
	if (result.kind === 'failed') return result;
	if (step.kind === 'create' && result.outcome !== 'created') {
		return { kind: result.outcome, issues: result.warnings };
	}
	return { kind: DONE_BY_KIND[step.kind], issues: result.warnings };
}

/**
 * Where Knack keeps the field's values unique, a row that another worker made meanwhile makes it
 * refuse this one; then that row is brought up to date instead.
 */
async function createRow(
	knack: KnackClient,
	settings: HistorySettings,
	{ key, fields }: Extract<HistoryStep, { kind: 'create' }>,
): ReturnType<typeof createOne> {
	const { table } = settings;
	const lookAgain = async () => found(await rowsWithKey(knack, settings, key));
	const result = await createOne(knack, table, fields, lookAgain);
	if (result.kind === 'written' || result.fault || !settings.key.unique) return result;
	const seen = await faultOr(lookAgain());
	if (!seen.ok || seen.value.kind !== 'one') return result;
	return await updateOne(knack, table, seen.value.found.id, fields, seen.value.found);
}

function found(rows: readonly KnackRecord[]): Found<KnackRecord> {
	const [first, ...others] = rows;
	if (!first) return { kind: 'none' };
	return others.length === 0 ? { kind: 'one', found: first } : { kind: 'many', candidates: rows };
}

function reportOf(plan: HistoryPlan, done: readonly StepDone[]): HistoryReport {
	const count = (kind: StepDone['kind']): number =>
		done.filter((step) => step.kind === kind).length;
	const issues = [...plan.issues, ...done.flatMap((step) => step.issues.map(asWarning))];
	return {
		counts: {
			created: count('created'),
			updated: count('updated'),
			removed: count('removed'),
			unchanged: plan.unchanged + count('unchanged'),
		},
		issues: eachOnce(issues),
		isOpen: count('failed') > 0,
	};
}

/** The same trouble of several rows is told once. */
function eachOnce(issues: readonly Issue[]): Issue[] {
	const told = new Map<string, Issue>();
	for (const issue of issues) {
		const name = [issue.code, issue.field, issue.message].join('|');
		if (!told.has(name)) told.set(name, issue);
	}
	return [...told.values()];
}

function notLooked(fault: ServiceFault): HistoryReport {
	return historyLeftOpen([asWarning(faultIssue(fault))]);
}

/** The report of a history that nobody could look at. */
export function historyLeftOpen(issues: readonly Issue[] = []): HistoryReport {
	return {
		counts: { created: 0, updated: 0, removed: 0, unchanged: 0 },
		issues,
		isOpen: true,
	};
}
