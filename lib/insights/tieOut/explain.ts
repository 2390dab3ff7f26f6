import { decimal, type Decimal } from '../../money';

/** A record of Knack that counts towards the sum. */
export interface SummedRecord {
	readonly id: string;
	readonly title: string;
	/** Undefined where the field is blank. */
	readonly amount: Decimal | undefined;
}

/**
 * What a record may have to do with a difference, as a sentence; undefined for most.
 * @param excess what Knack has more than Xero
 */
export function explainers(
	records: readonly SummedRecord[],
	excess: Decimal,
): (record: SummedRecord) => string | undefined {
	const byAmount = new Map<string, SummedRecord[]>();
	for (const record of records) {
		if (!record.amount) continue;
		const key = record.amount.toFixed(2);
		byAmount.set(key, [...(byAmount.get(key) ?? []), record]);
	}
	const isOne = excess.eq(0) ? false : byAmount.has(excess.toFixed(2));
	return (record) => {
		const { amount } = record;
		if (!amount) return 'It has no amount.';
		if (excess.eq(0) || amount.eq(0)) return undefined;
		if (amount.eq(excess)) return 'Without it the two agree.';
		if (amount.times(decimal(2)).eq(excess)) return 'With the other sign the two agree.';
		if (isOne) return undefined;
		const others = byAmount.get(excess.minus(amount).toFixed(2)) ?? [];
		const [other, ...more] = others.filter(({ id }) => id !== record.id);
		return other && more.length === 0 ? `Without it and ${other.title} the two agree.` : undefined;
	};
}
