import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import { NOTHING, type Counted, type DayCount } from './limits';

/** What one node has let through of one organisation in one day, in this process. */
export interface DayKept extends DayCount {
	/** Takes back what was counted and then not written after all. */
	giveBack(counted: Counted, amount: Decimal): void;
}

/** What the executions of one process know together, for guards. */
export interface GuardMemory {
	/** @param place the node and the organisation */
	day(place: string, day: CalendarDate): DayKept;
	/** Tables whose first documents were looked at, by organisation, document and table. */
	readonly tried: Set<string>;
}

export function createGuardMemory(): GuardMemory {
	interface Kept {
		readonly day: CalendarDate;
		readonly counts: Map<Counted, Decimal>;
	}
	const days = new Map<string, Kept>();
	return {
		day(place, day) {
			const known = days.get(place);
			const { counts } = known?.day === day ? known : { counts: new Map<Counted, Decimal>() };
			days.set(place, { day, counts });
			const countOf = (counted: Counted) => counts.get(counted) ?? NOTHING;
			return {
				room: (counted, limit) => limit.minus(countOf(counted)),
				take: (counted, amount) => void counts.set(counted, countOf(counted).plus(amount)),
				giveBack: (counted, amount) => void counts.set(counted, countOf(counted).minus(amount)),
			};
		},
		tried: new Set(),
	};
}
