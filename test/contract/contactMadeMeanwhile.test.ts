import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { Turns } from '../../lib/sync/write/turns';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { draft } from './rightOrHeldTestbed';

const NUMBERED: FieldValues = { 'contact.contactNumber': 'K-1' };

describe('A contact that another worker makes, with its document, while a run has read the contacts', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
	});

	/** Runs the drafts; another worker runs its own between the reading of contacts and of documents. */
	async function overtaken(drafts: readonly Draft[], others: readonly Draft[]) {
		const definition = definitionOf(drafts[0]?.type ?? 'salesInvoice');
		let hasReadContacts = false;
		let isOvertaken = false;
		const port =
			(inner: HttpPort): HttpPort =>
			async (request) => {
				if (request.url.endsWith('/Contacts')) hasReadContacts = true;
				else if (hasReadContacts && !isOvertaken) {
					isOvertaken = true;
					await upsertDocuments(
						{ ...world, client: world.anotherClient(), turns: new Turns() },
						definition,
						others,
					);
				}
				return await inner(request);
			};
		const client = world.anotherClient(port);
		const { outcomes } = await upsertDocuments(
			{ ...world, client, turns: new Turns() },
			definition,
			drafts,
		);
		expect(isOvertaken).toBe(true);
		return {
			kinds: outcomes.map(({ outcome }) => outcome),
			codes: outcomes.map(({ issues }) => issues.map(({ code }) => code)),
		};
	}

	it.each<[DocumentType, FieldValues]>([
		['salesInvoice', {}],
		['salesInvoice', NUMBERED],
		['quote', {}],
	])('was not renamed: %s %j', async (type, fields) => {
		const first = draft({ type, fields });
		const second = draft({ type, recordId: 'a2', fields: { ...fields, reference: 'ORD-2' } });
		const run = await overtaken([first, second], [first]);
		expect(run).toEqual({ kinds: ['unchanged', 'created'], codes: [[], []] });
		expect(world.sandbox.xero.contacts()).toHaveLength(1);
	});

	it('is not the record’s where it has another Contact Number', async () => {
		const fields: FieldValues = { reference: '', invoiceNumber: 'J-1' };
		const ours = draft({ fields: { ...fields, ...NUMBERED } });
		const theirs = draft({
			recordId: 'b1',
			fields: { ...fields, 'contact.contactNumber': 'K-2' },
			lines: [{ description: 'Boots', unitAmount: '80' }],
		});
		const run = await overtaken([ours], [theirs]);
		expect(run.kinds).toEqual(['held']);
		expect(world.sandbox.xero.invoices()).toHaveLength(1);
	});
});
