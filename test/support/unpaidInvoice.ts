import type { Sandbox } from '../../sandbox/sandbox';

/** An approved sales invoice of 100.00 net that nobody has paid. @returns its id */
export function unpaidInvoice(
	sandbox: Sandbox,
	more: Readonly<Record<string, unknown>> = {},
): string {
	const saved = sandbox.xero.person.saveInvoice({
		Type: 'ACCREC',
		Status: 'AUTHORISED',
		Contact: { Name: 'Ashdown Kitchens Ltd' },
		Date: '2026-11-01',
		DueDate: '2099-01-31',
		LineAmountTypes: 'Exclusive',
		LineItems: [{ Description: 'Work', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
		...more,
	});
	return String(saved.InvoiceID);
}
