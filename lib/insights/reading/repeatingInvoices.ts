import type { CalendarDate } from '../../dates';
import type { Decimal } from '../../money';
import { z } from '../../vendor/zod';
import { readList } from '../../xero/pages';
import { bookList } from './books';
import type { Side } from './invoices';
import { bookedLines, lineElements, type BookedLine } from './lines';
import { optionalDay, readStrictly, wireAmount, wireId, wireText } from './strictly';

/** A template of which Xero makes an invoice or a bill by itself. */
export interface RepeatingInvoice {
	readonly id: string;
	readonly side: Side;
	readonly contactId: string;
	readonly contact: string;
	readonly reference?: string;
	readonly total: Decimal;
	/** Undefined for the base currency. */
	readonly currency?: string;
	/** Every so many weeks or months. */
	readonly every: number;
	readonly unit: 'WEEKLY' | 'MONTHLY';
	/** When the first of this schedule was made. */
	readonly startOn?: CalendarDate;
	/** When the next is made; undefined where none is to come. */
	readonly nextOn?: CalendarDate;
	readonly lastOn?: CalendarDate;
	/** When it is due: see Xero's payment terms. */
	readonly dueDay?: number;
	readonly dueType?: DueType;
	readonly lines: readonly BookedLine[];
}

const DUE_TYPES = [
	'DAYSAFTERBILLDATE',
	'DAYSAFTERINVOICEDATE',
	'DAYSAFTERBILLMONTH',
	'DAYSAFTERINVOICEMONTH',
	'OFCURRENTMONTH',
	'OFFOLLOWINGMONTH',
] as const;

type DueType = (typeof DUE_TYPES)[number];

const templateElement = z.object({
	RepeatingInvoiceID: wireId,
	Type: z.enum(['ACCREC', 'ACCPAY']),
	Status: z.string().min(1),
	Contact: z.object({ ContactID: wireId, Name: wireText }),
	Reference: wireText,
	Total: wireAmount,
	CurrencyCode: wireText,
	LineAmountTypes: wireText,
	LineItems: lineElements,
	Schedule: z.object({
		Period: z.number().int().positive(),
		Unit: z.enum(['WEEKLY', 'MONTHLY']),
		DueDate: z.number().int().nullish(),
		DueDateType: z.enum(DUE_TYPES).nullish(),
		StartDate: optionalDay,
		NextScheduledDate: optionalDay,
		EndDate: optionalDay,
	}),
});

/** The templates that are in use. Xero's list has no pages. */
export const repeatingInvoices = bookList(
	async ({ client }): Promise<readonly RepeatingInvoice[]> => {
		const path = '/RepeatingInvoices';
		const { elements } = await readList(client, { path }, 'RepeatingInvoices');
		return elements
			.map((element) => readStrictly(templateElement, element, path, element.Reference))
			.filter(({ Status }) => Status.toUpperCase() !== 'DELETED')
			.map(({ Schedule, ...read }) => ({
				id: read.RepeatingInvoiceID,
				side: read.Type === 'ACCREC' ? 'sales' : 'purchases',
				contactId: read.Contact.ContactID,
				contact: read.Contact.Name ?? '',
				reference: read.Reference,
				total: read.Total,
				currency: read.CurrencyCode,
				every: Schedule.Period,
				unit: Schedule.Unit,
				startOn: Schedule.StartDate,
				nextOn: Schedule.NextScheduledDate,
				lastOn: Schedule.EndDate,
				dueDay: Schedule.DueDate ?? undefined,
				dueType: Schedule.DueDateType ?? undefined,
				lines: bookedLines(read.LineItems, read.LineAmountTypes),
			}));
	},
);
