import type { HttpOutcome, HttpPort, HttpRequest } from '../../lib/http';
import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import type { DocumentType } from '../../lib/xero/documents';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { without } from '../../lib/without';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';
import {
	NO_ANSWER,
	REFUSED,
	atDeletion,
	having,
	itself,
	overtaken,
	run,
	takenTwice,
	withoutKeys,
	type Port,
} from './passingWorkersTestbed';

/**
 * Xero leaves a member out of what it has taken from this worker; where that is the id, the document
 * is missing in what it lists as yet.
 */
function withoutOwn(inner: HttpPort, member: string): HttpPort {
	let own: unknown;
	return async (request) => {
		const answer = await inner(request);
		if (answer.kind !== 'answer' || !request.url.endsWith('/Invoices')) return answer;
		const { Invoices: all } = answer.body as { Invoices: Array<Record<string, unknown>> };
		if (request.method === 'PUT') own = all[0]?.InvoiceID;
		// Without a time of each, it is not known since when to read.
		if (member !== 'InvoiceID') expect(request.headers).not.toHaveProperty('if-modified-since');
		const Invoices =
			member === 'InvoiceID'
				? all.filter(({ InvoiceID }) => request.method !== 'GET' || InvoiceID !== own)
				: all.map((each) => (request.method === 'PUT' ? without(each, member) : each));
		return { ...answer, body: { Invoices } };
	};
}

