import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { faultOr } from '../../serviceFault';
import { findDocuments } from '../../xero/lookups';
import { MOST_STATUS_MOVES } from '../../xero/requestSize';
import { awaitedStatus } from '../plan/awaitedStatus';
import { statusElement } from '../plan/elements';
import type { Row, Sent } from '../row';
import { staysDraft } from './reserve';
import { writeElements, type WriteItem, type WriteResult } from './writeElements';
import type { Writing } from './writing';

type Created = Extract<Sent, { kind: 'done' }>;

interface Approval extends WriteItem {
	readonly row: Row;
	readonly sent: Created;
	readonly status: string;
}

/** Gives the documents that were created as drafts, and stay, the status that they are meant for. */
export async function approve(writing: Writing, rows: readonly Row[]): Promise<void> {
	const { context, definition } = writing;
	const items = rows.flatMap((row): Approval[] => {
		const { sent } = row;
		const status = awaitedStatus(definition, row);
		if (sent?.kind !== 'done' || sent.did !== 'created' || status === undefined) return [];
		if (sent.document.status !== definition.lifecycle.initial || staysDraft(sent)) return [];
		const { document } = sent;
		const basis = String(document.updatedAtMs ?? '');
		const element = statusElement(definition, document, status, context.settings);
		return [{ row, sent, status, basis, element }];
	});
	const readBack = async (lost: readonly Approval[]) => await approved(writing, lost);
	const results = await writeElements(
		{
			client: context.client,
			definition,
			method: 'POST',
			readBack,
			mostElements: context.mostElements ?? MOST_STATUS_MOVES,
		},
		items,
	);
	// Who found the draft meanwhile may have approved it.
	const refused = items.filter((item) => results.get(item)?.kind === 'rejected');
	const found = refused.length === 0 ? undefined : await faultOr(readBack(refused));
	for (const item of items) {
		const document = found?.ok ? found.value.get(item) : undefined;
		item.row.sent = document
			? { ...item.sent, document }
			: sentOf(definition, item, results.get(item));
	}
}

function sentOf(
	definition: DocumentDefinition,
	{ sent }: Approval,
	result: WriteResult = { kind: 'unknown', reason: 'The record was not part of any answer.' },
): Sent {
	switch (result.kind) {
		case 'written':
			return { ...sent, document: definition.read(result.element) };
		case 'readBack':
			return { ...sent, document: result.document };
		default:
			return { ...result, draft: sent.document };
	}
}

async function approved(
	{ context, definition }: Writing,
	items: readonly Approval[],
): Promise<ReadonlyMap<Approval, XeroDocument>> {
	const there = await findDocuments(context.client, definition, {
		ids: items.map(({ sent }) => sent.document.id),
		values: {},
	});
	return new Map(
		items.flatMap((item): Array<[Approval, XeroDocument]> => {
			const now = there.find(({ id }) => id === item.sent.document.id);
			// Paid or sent meanwhile is approved as well.
			const isThere = now && (now.status === item.status || isFurther(definition, item, now));
			return isThere ? [[item, now]] : [];
		}),
	);
}

function isFurther(
	{ lifecycle: { approved, gone, moves, unapproved } }: DocumentDefinition,
	{ status }: Approval,
	now: XeroDocument,
): boolean {
	const reached = now.status ?? '';
	return (
		!gone.includes(reached) &&
		!unapproved.includes(reached) &&
		(approved.includes(reached) || (moves[status] ?? []).includes(reached))
	);
}
