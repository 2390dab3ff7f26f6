import type { DocumentDefinition } from '../../xero/documents/definition';
import { headerText } from '../check/draftValues';
import { isKeptUnique } from '../find/decidingKey';
import type { Row } from '../row';

/**
 * The status that a new document which Xero would take twice has to wait for: until it is known that
 * it has no twin it is a draft, which can be deleted without a trace in the books. Undefined where it
 * is created in its status at once, as what takes the place of a credited document is: it goes by
 * itself under its own turn. What uses up a part of an order is a draft until that is its own.
 */
export function awaitedStatus(definition: DocumentDefinition, row: Row): string | undefined {
	const { statusPath = 'status' } = definition;
	const { initial, moves, unapproved } = definition.lifecycle;
	const { plan, replaces } = row;
	if (plan?.action !== 'create' || replaces) return undefined;
	if (initial === undefined || !unapproved.includes(initial)) return undefined;
	if (isKeptUnique(definition, row)) return undefined;
	const wanted = headerText(plan.draft, statusPath) ?? initial;
	const { fills } = definition;
	const isForOrder = fills !== undefined && headerText(plan.draft, fills.path) !== undefined;
	// Documents that await approval can be deleted like drafts.
	if (unapproved.includes(wanted) && !isForOrder) return undefined;
	return moves[initial]?.includes(wanted) ? wanted : undefined;
}
