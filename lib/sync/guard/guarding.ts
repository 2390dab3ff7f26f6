import type { ServiceFault } from '../../serviceFault';
import type { XeroClient } from '../../xero/client';
import type { GuardMemory } from './guardMemory';
import type { GuardSettings } from './guardSettings';
import type { Tally } from './tally';

/** Why nothing at all may be written, and which guard says so. */
export type Refused =
	| { readonly by: 'demoCompany' | 'stop'; readonly fault: ServiceFault }
	| undefined;

interface EmailDecision {
	readonly isSent: boolean;
	/** As it is once all records are planned: what a held one says of a contact is left out. */
	addressee(): string | undefined;
}

/** What the guards of an execution share while it runs. */
export interface Guarding {
	readonly settings: GuardSettings;
	readonly memory: GuardMemory;
	readonly tally: Tally;
	/** Asks anew each time whether anything may be written. Throws ServiceFaultError of Xero's. */
	refusal(client: XeroClient): Promise<Refused>;
	/** Documents that the run would create so far, by organisation and kind: many are a first load. */
	readonly creates: Map<string, number>;
	/** What was decided of e-mails, by the first item of each record. */
	readonly emails: Map<number, EmailDecision>;
}
