import { z } from 'zod';
import type { Sandbox } from '../../sandbox/sandbox';

const ledgerInvoice = z.object({
	InvoiceID: z.string(),
	Type: z.string(),
	InvoiceNumber: z.string().optional(),
	Reference: z.string().optional(),
	Status: z.string(),
	SubTotal: z.number(),
	TotalTax: z.number(),
	Total: z.number(),
	Contact: z.object({ ContactID: z.string(), Name: z.string() }),
	LineItems: z.array(
		z.object({
			LineItemID: z.string(),
			Description: z.string().optional(),
			Quantity: z.number().optional(),
			UnitAmount: z.number().optional(),
			DiscountRate: z.number().optional(),
			ItemCode: z.string().optional(),
			AccountCode: z.string().optional(),
			TaxType: z.string().optional(),
			TaxAmount: z.number().optional(),
			Tracking: z.array(z.object({ Name: z.string(), Option: z.string() })).optional(),
		}),
	),
});

export type LedgerInvoice = z.infer<typeof ledgerInvoice>;

/** Every invoice and bill of the twin's first organisation, as `GET /Invoices/{id}` shows it. */
export function ledgerInvoices(sandbox: Sandbox): LedgerInvoice[] {
	return z.array(ledgerInvoice).parse(sandbox.xero.invoices());
}
