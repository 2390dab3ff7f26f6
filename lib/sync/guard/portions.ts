import type { CalendarDate } from '../../dates';
import { canonicalDecimal, parseDecimal, sum, type Decimal } from '../../money';
import { faultOr } from '../../serviceFault';
import type { RunLog } from '../log/runLog';
import type { DayKept } from './guardMemory';
import { NOTHING, type Counted } from './limits';

/** The log, as far as processes share the limits of a day by it. */
export type PortionLog = Pick<RunLog, 'portions' | 'enter'>;

/** Parts of a limit that are taken one by one: so much at most is over it, for each worker but one. */
const PARTS = 10;

/** What portions are taken of. */
export interface Portioned {
	/** The node and the organisation. */
	readonly place: string;
	readonly day: CalendarDate;
	readonly counted: Counted;
	readonly limit: Decimal;
}

/**
 * Takes portions of the limit of a day until this process has as much as it wants, or nothing is
 * left. Each is entered in the log before anything is posted of it, after what all processes have
 * taken was read anew: two at the same moment may both take the last one.
 * @returns false where the log cannot say what others have taken: then the process counts by itself
 */
export async function takePortions(
	log: PortionLog,
	kept: DayKept,
	portioned: Portioned,
	wanted: Decimal,
): Promise<boolean> {
	const { place, day, counted, limit } = portioned;
	const part = limit.div(PARTS);
	const size = counted === 'money' ? part : part.round(0, ROUND_UP);
	for (;;) {
		if (kept.share(counted) !== undefined && kept.room(counted, limit).gte(wanted)) return true;
		const read = await faultOr(log.portions());
		if (!read.ok || !read.value) return false;
		const taken = sum(
			read.value
				.filter((each) => each.place === place && each.day === day && each.counted === counted)
				.map(({ amount }) => parseDecimal(amount) ?? NOTHING),
		);
		const left = limit.minus(taken);
		if (left.lte(NOTHING)) {
			kept.addShare(counted, NOTHING);
			return true;
		}
		const amount = left.lt(size) ? left : size;
		const portion = { place, day, counted, amount: canonicalDecimal(amount) };
		if (!(await log.enter({ kind: 'portion', ...portion }))) return false;
		kept.addShare(counted, amount);
	}
}

/** big.js: away from zero. */
const ROUND_UP = 3;
