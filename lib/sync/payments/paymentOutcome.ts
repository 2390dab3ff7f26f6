import { instantText } from '../../dates';
import type { Issue } from '../../issue';
import { amountText, moneyText } from '../../money';
import type { FieldChange, Outcome, OutcomeKind } from '../outcome';
import { settlementHash } from './invoiceSnapshot';
import type { HistoryCounts } from './paymentHistory';
import type { PaymentStateName } from './paymentState';
import type { PaymentFacts } from './paymentValues';

/** Where the payment of an invoice stands, as items carry it. Amounts are text: "120.00". */
export interface PaymentView {
	readonly state: PaymentStateName;
	/** The user's words for it. */
	readonly label: string;
	readonly total: string;
	readonly paid: string;
	readonly credited: string;
	readonly due: string;
	readonly currency: string;
	readonly dueDate?: string;
	readonly lastPaymentDate?: string;
	readonly fullyPaidDate?: string;
	readonly daysOverdue: number;
	readonly payments: ReadonlyArray<{
		readonly id: string;
		readonly date?: string;
		readonly amount: string;
		readonly reference?: string;
	}>;
	readonly credits: ReadonlyArray<{
		readonly kind: string;
		readonly id: string;
		readonly number?: string;
		readonly date?: string;
		readonly amount: string;
	}>;
}

export interface PaymentOutcome extends Omit<Outcome, 'subject'> {
	readonly payment?: PaymentView;
	/** How many rows of the payment history were written, where one is kept. */
	readonly history?: HistoryCounts;
}

export function paymentView({ state, label }: PaymentFacts): PaymentView {
	const { currency } = state;
	return {
		state: state.state,
		label,
		total: amountText(state.total, currency),
		paid: amountText(state.paid, currency),
		credited: amountText(state.credited, currency),
		due: amountText(state.due, currency),
		currency,
		dueDate: state.dueDate,
		lastPaymentDate: state.lastPaymentDate,
		fullyPaidDate: state.fullyPaidDate,
		daysOverdue: state.daysOverdue,
		payments: state.payments.map(({ id, date, amount, reference }) => ({
			id,
			date,
			amount: amountText(amount, currency),
			reference,
		})),
		credits: state.credits.map(({ kind, id, number, date, amount }) => ({
			kind,
			id,
			number,
			date,
			amount: amountText(amount, currency),
		})),
	};
}

/** What became of one invoice. */
export interface PaymentSettled {
	readonly outcome: OutcomeKind;
	readonly facts: PaymentFacts;
	readonly table: string;
	readonly recordId?: string;
	/** The record as people know it, such as an order number. */
	readonly recordTitle?: string;
	readonly by?: string;
	readonly changes: readonly FieldChange[];
	readonly issues: readonly Issue[];
	readonly skipReason?: string;
	readonly history?: HistoryCounts;
	readonly itemIndexes: readonly number[];
}

/**
 * Whether Knack was written for an invoice. Trouble with the payment history alone does not keep it
 * from being written.
 */
export function hasWritten({
	outcome,
	history,
}: Pick<PaymentSettled, 'outcome' | 'history'>): boolean {
	const { created = 0, updated = 0, removed = 0 } = history ?? {};
	return outcome === 'updated' || created + updated + removed > 0;
}

export function paymentOutcomeOf(
	settled: PaymentSettled,
	run: { readonly calls: number; readonly nowMs: number },
): PaymentOutcome {
	const { snapshot, state, url } = settled.facts;
	return {
		...(settled.recordTitle === undefined ? {} : { record: settled.recordTitle }),
		outcome: settled.outcome,
		document: {
			type: snapshot.kind,
			id: snapshot.id,
			number: snapshot.number,
			status: snapshot.status,
			total: amountText(state.total, state.currency),
			amountDue: amountText(state.due, state.currency),
			currency: state.currency,
			contactId: snapshot.contactId,
			contactName: snapshot.contactName,
			url,
		},
		source: { knackRecordId: settled.recordId, table: settled.table },
		...(settled.by === undefined ? {} : { match: { by: settled.by } }),
		changes: settled.changes,
		issues: settled.issues,
		summary: `${summaryOf(settled)}${historyWords(settled)}`,
		sync: {
			key: `payment:${snapshot.id}`,
			contentHash: settlementHash(snapshot),
			calls: run.calls,
			at: instantText(run.nowMs),
		},
		itemIndexes: settled.itemIndexes,
		payment: paymentView(settled.facts),
		...(settled.history ? { history: settled.history } : {}),
	};
}

