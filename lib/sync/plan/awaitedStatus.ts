import type { DocumentDefinition } from '../../xero/documents/definition';
import { wantedStatus } from '../check/draftValues';
import { isKeptUnique } from '../find/decidingKey';
import type { Row } from '../row';

export const DRAFT = 'DRAFT';

/**
 * The status that a new document which Xero would take twice has to wait for: until it is known that
 * it has no twin it is a draft, which can be deleted without a trace in the books. Undefined where it
 * is created in its status at once, as what takes the place of a credited document is: it goes by
 * itself under its own turn.
 */
export function awaitedStatus(definition: DocumentDefinition, row: Row): string | undefined {
	const { plan, replaces } = row;
	if (plan?.action !== 'create' || replaces || isKeptUnique(definition, row)) return undefined;
	const wanted = wantedStatus(definition, plan.draft);
	// Documents that await approval can be deleted like drafts.
	if (wanted === 'SUBMITTED') return undefined;
	return definition.statusMoves[DRAFT]?.find((status) => status === wanted);
}
