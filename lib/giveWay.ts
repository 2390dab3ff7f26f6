import type { Clock } from './clock';

/** How long our own work holds the event loop at most before others get a turn. */
const TURN_MS = 20;

/** Lets others go ahead once the work has held the event loop for a while; returns at once else. */
export type GiveWay = () => Promise<void>;

/**
 * n8n takes a worker's job for dead whose event loop stands still, and shows a run as failed that
 * goes on posting. So loops over the records of a run ask after each of them.
 */
export function createGiveWay(clock: Clock): GiveWay {
	let sinceMs = clock.now();
	return async () => {
		const now = clock.now();
		// A clock that was set back is no reason to go on for hours.
		if (now >= sinceMs && now - sinceMs < TURN_MS) return;
		await clock.sleep(0);
		sinceMs = clock.now();
	};
}

/** For those who have no clock: a few records alone. */
export const NEVER_GIVES_WAY: GiveWay = () => Promise.resolve();

/** As `map` does, giving way between the items. */
export async function mapGivingWay<Item, Value>(
	items: readonly Item[],
	giveWay: GiveWay,
	work: (item: Item, index: number) => Value,
): Promise<Value[]> {
	const values: Value[] = [];
	for (const [index, item] of items.entries()) {
		values.push(work(item, index));
		await giveWay();
	}
	return values;
}
