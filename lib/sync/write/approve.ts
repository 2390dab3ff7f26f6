import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { faultOr } from '../../serviceFault';
import { findDocuments } from '../../xero/lookups';
import { MOST_STATUS_MOVES } from '../../xero/requestSize';
import { awaitedStatus } from '../plan/awaitedStatus';
import { statusElement } from '../plan/elements';
import { createdFor, type Created, type Row, type Sent } from '../row';
import { staysDraft } from './reserve';
import { basisOf } from './identity';
import { NO_RESULT, writeElements, type WriteItem, type WriteResult } from './writeElements';
import type { Writing } from './writing';

interface Approval extends WriteItem {
	readonly row: Row;
	readonly sent: Created;
	readonly status: string;
}

/** Gives the documents that were created as drafts, and stay, the status that they are meant for. */
export async function approve(writing: Writing, rows: readonly Row[]): Promise<void> {
	const { context, definition } = writing;
	const items = rows.flatMap((row): Approval[] => {
		const sent = createdFor(row);
		const status = awaitedStatus(definition, row);
		if (!sent || status === undefined) return [];
		const { document } = sent;
		if (document.status !== definition.lifecycle.initial || staysDraft(sent)) return [];
		const element = statusElement(definition, document, status, context.settings);
		return [{ row, sent, status, basis: basisOf(document), element }];
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
	const resultOf = (item: Approval) => results.get(item) ?? NO_RESULT;
	const refused = items.filter((item) => resultOf(item).kind === 'rejected');
	const found = await faultOr(readBack(refused));
	for (const item of items) {
		const document = found.ok ? found.value.get(item) : undefined;
		item.row.sent = document
			? { ...item.sent, document }
			: sentOf(definition, item, resultOf(item));
	}
}

function sentOf(definition: DocumentDefinition, { sent }: Approval, result: WriteResult): Sent {
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
