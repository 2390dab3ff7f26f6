import { createGuardMemory } from '../../lib/sync/guard/guardMemory';
import { proveGuards } from '../prove/guards';
import { proveEmails, proveRunaway } from '../prove/runaway';
import { readLog } from '../../lib/sync/log/readLog';
import { verifyLog } from '../../lib/sync/log/verifyLog';
import { knackInMemory } from '../support/knackInMemory';
import { addLogTable, logTarget } from '../support/syncLog';
import {
	codesOf,
	ledger,
	most,
	openWorld,
	paymentOf,
	run,
	sale,
	sales,
	sent,
	STOPPED,
	tally,
	UNREADABLE_STOPS,
	type World,
} from '../support/guardedRuns';

const DAY_MS = 24 * 3_600_000;

describe('Guards of a run', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});

	it('a wrong filter: what is over the limit is held as a whole, and let go once', async () => {
		const guards = { ...most('run', { documents: 20 }), hasLetGo: true };
		const preview = await run(world, guards, sales(300), { isPreview: true });
		expect(tally(preview.outcomes)).toEqual({ wouldCreate: 20, held: 280 });
		expect(sent(world)).toBe('');

		const { outcomes } = await run(world, guards, sales(300));
		expect(tally(outcomes)).toEqual({ created: 20, held: 280 });
		expect(outcomes.slice(0, 20).map(({ outcome }) => outcome)).toEqual(
			Array.from({ length: 20 }, () => 'created'),
		);
		expect(ledger(world)).toMatchObject({ invoices: 20, contacts: 20 });
		// Nothing of what is held was sent: neither its document nor its contact.
		expect(sent(world)).not.toMatch(/INV-000[2-9]\d|INV-00[1-9]|Customer 000[2-9]\d/);
		expect(outcomes[20]?.issues).toMatchObject([
			{
				code: 'XERO_GUARD_DOCUMENTS',
				severity: 'hold',
				message:
					'Held by Most Documents a Run (20 documents): 20 documents went before it in this run, and it comes to 1 document.',
				fix: expect.stringContaining('tick what is chosen under Guards → Let Go'),
			},
		]);
		expect(world.said.at(-1)).toBe(
			'Guards: 280 records are held (280 by Documents). Each says how to let it go.',
		);

		const released = await run(world, guards, sales(300, { isLetGo: true }));
		expect(tally(released.outcomes)).toEqual({ unchanged: 20, created: 280 });
		const again = await run(world, guards, sales(300, { isLetGo: true }));
		expect(tally(again.outcomes)).toEqual({ unchanged: 300 });
		expect(ledger(world)).toMatchObject({ invoices: 300, contacts: 300 });
		expect(new Set(ledger(world).numbers).size).toBe(300);
	});

	it('amounts a hundredfold: money is counted in order, one large record stops no other', async () => {
		const guards = { ...most('run', { money: 1_000 }), hasLetGo: true };
		const drafts = [sale(0), sale(1, { price: '10000' }), ...sales(10, {}, 2)];
		const { outcomes } = await run(world, guards, drafts);
		// 120.00 each: eight are 960.00, and the ninth would be 1,080.00.
		expect(outcomes.map(({ outcome }) => outcome)).toEqual([
			'created',
			'held',
			...Array.from({ length: 7 }, () => 'created'),
			'held',
			'held',
			'held',
		]);
		expect(outcomes[1]?.issues[0]).toMatchObject({
			code: 'XERO_GUARD_MONEY',
			message: 'Held by Most Money a Run (GBP 1,000.00): it comes to GBP 12,000.00 by itself.',
		});
		expect(outcomes[9]?.issues[0]?.message).toBe(
			'Held by Most Money a Run (GBP 1,000.00): GBP 960.00 went before it in this run, and it comes to GBP 120.00.',
		);
		expect(sent(world)).not.toContain('INV-00001');

		// Raised documents count by what they are raised.
		const raised = [sale(0, { price: '850' }), sale(2, { price: '200' })];
		const options = { issuedDocuments: 'overwrite' as const };
		const after = await run(world, guards, raised, { options });
		expect(after.outcomes.map(({ outcome }) => outcome)).toEqual(['updated', 'held']);

		const released = await run(world, guards, drafts.map(letGo).slice(1));
		expect(tally(released.outcomes)).toEqual({ created: 4, unchanged: 7 });
	});

	it('a rate is needed for money in another currency, and is used', async () => {
		const guards = most('run', { money: 100 });
		const { outcomes } = await run(world, guards, [
			sale(0, { fields: { currencyCode: 'EUR' } }),
			sale(1, { fields: { currencyCode: 'EUR', currencyRate: '1.25' } }),
		]);
		expect(outcomes.map(({ outcome }) => outcome)).toEqual(['held', 'created']);
		expect(outcomes[0]?.issues[0]).toMatchObject({
			code: 'XERO_GUARD_MONEY',
			fix: expect.stringContaining('Map Currency Rate'),
		});
	});

	it('payments are held one by one, with what stands in Xero untouched', async () => {
		await run(world, {}, sales(5));
		const payments = Array.from({ length: 5 }, (_, index) => paymentOf(index));
		const guards = { ...most('run', { payments: 2 }), hasLetGo: true };
		const { outcomes } = await run(world, guards, payments);
		expect(tally(outcomes)).toEqual({ created: 2, held: 3 });
		expect(codesOf(outcomes)).toEqual(['XERO_GUARD_PAYMENTS']);
		expect(ledger(world).payments).toBe(2);
		const released = await run(world, guards, payments.map(letGo));
		expect(tally(released.outcomes)).toEqual({ unchanged: 2, created: 3 });
		expect(ledger(world).payments).toBe(5);
	});

	it('voids are held, by Change Status too', async () => {
		await run(world, {}, sales(6));
		const guards = { ...most('run', { voids: 2 }), hasLetGo: true };
		const { outcomes } = await run(world, guards, sales(6, { fields: { status: 'VOIDED' } }), {
			moveTo: 'VOIDED',
		});
		expect(tally(outcomes)).toEqual({ updated: 2, held: 4 });
		expect(codesOf(outcomes)).toEqual(['XERO_GUARD_VOIDS']);
		expect(
			Object.values(ledger(world).statuses).filter((status) => status === 'VOIDED'),
		).toHaveLength(2);
		const released = await run(
			world,
			guards,
			sales(6, { fields: { status: 'VOIDED' }, isLetGo: true }),
			{ moveTo: 'VOIDED' },
		);
		expect(tally(released.outcomes)).toEqual({ unchanged: 2, updated: 4 });
	});

	it('the wrong organisation: nothing is written but into a demo company', async () => {
		const guards = { isForDemoCompanies: true };
		const { outcomes } = await run(world, guards, sales(3));
		expect(tally(outcomes)).toEqual({ held: 3 });
		expect(codesOf(outcomes)).toEqual(['XERO_GUARD_DEMO_COMPANY']);
		expect(sent(world)).toBe('');
		// A tick lets nothing through, and settings of an earlier run are not believed.
		const before = { ...world.settings.organisation, isDemoCompany: true };
		const believing = { ...world, settings: { ...world.settings, organisation: before } };
		const ticked = await run(believing, guards, sales(3, { isLetGo: true }));
		expect(tally(ticked.outcomes)).toEqual({ held: 3 });
		world.sandbox.xero.organisation().info.update({ isDemoCompany: true });
		expect(tally((await run(world, guards, sales(3))).outcomes)).toEqual({ created: 3 });
	});
});

