import { faultOr } from '../../serviceFault';
import { findDocuments } from '../../xero/lookups';
import { withStatus } from '../plan/elements';
import { statusName } from '../status/statusName';
import type { NotingRun } from './billingRun';
import { inWords, orderKey } from './noteWhere';

/**
 * Moves an order from one status to another, once. Returns true, or why it is not there. Never throws
 * for what Xero answers.
 */
export async function moveOrder(
	{ client, fills: { order } }: Pick<NotingRun, 'client' | 'fills'>,
	id: string,
	from: string,
	to: string,
): Promise<true | string> {
	const readOrder = async () => {
		const found = await faultOr(findDocuments(client, order, { ids: [id], values: {} }));
		return found.ok ? found.value[0] : undefined;
	};
	const present = await readOrder();
	if (!present) return 'The order could not be read.';
	if (present.status === to) return true;
	if (present.status !== from) {
		return `The order is not ${statusName(order, from)?.toLowerCase() ?? from} any more.`;
	}
	const { idName, resource } = order.wire;
	const answer = await client.write({
		method: 'POST',
		path: `/${resource}`,
		body: { [resource]: [withStatus(order, { [idName]: id }, to)] },
		idempotencyKey: orderKey(client, id, `${to} ${present.updatedAtMs ?? ''}`),
	});
	const after = await readOrder();
	return after?.status === to ? true : inWords(answer);
}
