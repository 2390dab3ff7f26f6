import type { CalendarDate } from '../../dates';
import { canonicalDecimal, decimal, roundHalfUp } from '../../money';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { OrganisationSettings } from '../../xero/settings';
import type { LateRule } from '../check/rule';
import type { Draft } from '../draft';
import type { PostedHistory } from './postedHistory';
import type { Posting, PostedLine } from './posting';

/** A document that is about to be posted, with all that it is held against. */
export interface Look {
	readonly definition: DocumentDefinition;
	readonly settings: OrganisationSettings;
	readonly draft: Draft;
	readonly posting: Posting;
	readonly history: PostedHistory;
	/** What the contact has posted, without the document itself; the newest first. */
	readonly ofContact: readonly Posting[];
	/** Records of the run that come before it, of the same contact. */
	readonly before: readonly Posting[];
	/** Numbers of all records of the run. */
	readonly numbersOfRun: ReadonlySet<string>;
	/** The contact as Xero has it. */
	readonly contact?: XeroDocument;
	readonly today: CalendarDate;
}

/** Something unusual, with the numbers behind it. */
export interface Unusual {
	readonly rule: LateRule;
	readonly field?: string;
	/** What is unusual, with the numbers. */
	readonly message: string;
	/** The numbers alone, by name, for a workflow to read. */
	readonly numbers: Readonly<Record<string, string>>;
	/** The record's own values that a person releases; others ask again. */
	readonly released: readonly string[];
	/** Whether it is said and never holds the record, since the record itself is not in doubt. */
	readonly isOnlySaid?: boolean;
}

/** Whose documents they are, for sentences. */
export function nameOf({ contactName }: Posting): string {
	return contactName === '' ? 'this contact' : contactName;
}

/** "12.4", "0.08": how many times, in as many digits as say something. */
export function timesText(times: number): string {
	const places = times >= 100 ? 0 : times >= 10 ? 1 : 2;
	return canonicalDecimal(roundHalfUp(decimal(times), places));
}

/** "line 2 (Oak boards)". */
export function lineText({ index, itemCode, description }: PostedLine): string {
	const named = itemCode ?? description;
	const short = named.length > MOST_LETTERS ? `${named.slice(0, MOST_LETTERS)}…` : named;
	return short === '' ? `line ${index + 1}` : `line ${index + 1} (${short})`;
}

const MOST_LETTERS = 40;
