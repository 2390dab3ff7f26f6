import type { Call } from './call';
import { UnknownId } from './failures';
import { Input } from './input';
import type { Ledger } from './ledger';
import type { BatchPaymentRow, PaymentRow } from './model';
import { createPayment, deletePayment } from './paymentSaving';
import { Problems, refuse } from './problems';
import { limited } from './quotes';
import type { SaveMode } from './resource';
import { booksOf } from './settlement';

const NZ_DETAILS = { Reference: 255, Particulars: 12, Code: 12 } as const;
const OTHER_DETAILS = { Reference: 255, Details: 18 } as const;
const UK_DETAILS = { ...OTHER_DETAILS, Narrative: 18 } as const;

/** PUT makes a batch of payments for invoices of one side; POST with DELETED takes it back whole. */
export function saveBatchPayment(
	call: Call,
	input: Input,
	mode: SaveMode,
	id?: string,
): BatchPaymentRow {
	const batchId = (id ?? input.trimmed('BatchPaymentID'))?.toLowerCase();
	if (batchId !== undefined) return deleteBatch(call, input, batchId);
	if (mode !== 'create') refuse('Batch payments are made with PUT.');
	return call.world.atomically(call.ledger, () => createBatch(call, input));
}

function createBatch(call: Call, input: Input): BatchPaymentRow {
	const lines = input.list('Payments') ?? [];
	if (lines.length === 0) refuse('A batch payment needs at least one payment.');
	const batchPaymentId = call.guid();
	const account = input.object('Account')?.submitted;
	const payments = lines.map((line) =>
		createPayment(
			call,
			new Input({
				Date: input.date('Date'),
				Reference: input.text('Reference'),
				...line.submitted,
				Account: account,
			}),
			batchPaymentId,
		),
	);
	const sales = payments.every((payment) => payment.paymentType === 'ACCRECPAYMENT');
	const bills = payments.every((payment) => payment.paymentType === 'ACCPAYPAYMENT');
	const [first] = payments;
	if (!first || (!sales && !bills)) {
		refuse('The payments of a batch must all be for invoices, or all for bills.');
	}
	const row: BatchPaymentRow = {
		batchPaymentId,
		accountId: first.accountId,
		date: first.date,
		...readDetails(call, input),
		type: sales ? 'RECBATCH' : 'PAYBATCH',
		status: 'AUTHORISED',
		paymentIds: payments.map((payment) => payment.paymentId),
		updatedMs: call.now(),
	};
	return call.ledger.batchPayments.put(batchPaymentId, row);
}

/** What stands beside the payments differs by country (OpenAPI, BatchPayment). */
function readDetails(call: Call, input: Input): Pick<BatchPaymentRow, 'reference' | 'texts'> {
	const { version } = call.ledger.info.value;
	const problems = new Problems();
	const longest = version === 'NZ' ? NZ_DETAILS : version === 'UK' ? UK_DETAILS : OTHER_DETAILS;
	const texts = Object.entries(longest).flatMap(([name, length]): [string, string][] => {
		const text = limited(input, name, length, undefined, problems);
		return text === undefined ? [] : [[name, text]];
	});
	problems.refuseIfAny();
	const { Reference, ...rest } = Object.fromEntries(texts);
	return { reference: Reference, texts: rest };
}

function deleteBatch(call: Call, input: Input, batchId: string): BatchPaymentRow {
	const batch = call.ledger.batchPayments.get(batchId);
	if (!batch) throw new UnknownId();
	if (!call.settings.batchPaymentDeletable) {
		refuse('It is not possible to delete batch payments via the API.');
	}
	if (input.trimmed('Status')?.toUpperCase() !== 'DELETED' || batch.status === 'DELETED') {
		refuse('Only the status DELETED can be set on a batch payment.');
	}
	for (const payment of livePayments(call.ledger, batch)) {
		deletePayment(booksOf(call), call.settings, payment);
	}
	const deleted: BatchPaymentRow = { ...batch, status: 'DELETED', updatedMs: call.now() };
	return call.ledger.batchPayments.put(batchId, deleted);
}

export function paymentsOf(ledger: Ledger, { paymentIds }: BatchPaymentRow): PaymentRow[] {
	return paymentIds.flatMap((paymentId) => ledger.payments.get(paymentId) ?? []);
}

/** Those that a person has not removed from it. */
export function livePayments(ledger: Ledger, batch: BatchPaymentRow): PaymentRow[] {
	return paymentsOf(ledger, batch).filter(({ status }) => status !== 'DELETED');
}
