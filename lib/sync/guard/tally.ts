import type { CalendarDate } from '../../dates';
import type { Outcome } from '../outcome';
import type { DayKept, GuardMemory } from './guardMemory';
import {
	COUNTED,
	NOTHING,
	RunCount,
	type Charge,
	type DayCount,
	type Limits,
	type Over,
} from './limits';

/** Whom a record is counted for. */
export interface Counting {
	readonly organisation: string;
	/** Today by the organisation's own clock. */
	readonly today: CalendarDate;
	/** The first item of the record. */
	readonly item: number;
}

/** Counts what an execution lets through, for the run and for the day. */
export interface Tally {
	/** Counts a record, or says which limit it is over. */
	admit(charge: Charge, counting: Counting): Over | undefined;
	/** Takes back for the day what was counted and then not written. */
	settle(outcomes: readonly Outcome[]): void;
}

interface TallyPorts {
	readonly memory: GuardMemory;
	readonly place: string;
	readonly isPreview: boolean;
}

export function createTally(limits: Limits, { memory, place, isPreview }: TallyPorts): Tally {
	const run = new RunCount(limits);
	const admitted = new Map<number, { readonly day: DayKept; readonly charge: Charge }>();
	const foreseen = new Map<string, DayCount>();
	const dayOf = (organisation: string, today: CalendarDate): DayKept =>
		memory.day(`${place} ${organisation}`, today);
	return {
		admit(charge, { organisation, today, item }) {
			const day = dayOf(organisation, today);
			if (isPreview) {
				const known = foreseen.get(organisation) ?? foreseenDay(day);
				foreseen.set(organisation, known);
				return run.admit(charge, organisation, known);
			}
			const over = run.admit(charge, organisation, day);
			if (!over) admitted.set(item, { day, charge });
			return over;
		},
		settle(outcomes) {
			for (const outcome of outcomes) {
				const [first = -1] = outcome.itemIndexes;
				const counted = admitted.get(first);
				if (!counted) continue;
				admitted.delete(first);
				giveBack(counted.day, counted.charge, outcome);
			}
		},
	};
}

/** A preview counts for itself: nothing of it is written. */
function foreseenDay(day: DayCount): DayCount {
	const own = new Map<string, Charge[keyof Charge]>();
	const ownOf = (counted: string) => own.get(counted) ?? NOTHING;
	return {
		room: (counted, limit) => day.room(counted, limit).minus(ownOf(counted)),
		take: (counted, amount) => void own.set(counted, ownOf(counted).plus(amount)),
	};
}

const MAY_BE_WRITTEN: ReadonlySet<Outcome['outcome']> = new Set(['created', 'updated', 'failed']);

function giveBack(day: DayKept, charge: Charge, { outcome, after }: Outcome): void {
	const isWritten = MAY_BE_WRITTEN.has(outcome);
	const isEmailed = outcome === 'failed' || after?.emailed === true;
	for (const counted of COUNTED) {
		const amount = charge[counted];
		const isKept = counted === 'emails' ? isEmailed : isWritten;
		if (amount && !isKept) day.giveBack(counted, amount);
	}
}
