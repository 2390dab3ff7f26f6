import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';

/** Takes a document out of the books by whichever way its status allows: deleted, else voided. */
export const REMOVED = 'REMOVED';

/** The statuses that a document type can be moved to, in the order of its life, for a dropdown. */
export function reachableStatuses({ statusMoves }: DocumentDefinition): string[] {
	const reached = new Set(Object.values(statusMoves).flat());
	// PAID and BILLED follow from payments and bills, and are never asked for.
	const statuses = Object.keys(statusMoves).filter((status) => reached.has(status));
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
