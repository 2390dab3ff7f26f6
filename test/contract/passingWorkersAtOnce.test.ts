/** What the look for twins after writing decides, and on what. */
import { instantText } from '../../lib/dates';
import { LATE_RULES } from '../../lib/sync/check/rules/lateRules';
import type { Draft } from '../../lib/sync/draft';
import { upsertDocuments } from '../../lib/sync/upsert';
import { Turns } from '../../lib/sync/write/turns';
import type { DocumentType } from '../../lib/xero/documents';
import { SALES_INVOICE } from '../../lib/xero/documents/salesInvoice';
import { definitionOf } from '../support/definitionOf';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';
import { DOCUMENT_CASES, draftOf } from './documentCases';
import {
	NO_ANSWER,
	having,
	overtaken,
	run,
	takenTwice,
	withoutKeys,
	type Port,
} from './passingWorkersTestbed';

/** After Xero has taken what this worker creates, and before the worker hears of it. */
function onceCreated(then: (world: XeroInMemory, id: string) => Promise<void>) {
	return (world: XeroInMemory): Port =>
		(inner) =>
		async (request) => {
			const answer = await inner(request);
			if (
				answer.kind === 'answer' &&
				request.method === 'PUT' &&
				request.url.endsWith('/Invoices')
			) {
				const { Invoices: all } = answer.body as { Invoices: Array<{ InvoiceID: string }> };
				await then(world, String(all[0]?.InvoiceID));
			}
			return answer;
		};
}

/** What the record was told before anything was sent. */
const WARNING = {
	code: LATE_RULES.totalZero.code,
	severity: 'warn',
	message: 'It comes to nothing.',
	fix: 'Look.',
} as const;

const approvedByHand = onceCreated(async (world, id) => {
	await world.anotherClient().write({
		method: 'POST',
		path: '/Invoices',
		body: { Invoices: [{ InvoiceID: id, Status: 'AUTHORISED' }] },
		idempotencyKey: id,
	});
});

/** So long that asking for each takes more calls than reading what was changed. */
const longReferences = (count: number) =>
	Array.from({ length: count }, (_, index): Draft => {
		const draft = takenTwice('salesInvoice', { reference: `R-${index}-${'x'.repeat(240)}` });
		return { ...draft, source: { ...draft.source, knackRecordId: `record-${index}` } };
	});

async function runAll(world: XeroInMemory, drafts: readonly Draft[], port: Port = withoutKeys) {
	const { settings, clock } = world;
	const context = { client: world.anotherClient(port), settings, clock, turns: new Turns() };
	return (await upsertDocuments(context, SALES_INVOICE, drafts)).outcomes;
}

const statuses = (world: XeroInMemory) =>
	world.sandbox.xero.invoices().map(({ Status }) => String(Status));

