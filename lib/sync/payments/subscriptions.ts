import type { Claim } from './claimRecords';
import type { InvoiceSnapshot } from './invoiceSnapshot';
import type { MatchKey } from './locateRecords';
import type { PaymentContext, PaymentSettings } from './paymentSettings';

/**
 * Whether the record of an invoice is that of a subscription, which many invoices belong to: Xero
 * makes them from a repeating invoice, one after the other, and each names it.
 */
export function isOfSubscription(
	{ match }: Pick<PaymentSettings, 'match'>,
	{ repeatingInvoiceId }: InvoiceSnapshot,
	by: MatchKey | 'recordId',
): boolean {
	return (
		match.repeatingInvoiceId !== undefined &&
		repeatingInvoiceId !== undefined &&
		(by === 'repeatingInvoiceId' || by === 'reference')
	);
}

/**
 * Which invoice a subscription's record goes by: the oldest of which something is due, since that is
 * what the customer has to pay, else the newest. By the index of the claim; one call for all of a run,
 * and none without subscriptions. Throws ServiceFaultError.
 */
export async function speakingInvoices(
	context: PaymentContext,
	settings: PaymentSettings,
	invoices: readonly InvoiceSnapshot[],
	claims: readonly Claim[],
): Promise<ReadonlyMap<number, InvoiceSnapshot>> {
	const wanted = claims.flatMap((claim, index): Array<[number, string]> => {
		const invoice = invoices[index];
		const isShared =
			claim.kind === 'record' && invoice && isOfSubscription(settings, invoice, claim.by);
		return isShared && invoice.repeatingInvoiceId !== undefined
			? [[index, invoice.repeatingInvoiceId]]
			: [];
	});
	if (wanted.length === 0) return new Map();
	const all = await context.madeFrom(wanted.map(([, template]) => template));
	return new Map(
		wanted.flatMap(([index, template]): Array<[number, InvoiceSnapshot]> => {
			const own = all.filter(({ repeatingInvoiceId }) => repeatingInvoiceId === template);
			const inOrder = [...own].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : 1));
			const speaking = inOrder.find(({ due }) => due.gt(0)) ?? inOrder.at(-1);
			return speaking ? [[index, speaking]] : [];
		}),
	);
}

function dayOf({ date, id }: InvoiceSnapshot): string {
	return `${date ?? ''} ${id}`;
}
