import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Row } from '../row';
import { isKeptUnique } from '../find/decidingKey';
import { awaitedStatus } from '../plan/awaitedStatus';
import { MOST_ELEMENTS, MOST_STATUS_MOVES } from '../../xero/requestSize';
import { areApart } from './identity';
import { singleWritesOf } from './singleRequests';

/** Write calls that carrying the rows' plans out takes, where nobody is at the same records. */
export function expectedWrites(definition: DocumentDefinition, rows: readonly Row[]): number {
	const due = rows.map((row) => ({ row, alone: aloneOf(definition, row) }));
	const together = due.flatMap(({ row, alone }) => (alone === undefined ? [row] : []));
	const creates = together.filter(({ plan }) => plan?.action === 'create');
	const updates = together.filter(({ plan }) => plan?.action === 'update');
	const first = updates.filter(makesRoom);
	const unguarded = creates.filter((row) => !isKeptUnique(definition, row));
	const approvals = unguarded.filter((row) => awaitedStatus(definition, row) !== undefined);
	const guarded = creates.length - unguarded.length;
	return (
		due.reduce((calls, { alone = 0 }) => calls + alone, 0) +
		batches(guarded) +
		(areApart(definition, unguarded) ? unguarded.length : batches(unguarded.length)) +
		batches(approvals.length, MOST_STATUS_MOVES) +
		batches(first.length) +
		batches(updates.length - first.length)
	);
}

function aloneOf(definition: DocumentDefinition, { plan }: Row): number | undefined {
	const isWritten = plan?.action === 'create' || plan?.action === 'update';
	return isWritten ? singleWritesOf(definition, plan) : undefined;
}

/** Whether a row is written before what others take, since they need what it leaves. */
export function makesRoom({ plan }: Row): boolean {
	return plan?.action === 'update' && plan.order?.makesRoom === true;
}

function batches(elements: number, most = MOST_ELEMENTS): number {
	return Math.ceil(elements / most);
}
