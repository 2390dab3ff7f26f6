import type { PaymentStateName } from './paymentState';

export interface PaymentWords {
	/** What a person reads for the state. */
	readonly label: string;
	/** What goes into the field; undefined leaves it as it is. */
	readonly value: string | undefined;
}

interface Usual {
	/** First what it is called here, then what Knack builders tend to call it. */
	readonly words: readonly [string, ...string[]];
	/** Whose option serves where a choice field has none of its own. */
	readonly else?: PaymentStateName;
	/** Comes before anything is owed: a choice without a word for it may stay as it is. */
	readonly beforehand?: boolean;
}

const USUAL: Readonly<Record<PaymentStateName, Usual>> = {
	draft: { words: ['Draft'], beforehand: true },
	awaitingApproval: {
		words: ['Awaiting Approval', 'Submitted', 'Pending Approval'],
		else: 'draft',
		beforehand: true,
	},
	unpaid: {
		words: ['Unpaid', 'Awaiting Payment', 'Not Paid', 'Outstanding'],
	},
	overdue: { words: ['Overdue', 'Past Due', 'Late'], else: 'unpaid' },
	partPaid: {
		words: ['Part Paid', 'Partially Paid', 'Partly Paid', 'Partial', 'Partial Payment'],
	},
	partPaidOverdue: {
		words: ['Part Paid Overdue', 'Part Paid and Overdue', 'Partially Paid and Overdue'],
		else: 'partPaid',
	},
	paid: { words: ['Paid', 'Paid in Full', 'Fully Paid', 'Settled'] },
	overpaid: { words: ['Overpaid'], else: 'paid' },
	credited: { words: ['Credited', 'Credit', 'Credit Note', 'Refunded'] },
	voided: { words: ['Voided', 'Void', 'Cancelled', 'Canceled'] },
	deleted: { words: ['Deleted', 'Removed'], else: 'voided' },
};

/** The user's own words by state. */
export type OwnWords = Partial<Record<PaymentStateName, string>>;

/**
 * The words for a state: the user's own, else the usual ones. Where the field is a choice, its
 * options decide: without words of the user's the option is taken that is usually meant, or that of
 * the nearest state ("Unpaid" for what is overdue). Words that no option has stay as they are, so
 * that the check before writing can say which option is missing.
 */
export function paymentWords(
	state: PaymentStateName,
	own: OwnWords,
	options?: readonly string[],
): PaymentWords {
	const given = own[state]?.trim();
	const usual = USUAL[state];
	if (given) {
		const words = (options && optionFor([given], options)) ?? given;
		return { label: words, value: words };
	}
	if (!options) return usualWords(state, own);
	const option = optionFor(usual.words, options);
	if (option !== undefined) return { label: option, value: option };
	if (usual.else) {
		const nearest = paymentWords(usual.else, own, options);
		if (nearest.value !== undefined) return nearest;
	}
	return { label: usual.words[0], value: usual.beforehand ? undefined : usual.words[0] };
}

/** In a text field every state has its words; only part-paid and overdue need not differ. */
function usualWords(state: PaymentStateName, own: OwnWords): PaymentWords {
	if (state === 'partPaidOverdue') return paymentWords('partPaid', own);
	const [words] = USUAL[state].words;
	return { label: words, value: words };
}

/** The option that says one of the words, tried in order. */
export function optionFor(
	wanted: readonly string[],
	options: readonly string[],
): string | undefined {
	for (const words of wanted) {
		const same = (option: string): boolean => bare(option) === bare(words);
		const option = options.find((one) => one === words) ?? options.find(same);
		if (option !== undefined) return option;
	}
	return undefined;
}

/** Letter case, spaces and hyphens do not make another option. */
function bare(words: string): string {
	return words.toLowerCase().replace(/[\s_-]+/g, '');
}
