import { contentHash } from '../../hash';
import type { DocumentDefinition } from '../../xero/documents/definition';
import { readOnlineInvoiceUrl } from '../../xero/onlineInvoice';
import { readList } from '../../xero/pages';
import { addressOf, NOT_NEEDED, problem, settledStep, type LookedAt, type Written } from './step';

/** Whether Xero e-mails the document in this status, and shows it to the customer online. */
export function isForCustomer(
	{ can, lifecycle: { approved, initial, unapproved } }: DocumentDefinition,
	status: string | undefined,
): boolean {
	// What is no draft (Invoices endpoint, Email).
	if (!can.beEmailed || status === undefined || status === initial) return false;
	return approved.includes(status) || unapproved.includes(status);
}

/**
 * A sales invoice that Xero e-mails to its contact. `once` never sends one that has been sent;
 * `onEveryChange` sends each new content once. Throws ServiceFaultError.
 */
export async function emailStep(
	written: Written,
	when: 'once' | 'onEveryChange',
	addressee = 'the customer',
): Promise<LookedAt> {
	const { client, definition, status, id, contentHash: content } = written;
	if (!definition.can.beEmailed) return problem(`Xero e-mails no ${definition.plural}.`);
	if (!isForCustomer(definition, status)) {
		return problem('Only invoices that await approval, are approved or paid can be e-mailed.');
	}
	if (when === 'once' && !written.isNew && (await isSent(written))) return NOT_NEEDED;
	return {
		operation: `E-mail it to ${addressee}`,
		carryOut: async () => {
			const answer = await client.write({
				method: 'POST',
				path: `${addressOf(written)}/Email`,
				idempotencyKey: `knack-xero-email-${contentHash(when === 'once' ? { id } : { id, content })}`,
			});
			// Of what was sent before, nothing tells whether it was sent again.
			const isTelling = when === 'once' || written.isNew;
			return await settledStep(answer, isNothing, async () => isTelling && (await isSent(written)));
		},
	};
}

/** Xero answers 204. */
function isNothing(body: unknown): boolean {
	return typeof body !== 'object' || body === null;
}

async function isSent(written: Written): Promise<boolean> {
	const { elements } = await readList(
		written.client,
		{ path: addressOf(written) },
		written.definition.wire.resource,
	);
	return elements.some((invoice) => invoice.SentToContact === true);
}

/** Where the customer sees the invoice; undefined for drafts. Throws ServiceFaultError. */
export async function onlineInvoiceUrl(written: Written): Promise<string | undefined> {
	const { client, definition, status } = written;
	if (!isForCustomer(definition, status)) return undefined;
	return await readOnlineInvoiceUrl(client, addressOf(written));
}