function letGo(draft: ReturnType<typeof sale>): ReturnType<typeof sale> {
	return { ...draft, source: { ...draft.source, guard: { ...draft.source.guard, isLetGo: true } } };
}

describe('Guards of a day', () => {
	it('a loop of runs: no more than the limit in a day, and none of what was not written', async () => {
		const world = await openWorld();
		const memory = createGuardMemory();
		const guards = most('day', { documents: 12 });
		const counts: number[] = [];
		for (let loop = 0; loop < 10; loop += 1) {
			world.sandbox.clock.advance(60_000);
			const { outcomes } = await run(world, guards, sales(5, {}, loop * 5), { memory });
			counts.push(outcomes.filter(({ outcome }) => outcome === 'created').length);
		}
		expect(counts).toEqual([5, 5, 2, 0, 0, 0, 0, 0, 0, 0]);
		expect(ledger(world).invoices).toBe(12);
		const { outcomes } = await run(world, guards, sales(5, {}, 45), { memory });
		expect(outcomes[0]?.issues[0]?.message).toBe(
			'Held by Most Documents a Day (12 documents): 12 documents went before it today, and it comes to 1 document.',
		);
		world.sandbox.clock.advance(DAY_MS);
		const next = await run(world, guards, sales(15, {}, 45), { memory });
		expect(tally(next.outcomes)).toEqual({ created: 12, held: 3 });
	});

	it('counts what Xero refused, and what a preview showed, no longer', async () => {
		const world = await openWorld();
		const memory = createGuardMemory();
		const guards = most('day', { documents: 3 });
		await run(world, guards, sales(3), { memory, isPreview: true });
		// Stop is set when the run begins to write.
		const refused = await run(world, { ...guards, stop: world.stop.place }, sales(3), {
			memory,
			beforeWriting: () => world.stop.set(true),
		});
		expect(tally(refused.outcomes)).toEqual({ held: 3 });
		const { outcomes } = await run(world, guards, sales(4), { memory });
		expect(tally(outcomes)).toEqual({ created: 3, held: 1 });
	});

	it('two workers with a Sync Log: one portion a worker beyond the limit at most', async () => {
		const world = await openWorld();
		world.sandbox.knack.setLimits({ perSecond: null });
		const logTable = addLogTable(world.sandbox);
		const guards = most('day', { documents: 20, money: 100_000 });
		const workers = [createGuardMemory(), createGuardMemory()];
		// Turn by turn each sees what the other has taken: nothing at all is beyond.
		for (let turn = 0; turn < 4; turn += 1) {
			for (const [worker, memory] of workers.entries()) {
				await run(world, guards, sales(4, {}, turn * 8 + worker * 4), { memory, logTable });
			}
		}
		expect(ledger(world).invoices).toBe(20);
		expect(world.said.filter((each) => each.includes('alone'))).toEqual([]);

		world.sandbox.clock.advance(DAY_MS);
		await Promise.all(
			workers.map(
				async (memory, worker) =>
					await run(world, guards, sales(30, {}, 100 + worker * 30), { memory, logTable }),
			),
		);
		const second = ledger(world).invoices - 20;
		expect(second).toBeGreaterThanOrEqual(20);
		expect(second).toBeLessThanOrEqual(22);
		// A worker that starts anew has nothing of what is gone.
		const fresh = await run(world, guards, sales(3, {}, 300), { logTable });
		expect(tally(fresh.outcomes)).toEqual({ held: 3 });

		const knack = knackInMemory(world.sandbox);
		const target = await logTarget(world.sandbox, knack, logTable);
		const rows = await readLog(knack, target.log);
		const portions = rows.filter(({ entry }) => entry?.content.kind === 'portion');
		expect(portions.length).toBeGreaterThan(20);
		const { findings } = await verifyLog(rows, target.log, target.key, { clock: world.clock });
		expect(findings.filter(({ isAlarming }) => isAlarming)).toEqual([]);
	});

	it('two workers without a log: each counts for itself', async () => {
		const world = await openWorld();
		const [one, two] = [createGuardMemory(), createGuardMemory()];
		const guards = most('day', { documents: 10 });
		for (let turn = 0; turn < 3; turn += 1) {
			await run(world, guards, sales(6, {}, turn * 12), { memory: one });
			await run(world, guards, sales(6, {}, turn * 12 + 6), { memory: two });
		}
		expect(ledger(world).invoices).toBe(20);
	});
});

