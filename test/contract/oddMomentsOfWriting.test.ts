/** What is sent, and how often, where Xero's answer is not the usual one. */
import type { HttpOutcome, HttpRequest } from '../../lib/http';
import { LATE_RULES } from '../../lib/sync/check/rules/lateRules';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import type { UpsertContext } from '../../lib/sync/upsertContext';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';
import { NO_ANSWER, REFUSED, having, run, takenTwice, type Port } from './passingWorkersTestbed';

const isCreate = ({ method, url }: HttpRequest) => method === 'PUT' && url.endsWith('/Invoices');

/** What the port does to the requests that write documents. */
const atWrite =
	(
		answer: (request: HttpRequest, send: () => Promise<HttpOutcome>) => Promise<HttpOutcome>,
	): Port =>
	(inner) =>
	async (request) =>
		request.method !== 'GET' && /\/(Invoices|Quotes)$/.test(request.url)
			? await answer(request, async () => await inner(request))
			: await inner(request);

const invoices = (world: XeroInMemory) => world.sandbox.xero.invoices();

describe('a draft that is to be approved', () => {
	const order = takenTwice('salesInvoice', { status: 'AUTHORISED' });

	it('is not approved again where Xero has it approved from the start', async () => {
		const world = await having('salesInvoice');
		const sent: string[] = [];
		const mine = await run(
			world,
			order,
			atWrite(async (request, send) => {
				sent.push(request.method);
				const answer = await send();
				if (!isCreate(request) || answer.kind !== 'answer') return answer;
				const text = JSON.stringify(answer.body).replace('"DRAFT"', '"AUTHORISED"');
				return { ...answer, body: JSON.parse(text) as unknown };
			}),
		);
		expect(mine).toMatchObject({ outcome: 'created', document: { status: 'AUTHORISED' } });
		expect(sent).toEqual(['PUT']);
	});

	it('is told by itself where Xero refuses two, and somebody else has approved one', async () => {
		const world = await having('salesInvoice');
		world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
		const orders = ['R-1', 'R-2'].map(
			(reference): Draft => ({
				...takenTwice('salesInvoice', { status: 'AUTHORISED', reference }),
				source: { knackRecordId: reference, table: 'object_1' },
			}),
		);
		const refusing = atWrite(async (request, send) => {
			if (request.method === 'PUT') return await send();
			const second = invoices(world).find(({ Reference }) => Reference === 'R-2');
			await world.anotherClient().write({
				method: 'POST',
				path: '/Invoices',
				body: { Invoices: [{ InvoiceID: second?.InvoiceID, Status: 'AUTHORISED' }] },
				idempotencyKey: 'by hand',
			});
			return REFUSED;
		});
		const { settings, clock, turns } = world;
		const { outcomes } = await upsertDocuments(
			{ client: world.anotherClient(refusing), settings, clock, turns },
			SALES_INVOICE,
			orders,
		);
		expect(outcomes).toMatchObject([
			{ outcome: 'blocked', document: { status: 'DRAFT' } },
			{ outcome: 'created', document: { status: 'AUTHORISED' }, issues: [] },
		]);
		expect(invoices(world).map(({ Status }) => Status)).toEqual(['DRAFT', 'AUTHORISED']);
	});

	it('is approved where the customer has accepted it by then: a quote', async () => {
		const world = await having('quote');
		const { quotes } = world.sandbox.xero.organisation();
		const mine = await run(
			world,
			takenTwice('quote', { status: 'SENT' }),
			atWrite(async (request, send) => {
				if (request.method === 'PUT') return await send();
				for (const quote of quotes.all()) quotes.put(quote.id, { ...quote, status: 'ACCEPTED' });
				return REFUSED;
			}),
		);
		expect(mine).toMatchObject({ outcome: 'created', document: { status: 'ACCEPTED' } });
	});
});

