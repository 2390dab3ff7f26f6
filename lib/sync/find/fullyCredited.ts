import type { XeroDocument } from '../../xero/documents/definition';

/** Whether credits alone have settled a document. */
export function isFullyCredited({ amounts }: XeroDocument): boolean {
	return (
		amounts?.amountCredited !== undefined &&
		amounts.total.gt(0) &&
		amounts.amountCredited.eq(amounts.total)
	);
}