describe('what another worker has posted since this one looked', () => {
	it.each<DocumentType>([
		'salesInvoice',
		'bill',
		'salesCreditNote',
		'supplierCreditNote',
		'purchaseOrder',
		'quote',
		'payment',
		'projectTask',
		'timeEntry',
	])('stays, and the own one is taken back: %s', async (type) => {
		const world = await having(type);
		const draft = takenTwice(type);
		const { mine, other } = await overtaken(world, draft);
		expect(other).toMatchObject({ outcome: 'created', issues: [] });
		expect(mine).toMatchObject({
			outcome: 'unchanged',
			document: { id: other.document.id },
			match: { by: 'readBack' },
			issues: [{ code: 'XERO_POSTED_TWICE', severity: 'warn' }],
		});
		// A second one would be seen by whoever looks next.
		expect(await run(world, draft, itself)).toMatchObject({
			outcome: 'unchanged',
			document: { id: other.document.id },
			issues: [],
		});
	});

	it('stays also where Xero does not list the own one yet, or does not tell its time', async () => {
		for (const member of ['InvoiceID', 'UpdatedDateUTC']) {
			const world = await having('salesInvoice');
			const { mine, other } = await overtaken(world, takenTwice('salesInvoice'), {
				port: (inner) => withoutOwn(inner, member),
			});
			expect(mine).toMatchObject({
				outcome: 'unchanged',
				document: { id: other.document.id },
				issues: [{ code: 'XERO_POSTED_TWICE' }],
			});
			const live = world.sandbox.xero.invoices().filter(({ Status }) => Status !== 'DELETED');
			expect(live).toMatchObject([{ InvoiceID: other.document.id }]);
		}
	});

	it('is not looked for in what Xero does not list yet', async () => {
		const world = await having('salesInvoice');
		const draft = takenTwice('salesInvoice');
		const mine = await run(world, draft, (inner) => withoutOwn(inner, 'InvoiceID'));
		expect(mine).toMatchObject({ outcome: 'created', issues: [] });
	});

	it('is waited for by nobody where there is nothing of the kind', async () => {
		const world = await having('salesInvoice');
		const before = world.clock.now();
		const draft = takenTwice('salesInvoice');
		expect(await run(world, draft, itself)).toMatchObject({ outcome: 'created' });
		expect(world.clock.now()).toBe(before);
	});

	it.each<DocumentType>(['item', 'trackingOption'])(
		'is the own one where Xero takes no second: %s',
		async (type) => {
			const { mine, other } = await overtaken(await having(type), takenTwice(type));
			expect(mine).toMatchObject({
				outcome: 'unchanged',
				document: { id: other.document.id },
				issues: [],
			});
		},
	);

	it('is shown beside the own one where neither can be taken back', async () => {
		const world = await having('project');
		const { mine, other } = await overtaken(world, takenTwice('project'));
		expect(mine).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_POSTED_TWICE' }] });
		expect(mine.issues[0]?.candidates).toHaveLength(2);
		expect(mine.issues[0]?.candidates?.map(({ id }) => id)).toContain(other.document.id);
		expect(mine.document.id).not.toBe(other.document.id);
	});

	it.each<DocumentType>(['salesInvoice', 'supplierCreditNote', 'payment', 'timeEntry'])(
		'stays alone where both post at one moment: %s',
		async (type) => {
			const world = await having(type);
			const draft = takenTwice(type);
			const contact = withoutKeys;
			if (definitionOf(type).hasContact) {
				world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
			}
			const told = await Promise.all([run(world, draft, contact), run(world, draft, contact)]);
			const kept = await run(world, draft, itself);
			expect(kept).toMatchObject({ outcome: 'unchanged', issues: [] });
			expect(told.map(({ outcome }) => outcome).sort()).toEqual(['created', 'unchanged']);
			expect(told.map(({ document }) => document.id)).toEqual([kept.document.id, kept.document.id]);
		},
	);

	describe.each<DocumentType>(['salesInvoice', 'payment', 'projectTask'])(
		'and taking back the own %s',
		(type) => {
			it.each<[string, HttpOutcome]>([
				['is not answered', NO_ANSWER],
				['is refused, since it is gone by then', REFUSED],
			])('%s', async (_, answer) => {
				const world = await having(type);
				const { mine, other } = await overtaken(world, takenTwice(type), {
					port: atDeletion(async (request, inner) => {
						await inner(request);
						return answer;
					}),
				});
				expect(mine).toMatchObject({
					outcome: 'unchanged',
					document: { id: other.document.id },
					issues: [{ code: 'XERO_POSTED_TWICE' }],
				});
			});

			it.each<[string, HttpOutcome]>([
				['does not arrive', NO_ANSWER],
				['is refused', REFUSED],
			])('%s, which is said', async (_, answer) => {
				const world = await having(type);
				const { mine } = await overtaken(world, takenTwice(type), {
					port: atDeletion(() => Promise.resolve(answer)),
				});
				expect(mine.outcome).toBe('failed');
				expect(mine.issues.map(({ message }) => message).join(' ')).toContain(
					'Its twin of another run could not be taken back',
				);
			});
		},
	);
});

