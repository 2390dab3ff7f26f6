import { latestOf, type CalendarDate } from '../../dates';
import { grouped } from '../../grouped';
import type { Decimal } from '../../money';
import type { ServiceFault } from '../../serviceFault';
import type { DocumentAmounts } from '../../xero/documents/definition';
import type { TrackedOptions } from '../../xero/documents/tracking';
import type { OpenCredit, OpenCredits, UnreadableCredit } from '../../xero/openCredits';
import { foldText } from '../find/names';
import { periodOf, type ClosedPeriod } from '../plan/closedPeriods';

/** Credit that is for the same job (reference or tracking), or all that the contact has. */
export type CreditScope = 'ofJob' | 'ofContact';

/** An approved document, as it will stand once its plan is carried out. */
export interface Payable {
	readonly contactId: string;
	/** Its own day; undefined where Xero will date it today. */
	readonly date: CalendarDate | undefined;
	readonly currency: string;
	/** What is left to pay; undefined where only Xero can tell. */
	readonly due: Decimal | undefined;
	readonly reference: string | undefined;
	readonly tracked: TrackedOptions;
}

/** A part of a credit that a document is to be paid from. */
export interface PlannedUse {
	readonly credit: OpenCredit;
	/** At most, where it is not known what is due. */
	readonly amount: Decimal;
	/** What is left to pay then. */
	readonly dueAfter: Decimal | undefined;
	/** Its day where that lies ahead: nothing is used before the credit and the document are there. */
	readonly on?: CalendarDate;
}

/** What becomes of the credit that a document's contact has open. */
export interface CreditPlan {
	readonly uses: readonly PlannedUse[];
	/** What would be used if its day did not lie in a closed period. */
	readonly locked: ReadonlyArray<{
		readonly credit: OpenCredit;
		readonly period: ClosedPeriod;
		/** Whether it is the credit's own day that is closed, and not that of using it. */
		readonly isItsOwn: boolean;
	}>;
	/** What may be for the document, and cannot be read. */
	readonly unreadable: readonly UnreadableCredit[];
	/** When the credit was read, epoch milliseconds. */
	readonly readAtMs: number;
}

/** What became of one part of a credit. */
export type UseResult =
	| { readonly kind: 'done'; readonly amount: Decimal }
	/** Somebody else used the credit meanwhile, or paid the document. */
	| { readonly kind: 'gone'; readonly remaining: Decimal }
	| { readonly kind: 'refused'; readonly messages: readonly string[] }
	| { readonly kind: 'unknown'; readonly reason: string }
	| { readonly kind: 'stopped'; readonly fault: ServiceFault };

interface Assigning {
	readonly scope: CreditScope;
	readonly today: CalendarDate;
	readonly periods: readonly ClosedPeriod[];
	readonly readAtMs: number;
}

/**
 * Gives each document the credit that it is paid from, the oldest first, up to what is due; none is
 * given twice. Documents come first that stand first. Pure.
 */
export function assignCredit(
	payables: readonly Payable[],
	{ open: credits, unreadable }: OpenCredits,
	{ scope, today, periods, readAtMs }: Assigning,
): ReadonlyMap<Payable, CreditPlan> {
	const left = new Map(credits.map((credit) => [credit, credit.remaining]));
	const byContact = grouped(
		[...credits].sort(byAge).map((credit) => [credit.contactId, credit] as const),
	);
	return new Map(
		payables.map((payable): [Payable, CreditPlan] => {
			const uses: PlannedUse[] = [];
			const locked: Array<CreditPlan['locked'][number]> = [];
			let { due } = payable;
			for (const credit of byContact.get(payable.contactId) ?? []) {
				if (due?.lte(0)) break;
				const open = left.get(credit);
				if (!open?.gt(0) || credit.currency !== payable.currency) continue;
				if (scope === 'ofJob' && !isOfJob(credit, payable)) continue;
				const day = latestOf(today, credit.date, payable.date);
				const ofDay = periodOf(day, periods);
				const period =
					ofDay ?? (credit.source.isBoundToItsDay ? periodOf(credit.date, periods) : undefined);
				if (period) {
					locked.push({ credit, period, isItsOwn: ofDay === undefined });
					continue;
				}
				const amount = due?.lt(open) ? due : open;
				due = due?.minus(amount);
				left.set(credit, open.minus(amount));
				const on = day === today ? {} : { on: day };
				uses.push({ credit, amount, dueAfter: due, ...on });
			}
			const notKnown = unreadable.filter(
				(credit) =>
					(credit.contactId ?? payable.contactId) === payable.contactId &&
					(scope === 'ofContact' || isOfJob(credit, payable)),
			);
			return [payable, { uses, locked, unreadable: notKnown, readAtMs }];
		}),
	);
}

function byAge(one: OpenCredit, other: OpenCredit): number {
	if (one.date !== other.date) return one.date < other.date ? -1 : 1;
	return one.id < other.id ? -1 : 1;
}

/**
 * Whether a credit is for the job of a document: both have the same reference, or are tracked alike.
 * Where two categories are in use, the credit of another job in the same region is not this one's.
 */
function isOfJob(
	credit: Pick<OpenCredit, 'reference' | 'tracked'>,
	{ reference, tracked }: Payable,
): boolean {
	const same = reference === undefined ? '' : foldText(reference);
	if (same !== '' && foldText(credit.reference ?? '') === same) return true;
	const categories = new Set([...tracked.keys(), ...credit.tracked.keys()]);
	return (
		categories.size > 0 &&
		[...categories].every((category) => {
			const own = tracked.get(category);
			return [...(credit.tracked.get(category) ?? [])].some((option) => own?.has(option));
		})
	);
}

/** What is left to pay. What was foreseen does not tell of payments, which stay as they are. */
export function dueOf(amounts: DocumentAmounts, present?: DocumentAmounts): Decimal {
	if (amounts.amountDue) return amounts.amountDue;
	const settled = [present?.amountPaid, present?.amountCredited, present?.deducted];
	return settled.reduce<Decimal>((due, part) => (part ? due.minus(part) : due), amounts.total);
}