/** An item for which no invoice could be read. */
export function withoutInvoice(
	issue: Issue,
	facts: {
		readonly documentType: string;
		readonly sought?: string;
		readonly recordId?: string;
		readonly table: string;
		readonly itemIndexes: readonly number[];
		readonly calls: number;
		readonly nowMs: number;
	},
): PaymentOutcome {
	const held = issue.severity === 'hold';
	return {
		outcome: held ? 'held' : 'blocked',
		document: { type: facts.documentType },
		source: { knackRecordId: facts.recordId, table: facts.table },
		changes: [],
		issues: [issue],
		summary: `${held ? 'Held back' : 'Did not write'}: ${issue.message}`,
		sync: {
			key: `payment:${facts.sought ?? ''}`,
			contentHash: '',
			calls: facts.calls,
			at: instantText(facts.nowMs),
		},
		itemIndexes: facts.itemIndexes,
	};
}

function summaryOf(settled: PaymentSettled): string {
	const { outcome, facts, changes, issues } = settled;
	const { snapshot } = facts;
	const record = settled.recordTitle ?? 'the record';
	const invoice = snapshot.number ?? snapshot.reference ?? snapshot.id;
	const count = `${changes.length} ${changes.length === 1 ? 'field' : 'fields'}`;
	const standing = `${invoice} is ${facts.label}${amountsWords(facts)}`;
	switch (outcome) {
		case 'updated':
			return `${standing}. Updated ${count} of ${record}.`;
		case 'wouldUpdate':
			return `${standing}. Would update ${count} of ${record}.`;
		case 'unchanged':
			return `${standing}. ${record} says so already.`;
		case 'skipped':
			return `Skipped ${invoice}: ${settled.skipReason ?? 'it is not meant to be synced'}.`;
		case 'held':
			return `Held back ${invoice}: ${issues[0]?.message ?? 'see the issues'}`;
		case 'failed':
			return `Could not write ${invoice}: ${issues[0]?.message ?? 'see the issues'}`;
		default:
			return `Did not write ${invoice}: ${issues[0]?.message ?? 'see the issues'}`;
	}
}

/** What a write did to the payment history, or would do; nothing when nothing is to be done. */
function historyWords({ history }: PaymentSettled): string {
	if (!history) return '';
	const parts = (['created', 'updated', 'removed'] as const).flatMap((what) =>
		history[what] === 0 ? [] : [`${history[what]} ${what === 'created' ? 'added' : what}`],
	);
	return parts.length === 0 ? '' : ` Payment history: ${parts.join(', ')}.`;
}

function amountsWords(facts: PaymentFacts): string {
	const words = settledWords(facts);
	const { deducted, currency } = facts.state;
	return words !== '' && deducted.gt(0)
		? `${words}, after ${moneyText(deducted, currency)} CIS deduction`
		: words;
}

function settledWords({ state }: PaymentFacts): string {
	const money = (value: typeof state.due): string => moneyText(value, state.currency);
	switch (state.state) {
		case 'paid':
		case 'overpaid':
			return state.lastPaymentDate
				? `: ${money(state.paid)}, last payment on ${state.lastPaymentDate}`
				: `: ${money(state.paid)}`;
		case 'partPaid':
		case 'partPaidOverdue':
			return `: ${money(state.paid.plus(state.credited))} of ${money(state.total)} settled, ${money(state.due)} due`;
		case 'unpaid':
			return state.dueDate
				? `: ${money(state.due)} due on ${state.dueDate}`
				: `: ${money(state.due)} due`;
		case 'overdue':
			return `: ${money(state.due)} due for ${state.daysOverdue} ${state.daysOverdue === 1 ? 'day' : 'days'}`;
		default:
			return '';
	}
}
