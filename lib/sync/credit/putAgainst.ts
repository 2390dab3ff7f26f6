import type { CalendarDate } from '../../dates';
import { contentHash } from '../../hash';
import { canonicalDecimal, parseDecimal, type Decimal } from '../../money';
import { listIn } from '../../xero/answers';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import { readId } from '../../xero/documents/reading';
import { isElement } from '../../xero/documents/wireSlots';
import { toWireValue } from '../../xero/documents/wireValues';

/** A part of a credit (a deposit, an overpayment, a credit note) and the invoice or bill that it is for. */
export interface CreditPart {
	/** Last part of the credit's address: `CreditNotes`. */
	readonly resource: string;
	readonly creditId: string;
	readonly invoiceId: string;
	readonly amount: Decimal;
	/** The day on which it posts. */
	readonly date: CalendarDate;
	/**
	 * What it was decided on, as a text: of two workers that know the same only one takes effect. Who
	 * knows more has seen what the other did.
	 */
	readonly basis: string;
	/** Not sent after this moment, since its key says nothing by then. */
	readonly notAfterMs?: number;
}

/** What became of it. Other than `done` nothing is known before the credit is read again. */
export type PutAgainst =
	| { readonly kind: 'done' }
	| Exclude<XeroWriteAnswer, { readonly kind: 'accepted' }>;

/**
 * Puts a part of a credit against an invoice or bill. Xero refuses more than is left of the one, or
 * due of the other. Never throws for what Xero answers.
 */
export async function putAgainst(client: XeroClient, part: CreditPart): Promise<PutAgainst> {
	const { creditId, invoiceId, amount, date, basis } = part;
	const path = `/${part.resource}/${creditId}/Allocations`;
	const answer = await client.write({
		method: 'PUT',
		path,
		body: {
			Allocations: [
				{
					Amount: toWireValue('money', canonicalDecimal(amount)),
					Invoice: { InvoiceID: invoiceId },
					Date: date,
				},
			],
		},
		idempotencyKey: `knack-xero-${contentHash({ organisation: client.organisationId ?? '', path, invoiceId, basis })}`,
		...(part.notAfterMs === undefined ? {} : { notAfterMs: part.notAfterMs }),
	});
	if (answer.kind !== 'accepted') return answer;
	return isOwnAnswer(answer.body, part)
		? { kind: 'done' }
		: { kind: 'unknown', reason: 'The answer was none of Xero’s.' };
}

function isOwnAnswer(body: unknown, { invoiceId, amount }: CreditPart): boolean {
	const [own, ...others] = listIn(body, 'Allocations') ?? [];
	return (
		own !== undefined &&
		others.length === 0 &&
		isElement(own.Invoice) &&
		readId(own.Invoice, 'InvoiceID') === invoiceId &&
		parseDecimal(own.Amount)?.eq(amount) === true
	);
}
