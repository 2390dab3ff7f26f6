import { decimal, type Decimal } from '../../money';

/** What guards count. Money is in the organisation's base currency, with tax. */
export const COUNTED = ['documents', 'money', 'payments', 'voids', 'emails'] as const;
export type Counted = (typeof COUNTED)[number];
export type Span = 'run' | 'day';

/** The most of each; what is not among them has no limit. */
export type Limits = Readonly<
	Record<Span, Readonly<Partial<Record<Counted, Decimal | undefined>>>>
>;

/** What carrying out a plan adds up to; undefined of what nobody can tell beforehand. */
export type Charge = Readonly<Record<Counted, Decimal | undefined>>;

export const NOTHING = decimal(0);
export const ONE = decimal(1);

/** What writes so many records, and no more that is counted. */
export function chargeOfRecords(count: Decimal): Charge {
	return { documents: count, money: NOTHING, payments: NOTHING, voids: NOTHING, emails: NOTHING };
}

/** What was counted so far of the day, and by whom that is known. */
export interface DayCount {
	/** What is left of the limit. */
	room(counted: Counted, limit: Decimal): Decimal;
	take(counted: Counted, amount: Decimal): void;
}

/** Why a record is not let through. */
export interface Over {
	readonly counted: Counted;
	readonly span: Span;
	readonly limit: Decimal;
	/** Of the record; undefined where nobody can tell. */
	readonly amount: Decimal | undefined;
	/** What is left of the limit for it. */
	readonly room: Decimal;
	/** Whether it would be over the limit if it were the only one. */
	readonly isByItself: boolean;
}

/** What one run has let through. */
export class RunCount {
	private readonly counts = new Map<string, Decimal>();
	private readonly full = new Set<string>();

	constructor(private readonly limits: Limits) {}

	/** Whether a limit concerns what is charged. */
	isLimited(counted: Counted): boolean {
		return this.limits.run[counted] !== undefined || this.limits.day[counted] !== undefined;
	}

	/**
	 * Counts a record, or says which limit it is over: then nothing of it is counted, and from there
	 * on nothing that the limit is for goes through, so that records go over in their order. One that
	 * is over a limit by itself stops no other.
	 */
	admit(charge: Charge, organisation: string, day: DayCount): Over | undefined {
		const due = COUNTED.filter((counted) => charge[counted]?.eq(NOTHING) !== true);
		for (const counted of due) {
			for (const span of ['run', 'day'] as const) {
				const over = this.overOf(counted, span, charge[counted], organisation, day);
				if (!over) continue;
				if (!over.isByItself) this.full.add(fullOf(counted, span, organisation));
				return over;
			}
		}
		for (const counted of due) {
			const amount = charge[counted] ?? NOTHING;
			const key = keyOf(counted, organisation);
			this.counts.set(key, (this.counts.get(key) ?? NOTHING).plus(amount));
			day.take(counted, amount);
		}
		return undefined;
	}

	private overOf(
		counted: Counted,
		span: Span,
		amount: Decimal | undefined,
		organisation: string,
		day: DayCount,
	): Over | undefined {
		const limit = this.limits[span][counted];
		if (limit === undefined) return undefined;
		const before = this.counts.get(keyOf(counted, organisation)) ?? NOTHING;
		const left = span === 'run' ? limit.minus(before) : day.room(counted, limit);
		const room = left.gt(NOTHING) ? left : NOTHING;
		const isFull = this.full.has(fullOf(counted, span, organisation));
		const isByItself = amount === undefined || amount.gt(limit);
		return isByItself || isFull || amount.gt(room)
			? { counted, span, limit, amount, room, isByItself }
			: undefined;
	}
}

/** Money is counted in one currency: of each organisation by itself. All else of the whole run. */
function keyOf(counted: Counted, organisation: string): string {
	return counted === 'money' ? `${counted} ${organisation}` : counted;
}

function fullOf(counted: Counted, span: Span, organisation: string): string {
	return `${span} ${span === 'day' ? `${counted} ${organisation}` : keyOf(counted, organisation)}`;
}
