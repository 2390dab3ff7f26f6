import { amountText, decimal, sum } from '../../money';
import { ATTENTION, type Outcome } from '../outcome';
import { COUNTED } from '../outcomes';

/** Records of one kind, and what their documents come to where they have amounts. */
export interface Total {
	/** Such as "would be created". */
	readonly what: string;
	/** The records of one row have one currency, or none. */
	readonly currency?: string;
	readonly records: number;
	/** With all places of the currency: "1240.00". */
	readonly subTotal?: string;
	readonly totalTax?: string;
	readonly total?: string;
}

/** The run in numbers: by what became of the records, and by currency. */
export function totalsOf(outcomes: readonly Outcome[]): Total[] {
	const kinds: Array<readonly [string, (outcome: Outcome) => boolean]> = [
		['need attention', ({ outcome }) => ATTENTION.has(outcome)],
		...COUNTED.map(([kind, words]) => [words, ({ outcome }: Outcome) => outcome === kind] as const),
	];
	return kinds.flatMap(([what, fits]) =>
		[...byCurrency(outcomes.filter(fits))].map(([currency, group]) => ({
			what,
			records: group.length,
			...(currency === undefined ? {} : { currency, ...amountsOf(group, currency) }),
		})),
	);
}

function byCurrency(outcomes: readonly Outcome[]): Map<string | undefined, Outcome[]> {
	const groups = new Map<string | undefined, Outcome[]>();
	for (const outcome of outcomes) {
		const { currency } = outcome.document;
		const group = groups.get(currency);
		if (group) group.push(outcome);
		else groups.set(currency, [outcome]);
	}
	return groups;
}

function amountsOf(
	outcomes: readonly Outcome[],
	currency: string,
): Required<Pick<Total, 'subTotal' | 'totalTax' | 'total'>> {
	const of = (part: 'subTotal' | 'totalTax' | 'total') => {
		const amounts = outcomes.map(({ document }) => decimal(document[part] ?? '0'));
		return amountText(sum(amounts), currency);
	};
	return { subTotal: of('subTotal'), totalTax: of('totalTax'), total: of('total') };
}
