import type { DraftLine } from '../../../lib/sync/draft';
import { createPacer } from '../../../lib/pace';
import type { XeroClient } from '../../../lib/xero/client';
import { sandboxXero } from '../../../lib/xero/urls';
import { createXeroClient } from '../../../lib/xero/xeroClient';
import { DEMO_TRADE_TENANT_ID } from '../../../sandbox/xero/twin';
import { SANDBOX_PKCE_APP } from '../../../sandbox/xero/world';
import { memoryPort, sandboxClock, type XeroInMemory } from '../../support/xeroInMemory';

/** An order as it stands in Knack. */
export interface Job {
	readonly id: string;
	number: string;
	customer: string;
	date: string;
	dueDate: string;
	currency: string;
	lines: readonly DraftLine[];
	/** What the tool has brought back from Xero. */
	amountPaid: string;
}

/** How a Zap is set up to name the order on the invoice. */
export type Naming = 'reference' | 'worded' | 'number' | 'none';

/** A Zap: each order becomes an invoice once, by the tool's own app, and what becomes of it later is not its matter. */
export class Zapier {
	private readonly client: XeroClient;
	private posts = 0;

	constructor(xero: XeroInMemory) {
		const { sandbox } = xero;
		const token = sandbox.xero.signIn({ clientId: SANDBOX_PKCE_APP.clientId }).access_token;
		this.client = createXeroClient({
			http: memoryPort(sandbox, () => token),
			clock: sandboxClock(sandbox),
			organisationId: DEMO_TRADE_TENANT_ID,
			urls: sandboxXero('http://127.0.0.1:4010/xero'),
			pace: createPacer({ inFlight: 5 }),
		});
	}

	/** Posts an order as it is now; gives id and number of the invoice. */
	async post(
		job: Job,
		naming: Naming,
		more: { readonly account?: string; readonly customer?: string } = {},
	): Promise<{ readonly id: string; readonly number: string }> {
		const invoice = {
			Type: 'ACCREC',
			Contact: { Name: more.customer ?? job.customer },
			Date: job.date,
			DueDate: job.dueDate,
			CurrencyCode: job.currency,
			LineAmountTypes: 'Exclusive',
			Status: 'AUTHORISED',
			...(naming === 'reference' ? { Reference: job.number } : {}),
			...(naming === 'worded' ? { Reference: `Order ${job.number} by Zapier` } : {}),
			...(naming === 'number' ? { InvoiceNumber: job.number } : {}),
			LineItems: job.lines.map(({ fields }) => ({
				Description: fields.description,
				Quantity: fields.quantity,
				UnitAmount: fields.unitAmount,
				AccountCode: more.account ?? fields.accountCode,
				TaxType: fields.taxType,
			})),
		};
		this.posts += 1;
		const answer = await this.client.write({
			method: 'POST',
			path: '/Invoices',
			body: { Invoices: [invoice] },
			idempotencyKey: `zap ${this.posts}`,
		});
		if (answer.kind !== 'accepted') throw new Error(JSON.stringify(answer));
		const { Invoices: [made] = [] } = Object(answer.body);
		return { id: String(made.InvoiceID), number: String(made.InvoiceNumber) };
	}
}