describe('of two documents that were posted at once', () => {
	it('either goes where nobody can tell who was first, and the other worker died', async () => {
		const waited: number[] = [];
		for (const own of [0, 1]) {
			const world = await having('bill');
			world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
			const ids: string[] = [];
			const twice: Port = (inner) => async (request) => {
				if (request.method !== 'PUT' || !request.url.endsWith('/Invoices')) {
					return await inner(request);
				}
				const answers = [await inner(request), await inner(request)];
				for (const answer of answers) {
					const { body } = answer as { body: { Invoices: Array<{ InvoiceID: string }> } };
					ids.push(String(body.Invoices[0]?.InvoiceID));
				}
				return answers[own] ?? NO_ANSWER;
			};
			const before = world.clock.now();
			const mine = await run(world, takenTwice('bill'), (inner) => twice(withoutKeys(inner)));
			waited.push(world.clock.now() - before);
			expect(mine).toMatchObject({
				outcome: 'unchanged',
				document: { id: ids[1 - own] },
				issues: [{ code: 'XERO_POSTED_TWICE' }],
			});
			expect(statuses(world).sort()).toEqual(['DELETED', 'DRAFT']);
		}
		// Whose id comes first leaves the other one time to go.
		expect(waited.sort()).toEqual([0, 2_000]);
	});

	it.each<[DocumentType, string[]]>([
		['salesInvoice', ['PUT', 'GET', 'POST']],
		// Nothing tells which task is older: both may go under one key, so whether it has is looked at.
		['projectTask', ['POST', 'GET', 'DELETE', 'GET']],
	])('the own %s goes after one look, and in one call', async (type, expected) => {
		const methods: string[] = [];
		const heard: Port = (inner) => async (request) => {
			if (methods.length > 0 || request.method !== 'GET') methods.push(request.method);
			return await inner(request);
		};
		const world = await having(type);
		if (definitionOf(type).hasContact) world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
		const { mine } = await overtaken(world, takenTwice(type), { port: heard });
		expect(mine).toMatchObject({ outcome: 'unchanged' });
		expect(methods).toEqual(expected);
	});

	it('the own one stays that a person has approved by then', async () => {
		const world = await having('salesInvoice');
		const { mine } = await overtaken(world, takenTwice('salesInvoice'), {
			port: approvedByHand(world),
		});
		expect(mine).toMatchObject({ outcome: 'created', issues: [] });
		expect(statuses(world)).toEqual(['DRAFT', 'AUTHORISED']);
	});

	it('both are shown that are approved by then', async () => {
		const world = await having('salesInvoice');
		const { mine, other } = await overtaken(world, takenTwice('salesInvoice'), {
			theirs: takenTwice('salesInvoice', { status: 'AUTHORISED' }),
			port: approvedByHand(world),
		});
		expect(mine).toMatchObject({ outcome: 'held', issues: [{ code: 'XERO_POSTED_TWICE' }] });
		expect(mine.issues[0]?.candidates?.map(({ id }) => id)).toContain(other.document.id);
		expect(statuses(world)).toEqual(['AUTHORISED', 'AUTHORISED']);
	});

	it('the one that stays is brought up to date where it is of an older state of the record', async () => {
		const world = await having('salesInvoice');
		const warned: Draft = { ...takenTwice('salesInvoice'), issues: [WARNING] };
		const { mine, other } = await overtaken(world, warned, {
			theirs: takenTwice('salesInvoice', { dueDate: '2026-12-24' }),
		});
		expect(mine).toMatchObject({
			outcome: 'updated',
			document: { id: other.document.id },
			changes: [{ field: 'dueDate', before: '2026-12-24', after: '2026-12-20' }, {}],
			issues: [{ code: WARNING.code }, { code: 'XERO_POSTED_TWICE' }],
		});
		expect(await run(world, takenTwice('salesInvoice'), withoutKeys)).toMatchObject({
			outcome: 'unchanged',
			issues: [],
		});
	});

	it.each<[DocumentType, string]>([
		['salesInvoice', 'unchanged'],
		['project', 'held'],
	])('what was said of the record before is said as well: %s', async (type, outcome) => {
		const draft: Draft = { ...takenTwice(type), issues: [WARNING] };
		const { mine } = await overtaken(await having(type), draft);
		expect(mine).toMatchObject({ outcome, issues: [{}, {}] });
		const codes = mine.issues.map(({ code }) => code);
		expect(codes.sort()).toEqual(['XERO_POSTED_TWICE', WARNING.code]);
	});

	it.each([
		['has passed hours, all that was changed since it looked', true],
		['found its customer made meanwhile, all there is', false],
	])('the earlier is found where the run %s', async (_, isKnown) => {
		const world = await xeroInMemory();
		if (isKnown) world.sandbox.xero.seedContacts([{ name: 'Acme' }]);
		const looked = instantText(world.clock.now());
		const since = new Set<string | undefined>();
		let hasCreated = false;
		const slow: Port = (inner) => async (request) => {
			if (hasCreated && request.method === 'GET' && request.url.endsWith('/Invoices')) {
				since.add(request.headers?.['if-modified-since']);
			}
			if (request.method !== 'PUT') return await inner(request);
			if (request.url.endsWith('/Contacts')) await runAll(world, longReferences(1));
			else if (!hasCreated) {
				await runAll(world, longReferences(20));
				if (isKnown) await world.clock.sleep(3 * 60 * 60_000);
			}
			hasCreated ||= request.url.endsWith('/Invoices');
			return await inner(request);
		};
		const outcomes = await runAll(world, longReferences(20), (inner) => slow(withoutKeys(inner)));
		expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
		expect(statuses(world).filter((each) => each === 'DRAFT')).toHaveLength(20);
		const [from = 'all', ...others] = since;
		expect(others).toEqual([]);
		// What was changed long before is not read for it.
		expect(isKnown ? from < looked && from > looked.slice(0, 10) : from).toBe(isKnown || 'all');
	});
});

describe('a number that another worker has taken since this one looked', () => {
	it('is not fought for where Xero cannot be asked whose it is', async () => {
		const world = await xeroInMemory();
		const draft = draftOf('salesInvoice', DOCUMENT_CASES.salesInvoice);
		let isRefused = false;
		const silent: Port = (inner) => async (request) => {
			if (isRefused) return NO_ANSWER;
			const answer = await inner(request);
			isRefused = request.method === 'PUT' && request.url.endsWith('/Invoices');
			return answer;
		};
		const { mine } = await overtaken(world, draft, { port: silent });
		expect(mine).toMatchObject({ outcome: 'failed', changes: [] });
		expect(mine.issues.map(({ message }) => message).join(' ')).toContain(
			'Xero could not be reached.',
		);
		expect(statuses(world)).toEqual(['DRAFT']);
	});
});
