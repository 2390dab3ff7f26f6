import type { CalendarDate } from '../../dates';
import { sum, type Decimal } from '../../money';
import { LATE_RULES } from '../check/rules/lateRules';
import type { Outcome } from '../outcome';
import type { DayKept, GuardMemory } from './guardMemory';
import {
	COUNTED,
	NOTHING,
	RunCount,
	type Charge,
	type Counted,
	type DayCount,
	type Limits,
	type Over,
} from './limits';
import { takePortions, type PortionLog } from './portions';

/** Whom a record is counted for. */
interface Counting {
	readonly organisation: string;
	/** Today by the organisation's own clock. */
	readonly today: CalendarDate;
	/** The first item of the record. */
	readonly item: number;
}

/** Counts what an execution lets through, for the run and for the day. */
export interface Tally {
	/** Takes of the limits of the day what records would need, where processes share them. */
	open(charges: readonly Charge[], of: Omit<Counting, 'item'>): Promise<void>;
	/** Counts a record, or says which limit it is over. */
	admit(charge: Charge, counting: Counting): Over | undefined;
	/** Takes back for the day what was counted and then not written. */
	settle(outcomes: readonly Outcome[]): void;
	/** The same for one of which nothing was written. */
	giveBack(item: number): void;
}

interface TallyPorts {
	readonly memory: GuardMemory;
	readonly place: string;
	readonly isPreview: boolean;
	readonly log?: PortionLog;
	/** Says once for the run what the person who set it up should know. */
	tell(sentence: string): void;
}

export function createTally(limits: Limits, ports: TallyPorts): Tally {
	const { memory, place, isPreview, log, tell } = ports;
	const run = new RunCount(limits);
	const admitted = new Map<number, { readonly day: DayKept; readonly charge: Charge }>();
	const foreseen = new Map<string, DayCount>();
	const dayOf = (organisation: string, today: CalendarDate): DayKept =>
		memory.day(`${place} ${organisation}`, today);
	return {
		async open(charges, { organisation, today }) {
			if (!log || isPreview) return;
			const kept = dayOf(organisation, today);
			const own = `${place} ${organisation}`;
			for (const [counted, limit] of limited(limits.day)) {
				const wanted = wantedOf(counted, charges, limits);
				if (wanted.eq(NOTHING)) continue;
				const portioned = { place: own, day: today, counted, limit };
				const isShared = await memory.queues.inTurn(
					[own],
					async () => await takePortions(log, kept, portioned, wanted),
				);
				if (!isShared) tell(NOT_SHARED);
			}
		},
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
				takeBack(counted.day, counted.charge, keptBy(outcome));
			}
		},
		giveBack(item) {
			const counted = admitted.get(item);
			admitted.delete(item);
			if (counted) takeBack(counted.day, counted.charge, () => false);
		},
	};
}

const NOT_SHARED =
	'Guards: the limits of a day are counted by this n8n process alone, since the Sync Log does not say what others have taken. Its table needs a Short Text field named Kind, and Knack has to be up.';

function limited(limits: Limits['day']): Array<readonly [Counted, Decimal]> {
	return COUNTED.flatMap((counted) => {
		const limit = limits[counted];
		return limit === undefined ? [] : [[counted, limit] as const];
	});
}

/** No more than a run may have, so that the others are left theirs. */
function wantedOf(counted: Counted, charges: readonly Charge[], { run, day }: Limits): Decimal {
	const all = sum(charges.map((charge) => charge[counted] ?? NOTHING));
	return [all, run[counted], day[counted]].reduce<Decimal>(
		(least, each) => (each?.lt(least) ? each : least),
		all,
	);
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

const POSTED_TWICE = LATE_RULES.postedTwice.code;

const MAY_BE_WRITTEN: ReadonlySet<Outcome['outcome']> = new Set(['created', 'updated', 'failed']);

/** Whether a record that was stopped is in Xero all the same: what was to follow its document was. */
function isPartWritten({ document, match, changes }: Outcome): boolean {
	return changes.length > 0 || (document.url !== undefined && match === undefined);
}

/** What of a record's charge stays counted, by what became of it. */
function keptBy(told: Outcome): (counted: Counted) => boolean {
	const { outcome, after } = told;
	// Of one that was posted twice the other is gone.
	const isTwin = outcome === 'unchanged' && told.issues.some(({ code }) => code === POSTED_TWICE);
	const isWritten = MAY_BE_WRITTEN.has(outcome) || isPartWritten(told) || isTwin;
	const isEmailed = outcome === 'failed' || after?.emailed === true;
	return (counted) => {
		if (counted === 'emails') return isEmailed;
		return isWritten || (counted === 'documents' && isEmailed);
	};
}

function takeBack(day: DayKept, charge: Charge, isKept: (counted: Counted) => boolean): void {
	for (const counted of COUNTED) {
		const amount = charge[counted];
		if (amount && !isKept(counted)) day.giveBack(counted, amount);
	}
}
