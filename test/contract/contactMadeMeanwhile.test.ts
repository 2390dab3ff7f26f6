import type { HttpPort } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments, type UpsertOptions } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
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
	async function overtaken(
		drafts: readonly Draft[],
		others: readonly Draft[],
		options: Partial<UpsertOptions> = {},
		meanwhile: () => void = () => undefined,
	) {
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
					meanwhile();
				}
				return await inner(request);
			};
		const client = world.anotherClient(port);
		const { outcomes } = await upsertDocuments(
			{ ...world, client, turns: new Turns() },
			definition,
			drafts,
			{ ...DEFAULT_OPTIONS, ...options },
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

	it('was not renamed, although somebody else has its address', async () => {
		world.sandbox.xero.seedContacts([
			{ name: 'Zeta', fields: { EmailAddress: 'office@shared.example' } },
		]);
		const first = draft({ fields: { 'contact.emailAddress': 'office@shared.example' } });
		const run = await overtaken([first], [first]);
		expect(run).toEqual({ kinds: ['unchanged'], codes: [[]] });
		expect(world.sandbox.xero.contacts()).toHaveLength(2);
	});

	it('keeps its address where records go over contacts, and the record is held', async () => {
		const ours = draft({ fields: { 'contact.emailAddress': 'new@acme.example' } });
		const theirs = draft({ fields: { 'contact.emailAddress': 'office@acme.example' } });
		const run = await overtaken([ours], [theirs], { contactPolicy: 'matchCreateOrUpdate' });
		expect(run).toEqual({ kinds: ['held'], codes: [['XERO_CONTACT_CONTRADICTED']] });
		expect(world.sandbox.xero.contacts()).toMatchObject([{ EmailAddress: 'office@acme.example' }]);
	});

	it('is looked through for what somebody else has posted, beside customers who were there', async () => {
		world.sandbox.xero.seedContacts([{ name: 'Acme Ltd' }]);
		const of = (recordId: string, name: string, reference: string, unitAmount: string) =>
			draft({
				recordId,
				fields: { 'contact.name': name, reference },
				lines: [{ unitAmount }],
			});
		const zap = of('z1', 'Bolt Ltd', 'Shop 5512', '70');
		const run = await overtaken(
			[
				of('a1', 'Acme Ltd', 'ORD-1', '50'),
				of('b1', 'Bolt Ltd', 'ORD-2', '60'),
				of('b2', 'Bolt Ltd', 'ORD-3', '70'),
			],
			[of('b1', 'Bolt Ltd', 'ORD-2', '60'), zap],
			{},
			() => {
				const { invoices } = world.sandbox.xero.organisation();
				const posted = invoices.all().find(({ reference }) => reference === 'Shop 5512');
				if (posted) invoices.put(posted.id, { ...posted, createdByClientId: 'another tool' });
			},
		);
		expect(run).toEqual({
			kinds: ['created', 'unchanged', 'held'],
			codes: [[], [], ['XERO_LOOKS_POSTED_ALREADY']],
		});
	});

	it('is not the record’s where it has another Contact Code', async () => {
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
