import { Hono } from 'hono';
import { DateTime } from 'luxon';
import { z } from 'zod';

import type { SandboxClock } from '../core/clock';
import type { Journal } from '../core/journal';
import type { SandboxChange } from '../core/twin';
import { credentialForms } from '../credentialValues';
import type { KnackTwin } from '../knack/twin';
import type { XeroTwin } from '../xero/twin';
import type { EditorLinks } from './editorLinks';
import { knackPageData, xeroPageData } from './pageData';

/** What the page shows: both sides, the time and what was asked, and where to go on from here. */
export interface ShownSandbox {
	readonly clock: SandboxClock;
	readonly journal: Journal;
	readonly knack: KnackTwin;
	readonly xero: XeroTwin;
	readonly editor: EditorLinks | undefined;
	startOver(): Promise<void>;
	/** @returns what stops the listening. */
	onChange(listener: (change: SandboxChange) => void): () => void;
}

const decimalText = z
	.string()
	.trim()
	.regex(/^\d+(\.\d+)?$/, 'Quantity and price are numbers, such as 2.5 or 95.00.');

/** `/control/page`: what the page shows and what a person does on it. */
export function pageControl(sandbox: ShownSandbox): Hono {
	const routes = new Hono();
	const { knack, xero } = sandbox;
	const savedAt = new Map<string, number>();
	sandbox.onChange(({ service, what, id }) => {
		if (what === 'everything') savedAt.clear();
		else if (service === 'knack' && id !== undefined) savedAt.set(id, sandbox.clock.now());
	});

	routes.onError((error, context) => context.json({ error: inWords(error) }, 400));

	routes.get('/', (context) => {
		const now = sandbox.clock.now();
		const { origin } = new URL(context.req.url);
		return context.json({
			now,
			frozen: sandbox.clock.isFrozen,
			today: DateTime.fromMillis(now, { zone: 'Europe/London' }).toFormat('yyyy-MM-dd'),
			knack: knackPageData(knack, savedAt),
			xero: xeroPageData(xero.person.call().ledger),
			journal: {
				counts: sandbox.journal.counts(),
				plan: knack.planUse(),
				entries: sandbox.journal
					.filter({ last: 200 })
					.map(({ requestBody: _request, responseBody: _response, ...entry }) => entry),
			},
			editor: sandbox.editor ?? null,
			credentials: credentialForms(origin),
		});
	});

	routes.post('/startOver', async (context) => {
		await sandbox.startOver();
		return context.json({ done: true });
	});

	// As a form of the app would, and not as the API, which leaves blank what it cannot read.
	routes.put('/tables/:table/records/:id', async (context) => {
		const { values } = z.object({ values: z.record(z.string()) }).parse(await context.req.json());
		const { table, id } = context.req.param();
		knack.fillForm(table, id, values);
		return context.json({ done: true });
	});

	routes.post('/orders', async (context) => {
		const order = z
			.object({
				customer: z.string(),
				description: z.string(),
				quantity: decimalText,
				unitPrice: decimalText,
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

	routes.post('/contacts/:id/restore', (context) => {
		xero.person.archiveContact(context.req.param('id'), false);
		return context.json({ done: true });
	});

	return routes;
}

function inWords(error: Error): string {
	return error instanceof z.ZodError
		? error.issues.map(({ message }) => message).join(' ')
		: error.message;
}
