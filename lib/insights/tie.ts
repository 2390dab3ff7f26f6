import { amountText, type Decimal } from '../money';
import type { Tie } from './insight';

interface Compared {
	readonly against: string;
	readonly currency: string;
	readonly ours: Decimal;
	readonly figure: Decimal;
	/** Said where they differ. */
	readonly why?: string;
}

/** Two figures side by side. */
export function compared({ against, currency, ours, figure, why }: Compared): Tie {
	const difference = figure.minus(ours);
	const agrees = difference.eq(0);
	return {
		against,
		currency,
		figure: amountText(figure, currency),
		ours: amountText(ours, currency),
		difference: amountText(difference, currency),
		state: agrees ? 'agrees' : 'differs',
		...(why === undefined || agrees ? {} : { why }),
	};
}

/** A figure that there is nothing to hold against, and why. */
export function notChecked(
	{ against, currency, ours }: Pick<Compared, 'against' | 'currency' | 'ours'>,
	why: string,
): Tie {
	return {
		against,
		currency,
		figure: null,
		ours: amountText(ours, currency),
		difference: null,
		state: 'not checked',
		why,
	};
}
