import type { Call } from './call';
import { readLineAmountTypes } from './documents';
import { renderLine } from './documentRender';
import { Input } from './input';
import { saveInvoice } from './invoiceSaving';
import type { JsonObject } from './json';
import { readLines, totalsOf } from './lines';
import type { DocumentTotals, InvoiceRow, InvoiceType } from './model';
import type { RepeatingInvoiceRow } from './organisationModel';
import { Problems } from './problems';
import type { Resource } from './resource';
import { addDays, addMonths, dayOfMonth, msDateOf } from './xeroDates';

/** Templates, which are only read here: a person makes them, and Xero the invoices by itself. */
export const repeatingInvoices: Resource<RepeatingInvoiceRow> = {
	path: 'RepeatingInvoices',
	idName: 'RepeatingInvoiceID',
	scopes: ['accounting.invoices'],
	paging: 'none',
	understandsWhere: true,
	fields: () => ({
		repeatinginvoiceid: (template) => template.id,
		type: (template) => template.type,
		status: (template) => template.status,
		reference: (template) => template.reference ?? '',
		'contact.contactid': (template) => template.contactId,
	}),
	idOf: (template) => template.id,
	updatedMs: () => 0,
	rows: (call) => call.ledger.repeatingInvoices.all(),
	find: (call, named) => call.ledger.repeatingInvoices.get(named.toLowerCase()),
	render: (call, template) => ({
		...template.members,
		ID: template.id,
		RepeatingInvoiceID: template.id,
		Type: template.type,
		Status: template.status,
		Reference: template.reference,
		Contact: {
			ContactID: template.contactId,
			Name: call.ledger.contacts.get(template.contactId)?.name,
		},
		Schedule: {
			Period: template.schedule.period,
			Unit: template.schedule.unit,
			StartDate: msDateOf(template.schedule.startDate ?? template.schedule.nextDate),
			NextScheduledDate: msDateOf(template.schedule.nextDate),
		},
		LineItems: template.lines.map((line) => renderLine(call, line, 4, false)),
		...amountMembers(template.totals),
		HasAttachments: false,
	}),
};

/** Source: OpenAPI, RepeatingInvoice; its example of the list has the lines with their amounts. */
function amountMembers({ subTotal, totalTax, total }: DocumentTotals): JsonObject {
	return {
		SubTotal: subTotal.toNumber(),
		TotalTax: totalTax.toNumber(),
		Total: total.toNumber(),
	};
}

export function addRepeatingInvoice(
	call: Call,
	wanted: {
		readonly contactId: string;
		readonly type: InvoiceType;
		readonly reference?: string;
		readonly members: JsonObject;
		readonly schedule: RepeatingInvoiceRow['schedule'];
	},
): RepeatingInvoiceRow {
	const id = call.guid();
	const amounts = templateAmounts(call, new Input(wanted.members), wanted.type === 'ACCREC');
	const schedule = { startDate: wanted.schedule.nextDate, ...wanted.schedule };
	const row: RepeatingInvoiceRow = { ...wanted, ...amounts, schedule, id, status: 'AUTHORISED' };
	return call.ledger.repeatingInvoices.put(row.id, row);
}

function templateAmounts(
	call: Call,
	members: Input,
	sales: boolean,
): Pick<RepeatingInvoiceRow, 'lines' | 'totals'> {
	const lineAmountTypes = readLineAmountTypes(members, undefined);
	const rules = {
		sales,
		discounts: sales,
		negativeQuantity: true,
		needsAccounts: false,
		unitDecimalPlaces: 4,
		lineAmountTypes,
	};
	const problems = new Problems();
	const lines = readLines(call, members.list('LineItems') ?? [], [], rules, problems);
	problems.refuseIfAny();
	return { lines, totals: totalsOf(lines, lineAmountTypes) };
}

/** What Xero does on the day: one more invoice, which names its template. */
export function makeScheduledInvoice(call: Call, template: RepeatingInvoiceRow): InvoiceRow {
	const { ledger } = call;
	const { nextDate, period, unit } = template.schedule;
	const made = saveInvoice(
		call,
		new Input({
			Status: template.status,
			...template.members,
			Type: template.type,
			Contact: { ContactID: template.contactId },
			Reference: template.reference,
			Date: nextDate,
			DueDate: nextDate,
		}),
		'create',
	);
	const next =
		unit === 'WEEKLY' ? addDays(nextDate, 7 * period) : monthsAfter(template.schedule, period);
	ledger.repeatingInvoices.put(template.id, {
		...template,
		schedule: { ...template.schedule, nextDate: next },
	});
	return ledger.invoices.put(made.id, { ...made, repeatingInvoiceId: template.id });
}

/** On the day of the first one again after a shorter month: a guess, which Xero's pages leave open. */
function monthsAfter(
	{ nextDate, startDate = nextDate }: RepeatingInvoiceRow['schedule'],
	months: number,
): string {
	return dayOfMonth(addMonths(nextDate, months), Number(startDate.slice(8)));
}
