import type { Issue, Severity } from '../../lib/issue';
import { ServiceFaultError } from '../../lib/serviceFault';
import type { Plan } from '../../lib/sync/plan/plan';
import type { Reserved } from '../../lib/sync/references/completed';
import type { Row, Sent } from '../../lib/sync/row';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { reserve, staysDraft } from '../../lib/sync/write/reserve';
import { sendParts } from '../../lib/sync/write/writeParts';
import type { Writing } from '../../lib/sync/write/writing';
import type { XeroClient, XeroWrite, XeroWriteAnswer } from '../../lib/xero/client';
import { DOCUMENTS } from '../../lib/xero/documents';
import type { WireElement, XeroDocument } from '../../lib/xero/documents/definition';
import type { SingleWrite } from '../../lib/xero/documents/partsWriting';
import { xeroInMemory } from '../support/xeroInMemory';
import { order, planOf, posted } from './planFixtures';

/** Documents that are written in parts, or use up a part of something else. */

describe('a document that uses up a part of another', () => {
	const CREATE = planOf(order(), undefined);
	const UPDATE = planOf(order({ reference: 'B' }), posted(order()));
	const KEEP = planOf(order(), posted(order()));
	const DRAFT: XeroDocument = { type: 'salesInvoice', id: 'new', status: 'DRAFT', fields: {} };
	const issue = (severity: Severity, code: Issue['code'] = 'XERO_ORDER_EXCEEDED'): Issue => ({
		code,
		severity,
		message: 'The order has no more.',
		fix: 'Look at it.',
	});
	const created = (plan: Plan): Sent => ({
		kind: 'done',
		did: 'created',
		document: DRAFT,
		warnings: [],
		plan,
	});
	const row = (plan: Plan | undefined, sent?: Sent): Row => ({
		draft: plan?.draft ?? order(),
		...(plan ? { plan } : {}),
		...(sent ? { sent } : {}),
	});

	/** What becomes of the rows, and which documents were asked for. */
	async function reserved(rows: readonly Row[], answer?: Reserved) {
		const { anotherClient, settings, clock, turns } = await xeroInMemory();
		const asked: string[] = [];
		const writing: Writing = {
			context: { client: anotherClient(), settings, clock, turns },
			definition: DOCUMENTS.salesInvoice,
			options: DEFAULT_OPTIONS,
			...(answer
				? {
						reserve: async (_plan: Plan, present: XeroDocument) => {
							asked.push(present.id);
							return answer;
						},
					}
				: {}),
		};
		await reserve(writing, rows);
		return asked;
	}
	const messages = (plan: Plan | undefined) => plan?.issues.map(({ message }) => message);

	it('is asked for what was created or is to be changed, and for nothing else', async () => {
		const updated: Sent = { ...created(UPDATE), did: 'updated' } as Sent;
		const rows = [
			row(CREATE, created(CREATE)),
			row(UPDATE),
			row(CREATE),
			row(KEEP),
			row(undefined),
			row(CREATE, { kind: 'rejected', messages: ['No.'] }),
			row(UPDATE, { kind: 'unknown', reason: 'No answer.' }),
			row(UPDATE, updated),
		];
		expect(await reserved(rows, { kind: 'done', issues: [] })).toEqual(['new', 'one']);
		expect(await reserved(rows)).toEqual([]);
	});

	it('goes on where there is enough, with what is to be said of it', async () => {
		const rows = [row(CREATE, created(CREATE)), row(UPDATE)];
		await reserved(rows, { kind: 'done', issues: [issue('warn')] });
		const [made, changed] = rows;
		if (made?.sent?.kind !== 'done') throw new Error('It is not there.');
		expect(messages(made.sent.plan)).toEqual(['The order has no more.']);
		expect(staysDraft(made.sent)).toBe(false);
		expect(changed?.sent).toBeUndefined();
		expect(changed?.plan?.action).toBe('update');
		expect(messages(changed?.plan)).toEqual(['The order has no more.']);
		// What was said when it was planned is not said again.
		await reserved([...rows], { kind: 'done', issues: [issue('warn')] });
		expect(messages(changed?.plan)).toHaveLength(1);
	});

	it('stays a draft, or as it was, where there is not enough', async () => {
		const rows = [row(CREATE, created(CREATE)), row(UPDATE)];
		await reserved(rows, { kind: 'held', issues: [issue('hold')] });
		const [made, changed] = rows;
		if (made?.sent?.kind !== 'done') throw new Error('It is not there.');
		expect(staysDraft(made.sent)).toBe(true);
		expect(messages(made.sent.plan)).toEqual([
			'The order has no more. It is a draft in Xero, and stays one.',
		]);
		expect(changed?.sent).toMatchObject({
			kind: 'stop',
			plan: { action: 'stop', key: UPDATE.key, issues: [{ message: 'The order has no more.' }] },
		});
	});

	it('is told as not known where Xero did not answer, with the draft that is there', async () => {
		const rows = [row(CREATE, created(CREATE)), row(UPDATE)];
		await reserved(rows, { kind: 'unknown', reason: 'No answer.' });
		expect(rows[0]?.sent).toEqual({ kind: 'unknown', reason: 'No answer.', draft: DRAFT });
		expect(rows[1]?.sent).toEqual({ kind: 'unknown', reason: 'No answer.' });
	});
});

