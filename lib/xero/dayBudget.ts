import type { ServiceFault } from '../serviceFault';
import { xeroFault } from './faults';

/**
 * What a client knows of its organisation's calls of the day: Xero says in every answer how many are
 * left, and when they come back only once it refuses.
 */
export interface DayBudget {
	/** What Xero's last answer said is left; undefined as long as nothing is known. */
	remaining(): number | undefined;
	note(remaining: number): void;
	/** Xero refused: nothing is asked until it takes calls again. */
	spent(fault: ServiceFault): void;
	/** Why nothing is to be asked now. */
	stopped(nowMs: number): ServiceFault | undefined;
}

/** @param reserve so many calls of the day are left for others */
export function createDayBudget(reserve: number): DayBudget {
	let remaining: number | undefined;
	let spent: ServiceFault | undefined;
	return {
		remaining: () => remaining,
		note(told) {
			remaining = told;
		},
		spent(fault) {
			spent = fault;
			remaining = 0;
		},
		stopped(nowMs) {
			if (spent && (spent.retryAtMs ?? Infinity) <= nowMs) {
				spent = undefined;
				remaining = undefined;
			}
			if (spent) return spent;
			return remaining !== undefined && reserve > 0 && remaining <= reserve
				? xeroFault({ kind: 'dayReserved', remaining })
				: undefined;
		},
	};
}
