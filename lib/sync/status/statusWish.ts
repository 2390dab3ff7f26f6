import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';

/** Takes a document out of the books by whichever way its status allows: deleted, else voided. */
export const REMOVED = 'REMOVED';

/** The statuses that a document type can be moved to, in the order of its life, for a dropdown. */
export function reachableStatuses({ lifecycle: { gone, moves } }: DocumentDefinition): string[] {
	const reached = new Set(Object.values(moves).flat());
	// PAID follows from payments, and is never asked for.
	const inOrder = new Set([...Object.keys(moves), ...reached]);
	const statuses = [...inOrder].filter((status) => reached.has(status));
	return statuses.filter((status) => gone.includes(status)).length > 1
		? [...statuses, REMOVED]
		: statuses;
}

/** The status that is meant for a document as it stands now. */
export function meantStatus(
	{ lifecycle: { gone, moves } }: DocumentDefinition,
	{ status = '' }: XeroDocument,
	wish: string,
): string {
	if (wish !== REMOVED) return wish;
	if (gone.includes(status)) return status;
	return moves[status]?.find((next) => gone.includes(next)) ?? gone[0] ?? wish;
}
