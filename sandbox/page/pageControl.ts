import { Hono } from 'hono';
import { DateTime } from 'luxon';
import { z } from 'zod';

import type { SandboxClock } from '../core/clock';
import type { Journal } from '../core/journal';
import type { KnackTwin } from '../knack/twin';
import type { XeroTwin } from '../xero/twin';
import { knackPageData, xeroPageData } from './pageData';

/** What the page shows: both sides, the time and what was asked. */
export interface ShownSandbox {
	readonly clock: SandboxClock;
	readonly journal: Journal;
	readonly knack: KnackTwin;
	readonly xero: XeroTwin;
}

/** `/control/page`: what the page shows and what a person does on it. */
export function pageControl(sandbox: ShownSandbox): Hono {
	const routes = new Hono();
	const { knack, xero } = sandbox;

	routes.onError((error, context) => context.json({ error: error.message }, 400));

	routes.get('/', (context) => {
		const now = sandbox.clock.now();
		return context.json({
			now,
			frozen: sandbox.clock.isFrozen,
			today: DateTime.fromMillis(now, { zone: 'Europe/London' }).toFormat('yyyy-MM-dd'),
			knack: knackPageData(knack),
			xero: xeroPageData(xero.person.call().ledger),
			journal: {
				counts: sandbox.journal.counts(),
				plan: knack.planUse(),
				entries: sandbox.journal
					.filter({ last: 200 })
					.map(({ requestBody: _request, responseBody: _response, ...entry }) => entry),
			},
		});
	});

	routes.post('/orders', async (context) => {
		const order = z
			.object({
				customer: z.string(),
				description: z.string(),
				quantity: z.string(),
				unitPrice: z.string(),
				status: z.string(),
			})
			.parse(await context.req.json());
		const today = DateTime.fromMillis(sandbox.clock.now(), { zone: 'Europe/London' });
		const id = knack.createRecord('Orders', {
			Customer: order.customer,
			Status: 'New',
			'Due Date': today.plus({ days: 30 }).toFormat('dd/MM/yyyy'),
		});
		knack.createRecord('Order Lines', {
			Order: id,
			Description: order.description,
			Quantity: order.quantity,
			'Unit Price': order.unitPrice,
		});
		// Last, as a person would: a trigger that waits for the status then finds the line there.
		if (order.status !== 'New') knack.updateRecord('Orders', id, { Status: order.status });
		return context.json({ id });
	});

	routes.post('/payments', async (context) => {
		const payment = z
			.object({
				invoiceId: z.string(),
				amount: z.string().regex(/^\d+(\.\d{1,2})?$/, 'An amount such as 120.00, please.'),
				date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
				reference: z.string(),
			})
			.parse(await context.req.json());
		xero.recordPayment(payment);
		return context.json({ done: true });
	});

	routes.delete('/payments/:id', (context) => {
		xero.deletePayment(context.req.param('id'));
		return context.json({ done: true });
	});

	routes.post('/invoices/:id/approve', (context) => {
		xero.editInvoice({ invoiceId: context.req.param('id') }, { Status: 'AUTHORISED' });
		return context.json({ done: true });
	});

	routes.post('/invoices/:id/void', (context) => {
		xero.voidInvoice({ invoiceId: context.req.param('id') });
		return context.json({ done: true });
	});

	return routes;
}
