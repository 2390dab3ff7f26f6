import type { CalendarDate } from '../../dates';
import type { judged } from '../../issueCodes';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { Draft } from '../draft';
import { wantedStatus, type PlacedValues } from './draftValues';

/** What a check looks at. */
export interface CheckInput {
	readonly definition: DocumentDefinition;
	readonly draft: Draft;
	readonly settings: OrganisationSettings;
	/** Today by the organisation's own clock. */
	readonly today: CalendarDate;
}

export interface RuleContext extends CheckInput {
	readonly placed: PlacedValues;
}

const APPROVED: ReadonlySet<string> = new Set(['AUTHORISED', 'SUBMITTED']);

/** Whether the document shall be approved or sent for approval, for which Xero asks for more. */
export function isToBeApproved({ definition, draft }: RuleContext): boolean {
	return APPROVED.has(wantedStatus(definition, draft) ?? '');
}

export interface Finding {
	readonly field?: string;
	readonly message: string;
	readonly fix: string;
}

/** One thing that is looked at before anything is written. */
export interface Rule extends LateRule {
	find(context: RuleContext): readonly Finding[];
}

/** A finding that only matching or planning can make. */
export type LateRule = ReturnType<typeof judged>;