describe('a number or name that another worker has taken since this one looked', () => {
	const invoice = (fields: FieldValues = {}) =>
		draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice, fields);
	const contact = (fields: FieldValues = {}) => draftOf('contact', DOCUMENT_CASES.contact, fields);

	it.each<[string, Draft]>([
		['invoice', invoice()],
		['contact', contact()],
	])('is the record’s own where it says the same: %s', async (_, draft) => {
		const { mine, other } = await overtaken(await xeroInMemory(), draft);
		expect(mine).toMatchObject({
			outcome: 'unchanged',
			match: { by: 'readBack' },
			document: { id: other.document.id },
			issues: [],
		});
	});

	it('is brought up to date where it was posted from an older state of the record', async () => {
		const world = await xeroInMemory();
		const theirs = invoice({ dueDate: '2026-12-24' });
		const { mine, other } = await overtaken(world, invoice(), { theirs });
		expect(mine).toMatchObject({
			outcome: 'updated',
			document: { id: other.document.id },
			changes: [{ field: 'dueDate', before: '2026-12-24', after: '2026-12-20' }, {}],
			issues: [],
		});
		expect(await run(world, invoice(), itself)).toMatchObject({ outcome: 'unchanged' });
	});

	it('is approved where that is all that is left to do, and said to be changed', async () => {
		const approved = invoice({ status: 'AUTHORISED' });
		const { mine } = await overtaken(await xeroInMemory(), approved, { theirs: invoice() });
		expect(mine).toMatchObject({ outcome: 'updated', document: { status: 'AUTHORISED' } });
	});

	it('is held where it cannot be brought up to date', async () => {
		const approved = (currencyCode: string) => invoice({ status: 'AUTHORISED', currencyCode });
		const theirs = approved('EUR');
		const { mine } = await overtaken(await xeroInMemory(), approved('GBP'), { theirs });
		expect(mine).toMatchObject({ outcome: 'blocked', changes: [] });
		expect(mine.issues.map(({ code }) => code)).toContain('XERO_CURRENCY_CHANGE');
	});

	describe('while the own request is not answered', () => {
		const unanswered: Port = (inner) => async (request) =>
			request.method === 'PUT' && request.url.endsWith('/Invoices')
				? NO_ANSWER
				: await inner(request);

		it('is brought up to date all the same', async () => {
			const theirs = invoice({ dueDate: '2026-12-24' });
			const { mine, other } = await overtaken(await xeroInMemory(), invoice(), {
				theirs,
				port: unanswered,
			});
			expect(mine).toMatchObject({
				outcome: 'updated',
				document: { id: other.document.id },
				changes: [{ field: 'dueDate', after: '2026-12-20' }, {}],
			});
		});

		it.each([
			['that was about to be approved is that one’s', {}, 'unchanged'],
			['of an older state of the record is changed', { dueDate: '2026-12-24' }, 'updated'],
		] as const)('a draft %s', async (_, older, outcome) => {
			const world = await xeroInMemory();
			const { mine, other } = await overtaken(
				world,
				takenTwice('salesInvoice', { status: 'AUTHORISED' }),
				{ theirs: takenTwice('salesInvoice', older), port: unanswered },
			);
			expect(mine).toMatchObject({
				outcome,
				document: { id: other.document.id, status: 'AUTHORISED' },
				issues: [],
			});
			// Never approved as it was, and changed only then.
			expect(
				world.sandbox.journal.filter({ kind: 'write', method: 'POST', path: '/Invoices' }),
			).toHaveLength(1);
		});
	});

	it('is not brought up to date while there are two of it and none can be taken back', async () => {
		const world = await having('salesInvoice');
		world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
		const older = { ...takenTwice('salesInvoice', { dueDate: '2026-12-24' }), source: {} };
		const numbered = (invoiceNumber: string): Draft => ({
			...older,
			fields: { ...older.fields, invoiceNumber },
		});
		const refusing = atDeletion(() => Promise.resolve(REFUSED));
		let isPassed = false;
		const mine = await run(
			world,
			{ ...takenTwice('salesInvoice'), source: {} },
			(inner) => async (request) => {
				if (request.method !== 'PUT') return await refusing(inner)(request);
				if (!isPassed) {
					const twins = ['INV-1', 'INV-2'].map(numbered);
					await Promise.all(twins.map((each) => run(world, each, itself)));
				}
				isPassed = true;
				return NO_ANSWER;
			},
		);
		expect(mine).toMatchObject({ outcome: 'failed', changes: [] });
		expect(mine.issues.map(({ message }) => message).join(' ')).toContain(
			'Its twin could not be taken back.',
		);
		expect(
			world.sandbox.journal.filter({ kind: 'write', method: 'POST', path: '/Invoices' }),
		).toEqual([]);
	});

	it('is brought up to date as a record of its own: a contact', async () => {
		const theirs = contact({ 'phones.mobile.phoneNumber': '444' });
		const { mine } = await overtaken(await xeroInMemory(), contact(), { theirs });
		expect(mine).toMatchObject({ outcome: 'updated', issues: [] });
	});

	it.each([
		['as it is', 'matchOrCreate', 'Bo'],
		['up to date where the user wants that', 'matchCreateOrUpdate', 'Al'],
	] as const)('is left %s, as the contact of a document', async (_, contactPolicy, firstName) => {
		const named = (name: string, invoiceNumber: string) =>
			invoice({ invoiceNumber, 'contact.contactNumber': 'K-1', 'contact.firstName': name });
		const world = await xeroInMemory();
		const { mine, other } = await overtaken(world, named('Al', 'INV-1'), {
			theirs: named('Bo', 'INV-2'),
			options: { contactPolicy },
			isEarly: true,
		});
		expect([mine.outcome, other.outcome]).toEqual(['created', 'created']);
		expect(world.sandbox.xero.contacts()).toMatchObject([{ FirstName: firstName }]);
	});
});

