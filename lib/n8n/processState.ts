import { createAppShelf } from '../knack/appShelf';
import { createOwnWrites } from '../knack/ownWrites';
import type { RecordCall } from '../knack/recordCall';
import { createPacers } from '../pace';
import { perName } from '../perName';
import { createQueues } from '../queues';
import { createGuardMemory } from '../sync/guard/guardMemory';
import { CHANGE_STATES } from '../sync/knackChanges/changeState';
import { createInvoiceTurns } from '../sync/payments/invoiceTurns';
import { createProcessPlaces } from '../sync/payments/processPlaces';
import { createGathering } from '../sync/trigger/gathering';
import { createTriggerMemories } from '../sync/trigger/triggerMemory';
import type { PostedHistory } from '../sync/unusual/postedHistory';
import { Turns } from '../sync/write/turns';
import { EVENT_STATES } from '../sync/xeroEvents/eventState';
import { createEventWait } from '../sync/xeroEvents/eventWait';
import type { Connection } from '../xero/connections';
import type { Organisation, OrganisationSettings } from '../xero/settings';
import type { XeroEvent } from '../xero/webhookDelivery';
import { createKnownSecrets } from './knownSecrets';
import { createReadCache } from './readCache';
import { createSigningTurns } from './signingTurns';

const MINUTE_MS = 60_000;

/**
 * What the executions of one n8n process share. Nothing else in lib/ outlives a run.
 * @internal
 */
export function createProcessState() {
	const knackPolls = createQueues();
	return {
		/** The limits of services, by app or organisation. */
		pacers: createPacers(),
		signing: createSigningTurns(),
		secrets: createKnownSecrets(),
		/** Which organisations a credential is connected to. */
		xeroConnections: createReadCache<Connection[]>(MINUTE_MS),
		/** An organisation's name, zone and short code hardly ever change. */
		xeroOrganisations: createReadCache<Organisation>(10 * MINUTE_MS),
		watchedOrganisations: createReadCache<Organisation>(60 * MINUTE_MS),
		/** Six dropdowns of a form do not read six times. */
		formSettings: createReadCache<OrganisationSettings>(MINUTE_MS),
		/**
		 * Reading them takes six calls, more than the rest of a small run; what changes meanwhile is
		 * noticed all the same: see `RunPorts.settings`.
		 */
		runSettings: createReadCache<OrganisationSettings>(10 * MINUTE_MS),
		/** What Unusual Records compares with; runs add what they post themselves. */
		postedHistories: createReadCache<PostedHistory>(60 * MINUTE_MS),
		/** What guards count by the day, and which tables were tried. */
		guards: createGuardMemory(),
		/** Of creates that Xero would take twice, among all executions. */
		turns: new Turns(),
		invoiceTurns: createInvoiceTurns(),
		/** How far runs of Payment Status to Knack over changes came, where Knack does not keep it. */
		paymentPlaces: createProcessPlaces(),
		/** Structures of Knack apps. */
		knackApps: createAppShelf(),
		/** What was written into each Knack app. */
		ownWrites: perName(createOwnWrites),
		knackTriggers: createTriggerMemories(CHANGE_STATES),
		/** Looks of Knack Triggers, polls and calls alike. */
		knackPolls,
		knackCalls: createGathering<RecordCall>(undefined, knackPolls),
		xeroTriggers: createTriggerMemories(EVENT_STATES),
		xeroEvents: createGathering<XeroEvent>(createEventWait()),
		/** Static data of workflows that were polled since their activation. */
		polled: new WeakSet<object>(),
		/** Triggers that this process gave a memory. */
		remembering: new Set<string>(),
	};
}

export type ProcessState = Readonly<ReturnType<typeof createProcessState>>;

export const processState: ProcessState = createProcessState();
