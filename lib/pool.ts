/**
 * Works through the items, so many of them at the same time, and gives the results in their order.
 * Rejects with the first that rejects.
 */
export async function inPool<Item, Value>(
	items: readonly Item[],
	atOnce: number,
	work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
	const results: Value[] = [];
	const line = items.entries();
	const worker = async (): Promise<void> => {
		for (const [index, item] of line) results[index] = await work(item);
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
	return results;
}