describe('a contact whose name another worker has given to somebody else', () => {
	it('gets no document, and the record is told why', async () => {
		const world = await xeroInMemory();
		const draft = (number: string, invoiceNumber: string) =>
			draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice, {
				invoiceNumber,
				'contact.contactNumber': number,
			});
		const { mine, other } = await overtaken(world, draft('K-1', 'INV-1'), {
			theirs: draft('K-2', 'INV-2'),
			isEarly: true,
		});
		expect(other.outcome).toBe('created');
		expect(mine).toMatchObject({
			outcome: 'held',
			issues: [{ code: 'XERO_CONTACT_CONTRADICTED' }],
		});
		expect(world.sandbox.xero.invoices()).toMatchObject([{ InvoiceNumber: 'INV-2' }]);
	});
});

describe('a change', () => {
	it.each([
		['its number', {}],
		['the id that it keeps alone', { invoiceNumber: undefined }],
	] as const)(
		'of which the answer is lost is looked up by %s, and not sent again',
		async (_, over) => {
			const world = await having('salesInvoice');
			const draft = draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice);
			const { document } = await run(world, draft, itself);
			const keys = new Set<string | undefined>();
			const losing: Port = (inner) => async (request) => {
				const answer = await inner(request);
				if (request.method !== 'POST') return answer;
				keys.add(request.headers?.['idempotency-key']);
				return NO_ANSWER;
			};
			const fields = Object.entries({ ...draft.fields, dueDate: '2026-12-24', ...over });
			const changed: Draft = {
				...draft,
				fields: Object.fromEntries(
					fields.flatMap(([path, value]) => (value === undefined ? [] : [[path, value]])),
				),
				...('invoiceNumber' in over ? { id: document.id, source: {} } : {}),
			};
			expect(await run(world, changed, losing)).toMatchObject({ outcome: 'updated', issues: [] });
			expect(keys.size).toBe(1);
		},
	);

	it('that does not arrive is not taken for made, and sent again', async () => {
		const world = await having('salesInvoice');
		const draft = draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice);
		await run(world, draft, itself);
		const keys = new Set<string | undefined>();
		const losing: Port = (inner) => async (request) => {
			if (request.method !== 'POST') return await inner(request);
			keys.add(request.headers?.['idempotency-key']);
			return keys.size > 1 ? await inner(request) : NO_ANSWER;
		};
		const changed = { ...draft, fields: { ...draft.fields, dueDate: '2026-12-24' } };
		expect(await run(world, changed, losing)).toMatchObject({ outcome: 'updated', issues: [] });
		expect(await run(world, changed, itself)).toMatchObject({ outcome: 'unchanged' });
	});

	it('that two workers are at goes over under one key, so that Xero makes it once', async () => {
		const world = await having('salesInvoice');
		const draft = draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice);
		await run(world, draft, itself);
		const changed = { ...draft, fields: { ...draft.fields, dueDate: '2026-12-24' } };
		const keys: Array<string | undefined> = [];
		const heard: Port = (inner) => async (request) => {
			if (request.method === 'POST') keys.push(request.headers?.['idempotency-key']);
			return await inner(request);
		};
		const told = await Promise.all([run(world, changed, heard), run(world, changed, heard)]);
		expect(told).toMatchObject([{ outcome: 'updated' }, { outcome: 'updated' }]);
		expect(keys).toHaveLength(2);
		expect(new Set(keys).size).toBe(1);
	});
});

