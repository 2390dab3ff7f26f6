import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';

/** Takes a document out of the books by whichever way its status allows: deleted, else voided. */
export const REMOVED = 'REMOVED';

/** The statuses that a document type can be moved to, in the order of its life, for a dropdown. */
export function reachableStatuses({ statusMoves }: DocumentDefinition): string[] {
	const reached = new Set(Object.values(statusMoves).flat());
	// PAID follows from payments, and is never asked for.
	const inOrder = new Set([...Object.keys(statusMoves), ...reached]);
	const statuses = [...inOrder].filter((status) => reached.has(status));
	return statuses.includes('DELETED') && statuses.includes('VOIDED')
		? [...statuses, REMOVED]
		: statuses;
}

/** The status that is meant for a document as it stands now. */
export function meantStatus(
	{ statusMoves }: DocumentDefinition,
	{ status = '' }: XeroDocument,
	wish: string,
): string {
	if (wish !== REMOVED) return wish;
	if (status === 'VOIDED' || status === 'DELETED') return status;
	const moves = statusMoves[status] ?? [];
	return moves.includes('DELETED') ? 'DELETED' : 'VOIDED';
}