describe('a document whose lines are written one by one', () => {
	const { timesheet } = DOCUMENTS;
	const PATH = '/Timesheets/one';
	const ADD: SingleWrite = { method: 'POST', path: `${PATH}/Lines`, body: { numberOfUnits: 1 } };
	const CHANGE: SingleWrite = {
		method: 'PUT',
		path: `${PATH}/Lines/a`,
		body: { numberOfUnits: 2 },
	};
	const REMOVE: SingleWrite = { method: 'DELETE', path: `${PATH}/Lines/b` };
	const DONE: XeroWriteAnswer = { kind: 'accepted', body: {} };
	const refused = (status: number): XeroWriteAnswer => ({
		kind: 'refused',
		status,
		messages: ['No.'],
		elements: [],
	});
	const NO_ANSWER = new ServiceFaultError({
		service: 'xero',
		cause: 'unavailable',
		message: 'Xero did not answer.',
		fix: 'Try again.',
	});

	interface Scene {
		/** What is left to do, by how often it was looked at. */
		readonly due?: ReadonlyArray<readonly SingleWrite[]>;
		readonly answers?: readonly XeroWriteAnswer[];
		/** What Xero shows, one after the other; the last of them stays. */
		readonly shown?: readonly unknown[];
		readonly attempt?: number;
	}

	async function sent({
		due = [[CHANGE, ADD], []],
		answers = [],
		shown = [{ timesheet: { timesheetID: 'one' } }],
		attempt = 0,
	}: Scene = {}) {
		const writes: XeroWrite[] = [];
		const looks: WireElement[] = [];
		let reads = 0;
		const client: XeroClient = {
			organisationId: 'org',
			calls: () => ({ reads, writes: writes.length }),
			dayRemaining: () => undefined,
			read: async ({ path, api }) => {
				expect([path, api]).toEqual([PATH, 'payroll']);
				const answer = shown[Math.min(reads, shown.length - 1)];
				reads += 1;
				if (answer instanceof Error) throw answer;
				return answer;
			},
			write: async (request) => {
				writes.push(request);
				return answers[writes.length - 1] ?? DONE;
			},
		};
		const parts = {
			path: PATH,
			due: (present: WireElement) => {
				looks.push(present);
				return due[looks.length - 1] ?? [];
			},
		};
		const answer = await sendParts(client, timesheet, parts, attempt);
		const keys = writes.map(({ idempotencyKey }) => idempotencyKey);
		return { answer, writes, looks, keys };
	}

	it('is told as it stands once all that was left to do is done', async () => {
		const after = { timesheetID: 'one', status: 'Draft' };
		const shown = [{ timesheet: { timesheetID: 'one' } }, { timesheet: after }];
		const { answer, writes, looks } = await sent({ shown });
		expect(writes).toMatchObject([
			{ ...CHANGE, api: 'payroll' },
			{ ...ADD, api: 'payroll' },
		]);
		expect(looks).toEqual([{ timesheetID: 'one' }, after]);
		expect(answer).toEqual({ kind: 'accepted', body: { Timesheets: [after] } });
	});

	it('stops at the first request that is not taken', async () => {
		for (const not of [refused(400), refused(404), { kind: 'unknown', reason: 'reset' } as const]) {
			const { answer, writes } = await sent({ answers: [not] });
			expect(answer).toEqual(not);
			expect(writes).toHaveLength(1);
		}
		const removing = await sent({ due: [[REMOVE, ADD], []], answers: [refused(400)] });
		expect(removing.answer).toEqual(refused(400));
	});

	it('goes on where somebody else has taken the line away already', async () => {
		const { answer, writes } = await sent({ due: [[REMOVE, ADD], []], answers: [refused(404)] });
		expect(answer.kind).toBe('accepted');
		expect(writes.map(({ method }) => method)).toEqual(['DELETE', 'POST']);
	});

	it('is not known where something is left to do by then, or it cannot be read', async () => {
		expect((await sent({ due: [[ADD], [ADD]] })).answer).toEqual({
			kind: 'unknown',
			reason: 'Somebody else changed it in Xero at the same moment.',
		});
		const first = await sent({ shown: [NO_ANSWER] });
		expect(first.answer).toEqual({ kind: 'unknown', reason: 'Xero did not answer.' });
		expect(first.writes).toEqual([]);
		const there = { timesheet: { timesheetID: 'one' } };
		expect((await sent({ shown: [there, NO_ANSWER] })).answer).toEqual({
			kind: 'unknown',
			reason: 'Xero did not answer.',
		});
		expect((await sent({ shown: [there, []] })).answer).toEqual({
			kind: 'unknown',
			reason: 'Xero’s answer was not complete.',
		});
	});

	it('adds a line under one key for all workers, and changes it under one for each state', async () => {
		const all = { due: [[ADD, CHANGE, REMOVE], []] };
		const [adding, changing, removing] = (await sent(all)).keys;
		expect((await sent(all)).keys).toEqual([adding, changing, removing]);
		const shown = [{ timesheet: { timesheetID: 'one', status: 'Draft' } }];
		const later = await sent({ ...all, shown });
		expect(later.keys[0]).toBe(adding);
		expect(later.keys[1]).not.toBe(changing);
		expect(later.keys[2]).not.toBe(removing);
		const again = await sent({ ...all, attempt: 1 });
		expect(again.keys[0]).not.toBe(adding);
		expect(new Set([...later.keys, ...again.keys]).size).toBe(6);
	});
});
