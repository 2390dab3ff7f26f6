import type { Issue } from '../../issue';
import type { GuardSettings } from '../guard/guardSettings';
import type { InvoiceReference } from './invoiceOfItem';
import type { ChosenFields } from './knackFields';
import type { OwnWords } from './paymentWording';

/** What may be written in one run. */
export interface PaymentGuards extends Pick<GuardSettings, 'isForDemoCompanies' | 'stop'> {
	readonly mostRecords?: number;
}

/** What a run is asked to do for all items alike. */
export interface PaymentParameters {
	readonly operation: 'fromInput' | 'changed';
	readonly documentType: string;
	readonly chosen: ChosenFields;
	readonly words: OwnWords;
	readonly isPreview: boolean;
	readonly isTool: boolean;
	/** Set when an AI agent asked to write and may not. */
	readonly isPreviewForTool: boolean;
	readonly fillInvoiceId: boolean;
	readonly clearWhenNone: boolean;
	readonly whenMissing: 'attention' | 'skip';
	readonly includeInput: boolean;
	/** How far the first run over changes looks back, in days; 0 looks at everything. */
	readonly firstRunDays: number;
	/** How far a later run looks back whose process knows of none before, in hours. */
	readonly lookBackHours: number;
	/** After how many days all unpaid invoices are looked at; 0 never. */
	readonly fullCheckDays: number;
}

/** What a run is asked to do for one item. */
export interface PaymentItem {
	readonly index: number;
	readonly json: unknown;
	/** Undefined when the credential's only organisation is meant. */
	readonly organisation?: string;
	readonly reference?: InvoiceReference;
	/** Why the item's settings cannot be worked out. */
	readonly issue?: Issue;
}
