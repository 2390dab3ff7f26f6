import type Big from 'big.js';

import type { Call } from './call';
import { asNumber, rounded, ZERO } from './decimals';
import { NOT_FOUND, Refusal } from './failures';
import type { JsonObject } from './json';
import type { ProjectRow, TaskRow, TimeEntryRow } from './projectModel';

/** The project named in the address. */
export function projectOf(call: Call): ProjectRow {
	const project = call.ledger.projects.get(call.param('id').toLowerCase());
	if (!project) throw new Refusal(NOT_FOUND);
	return project;
}

/** What a task is worth so far: its time at its rate, or the fixed price. */
export function taskAmount(task: TaskRow, times: readonly TimeEntryRow[]): Big {
	if (task.chargeType === 'FIXED') return task.rate;
	if (task.chargeType === 'NON_CHARGEABLE') return ZERO;
	return rounded(task.rate.times(minutesOf(times)).div(60), 2);
}

/** The part of it that is invoiced: a fixed price as a whole, time by its entries. */
export function taskAmountInvoiced(task: TaskRow, times: readonly TimeEntryRow[]): Big {
	if (task.chargeType === 'FIXED') return task.status === 'INVOICED' ? task.rate : ZERO;
	return taskAmount(task, times.filter(isInvoiced));
}

export function isInvoiced({ status }: TimeEntryRow): boolean {
	return status === 'INVOICED';
}

export function minutesOf(times: readonly TimeEntryRow[]): number {
	return times.reduce((total, { durationMinutes }) => total + durationMinutes, 0);
}

export function timesOfTask(call: Call, taskId: string): TimeEntryRow[] {
	return call.ledger.timeEntries.filter((entry) => entry.taskId === taskId);
}

export function amountOf({ currencyCode }: ProjectRow, value: Big): JsonObject {
	return { currency: currencyCode, value: asNumber(value) };
}
