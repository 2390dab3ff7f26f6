import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import { createQueues, type Queues } from '../../queues';
import { NOTHING, type Counted, type DayCount } from './limits';

/** What one node has let through of one organisation in one day, in this process. */
export interface DayKept extends DayCount {
	/** Takes back what was counted and then not written after all. */
	giveBack(counted: Counted, amount: Decimal): void;
	/** What this process has taken of a limit that processes share; undefined while it shares none. */
	share(counted: Counted): Decimal | undefined;
	addShare(counted: Counted, amount: Decimal): void;
}

/** What the executions of one process know together, for guards. */
export interface GuardMemory {
	/** @param place the node and the organisation */
	day(place: string, day: CalendarDate): DayKept;
	/** Tables whose first documents were looked at, by organisation, document and table. */
	readonly tried: Set<string>;
	/** Runs of one place take portions one after the other. */
	readonly queues: Queues;
}

/** A run that began before midnight counts for its own day, beside one that began after. */
const DAYS_KEPT = 2;

export function createGuardMemory(): GuardMemory {
	interface Kept {
		readonly day: CalendarDate;
		readonly counts: Map<Counted, Decimal>;
		readonly shares: Map<Counted, Decimal>;
	}
	const places = new Map<string, readonly Kept[]>();
	return {
		day(place, day) {
			const days = places.get(place) ?? [];
			const known = days.find((each) => each.day === day);
			const kept: Kept = known ?? { day, counts: new Map(), shares: new Map() };
			if (!known) places.set(place, [kept, ...days].slice(0, DAYS_KEPT));
			const { counts, shares } = kept;
			const countOf = (counted: Counted) => counts.get(counted) ?? NOTHING;
			return {
				room: (counted, limit) => (shares.get(counted) ?? limit).minus(countOf(counted)),
				take: (counted, amount) => void counts.set(counted, countOf(counted).plus(amount)),
				share: (counted) => shares.get(counted),
				addShare: (counted, amount) =>
					void shares.set(counted, (shares.get(counted) ?? NOTHING).plus(amount)),
				giveBack: (counted, amount) => void counts.set(counted, countOf(counted).minus(amount)),
			};
		},
		tried: new Set(),
		queues: createQueues(),
	};
}
