import type { Clock } from './clock';

/** How long our own work holds the event loop at most before others get a turn. */
const TURN_MS = 12;

/** Lets others go ahead once the work has held the event loop for a while; nothing is to be awaited else. */
export type GiveWay = () => Promise<void> | undefined;

/**
 * n8n takes a worker's job for dead whose event loop stands still, and shows a run as failed that
 * goes on posting. So loops over the records of a run ask after each of them.
 */
export function createGiveWay(clock: Clock): GiveWay {
	let sinceMs = clock.now();
	const letOthers = async () => {
		await clock.sleep(0);
		sinceMs = clock.now();
	};
	return () => {
		const now = clock.now();
		// A clock that was set back is no reason to go on for hours.
		if (now >= sinceMs && now - sinceMs < TURN_MS) return undefined;
		return letOthers();
	};
}

/** For those who have no clock: a few records alone. */
export const NEVER_GIVES_WAY: GiveWay = () => undefined;

/** As `map` does, giving way between the items. */
export async function mapGivingWay<Item, Value>(
	items: readonly Item[],
	giveWay: GiveWay,
	work: (item: Item, index: number) => Value,
): Promise<Value[]> {
	const values: Value[] = [];
	for (const item of items) {
		values.push(work(item, values.length));
		await giveWay();
	}
	return values;
}
