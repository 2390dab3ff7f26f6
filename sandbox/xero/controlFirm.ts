import { Hono } from 'hono';

import { body, needed, text } from './controlBody';
import { isJsonObject } from './json';
import type { Person } from './person';

/** Who works at an organisation, its projects, and what Xero invoices for it by itself. */
export function firmRoutes(person: Person): Hono {
	const routes = new Hono();
	routes.post('/employees', async (c) => {
		const sent = await body(c);
		const employee = {
			firstName: needed(sent, 'firstName'),
			lastName: needed(sent, 'lastName'),
			email: text(sent, 'email'),
			employeeNumber: text(sent, 'employeeNumber'),
			calendar: text(sent, 'calendar'),
			startDate: text(sent, 'startDate'),
			endDate: text(sent, 'endDate'),
		};
		return c.json(person.hire(employee, text(sent, 'organisation')));
	});
	routes.post('/pay-runs', async (c) => {
		const sent = await body(c);
		return c.json(person.postPayRun(needed(sent, 'calendar'), text(sent, 'organisation')));
	});
	routes.post('/timesheets/approve', async (c) => {
		const sent = await body(c);
		person.approveTimesheet(needed(sent, 'timesheetId'), text(sent, 'organisation'));
		return c.json({});
	});
	routes.post('/projects/book', async (c) => {
		const sent = await body(c);
		const amounts = {
			expense: text(sent, 'expense'),
			expenseInvoiced: text(sent, 'expenseInvoiced'),
			projectInvoiced: text(sent, 'projectInvoiced'),
			deposit: text(sent, 'deposit'),
			depositApplied: text(sent, 'depositApplied'),
			creditNote: text(sent, 'creditNote'),
		};
		person.bookOnProject(needed(sent, 'projectId'), amounts, text(sent, 'organisation'));
		return c.json({});
	});
	routes.post('/projects/invoice-task', async (c) => {
		const sent = await body(c);
		person.invoiceTask(needed(sent, 'taskId'), text(sent, 'organisation'));
		return c.json({});
	});
	routes.post('/repeating-invoices', async (c) => {
		const sent = await body(c);
		const repeatingInvoiceId = person.addRepeatingInvoice(
			{
				type: text(sent, 'type') === 'ACCPAY' ? 'ACCPAY' : 'ACCREC',
				contactId: needed(sent, 'contactId'),
				reference: text(sent, 'reference'),
				members: isJsonObject(sent['members']) ? sent['members'] : {},
				schedule: {
					period: 1,
					unit: text(sent, 'unit') === 'WEEKLY' ? 'WEEKLY' : 'MONTHLY',
					nextDate: needed(sent, 'nextDate'),
				},
			},
			text(sent, 'organisation'),
		);
		return c.json({ repeatingInvoiceId });
	});
	routes.post('/repeating-invoices/next', async (c) => {
		const sent = await body(c);
		return c.json(
			person.makeScheduledInvoice(needed(sent, 'repeatingInvoiceId'), text(sent, 'organisation')),
		);
	});
	return routes;
}
