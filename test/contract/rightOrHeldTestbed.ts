import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import type { XeroInMemory } from '../support/xeroInMemory';
import { definitionOf } from '../support/definitionOf';

export const LINE: FieldValues = {
	description: 'Work',
	quantity: '1',
	unitAmount: '200',
	accountCode: '200',
	taxType: 'OUTPUT2',
};

export interface KnackRecord {
	readonly type?: DocumentType;
	readonly recordId?: string;
	readonly id?: string;
	readonly fields?: FieldValues;
	readonly lines?: readonly FieldValues[];
	readonly fingerprint?: string;
	readonly recordPage?: string;
}

export function draft(record: KnackRecord = {}): Draft {
	const { type = 'salesInvoice', recordId = 'a1', id, fields, fingerprint, recordPage } = record;
	return {
		type,
		itemIndexes: [0],
		...(id === undefined ? {} : { id }),
		fields: {
			'contact.name': 'Acme Ltd',
			date: '2026-11-20',
			...(type === 'quote' || type === 'purchaseOrder' ? {} : { dueDate: '2026-12-20' }),
			status: type === 'quote' ? 'DRAFT' : 'AUTHORISED',
			reference: 'ORD-1',
			...fields,
		},
		lines: (record.lines ?? [{}]).map((line) => ({ fields: { ...LINE, ...line } })),
		source: {
			knackRecordId: recordId,
			table: 'object_2',
			...(fingerprint === undefined ? {} : { fingerprint }),
			...(recordPage === undefined ? {} : { recordPage }),
		},
		issues: [],
	};
}

/** Previews and runs: what is said before and after has to agree, and so have the writes. */
export async function previewAndRun(
	world: XeroInMemory,
	drafts: readonly Draft[],
	options: Partial<UpsertOptions> = {},
) {
	const definition = definitionOf(drafts[0]?.type ?? 'salesInvoice');
	const { settings, clock, turns } = world;
	const all = { ...DEFAULT_OPTIONS, ...options };
	const previewing = world.anotherClient();
	const preview = await previewDocuments(
		{ client: previewing, settings, clock, turns },
		definition,
		drafts,
		all,
	);
	expect(previewing.calls().writes).toBe(0);
	const client = world.anotherClient();
	const { outcomes } = await upsertDocuments(
		{ client, settings, clock, turns },
		definition,
		drafts,
		all,
	);
	const foreseen = preview.outcomes.map(({ outcome }) =>
		outcome.replace('wouldCreate', 'created').replace('wouldUpdate', 'updated'),
	);
	expect(foreseen).toEqual(outcomes.map(({ outcome }) => outcome));
	expect(preview.outcomes.map(({ operations }) => operations)).toEqual(
		outcomes.map(({ operations }) => operations),
	);
	if (outcomes.every(({ operations }) => operations === undefined)) {
		expect(client.calls().writes).toBe(0);
	}
	return {
		kinds: outcomes.map(({ outcome }) => outcome),
		codes: outcomes.map(({ issues }) => issues.map(({ code }) => code)),
		changes: outcomes.map(({ changes }) =>
			changes.map(({ field }) => field).filter((field) => field !== 'sourceLink'),
		),
		issues: outcomes.map(({ issues }) => issues),
		outcomes,
		writes: client.calls().writes,
	};
}

/** As a person does it in Xero. */
export async function writtenByHand(
	world: XeroInMemory,
	path: string,
	element: object,
): Promise<void> {
	const client = world.anotherClient();
	const answer = await client.write({
		method: 'POST',
		path: `/${path}`,
		body: { [path]: [element] },
		idempotencyKey: `by hand ${Math.random()}`,
	});
	expect(answer.kind).toBe('accepted');
}
