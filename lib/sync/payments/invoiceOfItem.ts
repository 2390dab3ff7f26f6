import { z } from '../../vendor/zod';
import { documentOfType } from '../../xero/documents';

/** How an item says which invoice it means. */
export type InvoiceReference =
	| { readonly by: 'id'; readonly value: string }
	| { readonly by: 'number'; readonly value: string }
	| { readonly by: 'reference'; readonly value: string };

const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

/** Xero's answer for "none": a GUID of zeros. */
const NO_ID = /^[0-]+$/;

const text = z.string().trim().min(1).optional().catch(undefined);
const withIds = z
	.object({ id: text, InvoiceID: text, invoiceID: text, invoiceId: text })
	.partial()
	.catch({});

const itemSchema = z.object({
	document: z.object({ type: text, id: text, number: text }).partial().catch({}),
	InvoiceID: text,
	invoiceID: text,
	invoiceId: text,
	/** A payment, as Xero or a trigger tells of it. */
	Invoice: withIds,
	invoice: withIds,
	/** An event of Xero's webhooks. */
	eventCategory: text,
	resourceId: text,
	InvoiceNumber: text,
	invoiceNumber: text,
	source: z.object({ knackRecordId: text, table: text }).partial().catch({}),
	knack: z.object({ recordId: text, table: text }).partial().catch({}),
});

/**
 * The invoice that an item of a workflow is about: an outcome of this package, an event of Xero's
 * webhooks, an invoice or a payment as Xero sends it. Undefined when it tells of none.
 */
export function invoiceOfItem(json: unknown): InvoiceReference | undefined {
	const parsed = itemSchema.safeParse(json);
	if (!parsed.success) return undefined;
	const item = parsed.data;
	const { document, Invoice, invoice } = item;
	const isInvoice =
		document.type === undefined || documentOfType(document.type)?.can.bePaid === true;
	const isInvoiceEvent =
		item.eventCategory === undefined || item.eventCategory.toUpperCase() === 'INVOICE';
	const ids = [
		isInvoice ? document.id : undefined,
		item.InvoiceID ?? item.invoiceID ?? item.invoiceId,
		Invoice.InvoiceID ?? Invoice.invoiceID ?? Invoice.invoiceId ?? Invoice.id,
		invoice.InvoiceID ?? invoice.invoiceID ?? invoice.invoiceId ?? invoice.id,
		isInvoiceEvent ? item.resourceId : undefined,
	];
	for (const id of ids) {
		const value = id === undefined ? undefined : invoiceIdIn(id);
		if (value !== undefined) return { by: 'id', value };
	}
	const number =
		(isInvoice ? document.number : undefined) ?? item.InvoiceNumber ?? item.invoiceNumber;
	return number === undefined ? undefined : { by: 'number', value: number };
}

/** The id in what a person pasted: the id itself, or the address of the invoice in Xero. */
export function invoiceIdIn(words: string): string | undefined {
	const id = GUID.exec(words)?.[0].toLowerCase();
	return id === undefined || NO_ID.test(id) ? undefined : id;
}

/** The record of the table that an item came from, when it says so. */
export function recordOfItem(json: unknown, table: string): string | undefined {
	const parsed = itemSchema.safeParse(json);
	if (!parsed.success) return undefined;
	const { source, knack } = parsed.data;
	if (source.knackRecordId !== undefined && source.table === table) return source.knackRecordId;
	return knack.table === table ? knack.recordId : undefined;
}
