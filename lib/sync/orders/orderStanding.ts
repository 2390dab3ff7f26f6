import { decimal, moneyText, sum, UNIT_PLACES, type Decimal } from '../../money';
import type {
	DocumentAmounts,
	DocumentDefinition,
	FieldValues,
	Filling,
	XeroDocument,
} from '../../xero/documents/definition';
import { netOf } from '../../xero/totals';
import { textOf } from '../check/draftValues';
import { foldText } from '../find/names';

/** How far what is billed may go over what was ordered; nothing where neither is given. */
export interface OrderTolerance {
	/** In the order's currency, without tax. */
	readonly amount?: Decimal;
	readonly percent?: Decimal;
}

/** What one bill takes of an order. */
export interface BilledPart {
	readonly name: string;
	/** Without tax. */
	readonly net: Decimal;
	/** Undefined where they cannot be held against the order's. */
	readonly lines: readonly FieldValues[] | undefined;
	readonly lineAmountTypes: string | undefined;
}

/** An order, and the bills that are known to be for it, by their ids. */
export interface OrderStanding {
	readonly definition: DocumentDefinition;
	readonly order: XeroDocument & { readonly amounts: DocumentAmounts };
	readonly billed: Map<string, BilledPart>;
	/** Ids of the bills that the order's history names. */
	readonly noted: ReadonlySet<string>;
	/** Whether its history says that its bills have closed it; else a person has. */
	readonly isClosedByBills: boolean;
	/** The notes of its history that say all this, sorted. */
	readonly notes: readonly string[];
}

/** "purchase order PO-12", for sentences. */
export function orderName({ definition, order }: OrderStanding): string {
	return `${definition.label.toLowerCase()} ${order.number ?? order.id}`;
}

function netBilled({ billed }: OrderStanding): Decimal {
	return sum([...billed.values()].map(({ net }) => net));
}

/** Whether nothing of the order is left to bill. What is a cent short leaves it open. */
export function isFullyBilled(standing: OrderStanding): boolean {
	return standing.billed.size > 0 && netBilled(standing).gte(standing.order.amounts.subTotal);
}

/** An order that bills had closed, as it stands once it is open again. */
export function openAgain(
	standing: OrderStanding,
	{ takes, done }: Pick<Filling, 'takes' | 'done'>,
): OrderStanding {
	const { order } = standing;
	const status = order.status === done ? takes : order.status;
	return { ...standing, order: { ...order, status }, isClosedByBills: false };
}

/**
 * What is billed beyond what was ordered, in words: the whole, and each line that both name by the
 * same item or description. Empty where all is within the tolerance. Pure.
 */
export function excessOf(standing: OrderStanding, tolerance: OrderTolerance): string[] {
	const { order, billed } = standing;
	const { subTotal, currency } = order.amounts;
	const money = (value: Decimal) => moneyText(value, currency);
	const net = netBilled(standing);
	const others =
		billed.size > 1 ? ` (${[...billed.values()].map(partText(money)).join(', ')})` : '';
	const whole = isBeyond(net, subTotal, tolerance)
		? [
				`${money(net)} without tax is billed${others}, and ${money(subTotal)} was ordered: ${money(net.minus(subTotal))} more.`,
			]
		: [];
	return [...whole, ...excessOfLines(standing, tolerance)];
}

function partText(money: (value: Decimal) => string) {
	return ({ name, net }: BilledPart) => `${name} ${money(net)}`;
}

function excessOfLines({ order, billed }: OrderStanding, tolerance: OrderTolerance): string[] {
	const { currency } = order.amounts;
	const types = textOf(order.fields.lineAmountTypes);
	const ordered = netByKey((order.lines ?? []).map(({ fields }) => fields));
	const parts = [...billed.values()];
	// Amounts with tax say nothing of amounts without.
	if (parts.some(({ lines, lineAmountTypes }) => !lines || lineAmountTypes !== types)) return [];
	const taken = netByKey(parts.flatMap(({ lines = [] }) => lines));
	return [...ordered].flatMap(([key, { net, name }]) => {
		const own = taken.get(key)?.net;
		// Of a discount a part bill has a part, which is no more than was ordered.
		if (!own || !isBeyond(own, net.lt(0) ? decimal(0) : net, tolerance)) return [];
		const money = (value: Decimal) => moneyText(value, currency);
		return [
			`"${name}": ${money(own)} is billed, and ${money(net)} was ordered: ${money(own.minus(net))} more.`,
		];
	});
}

/** Of amount and percentage the smaller counts, where both are given. */
function isBeyond(billed: Decimal, ordered: Decimal, { amount, percent }: OrderTolerance): boolean {
	const ofPercent = percent && ordered.abs().times(percent).div(decimal(100));
	const allowed =
		amount && ofPercent
			? amount.lt(ofPercent)
				? amount
				: ofPercent
			: (amount ?? ofPercent ?? decimal(0));
	return billed.minus(ordered).gt(allowed);
}

interface NamedNet {
	readonly name: string;
	readonly net: Decimal;
}

/** What lines come to by what they are of: their item, else their description. */
function netByKey(lines: readonly FieldValues[]): Map<string, NamedNet> {
	const known = new Map<string, NamedNet>();
	for (const fields of lines) {
		const name = textOf(fields.itemCode) || textOf(fields.description);
		const amount = textOf(fields.lineAmount);
		const net = amount ? decimal(amount) : netOf(fields, UNIT_PLACES);
		if (!name || !net) continue;
		const key = foldText(name);
		const before = known.get(key);
		known.set(key, { name: before?.name ?? name, net: before ? before.net.plus(net) : net });
	}
	return known;
}
