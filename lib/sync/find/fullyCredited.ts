import type { XeroDocument } from '../../xero/documents/definition';

/** Whether credits alone have settled a document. */
export function isFullyCredited({ amounts }: XeroDocument): boolean {
	const { amountCredited, total } = amounts ?? {};
	return (
		amountCredited !== undefined && total !== undefined && total.gt(0) && amountCredited.eq(total)
	);
}
