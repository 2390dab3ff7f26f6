import { createAppShelf } from '../knack/appShelf';
import { createOwnWrites } from '../knack/ownWrites';
import type { RecordCall } from '../knack/recordCall';
import { perName } from '../perName';
import { createQueues } from '../queues';
import { CHANGE_STATES } from '../sync/knackChanges/changeState';
import { createGathering } from '../sync/trigger/gathering';
import { createTriggerMemories } from '../sync/trigger/triggerMemory';
import { EVENT_STATES } from '../sync/xeroEvents/eventState';
import { createEventWait } from '../sync/xeroEvents/eventWait';
import type { XeroEvent } from '../xero/webhookDelivery';

/** What the executions of one n8n process share. Nothing else in lib/ outlives a run. */
export function createProcessState() {
	const knackLooks = createQueues();
	return {
		/** Structures of Knack apps. */
		knackApps: createAppShelf(),
		/** What was written into each Knack app. */
		ownWrites: perName(createOwnWrites),
		knackTriggers: createTriggerMemories(CHANGE_STATES),
		/** Looks of Knack Triggers, polls and calls alike. */
		knackLooks,
		knackCalls: createGathering<RecordCall>(undefined, knackLooks),
		xeroTriggers: createTriggerMemories(EVENT_STATES),
		xeroEvents: createGathering<XeroEvent>(createEventWait()),
		/** Static data of workflows that were polled since their activation. */
		polled: new WeakSet<object>(),
	};
}

export type ProcessState = Readonly<ReturnType<typeof createProcessState>>;

export const processState: ProcessState = createProcessState();
