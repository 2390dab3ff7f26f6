import type { HttpPort } from '../../lib/http';
import type { GuardSettings } from '../../lib/sync/guard/guardSettings';
import type { RanOutcome } from '../../lib/sync/undo/ranOutcome';
import { ransOf, undoUnder } from '../support/guardedUndo';
import {
	codesOf,
	ledger,
	openWorld,
	paymentOf,
	run,
	sales,
	sent,
	STOPPED,
	tally,
	UNREADABLE_STOPS,
	type World,
} from '../support/guardedRuns';

describe('Undo under guards', () => {
	let world: World;
	beforeEach(async () => {
		world = await openWorld();
	});

	/** The items of a run over so many sales, and of a payment for the first where that is wanted. */
	async function posted(count: number, payments = 0): Promise<RanOutcome[]> {
		const documents = await run(world, {}, sales(count));
		const paid = Array.from({ length: payments }, (_, index) => ({
			...paymentOf(index),
			itemIndexes: [count + index],
		}));
		const more = payments === 0 ? [] : (await run(world, {}, paid)).outcomes;
		world.sandbox.journal.clear();
		return ransOf([...documents.outcomes, ...more]);
	}

	const takeBack = async (
		rans: readonly RanOutcome[],
		guards: Partial<GuardSettings>,
		more: Parameters<typeof undoUnder>[3] = {},
	) => await undoUnder(world, guards, rans, more);

	/** Sets Stop once a request has been answered that fits. */
	const stopAfter =
		(fits: (path: string) => boolean) =>
		(inner: HttpPort): HttpPort =>
		async (request) => {
			const answer = await inner(request);
			if (request.method !== 'GET' && fits(request.url)) world.stop.set(true);
			return answer;
		};

	const voided = () =>
		Object.values(ledger(world).statuses).filter((status) => status === 'VOIDED').length;

	it('holds all while Stop is set, in the preview too, and goes on after', async () => {
		const rans = await posted(3);
		const guards = { stop: world.stop.place };
		world.stop.set(true);
		for (const isPreview of [true, false]) {
			const outcomes = await takeBack(rans, guards, { isPreview });
			expect(tally(outcomes)).toEqual({ held: 3 });
			expect(outcomes[0]).toMatchObject({
				summary: expect.stringContaining('Did not undo sales invoice INV-00000'),
				issues: [STOPPED],
			});
		}
		expect(sent(world)).toBe('');
		world.stop.set(false);
		expect(tally(await takeBack(rans, guards, { isPreview: true }))).toEqual({ wouldUndo: 3 });
		expect(tally(await takeBack(rans, guards))).toEqual({ undone: 3 });
		expect(voided()).toBe(3);
	});

	it('ends where Stop is set while it is under way: what follows is held, and undone later', async () => {
		const rans = await posted(2, 2);
		const guards = { stop: world.stop.place };
		const around = stopAfter((path) => path.includes('/Payments/'));
		const outcomes = await takeBack(rans, guards, { around });
		// One payment is taken out by the request before, and nothing after it.
		expect(tally(outcomes)).toEqual({ undone: 1, held: 3 });
		expect(codesOf(outcomes.filter(({ outcome }) => outcome === 'held'))).toEqual([
			'XERO_GUARD_STOP',
		]);
		expect(sent(world).split('\n')).toHaveLength(1);
		expect(voided()).toBe(0);
		world.stop.set(false);
		expect(tally(await takeBack(rans, guards))).toEqual({ undone: 3, unchanged: 1 });
		expect(voided()).toBe(2);
	});

	it('leaves a credit note that Stop kept from its invoice, and puts it there once', async () => {
		const rans = await posted(1);
		const { invoices, creditNotes } = world.sandbox.xero.organisation();
		for (const invoice of invoices.all())
			invoices.put(invoice.id, { ...invoice, sentToContact: true });
		const guards = { stop: world.stop.place };
		const around = stopAfter((path) => path.endsWith('/CreditNotes'));
		const [held] = await takeBack(rans, guards, { around });
		expect(held).toMatchObject({
			outcome: 'held',
			issues: [
				{
					code: 'XERO_GUARD_STOP',
					message: expect.stringMatching(
						/^CN-\d+ is in Xero, and not put against INV-00000\. Stop is set/,
					),
				},
			],
		});
		expect(sent(world)).not.toContain('/Allocations ');
		world.stop.set(false);
		expect(tally(await takeBack(rans, guards))).toEqual({ undone: 1 });
		expect(creditNotes.all()).toHaveLength(1);
		expect(Object.values(ledger(world).statuses)).toEqual(['PAID']);
	});

	it.each(UNREADABLE_STOPS)('fails closed: %s', async (_why, spoil) => {
		const rans = await posted(2);
		spoil(world);
		const outcomes = await takeBack(rans, { stop: world.stop.place });
		expect(tally(outcomes)).toEqual({ held: 2 });
		expect(codesOf(outcomes)).toEqual(['XERO_GUARD_STOP']);
		expect(sent(world)).toBe('');
	});

	it('undoes nothing but in a demo company, where that is asked', async () => {
		const rans = await posted(2);
		const guards = { isForDemoCompanies: true };
		const outcomes = await takeBack(rans, guards);
		expect(tally(outcomes)).toEqual({ held: 2 });
		expect(codesOf(outcomes)).toEqual(['XERO_GUARD_DEMO_COMPANY']);
		expect(sent(world)).toBe('');
		world.sandbox.xero.organisation().info.update({ isDemoCompany: true });
		expect(tally(await takeBack(rans, guards))).toEqual({ undone: 2 });
	});
});
