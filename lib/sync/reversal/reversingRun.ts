import type { Clock } from '../../clock';
import type { CalendarDate } from '../../dates';
import type { XeroClient } from '../../xero/client';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Reversing } from '../../xero/documents/reversing';
import type { OrganisationSettings } from '../../xero/settings';
import type { RuleSeverities } from '../check/check';
import type { ClosedPeriod } from '../plan/closedPeriods';

/** When journals are reversed: on the first day of the month after their own, or on one day for all. */
export type Reversal = 'nextMonth' | { readonly on: CalendarDate };

export interface ReversingRun {
	readonly client: XeroClient;
	readonly clock: Clock;
	readonly definition: DocumentDefinition;
	readonly reverses: Reversing;
	readonly reversal: Reversal;
	readonly settings: OrganisationSettings;
	readonly periods: readonly ClosedPeriod[];
	readonly severities: RuleSeverities;
}
