import { decimal, parseDecimal, sum, type Decimal } from '../../money';
import type {
	DocumentAmounts,
	DocumentDefinition,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { isApproved } from '../check/approval';
import { decimalOf, headerText } from '../check/draftValues';
import type { Draft } from '../draft';
import type { Plan } from '../plan/plan';
import type { Completed, PaidIn } from '../references/completed';
import { chargeOfRecords, NOTHING, ONE, type Charge } from './limits';

/** A plan that something is written for: its document, or what goes with it. */
export type Writing = Extract<Plan, { action: 'create' | 'update' | 'correct' | 'keep' }>;

/** What carrying out a plan adds up to, with the e-mail that goes with it. */
export function chargeOf(
	definition: DocumentDefinition,
	plan: Writing,
	settings: OrganisationSettings,
	isEmailed: boolean,
	paidIn?: Completed['paidIn'],
): Charge {
	const emails = isEmailed ? ONE : NOTHING;
	const surplus = decimal('surplus' in plan ? plan.surplus.length : 0);
	if (plan.action === 'keep') {
		return { ...chargeOfRecords(ONE), voids: surplus, emails };
	}
	const isGone = isTakenAway(definition, plan);
	return {
		documents: ONE,
		money: isGone ? NOTHING : moneyOf(definition, plan, settings, paidIn),
		payments: plan.action === 'create' ? paymentsIn(definition, plan) : NOTHING,
		voids: surplus.plus(isGone ? ONE : NOTHING),
		emails,
	};
}

type Changing = Exclude<Writing, { action: 'keep' }>;

/** The status that the document has after it. */
export function statusAfterwards(
	{ statusPath, lifecycle }: DocumentDefinition,
	plan: Writing,
): string | undefined {
	const before = plan.action === 'create' ? undefined : plan.document.status;
	if (plan.action === 'keep' || statusPath === undefined) return before;
	if (plan.action === 'create') return headerText(plan.draft, statusPath) ?? lifecycle.initial;
	const change = plan.changes.find(({ field }) => field === statusPath);
	return typeof change?.after === 'string' ? change.after : before;
}

function isTakenAway(definition: DocumentDefinition, plan: Changing): boolean {
	const { gone } = definition.lifecycle;
	return plan.action === 'update' && gone.includes(statusAfterwards(definition, plan) ?? '');
}

/** A batch records a payment with each of its lines. */
function paymentsIn({ settles, settlesEach }: DocumentDefinition, { draft }: Changing): Decimal {
	if (settlesEach) return decimal(draft.lines?.length ?? 0);
	return settles ? ONE : NOTHING;
}

/**
 * By how much it raises what stands in Xero, in the organisation's base currency and with tax: the
 * whole of what is new, and of what it approves. Undefined where nobody can tell beforehand: of an
 * item without a price, or in another currency without a rate.
 */
function moneyOf(
	definition: DocumentDefinition,
	plan: Changing,
	settings: OrganisationSettings,
	paidIn: Completed['paidIn'],
): Decimal | undefined {
	const { settles, settlesEach, lineFields, amounts } = definition;
	if (amounts.isOfHours) return NOTHING;
	if (settles ?? settlesEach) {
		return plan.action === 'create' ? paidBy(definition, plan.draft, settings, paidIn) : NOTHING;
	}
	if (!lineFields) return NOTHING;
	const before = plan.action === 'create' ? undefined : plan.document;
	const isOfStatus =
		plan.action === 'update' && plan.changes.every(({ field }) => field === definition.statusPath);
	const after = plan.amounts ?? (isOfStatus ? before?.amounts : undefined);
	if (!after) return undefined;
	return raisedBy(plan, standing(definition, plan, before), after, settings.organisation);
}

/** What is paid, each amount by the rate of the payment, else by that of what it is for. */
function paidBy(
	{ settles, settlesEach }: DocumentDefinition,
	draft: Draft,
	{ currencies, organisation: { baseCurrency } }: OrganisationSettings,
	paidIn: Completed['paidIn'],
): Decimal | undefined {
	const worth = (amount: Decimal | undefined, { currency, rate }: Partial<PaidIn> = {}) => {
		// Where the books know one currency there is no other.
		if ((currency ?? currencies.join()) === baseCurrency) return amount;
		const own = parseDecimal(draft.fields.currencyRate) ?? rate;
		return own?.gt(NOTHING) ? amount?.div(own) : undefined;
	};
	const { fields, lines = [] } = draft;
	const parts = settlesEach
		? lines.map((line) =>
				worth(decimalOf(line.fields[settlesEach.amountPath]), paidIn?.(draft, line)),
			)
		: [worth(decimalOf(fields[settles?.amountPath ?? '']), paidIn?.(draft))];
	const known = parts.filter((part) => part !== undefined);
	return known.length < parts.length ? undefined : sum(known);
}

/** By how much an amount is over what was counted, where another rate or currency counts as well. */
function raisedBy(
	plan: Changing,
	counted: Decimal,
	{ currency, total }: Pick<DocumentAmounts, 'currency' | 'total'>,
	{ baseCurrency }: OrganisationSettings['organisation'],
): Decimal | undefined {
	const isBase = (each = '') => each === '' || each === baseCurrency;
	const worth = (amount: Decimal) => (isBase(currency) ? amount : inBase(amount, plan));
	if (plan.action === 'create' || !plan.changes.some(({ field }) => RATES.has(field))) {
		const more = total.minus(counted);
		return more.lte(NOTHING) ? NOTHING : worth(more);
	}
	const { amounts, fields } = plan.document;
	const rate = isBase(amounts?.currency) ? ONE : parseDecimal(fields.currencyRate);
	// Where nobody can tell what it was worth, the whole of it counts.
	const before = rate?.gt(NOTHING) ? counted.div(rate) : NOTHING;
	const more = worth(total)?.minus(before);
	return more?.lt(NOTHING) ? NOTHING : more;
}

const RATES: ReadonlySet<string> = new Set(['currencyCode', 'currencyRate']);

/** What the document counted for already: nothing where only now it is approved. */
function standing(
	definition: DocumentDefinition,
	plan: Changing,
	before: XeroDocument | undefined,
): Decimal {
	if (!before) return NOTHING;
	const status = statusAfterwards(definition, plan);
	const isApprovedNow =
		isApproved(definition, { status }) && !isApproved(definition, { status: before.status });
	return isApprovedNow ? NOTHING : (before.amounts?.total ?? NOTHING);
}

/** By the document's own rate, which is that of the base currency in the other one. */
function inBase(amount: Decimal, plan: Changing): Decimal | undefined {
	const kept = plan.action === 'create' ? undefined : plan.document.fields.currencyRate;
	const rate = parseDecimal(plan.draft.fields.currencyRate ?? kept);
	return rate?.gt(NOTHING) ? amount.div(rate) : undefined;
}
