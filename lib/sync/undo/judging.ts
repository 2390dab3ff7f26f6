import type { CalendarDate } from '../../dates';
import type { Issue } from '../../issue';
import type { XeroDocument } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { UpsertOptions } from '../upsertContext';
import type { OwnNotes } from './creditBack';
import type { Freed } from './paid';
import type { RanDocument } from './ranDocument';
import type { Way } from './way';

/** All that documents are judged with. */
export interface Judging {
	readonly settings: OrganisationSettings;
	readonly options: UpsertOptions;
	readonly today: CalendarDate;
	/** Whether contacts that a run made are archived. */
	readonly archivesContacts: boolean;
	/** What is taken off documents in the same run. */
	readonly freed: Freed;
	/** What this app has credited of them. */
	readonly notes: OwnNotes;
	/** What reverses journals, by their ids. */
	readonly reversals: ReadonlyMap<string, XeroDocument>;
}

/** How a document is to be taken back; `toCredit` while its credit note is not planned. */
export interface Judged {
	readonly ran: RanDocument;
	readonly document?: XeroDocument;
	readonly way: Way | { readonly kind: 'toCredit' };
	readonly allocations?: readonly string[];
	readonly issues?: readonly Issue[];
}
