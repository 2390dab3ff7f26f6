import type { Markup } from './markup';

/** Parts that are left out for their size before the rest is not looked at any more. */
const MOST_TOO_LARGE = 20;

/** The first parts of a page that fit into so many bytes. */
export function fitting<Entry>(
	entries: readonly Entry[],
	one: (entry: Entry) => Markup,
	room: number,
): { listed: Markup[]; bytes: number } {
	const listed: Markup[] = [];
	let bytes = 0;
	let tooLarge = 0;
	for (const entry of entries) {
		const made = one(entry);
		const size = Buffer.byteLength(made.toString());
		if (bytes + size <= room) {
			bytes += size;
			listed.push(made);
		} else if (++tooLarge === MOST_TOO_LARGE) break;
	}
	return { listed, bytes };
}
