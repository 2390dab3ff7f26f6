import type { Clock } from '../clock';
import { dayInZone, type CalendarDate } from '../dates';
import type { XeroClient } from '../xero/client';
import type { DocumentDefinition, XeroDocument } from '../xero/documents/definition';
import type { OrganisationSettings } from '../xero/settings';
import type { ApprovalRun } from './approval/approvalRun';
import type { Finding } from './check/rule';
import type { CreditScope } from './credit/creditUse';
import type { Draft } from './draft';
import type { LinkedRecords } from './find/keptByOthers';
import type { OrderTolerance } from './orders/orderStanding';
import type { Outcome } from './outcome';
import type { PlanOptions } from './plan/planInput';
import type { Completed } from './references/completed';
import type { Reversal } from './reversal/reversingRun';
import type { Row } from './row';
import type { StatusPlan } from './status/planStatus';
import type { HistoryShelf } from './unusual/readHistory';
import type { Turns } from './write/turns';

export type ContactPolicy = 'matchOrCreate' | 'matchCreateOrUpdate' | 'matchOnly';

export interface UpsertOptions extends PlanOptions {
	/** `matchOrCreate` leaves a contact that exists as it is. */
	readonly contactPolicy: ContactPolicy;
	/** Numbers are made by a template, so that one found in Xero may be another record's. */
	readonly isNumberedByTemplate?: boolean;
	/** Whether rows keep the lines of their documents once they are planned; they do not unless told. */
	readonly keepsLines?: boolean;
	/** What becomes of a document whose date lies in a locked period; held unless told. */
	readonly lateDocuments?: 'hold' | 'draft' | 'firstOpenDay';
	/** What a line counts whose quantity is left blank; held unless told. */
	readonly blankQuantity?: 'hold' | 'one';
	/** Which open credit of the contact an approved document is paid from; none unless told. */
	readonly openCredit?: CreditScope;
	/** How far bills may go over the order that they name; not at all unless told. */
	readonly orderTolerance?: OrderTolerance;
	/** When journals that are posted are reversed; not at all unless told. */
	readonly reversal?: Reversal;
	/** What becomes of records that are unlike what was posted; they are not looked at unless told. */
	readonly unusual?: 'warn' | 'hold';
}

export const DEFAULT_OPTIONS: UpsertOptions = {
	contactPolicy: 'matchOrCreate',
	removeOmittedLines: false,
	writePolicy: 'createOrUpdate',
	ruleSeverities: {},
};

/** The rows of a kind of document that a guard is to look at. */
export interface GuardedRun {
	readonly rows: readonly Row[];
	/** See `Completed.paidIn`. */
	readonly paidIn: Completed['paidIn'];
}

/** Holds what guards do not let through: the last step of planning, so that a preview shows it. */
export interface PlanGuard {
	/** Whether the first documents of a table go over as drafts. */
	readonly areFirstOnesDrafts: boolean;
	/** Throws ServiceFaultError. */
	guardRows(
		context: UpsertContext,
		definition: DocumentDefinition,
		run: GuardedRun,
		options: UpsertOptions,
	): Promise<void>;
	/** The same for moves of status. Throws ServiceFaultError. */
	guardMoves(
		context: UpsertContext,
		definition: DocumentDefinition,
		plans: readonly StatusPlan[],
		options: UpsertOptions,
	): Promise<readonly StatusPlan[]>;
	/** Records that may not take what Xero says, each with why. Throws ServiceFaultError. */
	guardTakes(
		context: UpsertContext,
		drafts: readonly Draft[],
	): Promise<ReadonlyMap<Draft, Finding>>;
	/** Counts no longer for the day what was let through and not written. */
	settle(outcomes: readonly Outcome[]): void;
	/** Counts no longer for the day the record or the call of an item, of which nothing was written. */
	giveBack(item: number): void;
}

export interface UpsertContext {
	readonly client: XeroClient;
	readonly settings: OrganisationSettings;
	readonly clock: Clock;
	onProgress?(done: number, total: number): void;
	/** Awaited before the first write of a run that has something to write. */
	readonly beforeWriting?: () => Promise<void>;
	/** Told of outcomes that nothing in the run changes any more, long before its end. */
	readonly onSettled?: (outcomes: readonly Outcome[]) => void;
	/** Holds what guards do not let through; a run without them is not guarded. */
	readonly guard?: PlanGuard;
	/** Says once for the run what the person who set it up should know. */
	tell?(sentence: string): void;
	/** Where rows get plan numbers, and perhaps have to be approved; neither unless told. */
	readonly approval?: ApprovalRun;
	/** What this process has read of posted documents, for an hour; a run reads for itself without. */
	readonly history?: HistoryShelf;
	/** Which records of Knack keep what is found, where the node writes IDs back; see `keptByOthers.ts`. */
	readonly linkedRecords?: LinkedRecords;
	/** Turns among workers; one object for all that this process runs. */
	readonly turns: Turns;
	/** When the run's look-ups began; set by the run itself. */
	readonly lookedUpAtMs?: number;
	/** Tells the run's creates from those of any other; set by the run itself. */
	readonly mark?: string;
	/** Elements in one request; as many as Xero advises unless told. */
	readonly mostElements?: number;
	/** Documents that were read a moment ago, with their lines: what is among them is not asked for. */
	readonly known?: readonly XeroDocument[];
}

/** Today by the organisation's own clock. */
export function todayOf({ clock, settings }: UpsertContext): CalendarDate {
	return dayInZone(clock.now(), settings.organisation.timeZone);
}
