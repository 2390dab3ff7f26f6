import { z } from 'zod';
import type { Sandbox } from '../../sandbox/sandbox';
import { until } from '../realN8n/waiting';
import type { Neighbours } from '../realN8n/neighbours';
import type { Story } from './story';

interface Context {
	sandbox: Sandbox;
	neighbours: Neighbours;
	story: Story;
}

const PATIENCE_MS = 90_000;

/**
 * One order's way to Xero and back, by the activated workflows and nothing else.
 * @throws when a step does not happen
 */
export async function proveOneOrder(context: Context): Promise<void> {
	const { sandbox, neighbours, story } = context;
	const order = anOpenOrder(sandbox);
	sandbox.knack.updateRecord('Orders', order.id, { Status: 'Completed' });
	story.say(`In Knack, ${order.number} of ${order.customer} is set to Completed.`);
	const invoice = await until('the invoice is in Xero and in Knack', PATIENCE_MS, async () => {
		const number = sandbox.knack.shown('Orders', order.id)['Invoice Number'];
		return number ? invoiceNumbered(sandbox, number) : undefined;
	});
	story.happened(
		`n8n posted ${invoice.number} to Xero: ${invoice.lines} lines, ${invoice.total}, and wrote its number to the order`,
	);

	sandbox.xero.approveInvoice(invoice.number);
	sandbox.xero.recordPayment({
		invoiceNumber: invoice.number,
		amount: invoice.amountDue,
		reference: 'Bank transfer',
	});
	story.say(`In Xero, a person approves ${invoice.number} and records its payment.`);
	const status = await until('the payment is in Knack', PATIENCE_MS, async () => {
		const shown = sandbox.knack.shown('Orders', order.id)['Payment Status'];
		return shown === 'Paid' ? shown : undefined;
	});
	story.happened(`n8n wrote "${status}" to ${order.number} in Knack`);
	const message = await until('fulfilment is told', PATIENCE_MS, async () =>
		neighbours.slackMessages.at(-1),
	);
	const [firstLine = ''] = message.text.split('\n');
	story.happened(`n8n told ${message.channel} in Slack (answered on this machine): ${firstLine}`);
}

interface OpenOrder {
	readonly id: string;
	readonly number: string;
	readonly customer: string;
}

/** An order of several lines that somebody is still working on. */
function anOpenOrder({ knack }: Sandbox): OpenOrder {
	const lines = knack.recordIds('Order Lines').map((id) => knack.shown('Order Lines', id));
	for (const id of knack.recordIds('Orders')) {
		const {
			'Order Number': number = '',
			Customer: customer = '',
			Status,
		} = knack.shown('Orders', id);
		const several = lines.filter(({ Order }) => Order === number).length >= 3;
		if (Status === 'In Progress' && several) return { id, number, customer };
	}
	throw new Error('Every order of the sandbox is completed already');
}

const postedInvoice = z.object({
	InvoiceNumber: z.string(),
	Total: z.number(),
	AmountDue: z.number(),
	CurrencyCode: z.string(),
	LineItems: z.array(z.unknown()),
});

function invoiceNumbered({ xero }: Sandbox, number: string) {
	const found = xero.invoices().find(({ InvoiceNumber }) => InvoiceNumber === number);
	if (!found) return undefined;
	const { Total, CurrencyCode, AmountDue, LineItems } = postedInvoice.parse(found);
	const total = new Intl.NumberFormat('en-GB', { style: 'currency', currency: CurrencyCode });
	return { number, lines: LineItems.length, total: total.format(Total), amountDue: AmountDue };
}
