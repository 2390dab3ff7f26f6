import { createAppShelf } from '../knack/appShelf';
import { createOwnWrites } from '../knack/ownWrites';
import { perName } from '../perName';

/** What the executions of one n8n process share. Nothing else in lib/ outlives a run. */
export function createProcessState() {
	return {
		/** Structures of Knack apps. */
		knackApps: createAppShelf(),
		/** What was written into each Knack app. */
		ownWrites: perName(createOwnWrites),
	};
}

export type ProcessState = Readonly<ReturnType<typeof createProcessState>>;

export const processState: ProcessState = createProcessState();
