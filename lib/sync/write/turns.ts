/**
 * Xero keeps a key for six minutes. A turn is forgotten here before that: taking one for free that
 * is not costs a call, taking one for used that is free would let two workers pass each other.
 */
const REMEMBERED_MS = 330_000;

interface Use {
	readonly turn: number;
	readonly startedAtMs: number;
	/** Undefined while Xero has not answered yet. */
	finishedAtMs?: number;
	/** The execution that took it and knows what Xero made of it; absent when that is not known. */
	by?: string;
}

/**
 * Keeps two workers from creating the same document where Xero itself would take it twice.
 *
 * Creates of such documents are sent under Idempotency-Keys that are turns of the record: 0, 1, 2 …
 * for what identifies it (for a batch: for its records together). Xero takes a key once; a worker
 * that finds it used by another is refused before anything is written, knows that somebody has
 * created the record since it looked, looks again, and takes the next turn only where nothing is
 * there. Turns that this process itself has used, and whose documents the look-up has therefore
 * seen, are passed over without a call.
 */
export class Turns {
	/** By the latest use, oldest first. */
	private readonly uses = new Map<string, readonly Use[]>();

	/** The first turn that may hide something which the look-up, or the run itself, has not seen. */
	next(name: string, lookedUpAtMs: number, nowMs: number, run?: string): number {
		const recent = this.recent(name, nowMs);
		const isSeen = ({ finishedAtMs, by }: Use) =>
			(finishedAtMs !== undefined && finishedAtMs < lookedUpAtMs) ||
			(by !== undefined && by === run);
		// One that was not answered is taken again by the same worker: each of its uses must be seen.
		const isPassed = (turn: number) => {
			const uses = recent.filter((use) => use.turn === turn);
			return uses.length > 0 && uses.every(isSeen);
		};
		let turn = 0;
		while (isPassed(turn)) turn += 1;
		return turn;
	}

	/** Takes a turn, which others see as soon as it is under way. */
	begin(name: string, turn: number, startedAtMs: number): Use {
		const use: Use = { turn, startedAtMs };
		const recent = this.recent(name, startedAtMs);
		this.uses.delete(name);
		this.uses.set(name, [...recent, use]);
		for (const [other, uses] of this.uses) {
			if (uses.some((each) => isRecent(each, startedAtMs))) break;
			this.uses.delete(other);
		}
		return use;
	}

	/** The turn was not taken after all: nothing was sent. */
	drop(name: string, use: Use): void {
		const others = this.recent(name, use.startedAtMs).filter((each) => each !== use);
		this.uses.set(name, others);
	}

	private recent(name: string, nowMs: number): readonly Use[] {
		return (this.uses.get(name) ?? []).filter((use) => isRecent(use, nowMs));
	}
}

function isRecent({ startedAtMs }: Use, nowMs: number): boolean {
	return startedAtMs > nowMs - REMEMBERED_MS;
}

/** How Xero refuses a key that was used with another request (developer.xero.com, "Idempotency"). */
export function isTurnTaken(messages: readonly string[]): boolean {
	return messages.some((message) => /idempotency/i.test(message));
}
