import { amountText, sum } from '../../money';
import { SHADOWS, type Shadow } from './kinds';
import type { ShadowedDocument } from './shadowRow';

/** Documents of one kind and currency. */
interface ShadowTotal {
	readonly shadow: Shadow;
	readonly documents: number;
	/** What they come to; see `ShadowedDocument.amount`. None for documents without an amount. */
	readonly total?: string;
	readonly currency?: string;
}

/** How many documents there are of each kind, in the order of the kinds. */
export function shadowCounts(documents: readonly ShadowedDocument[]): Record<Shadow, number> {
	const counts: Record<Shadow, number> = Object(
		Object.fromEntries(Object.keys(SHADOWS).map((shadow) => [shadow, 0])),
	);
	for (const { shadow } of documents) counts[shadow] += 1;
	return counts;
}

/** What the documents of each kind come to, by currency. */
export function shadowTotals(documents: readonly ShadowedDocument[]): ShadowTotal[] {
	const kinds = Object.keys(shadowCounts([])) as Shadow[];
	return kinds.flatMap((shadow) => {
		const own = documents.filter((each) => each.shadow === shadow);
		const currencies = new Set(own.map(({ amount }) => amount?.currency));
		return [...currencies].map((currency): ShadowTotal => {
			const group = own.filter(({ amount }) => amount?.currency === currency);
			if (currency === undefined) return { shadow, documents: group.length };
			const total = sum(group.flatMap(({ amount }) => (amount ? [amount.total] : [])));
			return { shadow, documents: group.length, total: amountText(total, currency), currency };
		});
	});
}

/** In how many documents each field differs, most first; lines count as one field. */
export function differingFields(
	documents: readonly ShadowedDocument[],
): Array<{ readonly field: string; readonly documents: number }> {
	const counts = new Map<string, number>();
	for (const { differences } of documents) {
		const fields = new Set(differences.map(({ field }) => field.replace(/ \(line \d+\)$/, '')));
		for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + 1);
	}
	return [...counts]
		.map(([field, number]) => ({ field, documents: number }))
		.sort((a, b) => b.documents - a.documents || (a.field < b.field ? -1 : 1));
}
