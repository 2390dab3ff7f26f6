import type { XeroInMemory } from './xeroInMemory';

/** What another tool puts into an invoice of its own making. */
export interface ForeignInvoice {
	readonly contact: string;
	readonly date: string;
	readonly number?: string;
	readonly reference?: string;
	readonly lines: ReadonlyArray<{
		readonly description: string;
		readonly quantity?: number;
		readonly unitAmount: number;
	}>;
	readonly status?: string;
	readonly currency?: string;
}

/** Posts an invoice as Zapier does: by its own connection, with words and numbers of its own. */
export function postedByZapier({ sandbox }: XeroInMemory, invoice: ForeignInvoice): string {
	const saved = sandbox.xero.person.saveInvoice({
		Type: 'ACCREC',
		Contact: { Name: invoice.contact },
		Date: invoice.date,
		DueDate: '2027-03-31',
		Status: invoice.status ?? 'AUTHORISED',
		...(invoice.number === undefined ? {} : { InvoiceNumber: invoice.number }),
		...(invoice.reference === undefined ? {} : { Reference: invoice.reference }),
		...(invoice.currency === undefined ? {} : { CurrencyCode: invoice.currency }),
		LineItems: invoice.lines.map(({ description, quantity = 1, unitAmount }) => ({
			Description: description,
			Quantity: quantity,
			UnitAmount: unitAmount,
			AccountCode: '200',
			TaxType: 'OUTPUT2',
		})),
	});
	const id = String(saved.InvoiceID);
	const { invoices } = sandbox.xero.organisation();
	const row = invoices.get(id);
	if (row) invoices.put(id, { ...row, createdByClientId: 'zapier' });
	return id;
}
