import type { CalendarDate } from '../../dates';
import type { KnackTableSource } from '../reading/knackRecords';

export interface StatementInput {
	readonly day: CalendarDate;
	/** What is open alone, or all that happened since a day. */
	readonly kind: 'openItems' | 'activity';
	/** Of activity: the first day that is shown; 30 days before the day where it is not told. */
	readonly from?: CalendarDate;
	/** A row for each customer with its HTML, or for each line of the statements. */
	readonly detail: 'customers' | 'lines';
	/** Customers by name or id; all, where there are none. */
	readonly contacts: readonly string[];
	/** Whether those with nothing to chase are left out of the rows; the summary counts them. */
	readonly chasedAlone: boolean;
	/** Whether the online address of each invoice that is late is read: a call for each. */
	readonly paymentLinks: boolean;
	/** What in Knack says that a customer is not to be chased for an invoice. */
	readonly promises?: {
		readonly source: KnackTableSource;
		/** Holds the number or the id of the invoice. */
		readonly invoice: string;
		/** A yes/no field, or any that is blank where nothing is disputed. */
		readonly disputed?: string;
		/** The day until which a customer has promised to pay. */
		readonly promised?: string;
	};
}
