import type { Draft } from '../../lib/sync/draft';
import { readRanOutcome } from '../../lib/sync/undo/ranOutcome';
import { previewUndo, undo } from '../../lib/sync/undo/undo';
import { upsertDocuments } from '../../lib/sync/upsert';
import { shownOutcome } from '../../lib/n8n/shownOutcome';
import { DOCUMENTS, type DocumentType } from '../../lib/xero/documents';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';

const OPTIONS = { archivesContacts: false, reason: 'it was sent to Xero in error.' };

describe('undo of a run', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	async function run(type: DocumentType, drafts: readonly Draft[]): Promise<unknown[]> {
		world.sandbox.clock.advance(1_000);
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		const { clock, turns } = world;
		const report = await upsertDocuments({ client, settings, clock, turns }, DOCUMENTS[type], drafts);
		return report.outcomes.map((outcome) => JSON.parse(JSON.stringify(shownOutcome(outcome))));
	}

	/** Previews and undoes: both list the same operations, and end in the same. */
	async function takeBack(items: readonly unknown[], more: Partial<typeof OPTIONS> = {}) {
		world.sandbox.clock.advance(1_000);
		const rans = items.map((json, index) => {
			const read = readRanOutcome(json, index);
			if (!read.ok) throw new Error(read.failure.message);
			return read.value;
		});
		const options = { ...OPTIONS, ...more };
		const previewing = world.anotherClient();
		const settings = await readOrganisationSettings(previewing);
		const { clock, turns } = world;
		const preview = await previewUndo({ client: previewing, settings, clock, turns }, rans, options);
		expect(previewing.calls().writes).toBe(0);
		const client = world.anotherClient();
		const report = await undo({ client, settings, clock, turns }, rans, options);
		expect(preview.outcomes.map(({ outcome }) => outcome.replace('wouldUndo', 'undone'))).toEqual(
			report.outcomes.map(({ outcome }) => outcome),
		);
		expect(preview.outcomes.map(({ operations }) => operations)).toEqual(
			report.outcomes.map(({ operations }) => operations),
		);
		return {
			outcomes: report.outcomes.map(({ outcome }) => outcome),
			summaries: report.outcomes.map(({ summary }) => summary),
			codes: report.outcomes.map(({ issues }) => issues.map(({ code }) => code)),
			writes: client.calls().writes,
			foreseen: preview.expectedCalls,
		};
	}

	it.each(Object.keys(DOCUMENT_CASES) as DocumentType[])('%s', async (type) => {
		const record = DOCUMENT_CASES[type];
		await record.before?.(world);
		const items = await run(type, [draftOf(type, record)]);
		const first = await takeBack(items);
		const second = await takeBack(items);
		console.log(type, first, second);
	});
});
