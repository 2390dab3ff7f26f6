import { decimal, parseDecimal, sum, type Decimal } from '../../money';
import type {
	DocumentAmounts,
	DocumentDefinition,
	XeroDocument,
} from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import { isApproved } from '../check/approval';
import { decimalOf, headerText } from '../check/draftValues';
import type { Plan } from '../plan/plan';
import { NOTHING, ONE, type Charge } from './limits';

/** A plan that something is written for: its document, or what goes with it. */
export type Writing = Extract<Plan, { action: 'create' | 'update' | 'correct' | 'keep' }>;

/** What carrying out a plan adds up to, with the e-mail that goes with it. */
export function chargeOf(
	definition: DocumentDefinition,
	plan: Writing,
	settings: OrganisationSettings,
	isEmailed: boolean,
): Charge {
	const emails = isEmailed ? ONE : NOTHING;
	if (plan.action === 'keep') {
		return { documents: ONE, money: NOTHING, payments: NOTHING, voids: NOTHING, emails };
	}
	const isGone = isTakenAway(definition, plan);
	return {
		documents: ONE,
		money: isGone ? NOTHING : moneyOf(definition, plan, settings),
		payments: plan.action === 'create' ? paymentsIn(definition, plan) : NOTHING,
		voids: isGone ? ONE : NOTHING,
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
): Decimal | undefined {
	const { settles, settlesEach, lineFields, amounts } = definition;
	if (amounts.isOfHours) return NOTHING;
	const paid = settles ?? settlesEach;
	if (paid) {
		if (plan.action !== 'create') return NOTHING;
		const fields = settlesEach
			? (plan.draft.lines ?? []).map((line) => line.fields)
			: [plan.draft.fields];
		const parts = fields.map((each) => decimalOf(each[paid.amountPath]));
		const known = parts.filter((part) => part !== undefined);
		return known.length < parts.length ? undefined : inBase(sum(known), plan, undefined);
	}
	if (!lineFields) return NOTHING;
	const before = plan.action === 'create' ? undefined : plan.document;
	const isOfStatus =
		plan.action === 'update' && plan.changes.every(({ field }) => field === definition.statusPath);
	const after = plan.amounts ?? (isOfStatus ? before?.amounts : undefined);
	if (!after) return undefined;
	return raisedBy(plan, standing(definition, plan, before), after, settings.organisation);
}

/** By how much an amount is over what was counted, where another rate or currency counts as well. */
function raisedBy(
	plan: Changing,
	counted: Decimal,
	{ currency, total }: Pick<DocumentAmounts, 'currency' | 'total'>,
	{ baseCurrency }: OrganisationSettings['organisation'],
): Decimal | undefined {
	const isBase = (each = '') => each === '' || each === baseCurrency;
	const worth = (amount: Decimal) => (isBase(currency) ? amount : inBase(amount, plan, currency));
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
function inBase(
	amount: Decimal,
	plan: Changing,
	currency: string | undefined,
): Decimal | undefined {
	const kept = plan.action === 'create' ? undefined : plan.document.fields.currencyRate;
	const rate = parseDecimal(plan.draft.fields.currencyRate ?? kept);
	if (rate?.gt(NOTHING)) return amount.div(rate);
	return currency === undefined ? amount : undefined;
}
