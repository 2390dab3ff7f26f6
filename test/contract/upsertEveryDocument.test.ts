import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

async function run(world: XeroInMemory, type: DocumentType, draft: Draft) {
	const client = world.anotherClient();
	const { settings, clock, turns } = world;
	const context = { client, settings, clock, turns };
	const preview = await previewDocuments(context, DOCUMENTS[type], [draft], DEFAULT_OPTIONS);
	const readOnly = client.calls().writes;
	const report = await upsertDocuments(context, DOCUMENTS[type], [draft], DEFAULT_OPTIONS);
	const [outcome] = report.outcomes;
	return {
		previewed: preview.outcomes[0]?.outcome,
		previewedTotal: preview.outcomes[0]?.document.total,
		previewWrites: readOnly,
		outcome: outcome?.outcome,
		issues: outcome?.issues,
		document: outcome?.document,
		changes: outcome?.changes.map((change) => change.field),
		writes: client.calls().writes,
	};
}

/** Their link back to the record, which bears what was sent, goes with each update. */
const LINKED: ReadonlySet<DocumentType> = new Set([
	'salesInvoice',
	'bill',
	'bankTransaction',
	'manualJournal',
]);

/** Adding an entry to the registry is enough: every document goes this way. */
describe.each(Object.keys(DOCUMENTS) as DocumentType[])('a %s', (type) => {
	it('is previewed, created, left alone, then changed by what changed', async () => {
		const world = await xeroInMemory();
		const record = DOCUMENT_CASES[type];
		await record.before?.(world);
		const first = await run(world, type, draftOf(type, record));
		expect(first).toMatchObject({
			previewed: 'wouldCreate',
			previewWrites: 0,
			outcome: 'created',
			issues: [],
			document: { type, id: expect.stringMatching(/^[0-9a-f-]{36}$/) },
		});
		if (record.lines) expect(first.previewedTotal).toBe(first.document?.total);

		const again = await run(world, type, draftOf(type, record));
		expect(again).toMatchObject({ outcome: 'unchanged', writes: 0, document: first.document });

		const { change = {}, lineChange = {}, lines: [line, ...others] = [] } = record;
		const paths = [
			...Object.keys(change),
			...Object.keys(lineChange).map((path) => `lineItems[0].${path}`),
		];
		if (paths.length === 0) return;
		const lines = record.lines && [{ ...line, ...lineChange }, ...others];
		const edited = draftOf(type, { ...record, lines }, change);
		const changed = await run(world, type, edited);
		expect(changed).toMatchObject({
			previewed: 'wouldUpdate',
			outcome: 'updated',
			changes: [...paths, ...(LINKED.has(type) ? ['sourceLink'] : [])],
			writes: 1,
			document: { id: first.document?.id },
		});
		expect(await run(world, type, edited)).toMatchObject({
			outcome: 'unchanged',
			writes: 0,
		});
	});
});
