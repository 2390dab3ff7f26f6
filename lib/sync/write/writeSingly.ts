import type { XeroClient, XeroWrite, XeroWriteAnswer } from '../../xero/client';
import type { DocumentDefinition, FieldValues, WireElement } from '../../xero/documents/definition';
import type { SingleWrite } from '../../xero/documents/partsWriting';
import { readAlone } from '../../xero/documents/reading';
import { isElement } from '../../xero/documents/wireSlots';
import { faultOr } from '../../serviceFault';

/** The requests that write one document, where its endpoint takes one at a time. */
export interface SingleRequests {
	readonly writes: readonly SingleWrite[];
	/** All that the document shall have, with the id of what it lives below. */
	readonly fields: FieldValues;
	/** Where its lines are written alone: in the place of `writes`. */
	readonly parts?: Parts;
	/** What it is once it is taken away, where that is what the requests do. */
	readonly removed?: WireElement;
}

/** A document whose lines are written alone. */
export interface Parts {
	readonly path: string;
	/** The requests that are left to do on the document as it stands. */
	due(present: WireElement): readonly SingleWrite[];
}

/**
 * Sends the requests of one document in order. What is accepted comes back in the form of a batch
 * of one, so that nobody after this needs to know of the difference.
 */
export async function sendSingly(
	client: XeroClient,
	definition: DocumentDefinition,
	{ writes, fields, removed }: SingleRequests,
	how: Pick<XeroWrite, 'idempotencyKey' | 'mark' | 'notAfterMs'>,
): Promise<XeroWriteAnswer> {
	const [first] = writes;
	if (!first) return { kind: 'unknown', reason: 'There was nothing to send.' };
	let last: unknown;
	for (const [position, write] of writes.entries()) {
		const { method, path, body } = write;
		const { api } = definition.wire;
		const key = how.idempotencyKey;
		const idempotencyKey = position === 0 ? key : `${key}-${position}`;
		const answer = await client.write({ method, path, body, api, ...how, idempotencyKey });
		if (answer.kind !== 'accepted') return answer;
		last = answer.body;
	}
	let element = removed ?? elementIn(definition, last);
	if (!element) {
		// 204: the answer has no body, so the document is read as it stands now.
		const read = await faultOr(client.read({ path: first.path, api: definition.wire.api }));
		if (!read.ok) return { kind: 'unknown', reason: read.failure.message };
		element = elementIn(definition, read.value);
	}
	if (!element) return { kind: 'unknown', reason: 'Xero’s answer was not complete.' };
	return {
		kind: 'accepted',
		body: { [definition.wire.resource]: [below(definition, element, fields)] },
	};
}

export function elementIn({ wire }: DocumentDefinition, body: unknown): WireElement | undefined {
	return isElement(body) ? readAlone(wire, body) : undefined;
}

/** Xero's answer leaves out what stood in the address. */
function below(
	{ wire: { parentPath }, fields: known }: DocumentDefinition,
	element: WireElement,
	fields: FieldValues,
): WireElement {
	const field = known.find(({ path }) => path === parentPath);
	const parent = parentPath === undefined ? undefined : fields[parentPath];
	if (!field || parent === undefined || field.read(element) !== undefined) return element;
	const whole = { ...element };
	field.write(whole, parent);
	return whole;
}
