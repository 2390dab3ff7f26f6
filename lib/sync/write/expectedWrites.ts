import type { GiveWay } from '../../giveWay';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { Row } from '../row';
import { isKeptUnique } from '../find/decidingKey';
import { awaitedStatus } from '../plan/awaitedStatus';
import { MOST_ELEMENTS, MOST_STATUS_MOVES } from '../../xero/requestSize';
import { areApart } from './identity';
import { singleWritesOf } from './singleRequests';

/** Write calls that carrying the rows' plans out takes, where nobody is at the same records. */
export async function expectedWrites(
	definition: DocumentDefinition,
	rows: readonly Row[],
	giveWay: GiveWay,
): Promise<number> {
	const unguarded: Row[] = [];
	let [alone, guarded, approvals, first, updates] = [0, 0, 0, 0, 0];
	for (const row of rows) {
		await giveWay();
		const action = row.plan?.action;
		const ownCalls = aloneOf(definition, row);
		if (ownCalls !== undefined) alone += ownCalls;
		else if (makesRoom(row)) first += 1;
		else if (action === 'update') updates += 1;
		else if (action === 'create' && isKeptUnique(definition, row)) guarded += 1;
		else if (action === 'create') {
			unguarded.push(row);
			if (awaitedStatus(definition, row) !== undefined) approvals += 1;
		}
	}
	return (
		alone +
		batches(guarded) +
		(areApart(definition, unguarded) ? unguarded.length : batches(unguarded.length)) +
		batches(approvals, MOST_STATUS_MOVES) +
		batches(first) +
		batches(updates)
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
