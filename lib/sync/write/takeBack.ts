import { faultOr } from '../../serviceFault';
import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { findDocuments } from '../../xero/lookups';
import { textOf } from '../check/draftValues';
import { isUnapproved } from '../find/twins';
import { statusElement } from '../plan/elements';
import { planned, type Row } from '../row';
import type { UpsertContext } from '../upsertContext';
import { writeElements, type WriteItem } from './writeElements';
import type { Writing } from './writing';
import type { SingleRequests } from './writeSingly';

/**
 * Whether a run may take back what it has just created itself: a draft, or what has no drafts, such
 * as a payment or a task. Never what was approved.
 */
export function canBeTakenBack(definition: DocumentDefinition, document: XeroDocument): boolean {
	if (definition.wire.singly?.removePath) {
		return !definition.lifecycle.closed.includes(document.status ?? '');
	}
	return (
		removedStatus(definition, document) !== undefined &&
		(definition.lifecycle.initial === undefined || isUnapproved(definition, document))
	);
}

/** The status that takes a document out from where it stands; undefined where none does. */
function removedStatus(
	{ lifecycle: { gone, moves } }: DocumentDefinition,
	{ status = '' }: XeroDocument,
): string | undefined {
	return moves[status]?.find((next) => gone.includes(next));
}

interface Removal extends WriteItem {
	readonly document: XeroDocument;
}

/** Deletes documents in one go where their endpoint allows; returns those that are gone by then. */
export async function takeBack(
	context: UpsertContext,
	definition: DocumentDefinition,
	documents: readonly XeroDocument[],
): Promise<ReadonlySet<XeroDocument>> {
	const gone = new Set<XeroDocument>();
	const items: Removal[] = [];
	for (const document of documents) {
		const path = definition.wire.singly?.removePath?.(document.id, document.fields);
		const status = removedStatus(definition, document);
		if (path === undefined) {
			if (status !== undefined) items.push(removalOf(context, definition, document, status));
		} else if (await removed(context, definition, document, path)) gone.add(document);
	}
	const goneOf = async (open: readonly Removal[]) => await findGone(context, definition, open);
	const results = await writeElements(
		{ client: context.client, definition, method: 'POST', readBack: goneOf },
		items,
	);
	for (const [{ document }, { kind }] of results) {
		if (kind === 'written' || kind === 'readBack') gone.add(document);
	}
	// Another worker may have taken it back at the same moment, and Xero refuses the second time.
	const refused = [...results].flatMap(([item, { kind }]) => (kind === 'rejected' ? [item] : []));
	const found = await faultOr(goneOf(refused));
	if (found.ok) for (const { document } of found.value.keys()) gone.add(document);
	return gone;
}

/**
 * Deletes a document under a key that its twin's worker has too, each with another request: Xero takes
 * a key once, so that one of the two stays. Undefined where it is not known whether it is gone.
 */
export async function takeBackUnder(
	context: UpsertContext,
	definition: DocumentDefinition,
	document: XeroDocument,
	idempotencyKey: string,
): Promise<boolean | undefined> {
	const { api, resource, singly } = definition.wire;
	const removePath = singly?.removePath?.(document.id, document.fields);
	const status = removedStatus(definition, document);
	if (removePath === undefined && status === undefined) return undefined;
	const element =
		status === undefined ? {} : statusElement(definition, document, status, context.settings);
	const [alone] = singly?.update(document.id, element, document.fields) ?? [];
	const whole = { method: 'POST', path: `/${resource}`, body: { [resource]: [element] } } as const;
	const request =
		removePath === undefined ? (alone ?? whole) : ({ method: 'DELETE', path: removePath } as const);
	await context.client.write({ ...request, api, idempotencyKey, mark: document.id });
	// What it says is not enough: where two run into each other, the answer may be the other's.
	const removal = { document, element };
	const found = await faultOr(findGone(context, definition, [removal]));
	return found.ok ? found.value.has(removal) : undefined;
}

function removalOf(
	{ settings }: UpsertContext,
	definition: DocumentDefinition,
	document: XeroDocument,
	status: string,
): Removal {
	const element = statusElement(definition, document, status, settings);
	const { singly } = definition.wire;
	const requests: SingleRequests | undefined = singly && {
		writes: singly.update(document.id, element, document.fields),
		fields: document.fields,
	};
	return { document, element, singly: requests };
}

async function removed(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	document: XeroDocument,
	path: string,
): Promise<boolean> {
	const answer = await client.write({
		method: 'DELETE',
		path,
		api: definition.wire.api,
		idempotencyKey: `knack-xero-remove-${document.id}`,
	});
	if (answer.kind === 'accepted') return true;
	const there = await faultOr(readAll(client, definition, [document]));
	return there.ok && there.value.length === 0;
}

async function findGone(
	{ client }: UpsertContext,
	definition: DocumentDefinition,
	items: readonly Removal[],
): Promise<ReadonlyMap<Removal, XeroDocument>> {
	const there = await readAll(
		client,
		definition,
		items.map(({ document }) => document),
	);
	const byId = new Map(there.map((document) => [document.id, document]));
	return new Map(
		items.flatMap((item): Array<[Removal, XeroDocument]> => {
			const now = byId.get(item.document.id);
			return now === undefined || definition.lifecycle.gone.includes(now.status ?? '')
				? [[item, item.document]]
				: [];
		}),
	);
}

/** Documents as they stand by now, of those that are still there. Throws ServiceFaultError. */
export async function readAll(
	client: UpsertContext['client'],
	definition: DocumentDefinition,
	documents: readonly XeroDocument[],
): Promise<XeroDocument[]> {
	const { parentPath = '' } = definition.wire;
	const parentIds = documents.flatMap(({ fields }) => textOf(fields[parentPath]) ?? []);
	return await findDocuments(client, definition, {
		ids: documents.map(({ id }) => id),
		values: {},
		parentIds,
	});
}

/**
 * Takes back the twins that planning found: the same document, posted again by a run that died. It
 * comes before any change of the one that stays, which would make the two look like two records'.
 */
export async function removeSurplus(
	{ context, definition }: Writing,
	rows: readonly Row[],
): Promise<void> {
	const found = planned(rows, 'keep', 'update');
	const surplus = found.flatMap(({ plan }) => plan.surplus);
	const gone = await takeBack(context, definition, surplus);
	for (const { row, plan } of found) {
		if (plan.surplus.every((document) => gone.has(document))) continue;
		row.sent = { kind: 'unknown', reason: 'Its twin could not be taken back.' };
	}
}
