import { decimal } from '../../lib/money';
import { DECISION_FIELDS } from '../../lib/sync/compare/decisions';
import { WAYS, type Way } from '../../lib/sync/compare/kinds';
import type { GuardSettings } from '../../lib/sync/guard/guardSettings';
import type { InvoiceRow } from '../../sandbox/xero/model';
import { CompareWorld, DIFFERENCES } from '../prove/compare/compareWorld';
import { Random } from '../prove/random';
import { addStop } from '../support/guardedRuns';
import { guardOf } from '../support/guardOf';

const MOVED = '2027-03-31';

describe('Compare under guards', () => {
	/** Jobs whose due dates a person has moved in Xero, and which are ticked. */
	async function ticked(way: Way, count: number) {
		const world = await CompareWorld.make(5, new Random(5));
		const { sandbox } = world.xero;
		const stop = addStop(sandbox);
		const { invoices } = sandbox.xero.organisation();
		const isOpen = ({ status, date }: InvoiceRow) => status === 'AUTHORISED' && date > '2026-09-30';
		const moved = invoices.all().filter(isOpen).slice(0, count);
		expect(moved).toHaveLength(count);
		for (const { id } of moved) sandbox.xero.person.saveInvoice({ InvoiceID: id, DueDate: MOVED });
		await world.compare(false);
		for (const { id } of await world.differenceRecords()) {
			sandbox.knack.updateRecord(DIFFERENCES, id, {
				[DECISION_FIELDS.way]: WAYS[way],
				[DECISION_FIELDS.by]: 'Ida Berg',
			});
		}
		sandbox.journal.clear();
		const carryOut = async (guards: Partial<GuardSettings>) => {
			const { standing } = await world.compare(true, true, guardOf(sandbox, guards));
			return standing.map(({ state, message = '' }) => [state, message] as const);
		};
		const inXero = () => moved.filter(({ id }) => invoices.get(id)?.dueDate === MOVED).length;
		const inKnack = async () =>
			(await world.records()).filter(({ values }) => values['Due Date'] === MOVED).length;
		const sent = () =>
			sandbox.journal
				.filter({ service: 'xero', kind: 'write' })
				.filter(({ path }) => !path.includes('token')).length;
		return { world, stop, carryOut, inXero, inKnack, sent };
	}

	const STOPPED = /Stop is set in Switches of Knack, which stops all writing\./;

	it.each([['sendOurs' as const], ['takeXeros' as const]])(
		'carries nothing out while Stop is set, by %s, and all after',
		async (way) => {
			const of = await ticked(way, 2);
			const guards = { stop: of.stop.place };
			of.stop.set(true);
			const held = await of.carryOut(guards);
			expect(held).toEqual(
				Array.from({ length: 2 }, () => ['open', expect.stringMatching(STOPPED)]),
			);
			expect([of.sent(), of.inXero(), await of.inKnack()]).toEqual([0, 2, 0]);
			of.stop.set(false);
			// What was ticked stays ticked.
			expect((await of.carryOut(guards)).map(([state]) => state)).toEqual([
				'carriedOut',
				'carriedOut',
			]);
			expect([of.inXero(), await of.inKnack()]).toEqual(way === 'sendOurs' ? [0, 0] : [2, 2]);
		},
	);

	it.each([['sendOurs' as const], ['takeXeros' as const]])(
		'fails closed where Stop cannot be read, by %s',
		async (way) => {
			const of = await ticked(way, 1);
			of.stop.remove();
			const [held] = await of.carryOut({ stop: of.stop.place });
			expect(held).toEqual([
				'open',
				expect.stringContaining('The record of Stop is not in Switches'),
			]);
			expect([of.sent(), of.inXero(), await of.inKnack()]).toEqual([0, 1, 0]);
		},
	);

	it.each([['sendOurs' as const], ['takeXeros' as const]])(
		'carries nothing out but of a demo company, by %s',
		async (way) => {
			const of = await ticked(way, 1);
			const guards = { isForDemoCompanies: true };
			const [held] = await of.carryOut(guards);
			expect(held).toEqual(['open', expect.stringContaining('Demo Company Only is on')]);
			expect([of.sent(), of.inXero(), await of.inKnack()]).toEqual([0, 1, 0]);
			of.world.xero.sandbox.xero.organisation().info.update({ isDemoCompany: true });
			expect((await of.carryOut(guards)).map(([state]) => state)).toEqual(['carriedOut']);
		},
	);

	it.each([['sendOurs' as const], ['takeXeros' as const]])(
		'carries out as many as a run may have, by %s, and the rest with the next',
		async (way) => {
			const of = await ticked(way, 3);
			const guards = { limits: { run: { documents: decimal(2) }, day: {} }, hasLetGo: true };
			const first = await of.carryOut(guards);
			expect(first.map(([state]) => state).sort()).toEqual(['carriedOut', 'carriedOut', 'open']);
			expect(first.find(([state]) => state === 'open')?.[1]).toContain(
				'Held by Most Documents a Run (2 documents): 2 documents went before it in this run',
			);
			const left = () => (way === 'sendOurs' ? of.inXero() : of.inKnack());
			expect(await left()).toBe(way === 'sendOurs' ? 1 : 2);
			await of.carryOut(guards);
			expect(await left()).toBe(way === 'sendOurs' ? 0 : 3);
		},
	);

	it('counts nothing for what it only shows', async () => {
		const of = await ticked('sendOurs', 1);
		const guard = guardOf(of.world.xero.sandbox, {
			limits: { run: { documents: decimal(1) }, day: {} },
		});
		await of.world.compare(false, true, guard);
		const { standing } = await of.world.compare(true, true, guard);
		expect(standing.map(({ state }) => state)).toEqual(['carriedOut']);
	});

	it('counts a record that is sent and takes twice, and neither where both are refused', async () => {
		const of = await ticked('sendOurs', 1);
		const { sandbox } = of.world.xero;
		const { differences } = await of.world.compare(false);
		of.world.setInKnack(differences[0]?.draft?.source.knackRecordId ?? '', { 'Amount Paid': '7' });
		await of.world.compare(false);
		for (const { id } of await of.world.differenceRecords()) {
			const { [DECISION_FIELDS.kind]: kind } = sandbox.knack.shown(DIFFERENCES, id);
			const way: Way = kind === 'Paid' ? 'takeXeros' : 'sendOurs';
			sandbox.knack.updateRecord(DIFFERENCES, id, { [DECISION_FIELDS.way]: WAYS[way] });
		}
		const guard = guardOf(sandbox, { limits: { run: {}, day: { documents: decimal(2) } } });
		const refused = { kind: 'status', status: 400 } as const;
		sandbox.faults.add({ ...refused, service: 'knack', method: 'PUT', path: '/records', times: 1 });
		const Elements = [{ ValidationErrors: [{ Message: 'Not now.' }] }];
		const body = JSON.stringify({ ErrorNumber: 10, Type: 'ValidationException', Elements });
		const headers = { 'content-type': 'application/json' };
		const ofXero = { ...refused, service: 'xero', path: '/Invoices', headers, body } as const;
		sandbox.faults.add({ ...ofXero, method: 'POST', times: 1 });
		for (const expected of ['open', 'carriedOut']) {
			const { standing } = await of.world.compare(true, true, guard);
			expect(standing.map(({ state }) => state)).toEqual([expected, expected]);
		}
	});

	it('counts a record no longer for the day that Knack did not take', async () => {
		const of = await ticked('takeXeros', 1);
		const { sandbox } = of.world.xero;
		const guard = guardOf(sandbox, { limits: { run: {}, day: { documents: decimal(1) } } });
		const refused = { service: 'knack', kind: 'status', status: 400 } as const;
		sandbox.faults.add({ ...refused, method: 'PUT', path: '/records', times: 1 });
		for (const expected of ['open', 'carriedOut']) {
			const { standing } = await of.world.compare(true, true, guard);
			expect(standing.map(({ state }) => state)).toEqual([expected]);
		}
	});
});
