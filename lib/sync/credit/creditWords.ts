import type { Issue } from '../../issue';
import { moneyText, type Decimal } from '../../money';
import type { OpenCredit } from '../../xero/openCredits';
import { issueOf, type RuleSeverities } from '../check/check';
import { LATE_RULES } from '../check/rules/lateRules';
import type { FieldChange } from '../outcome';
import type { CreditPlan, PlannedUse } from './creditUse';

/** Where an outcome's changes tell of credit that was used. */
const OPEN_CREDIT = 'openCredit';

/** "deposit PP-0012", or by its day where it has no number. */
export function creditName({ source, number, date }: OpenCredit): string {
	return `${source.word} ${number ?? `of ${date}`}`;
}

/** A part of a credit that is used, or was. */
export type UsedPart = Omit<PlannedUse, 'dueAfter'> & Partial<Pick<PlannedUse, 'dueAfter'>>;

export function useInWords({ credit, amount, dueAfter, on }: UsedPart): string {
	const { currency } = credit;
	const atMost = dueAfter ? '' : 'up to ';
	const rest = dueAfter ? `; ${stillDue(dueAfter, currency)}` : '';
	const ahead = on === undefined ? '' : `, on ${on}`;
	return `Use ${atMost}${moneyText(amount, currency)} of ${creditName(credit)}${ahead}${rest}`;
}

function stillDue(due: Decimal, currency: string): string {
	return due.gt(0) ? `${moneyText(due, currency)} still due` : 'nothing is due any more';
}

export function useAsChange({ credit, amount }: UsedPart): FieldChange {
	return {
		field: OPEN_CREDIT,
		after: `${creditName(credit)}: ${moneyText(amount, credit.currency)}`,
	};
}

/** "GBP 200.00 of deposit PP-0012 used; GBP 300.00 still due", as a sentence goes on. */
export function usedInWords(
	parts: readonly UsedPart[],
	due: Decimal | undefined,
	isForeseen = false,
): string {
	const [first] = parts;
	if (!first) return '';
	const named = parts.map(
		({ credit, amount }) => `${moneyText(amount, credit.currency)} of ${creditName(credit)}`,
	);
	const rest = due ? `; ${stillDue(due, first.credit.currency)}` : '';
	return `${named.join(', ')} ${isForeseen ? 'would be used' : 'used'}${rest}`;
}

/** Credit that cannot be used, or of which nothing is known, said before anything is sent. */
export function unusableCredit(
	{ locked, unreadable }: Pick<CreditPlan, 'locked' | 'unreadable'>,
	severities: RuleSeverities,
): Issue[] {
	return [
		...unreadable.flatMap(({ source, number, id, member }) =>
			issueOf(
				LATE_RULES.creditUnreadable,
				{
					message: `${member} of ${source.word} ${number ?? id ?? 'without an ID'} in Xero cannot be read, so it is not known what may be used of it.`,
					fix: `Use it in Xero, or pay it back there, and run the record again; or lower the rule under Options, Rules, and it is left alone.`,
				},
				severities,
			),
		),
		...locked.flatMap(({ credit, period, isItsOwn }) =>
			issueOf(
				LATE_RULES.creditLocked,
				{
					message: `${moneyText(credit.remaining, credit.currency)} of ${creditName(credit)} is not used: the ${period.name} is ${period.until}.`,
					fix: isItsOwn
						? `Pay it back and receive it anew on an open day, or ${period.opening}, and run the record again.`
						: `Run the record again after ${period.until}, or ${period.opening}.`,
				},
				severities,
			),
		),
	];
}
