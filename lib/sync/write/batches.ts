import { MOST_BYTES, MOST_ELEMENTS } from '../../xero/requestSize';

/** Splits what is to be written into requests, in order, by number and by size. */
export function batchesOf<Item>(
	items: readonly Item[],
	bytesOf: (item: Item) => number,
	limits = { elements: MOST_ELEMENTS, bytes: MOST_BYTES },
): Item[][] {
	const batches: Item[][] = [];
	let current: Item[] = [];
	let bytes = 0;
	for (const item of items) {
		const size = bytesOf(item);
		if (current.length > 0 && (current.length >= limits.elements || bytes + size > limits.bytes)) {
			batches.push(current);
			current = [];
			bytes = 0;
		}
		current.push(item);
		bytes += size;
	}
	if (current.length > 0) batches.push(current);
	return batches;
}
