import type { XeroDocument } from '../../xero/documents/definition';

/** Whether credit notes alone have settled a document, so that nothing of it stands any more. */
export function isFullyCredited({ amounts, isPaidAhead }: XeroDocument): boolean {
	return (
		isPaidAhead !== true &&
		amounts?.amountCredited !== undefined &&
		amounts.total.gt(0) &&
		amounts.amountCredited.eq(amounts.total)
	);
}
