import { contentHash } from '../../hash';
import { faultOr } from '../../serviceFault';
import type { XeroClient, XeroWriteAnswer } from '../../xero/client';
import type { DocumentDefinition, WireElement } from '../../xero/documents/definition';
import type { SingleWrite } from '../../xero/documents/partsWriting';
import { elementIn, type Parts } from './writeSingly';

/**
 * Changes a document line by line: what is left to do is told from the document as it stands now, and
 * it is read again afterwards. What is not as it shall be by then is not known, and is looked at again.
 * The answer comes back in the form of a batch of one.
 */
export async function sendParts(
	client: XeroClient,
	definition: DocumentDefinition,
	parts: Parts,
	attempt: number,
): Promise<XeroWriteAnswer> {
	const before = await readWhole(client, definition, parts);
	if ('kind' in before) return before;
	for (const write of parts.due(before.element)) {
		const answer = await client.write({
			...write,
			api: definition.wire.api,
			idempotencyKey: keyOf(client, write, { before: before.element, attempt }),
		});
		// Another worker was faster to take it away.
		const isGone = answer.kind === 'refused' && answer.status === 404 && write.method === 'DELETE';
		if (answer.kind !== 'accepted' && !isGone) return answer;
	}
	const after = await readWhole(client, definition, parts);
	if ('kind' in after) return after;
	if (parts.due(after.element).length > 0) {
		return { kind: 'unknown', reason: 'Somebody else changed it in Xero at the same moment.' };
	}
	return { kind: 'accepted', body: { [definition.wire.resource]: [after.element] } };
}

/**
 * Two workers that add the same line say so in the same words, so that Xero takes one of them. What is
 * changed or taken away may be due again once somebody has undone it, and so is told apart by the state
 * that it was found in.
 */
function keyOf(
	{ organisationId = '' }: XeroClient,
	write: SingleWrite,
	{ before, attempt }: { readonly before: WireElement; readonly attempt: number },
): string {
	const state = write.method === 'POST' ? undefined : before;
	return `knack-xero-${contentHash({ organisation: organisationId, ...write, state, attempt })}`;
}

async function readWhole(
	client: XeroClient,
	definition: DocumentDefinition,
	{ path }: Parts,
): Promise<{ readonly element: WireElement } | Extract<XeroWriteAnswer, { kind: 'unknown' }>> {
	const read = await faultOr(client.read({ path, api: definition.wire.api }));
	if (!read.ok) return { kind: 'unknown', reason: read.failure.message };
	const element = elementIn(definition, read.value);
	return element ? { element } : { kind: 'unknown', reason: 'Xero’s answer was not complete.' };
}