describe('runaway workflows by chance', () => {
	it('stay within their limits, and are let go once', async () => {
		const proof = await proveGuards({ scenes: 25, firstSeed: 1 });
		expect(proof.failures).toEqual([]);
		expect(proof.held).toBeGreaterThan(500);
		expect(proof.letGo).toBeGreaterThan(100);
		expect(proof.races).toBeGreaterThan(3);
		expect(proof.undone).toBeGreaterThan(20);
	}, 120_000);

	it('of many records stop at the limit', async () => {
		expect(await proveRunaway(400)).toEqual([]);
	}, 60_000);

	it('e-mail so many customers a day, and each once when it is ticked', async () => {
		expect(await proveEmails(1_200)).toEqual([]);
	}, 60_000);

	it('are noticed where nothing is limited', async () => {
		const { failures } = await proveGuards({
			scenes: 4,
			firstSeed: 1,
			plantedFault: (guards) => ({ ...guards, limits: { run: {}, day: {} } }),
		});
		expect(failures.length).toBeGreaterThan(3);
	}, 60_000);
});

describe('Stop', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});

	it('holds everything while it is set, and lets it go by itself after', async () => {
		const guards = { stop: world.stop.place };
		world.stop.set(true);
		const { outcomes } = await run(world, guards, sales(3, { isLetGo: true }));
		expect(tally(outcomes)).toEqual({ held: 3 });
		expect(outcomes[0]?.issues).toMatchObject([STOPPED]);
		expect(sent(world)).toBe('');
		world.stop.set(false);
		expect(tally((await run(world, guards, sales(3))).outcomes)).toEqual({ created: 3 });
	});

	it('is read before each batch: what is under way ends there', async () => {
		const guards = { stop: world.stop.place };
		let batches = 0;
		const watching = {
			...world,
			anotherClient: () =>
				world.anotherClient((inner) => async (request) => {
					const answer = await inner(request);
					if (request.method === 'PUT' && ++batches === 2) world.stop.set(true);
					return answer;
				}),
		};
		const { outcomes } = await run(watching, guards, sales(120));
		// Contacts in three requests, of which two went: nothing after them.
		expect(batches).toBe(2);
		expect(ledger(world)).toMatchObject({ invoices: 0, contacts: 100 });
		expect(tally(outcomes)).toEqual({ held: 120 });
		world.stop.set(false);
		expect(tally((await run(world, guards, sales(120))).outcomes)).toEqual({ created: 120 });
		expect(ledger(world)).toMatchObject({ invoices: 120, contacts: 120 });
	});

	it.each(UNREADABLE_STOPS)('fails closed: %s', async (_why, spoil) => {
		spoil(world);
		const { outcomes } = await run(world, { stop: world.stop.place }, sales(3));
		expect(tally(outcomes)).toEqual({ held: 3 });
		expect(codesOf(outcomes)).toEqual(['XERO_GUARD_STOP']);
		expect(sent(world)).toBe('');
	});

	it('fails closed where its field is deleted while a run is under way', async () => {
		const { outcomes } = await run(world, { stop: world.stop.place }, sales(3), {
			beforeWriting: () => world.sandbox.knack.deleteField('Switches', 'Stop'),
		});
		expect(tally(outcomes)).toEqual({ held: 3 });
		expect(ledger(world).invoices).toBe(0);
	});
});

