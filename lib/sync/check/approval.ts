import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';

type Standing = Pick<XeroDocument, 'status'>;

/** Whether a document was approved, and whatever followed from it. */
export function isApproved({ lifecycle }: DocumentDefinition, { status = '' }: Standing): boolean {
	return lifecycle.approved.includes(status);
}

/** Whether a document is approved, and nothing has used it up yet. */
export function isOpenForMoney(
	{ lifecycle: { approved } }: DocumentDefinition,
	{ status }: Standing,
): boolean {
	return status !== undefined && status === approved[0];
}
