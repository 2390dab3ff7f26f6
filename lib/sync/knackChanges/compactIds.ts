import { createdSeconds } from '../../knack/recordView';

/**
 * Record ids in 16 characters instead of 24, so that many fit into a workflow's static data. Their
 * order is that of the ids, hence that of creation.
 */
export type CompactId = string;

export const COMPACT_LENGTH = 16;

const HEX_ID = /^[0-9a-f]{24}$/;

export function compactId(recordId: string): CompactId {
	const id = recordId.toLowerCase();
	const hex = HEX_ID.test(id) ? id : Buffer.from(id).toString('hex').padEnd(24, '0').slice(0, 24);
	return Buffer.from(hex, 'hex').toString('base64url');
}

/** When the record was made, epoch seconds UTC. */
export function compactSeconds(id: CompactId): number {
	return createdSeconds(Buffer.from(id, 'base64url').toString('hex'));
}

export function packIds(ids: Iterable<CompactId>): string {
	return [...ids].join('');
}

export function unpackIds(packed: string): Set<CompactId> {
	const ids = new Set<CompactId>();
	for (let start = 0; start + COMPACT_LENGTH <= packed.length; start += COMPACT_LENGTH) {
		ids.add(packed.slice(start, start + COMPACT_LENGTH));
	}
	return ids;
}
