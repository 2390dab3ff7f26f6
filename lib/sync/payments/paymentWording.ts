import { PAYMENT_STATES } from './paymentState';
import type { PaymentStateName } from './paymentState';

/** The words that go into Knack for each state. */
export type PaymentWording = Readonly<Record<PaymentStateName, string>>;

/** What a state is called unless the user says otherwise, then what builders tend to call it. */
const USUAL: Readonly<Record<PaymentStateName, readonly [string, ...string[]]>> = {
	draft: ['Draft'],
	awaitingApproval: ['Awaiting Approval', 'Submitted', 'Pending Approval'],
	unpaid: ['Unpaid', 'Awaiting Payment', 'Not Paid', 'Outstanding', 'Open', 'Due'],
	overdue: ['Overdue', 'Past Due', 'Late'],
	partPaid: ['Part Paid', 'Partially Paid', 'Partly Paid', 'Partial', 'Partial Payment'],
	partPaidOverdue: ['Part Paid Overdue', 'Part Paid and Overdue', 'Partially Paid and Overdue'],
	paid: ['Paid', 'Paid in Full', 'Fully Paid', 'Settled', 'Complete', 'Completed'],
	overpaid: ['Overpaid'],
	credited: ['Credited', 'Credit', 'Credit Note', 'Refunded'],
	voided: ['Voided', 'Void', 'Cancelled', 'Canceled'],
	deleted: ['Deleted', 'Removed'],
};

/**
 * The words for every state: the user's own, else the usual ones. Where the field is a choice its
 * options decide the spelling, and a state without words of the user's takes the option that is
 * usually meant. Words that no option has stay as they are, so that the check before writing can
 * say which option is missing. A part-paid invoice that is overdue says what "part paid" says
 * unless it has words of its own.
 */
export function paymentWording(
	own: Partial<Record<PaymentStateName, string>>,
	options?: readonly string[],
): PaymentWording {
	const words = new Map<PaymentStateName, string>();
	for (const state of PAYMENT_STATES) {
		const given = own[state]?.trim();
		const wanted = given ? [given] : USUAL[state];
		const option = options && firstOption(wanted, options);
		if (option !== undefined) words.set(state, option);
		else if (given || state !== 'partPaidOverdue') words.set(state, wanted[0] ?? state);
	}
	const partPaid = words.get('partPaid') ?? USUAL.partPaid[0];
	const wordsOf = (state: PaymentStateName) => words.get(state) ?? partPaid;
	return {
		draft: wordsOf('draft'),
		awaitingApproval: wordsOf('awaitingApproval'),
		unpaid: wordsOf('unpaid'),
		overdue: wordsOf('overdue'),
		partPaid,
		// Without options to choose from, the distinction is made only when the user asks for it.
		partPaidOverdue: options || own.partPaidOverdue ? wordsOf('partPaidOverdue') : partPaid,
		paid: wordsOf('paid'),
		overpaid: wordsOf('overpaid'),
		credited: wordsOf('credited'),
		voided: wordsOf('voided'),
		deleted: wordsOf('deleted'),
	};
}

function firstOption(wanted: readonly string[], options: readonly string[]): string | undefined {
	for (const words of wanted) {
		const option = options.find((o) => o === words) ?? options.find((o) => bare(o) === bare(words));
		if (option !== undefined) return option;
	}
	return undefined;
}

/** Letter case, spaces and hyphens do not make another option. */
function bare(words: string): string {
	return words.toLowerCase().replace(/[\s_-]+/g, '');
}