describe('a twin that a run has left', () => {
	it('is taken back beside what else is due', async () => {
		const world = await xeroInMemory();
		world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
		// Without a link that says under which number it was sent.
		const draft: Draft = { ...takenTwice('salesInvoice'), source: {} };
		const named = (invoiceNumber: string) => ({
			...draft,
			fields: { ...draft.fields, invoiceNumber },
		});
		await Promise.all([named('INV-1'), named('INV-2')].map((each) => run(world, each, itself)));
		const other: Draft = {
			...takenTwice('salesInvoice', { reference: 'R-2' }),
			source: { knackRecordId: 'record-2', table: 'object_1' },
		};
		const { settings, clock, turns, client } = world;
		const { outcomes } = await upsertDocuments({ client, settings, clock, turns }, SALES_INVOICE, [
			other,
			draft,
		]);
		expect(outcomes).toMatchObject([
			{ outcome: 'created', issues: [] },
			{ outcome: 'unchanged', issues: [{ code: 'XERO_POSTED_TWICE' }] },
		]);
		const statuses = world.sandbox.xero.invoices().map(({ Status }) => String(Status));
		expect(statuses.sort()).toEqual(['DELETED', 'DRAFT', 'DRAFT']);
	});
});

describe('the calls that a preview foresees', () => {
	const ofRecord = (number: number, draft: Draft): Draft => ({
		...draft,
		source: { ...draft.source, knackRecordId: `record-${number}` },
	});
	const numbered = (number: number, status = 'DRAFT') =>
		ofRecord(
			number,
			draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice, {
				invoiceNumber: `INV-${number}`,
				status,
			}),
		);
	const byReference = (type: DocumentType, number: number, status = 'DRAFT') => {
		return ofRecord(number, takenTwice(type, { status, reference: `R-${number}` }));
	};
	const many = (count: number, draft: (number: number) => Draft) =>
		Array.from({ length: count }, (_, index) => draft(index));

	it.each<[string, DocumentType, readonly Draft[]]>([
		['new ones by number, in batches', 'salesInvoice', many(51, (each) => numbered(each))],
		['new ones by reference', 'salesInvoice', many(3, (each) => byReference('salesInvoice', each))],
		[
			'their approval',
			'salesInvoice',
			many(3, (each) => byReference('salesInvoice', each, 'AUTHORISED')),
		],
		[
			'the approval of more than a request creates',
			'salesInvoice',
			many(51, (each) => byReference('salesInvoice', each, 'AUTHORISED')),
		],
		[
			'both apart',
			'salesInvoice',
			[
				...many(2, (each) => numbered(each)),
				...many(2, (each) => byReference('salesInvoice', each)),
			],
		],
		[
			'payments, one by one',
			'payment',
			many(2, (each) =>
				ofRecord(each, takenTwice('payment', { reference: `P-${each}`, amount: String(5 + each) })),
			),
		],
	])('are those of the run: %s', async (_, type, drafts) => {
		const world = await having(type);
		if (definitionOf(type).hasContact) world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
		const { settings, clock, turns } = world;
		const writesOf = async (given: readonly Draft[]) => {
			const context = { settings, clock, turns, client: world.anotherClient() };
			const { expectedCalls } = await previewDocuments(context, definitionOf(type), given);
			await upsertDocuments(context, definitionOf(type), given);
			expect(context.client.calls().writes).toBe(expectedCalls);
			return expectedCalls;
		};
		expect(await writesOf(drafts)).toBeGreaterThan(0);
		expect(await writesOf(drafts)).toBe(0);
		if (type === 'payment') return;
		const changed = drafts.map((draft) => ({
			...draft,
			fields: { ...draft.fields, dueDate: '2026-12-31' },
		}));
		expect(await writesOf(changed)).toBe(Math.ceil(changed.length / 50));
		expect(await writesOf([...changed, numbered(900)])).toBe(1);
	});
});

