import { foldText } from '../../foldText';
import { decimal } from '../../money';
import { DOCUMENT_TYPES } from '../../xero/documents';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import type { Freed } from './paid';
import type { RanDocument } from './ranDocument';

/** How documents of a type are closed by others: orders by their bills. */
function closedBy({ type }: DocumentDefinition): DocumentDefinition['fills'] {
	return DOCUMENT_TYPES.find(({ fills }) => fills?.order.type === type)?.fills;
}

function keyOf(order: string): string {
	return `order ${foldText(order)}`;
}

/** Adds the order that a bill was made for, which goes in the same undo. */
export function freeOrder(
	freed: Freed,
	{ did, definition: { fills }, changes }: RanDocument,
): void {
	if (did !== 'created' || !fills) return;
	for (const { field, after } of changes) {
		if (field === fills.path) freed.set(keyOf(String(after ?? '')), decimal(0));
	}
}

/** The order as it is once its bills of the same undo are gone. */
export function withoutBills(
	definition: DocumentDefinition,
	document: XeroDocument,
	freed: Freed,
): XeroDocument {
	const closed = closedBy(definition);
	const names = [document.id, document.number ?? ''];
	const isLeft = names.some((each) => freed.has(keyOf(each)));
	return closed && isLeft && document.status === closed.done
		? { ...document, status: closed.takes }
		: document;
}

/** Whether an order was closed since the run, so that bills stay which it is for. */
export function isClosedSince(
	{ definition, left }: RanDocument,
	{ status }: XeroDocument,
): boolean {
	const done = closedBy(definition)?.done;
	return done !== undefined && status === done && left.status !== done;
}
