import { decimal, sum, type Decimal } from '../../money';
import type { StandingDocument, StandOnDay } from '../ageing/onDay';
import { groupedByContact } from '../byContact';
import type { OnStopInput } from './input';

/** What a customer owes by now, in the base currency. */
export interface Owed {
	/** Invoices less credits. */
	readonly balance: Decimal;
	readonly deposits: Decimal;
	/** What is late by more than is let pass, less credits and deposits. */
	readonly late: Decimal;
	/** Of the invoice that is latest. */
	readonly daysLate: number;
}

/** What contacts owe together, of which there may be several of one name; each contact looked up alone. */
export function owing(
	{ documents, deposits }: StandOnDay,
	mostDaysLate: number | undefined,
): (contactIds: ReadonlySet<string>) => Owed {
	const [documentsOf, depositsOf] = [byContact(documents), byContact(deposits)];
	return (contactIds) => owed(documentsOf(contactIds), depositsOf(contactIds), mostDaysLate);
}

function byContact(
	list: readonly StandingDocument[],
): (contactIds: ReadonlySet<string>) => readonly StandingDocument[] {
	const found = groupedByContact(list);
	return (contactIds) => [...contactIds].flatMap((id) => found.get(id) ?? []);
}

function owed(
	own: readonly StandingDocument[],
	deposits: readonly StandingDocument[],
	mostDaysLate: number | undefined,
): Owed {
	const invoices = own.filter(({ kind }) => kind === 'invoice');
	const baseOf = (list: readonly StandingDocument[]) => sum(list.map(({ base }) => base));
	const paidAhead = baseOf(deposits).neg();
	const credits = baseOf(own.filter(({ kind }) => kind !== 'invoice')).neg();
	const tooLate = invoices.filter(({ daysLate }) => daysLate > (mostDaysLate ?? 0));
	const late = baseOf(tooLate).minus(credits).minus(paidAhead);
	return {
		balance: baseOf(own),
		deposits: paidAhead,
		late: late.gt(0) ? late : decimal(0),
		daysLate: invoices.reduce((most, { daysLate }) => Math.max(most, daysLate), 0),
	};
}

export interface Judged {
	/** All that the customer would owe. */
	readonly exposure: Decimal;
	/** What is left of the limit; undefined where there is none. */
	readonly room: Decimal | undefined;
	readonly isOverLimit: boolean;
	readonly isTooLate: boolean;
}

/** Whether a customer is on stop: over the limit with this order, or too late. */
export function judge(
	{ balance, deposits, late }: Owed,
	{
		limit,
		unbilled,
		order,
		mostDaysLate,
	}: {
		readonly limit: Decimal | undefined;
		readonly unbilled: Decimal;
		readonly order: Decimal;
	} & Pick<OnStopInput, 'mostDaysLate'>,
): Judged {
	const exposure = balance.minus(deposits).plus(unbilled).plus(order);
	return {
		exposure,
		room: limit?.minus(exposure),
		isOverLimit: limit !== undefined && exposure.gt(limit),
		isTooLate: mostDaysLate !== undefined && late.gt(0),
	};
}