describe('a link back to the record that Xero refuses', () => {
	const refusing = (message: string, sent: HttpRequest[]) =>
		atWrite(async (request, send) => {
			sent.push(request);
			if (!String(request.body).includes('"Url"')) return await send();
			if (REFUSED.kind !== 'answer') return REFUSED;
			const text = JSON.stringify(REFUSED.body).replace('Not now.', message);
			return { ...REFUSED, body: JSON.parse(text) as unknown };
		});
	const numbered = draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice);

	it.each<[string, Draft]>([
		['with a number', numbered],
		['without one', takenTwice('salesInvoice')],
	])('does not keep a document here, which goes without it: %s', async (_, draft) => {
		const world = await having('salesInvoice');
		const before = world.clock.now();
		const sent: HttpRequest[] = [];
		const mine = await run(world, draft, refusing('Url is not valid.', sent));
		expect(mine).toMatchObject({
			outcome: 'created',
			issues: [{ code: LATE_RULES.sourceLinkNotSent.code }],
		});
		expect(sent).toHaveLength(2);
		expect(invoices(world)).toHaveLength(1);
		// The worker knows what became of its own turn, and waits for nobody.
		expect(world.clock.now()).toBe(before);
		const changed = { ...draft, fields: { ...draft.fields, dueDate: '2026-12-24' } };
		expect(await run(world, changed, refusing('The URL is bad.', sent))).toMatchObject({
			outcome: 'updated',
			issues: [{ code: LATE_RULES.sourceLinkNotSent.code }],
		});
		expect(sent).toHaveLength(4);
		expect(invoices(world)).toMatchObject([{ DueDateString: '2026-12-24T00:00:00' }]);
	});

	it('keeps it here where the user wants none without', async () => {
		const world = await having('salesInvoice');
		const sent: HttpRequest[] = [];
		const mine = await run(world, numbered, refusing('Url is not valid.', sent), {
			ruleSeverities: { [LATE_RULES.sourceLinkNotSent.code]: 'block' },
		});
		expect(mine).toMatchObject({ outcome: 'blocked' });
		expect(sent).toHaveLength(1);
		expect(invoices(world)).toEqual([]);
	});

	it.each<[string, Draft, string]>([
		['other words', numbered, 'The date is curled.'],
		['a document without a link', { ...numbered, source: {} }, 'Url is not valid.'],
	])('is told from what else Xero refuses, which is sent once: %s', async (_, draft, message) => {
		const world = await having('salesInvoice');
		const sent: HttpRequest[] = [];
		const never = refusing(message, sent);
		const mine = await run(world, draft, (inner) => async (request) => {
			const body = String(request.body).replace('"Invoices"', '"Url":"","Invoices"');
			const isAnswered = request.method === 'PUT' && request.url.endsWith('/Invoices');
			return await never(inner)(isAnswered ? { ...request, body } : request);
		});
		expect(mine).toMatchObject({ outcome: 'blocked' });
		expect(sent).toHaveLength(1);
	});
});

describe('a process that writes again', () => {
	const context = (world: XeroInMemory, more: Partial<UpsertContext> = {}): UpsertContext => {
		const { settings, clock, turns } = world;
		return { client: world.anotherClient(), settings, clock, turns, ...more };
	};

	it('does not wait for its own turn of a minute ago', async () => {
		const world = await having('projectTask');
		const definition = definitionOf('projectTask');
		const drafts = [takenTwice('projectTask')];
		const { outcomes: first } = await upsertDocuments(context(world), definition, drafts);
		const [{ document } = {}] = first;
		const [project] = world.sandbox.xero.organisation().projects.all();
		await world.anotherClient().write({
			method: 'DELETE',
			path: `/Projects/${String(project?.projectId)}/Tasks/${String(document?.id)}`,
			api: 'projects',
			idempotencyKey: 'by hand',
		});
		await world.clock.sleep(60_000);
		const before = world.clock.now();
		const again = context(world);
		const { outcomes } = await upsertDocuments(again, definition, drafts);
		expect(outcomes).toMatchObject([{ outcome: 'created' }]);
		expect(again.client.calls().writes).toBe(1);
		expect(world.clock.now()).toBe(before);
	});

	const numbered = (count: number, by: 'invoiceNumber' | 'reference') =>
		Array.from({ length: count }, (_, index): Draft => {
			const draft =
				by === 'reference'
					? takenTwice('salesInvoice')
					: draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice);
			return {
				...draft,
				fields: { ...draft.fields, [by]: `N-${index}` },
				source: { knackRecordId: `record-${index}`, table: 'object_1' },
			};
		});

	it('tells of what it has written batch by batch, but of none that may be taken back', async () => {
		const world = await xeroInMemory();
		const told: string[][] = [];
		const telling = context(world, {
			onSettled: (settled) => {
				told.push(settled.map(({ outcome, document }) => `${outcome} ${document.number}`));
			},
		});
		await upsertDocuments(telling, SALES_INVOICE, [
			...numbered(60, 'invoiceNumber'),
			...numbered(2, 'reference').map((draft) => ({ ...draft, source: {} })),
		]);
		expect(told.map(({ length }) => length)).toEqual([50, 10]);
		expect(told.flat()).toEqual(Array.from({ length: 60 }, (_, index) => `created N-${index}`));
		expect(invoices(world)).toHaveLength(62);
		// Nor of a change that was found there when its answer was lost.
		const losing = atWrite(async (_, send) => {
			await send();
			return NO_ANSWER;
		});
		const [one] = numbered(1, 'invoiceNumber');
		if (!one) throw new Error('There is no draft.');
		const changed = { ...one, fields: { ...one.fields, dueDate: '2026-12-24' } };
		const again = { ...telling, client: world.anotherClient(losing) };
		const { outcomes } = await upsertDocuments(again, SALES_INVOICE, [changed]);
		expect(outcomes).toMatchObject([{ outcome: 'updated' }]);
		expect(told).toHaveLength(2);
	});
});
