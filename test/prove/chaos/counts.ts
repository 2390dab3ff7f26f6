/** What a chaos run was made of. */
export class ChaosCounts {
	records = 0;
	deliveries = 0;
	runs = 0;
	requests = 0;
	kills = 0;
	/** Workers that gave up before they wrote anything, since a whole service was out of reach. */
	impossible = 0;
	/** Rounds in which two or three workers were at it at once. */
	races = 0;
	/** Records whose twin, of a type of which Xero does not tell the maker, was shown to a person. */
	shownTwice = 0;
	/** By one worker. */
	mostRequests = 0;
	/** Of the sandbox's clock, by one worker that was alone and did not sleep. */
	mostMinutes = 0;
	/** By service and kind. */
	readonly faults: Record<string, number> = {};

	fault(name: string): void {
		this.faults[name] = (this.faults[name] ?? 0) + 1;
	}

	worker(worker: { readonly requests: number; readonly runs: number }, minutes: number): void {
		this.requests += worker.requests;
		this.runs += worker.runs;
		this.mostRequests = Math.max(this.mostRequests, worker.requests);
		this.mostMinutes = Math.max(this.mostMinutes, minutes);
	}
}
