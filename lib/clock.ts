/** Where time comes from, so that tests can move it and n8n can cancel a wait. */
export interface Clock {
	/** Epoch milliseconds. */
	now(): number;
	/** Resolves after the time has passed; rejects when the run is cancelled. */
	sleep(milliseconds: number): Promise<void>;
	/** Aborted when the run is cancelled, for what waits for others and not for time. */
	readonly stop?: AbortSignal;
}