describe('First Ones as Drafts', () => {
	it('three drafts, the rest held until a tick, then everything once', async () => {
		const world = await openWorld();
		const guards = { areFirstOnesDrafts: true, hasLetGo: true };
		const preview = await run(world, guards, sales(10), { isPreview: true });
		expect(tally(preview.outcomes)).toEqual({ wouldCreate: 3, held: 7 });
		const { outcomes } = await run(world, guards, sales(10));
		expect(tally(outcomes)).toEqual({ created: 3, held: 7 });
		expect(outcomes[0]).toMatchObject({
			document: { status: 'DRAFT' },
			issues: [{ code: 'XERO_GUARD_DRAFT', severity: 'warn' }],
		});
		expect(ledger(world).statuses).toEqual({
			'INV-00000': 'DRAFT',
			'INV-00001': 'DRAFT',
			'INV-00002': 'DRAFT',
		});
		// Another worker, which remembers nothing: none of it goes further by itself.
		const again = await run(world, guards, sales(10));
		expect(tally(again.outcomes)).toEqual({ held: 10 });
		expect(Object.values(ledger(world).statuses)).toEqual(['DRAFT', 'DRAFT', 'DRAFT']);

		const ticked = await run(world, guards, sales(10, { isLetGo: true }));
		expect(tally(ticked.outcomes)).toEqual({ updated: 3, created: 7 });
		expect(new Set(Object.values(ledger(world).statuses))).toEqual(new Set(['AUTHORISED']));
		// From then on the table counts as tried, and another table does not.
		expect(tally((await run(world, guards, sales(4, {}, 20))).outcomes)).toEqual({ created: 4 });
		const other = await run(world, guards, sales(4, { table: 'object_9' }, 30));
		expect(tally(other.outcomes)).toEqual({ created: 3, held: 1 });
	});
});

