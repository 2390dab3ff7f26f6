import type { Clock } from '../../clock';
import type { KnackClient } from '../../knack/client';
import type { RunGuard } from '../../sync/guard/runGuard';
import type { ApprovalRun } from '../../sync/approval/approvalRun';
import type { RunLog } from '../../sync/log/runLog';
import type { HistoryShelf } from '../../sync/unusual/readHistory';
import type { Turns } from '../../sync/write/turns';
import type { XeroClient } from '../../xero/client';
import type { OrganisationSettings } from '../../xero/settings';
import type { InputFiles } from './inputFiles';

/** What the run reaches outside of itself. */
export interface RunPorts {
	readonly clock: Clock;
	/** Turns among the executions of this process. */
	readonly turns: Turns;
	/** What was read of posted documents within the hour, by executions of this process. */
	readonly history: HistoryShelf;
	/** IANA zone of the workflow. */
	readonly timeZone: string;
	/** A client for an organisation; without its id for the only one. Throws ServiceFaultError. */
	xero(organisation: string | undefined): Promise<XeroClient>;
	/**
	 * An organisation's settings, which may be some minutes old unless they must be fresh: they must
	 * for a preview, whose totals are to be true, and before a record is kept back for their sake.
	 */
	settings(client: XeroClient, isFresh: boolean): Promise<OrganisationSettings>;
	knack(): Promise<KnackClient>;
	/** The files that an item carries in the named fields. */
	files(itemIndex: number, names: readonly string[]): Promise<InputFiles>;
	/** How records are approved, where they have plan numbers. */
	readonly approval?: ApprovalRun;
	/** Where attempts are logged, if they are. */
	readonly log?: RunLog;
	/** Holds what guards do not let through. */
	readonly guard: RunGuard;
	onProgress(done: number, total: number): void;
	/** Says once for the run what the person who set it up should know. */
	tell(sentence: string): void;
}
