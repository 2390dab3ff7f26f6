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

/** Whether the document shall be approved or sent for approval, for which Xero asks for more. */
export function isToBeApproved({ definition, draft }: LineContext): boolean {
	const { approved, initial, unapproved } = definition.lifecycle;
	// What has no drafts is approved as soon as it is there.
	const wanted = wantedStatus(definition, draft) ?? approved[0] ?? '';
	return wanted === approved[0] || (unapproved.includes(wanted) && wanted !== initial);
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

/** What a rule about lines looks at: the lines as they will be sent, not as the record has them. */
export type LineContext = Pick<RuleContext, 'definition' | 'draft' | 'settings'>;

/** A rule about how the values of a line go together. */
export interface LineRule extends Omit<Rule, 'find'> {
	find(context: LineContext): readonly Finding[];
}

/** A finding that only matching or planning can make. */
export type LateRule = ReturnType<typeof judged>;