describe('E-mails', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});

	it('8,000 e-mails: none goes out in a first load, whatever else is set', async () => {
		const { outcomes } = await run(world, {}, sales(60, { isEmailed: true }));
		expect(tally(outcomes)).toEqual({ created: 60 });
		expect(ledger(world).emails).toBe(0);
		expect(outcomes[0]?.issues).toMatchObject([
			{ code: 'XERO_GUARD_NO_EMAIL', severity: 'warn', fix: expect.stringContaining('Let Go') },
		]);
		const ticked = await run(world, {}, sales(60, { isEmailed: true, isLetGo: true }));
		expect(tally(ticked.outcomes)).toEqual({ unchanged: 60 });
		expect(ledger(world).emails).toBe(60);
	});

	it('records beyond the limit of e-mails are held with their documents', async () => {
		const guards = {
			...most('run', { emails: 5 }),
			emails: { isFirstLoadSent: true, isOldPaidOrZeroSent: false },
			hasLetGo: true,
		};
		const drafts = sales(80, { isEmailed: true });
		const preview = await run(world, guards, drafts, { isPreview: true });
		expect(tally(preview.outcomes)).toEqual({ wouldCreate: 5, held: 75 });
		expect(preview.operations).toContain('E-mail it to pay00000@example.com');
		const { outcomes, operations } = await run(world, guards, drafts);
		expect(operations).toEqual(preview.operations);
		expect(tally(outcomes)).toEqual({ created: 5, held: 75 });
		expect(ledger(world)).toMatchObject({ invoices: 5, emails: 5, contacts: 5 });
		const ticked = await run(world, guards, sales(80, { isEmailed: true, isLetGo: true }));
		expect(tally(ticked.outcomes)).toEqual({ unchanged: 5, created: 75 });
		expect(ledger(world)).toMatchObject({ invoices: 80, emails: 80 });
		const sends = sent(world).match(/POST \S+\/Email /g) ?? [];
		expect(sends).toHaveLength(80);
	});

	it('none for what is old, of nothing or paid, unless asked', async () => {
		const old = sale(0, { isEmailed: true, fields: { date: '2026-11-01' } });
		const recent = sale(1, { isEmailed: true, fields: { date: '2026-11-08' } });
		const free = sale(2, { isEmailed: true, price: '0' });
		const { outcomes } = await run(world, {}, [old, recent, free]);
		expect(outcomes.map(({ after }) => after?.emailed)).toEqual([false, true, false]);
		expect(outcomes[0]?.issues[0]?.message).toBe(
			'It is not e-mailed: its date is 2026-11-01, more than 14 days ago.',
		);
		expect(ledger(world).emails).toBe(1);
		const emails = { isFirstLoadSent: false, isOldPaidOrZeroSent: true };
		const asked = [old, free].map(letGo);
		await run(world, { emails }, asked);
		expect(ledger(world).emails).toBe(3);
	});
});