describe('a draft that is to be approved once it is alone', () => {
	const order = takenTwice('salesInvoice', { status: 'AUTHORISED' });

	/** What the port does to the request by which a document is approved. */
	const atApproval =
		(answer: (request: HttpRequest, inner: HttpPort) => Promise<HttpOutcome>): Port =>
		(inner) =>
		async (request) =>
			/"Status":"(AUTHORISED|SENT)"/.test(String(request.body))
				? await answer(request, inner)
				: await inner(request);
	const statusInXero = (world: XeroInMemory) =>
		world.sandbox.xero.invoices().map(({ Status }) => Status);
	const byHand = async (world: XeroInMemory, status: string) => {
		const [invoice] = world.sandbox.xero.invoices();
		await world.anotherClient().write({
			method: 'POST',
			path: '/Invoices',
			body: { Invoices: [{ InvoiceID: invoice?.InvoiceID, Status: status }] },
			idempotencyKey: status,
		});
	};

	it.each<[DocumentType, string]>([
		['salesInvoice', 'AUTHORISED'],
		['bill', 'AUTHORISED'],
		['salesCreditNote', 'AUTHORISED'],
		['purchaseOrder', 'AUTHORISED'],
		['quote', 'SENT'],
	])('is, keeping all else: %s', async (type, status) => {
		const world = await having(type);
		const draft = takenTwice(type, { status });
		const created = await run(world, draft, itself);
		expect(created).toMatchObject({ outcome: 'created', document: { status }, issues: [] });
		expect(await run(world, draft, itself)).toMatchObject({
			outcome: 'unchanged',
			document: { id: created.document.id, status, total: '79.80' },
			issues: [],
		});
	});

	it.each<[string, HttpOutcome]>([
		['is not answered', NO_ANSWER],
		['is refused, since somebody else has approved it', REFUSED],
	])('is approved although the request %s', async (_, answer) => {
		const world = await having('salesInvoice');
		const created = await run(
			world,
			order,
			atApproval(async (request, inner) => {
				await inner(request);
				return answer;
			}),
		);
		expect(created).toMatchObject({
			outcome: 'created',
			document: { status: 'AUTHORISED' },
			issues: [],
		});
	});

	it('is approved where it was paid meanwhile', async () => {
		const world = await having('salesInvoice');
		const created = await run(
			world,
			order,
			atApproval(async (request, inner) => {
				await inner(request);
				const [{ InvoiceNumber } = {}] = world.sandbox.xero.invoices();
				world.sandbox.xero.recordPayment({ invoiceNumber: String(InvoiceNumber), amount: '79.80' });
				return REFUSED;
			}),
		);
		expect(created).toMatchObject({ outcome: 'created', document: { status: 'PAID' } });
	});

	it.each([['DRAFT'], ['SUBMITTED'], ['DELETED'], ['AUTHORISED', 'VOIDED']])(
		'is not approved where Xero refuses it and a person made it %s, %s by then',
		async (...statuses) => {
			const world = await having('salesInvoice');
			const refused = await run(
				world,
				order,
				atApproval(async () => {
					for (const status of statuses) await byHand(world, status);
					return REFUSED;
				}),
			);
			expect(statusInXero(world)).toEqual([statuses.at(-1)]);
			const [invoice] = world.sandbox.xero.invoices();
			expect(refused).toMatchObject({
				outcome: 'blocked',
				document: { id: invoice?.InvoiceID, status: 'DRAFT' },
				issues: [{ message: 'Xero: Not now.' }],
			});
		},
	);
});
