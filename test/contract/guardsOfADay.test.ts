import type { Draft } from '../../lib/sync/draft';
import { createGuardMemory } from '../../lib/sync/guard/guardMemory';
import { addLogTable } from '../support/syncLog';
import { most, openWorld, run, sale, sales, tally, type World } from '../support/guardedRuns';

const DAY_MS = 24 * 3_600_000;

/** What was let through counts for the day as far as it may be in Xero, and no further. */
describe('The day of Guards', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});

	it('counts a credit note that was made and then not put against its invoice', async () => {
		await run(world, {}, [sale(0)]);
		const memory = createGuardMemory();
		const guards = most('day', { documents: 1 });
		const note = (index: number) => ({
			...sale(index),
			type: 'salesCreditNote',
			fields: {
				'contact.name': 'Customer 00000',
				creditNoteNumber: `CN-${index}`,
				date: '2026-11-20',
				status: 'AUTHORISED',
				'allocation.invoiceNumber': 'INV-00000',
				'allocation.amount': '50',
			},
		});
		const body = JSON.stringify({
			ErrorNumber: 10,
			Type: 'ValidationException',
			Message: 'A validation exception occurred',
			Elements: [{ ValidationErrors: [{ Message: 'Not now.' }] }],
		});
		world.sandbox.faults.add({
			kind: 'status',
			service: 'xero',
			path: '/Allocations',
			status: 400,
			headers: { 'content-type': 'application/json' },
			times: 5,
			body,
		});
		const one = await run(world, guards, [note(0)], { memory });
		expect(tally(one.outcomes)).toEqual({ blocked: 1 });
		const two = await run(world, guards, [note(1)], { memory });
		expect(tally(two.outcomes)).toEqual({ held: 1 });
	});

	it('counts an e-mail of a document that is unchanged', async () => {
		await run(world, {}, sales(2));
		const memory = createGuardMemory();
		const guards = most('day', { documents: 1 });
		const again = (index: number) => {
			const draft = sale(index, { isEmailed: true });
			return {
				...draft,
				source: {
					...draft.source,
					guard: { email: 'once' as const, isEmailedWhenUnchanged: true },
				},
			};
		};
		const one = await run(world, guards, [again(0)], { memory });
		expect(one.outcomes[0]).toMatchObject({ outcome: 'unchanged', after: { emailed: true } });
		const two = await run(world, guards, [again(1)], { memory });
		expect(tally(two.outcomes)).toEqual({ held: 1 });
	});

	it('stays counted for a run that is still of yesterday, beside one of today', async () => {
		const memory = createGuardMemory();
		const guards = most('day', { documents: 2 });
		const ofDay = async (days: number, drafts: Draft[]) => {
			world.sandbox.clock.advance(days * DAY_MS);
			return tally((await run(world, guards, drafts, { memory })).outcomes);
		};
		expect(await ofDay(0, sales(1))).toEqual({ created: 1 });
		expect(await ofDay(1, sales(1, {}, 1))).toEqual({ created: 1 });
		expect(await ofDay(-1, sales(2, {}, 2))).toEqual({ created: 1, held: 1 });
		expect(await ofDay(1, sales(2, {}, 4))).toEqual({ created: 1, held: 1 });
	});

	it('is counted by the process alone where the log can be read and not written', async () => {
		const logTable = addLogTable(world.sandbox);
		const guards = most('day', { documents: 3 });
		world.sandbox.faults.add({
			kind: 'status',
			service: 'knack',
			method: 'POST',
			path: '/records',
			status: 500,
			times: 100,
		});
		const { outcomes } = await run(world, guards, sales(2), { logTable });
		expect(tally(outcomes)).toEqual({ created: 2 });
		expect(world.said.some((each) => each.includes('this n8n process alone'))).toBe(true);
	});
});

describe('Money that Guards count', () => {
	it('is in the base currency, before and after another rate', async () => {
		const world = await openWorld();
		const euros = { status: 'DRAFT', currencyCode: 'EUR', currencyRate: '1.25' };
		await run(world, {}, [sale(0, { fields: euros })]);
		const guards = most('run', { money: 1_000 });
		const { outcomes } = await run(
			world,
			guards,
			[sale(0, { fields: { ...euros, currencyRate: '0.0125' } })],
			{
				options: { accountantEdits: 'knackWins' },
			},
		);
		expect(outcomes.map(({ outcome, issues }) => [outcome, issues[0]?.code])).toEqual([
			['held', 'XERO_GUARD_MONEY'],
		]);
	});
});
