import { decimal, sum } from '../../lib/money';
import type { Draft } from '../../lib/sync/draft';
import { previewDocuments, upsertDocuments } from '../../lib/sync/upsert';
import { DEFAULT_OPTIONS } from '../../lib/sync/upsertContext';
import { Turns } from '../../lib/sync/write/turns';
import type { FieldValues } from '../../lib/xero/documents/definition';
import { TIMESHEET } from '../../lib/xero/documents/timesheet';
import { readOrganisationSettings } from '../../lib/xero/readSettings';
import { AUSTRALIAN_TENANT_ID } from '../../sandbox/xero/twin';
import { xeroInMemory, type XeroInMemory } from '../support/xeroInMemory';

const MONDAY: FieldValues = {
	date: '2026-11-16',
	earningsRateID: 'Ordinary Hours',
	numberOfUnits: '7.25',
};
const TUESDAY: FieldValues = { date: '2026-11-17', earningsRateID: 'overtime', numberOfUnits: '2' };

function hours(fields: FieldValues = {}, lines: readonly FieldValues[] = [MONDAY, TUESDAY]): Draft {
	return {
		type: 'timesheet',
		itemIndexes: [0],
		fields: { employeeID: 'ida.berg@example.com', startDate: '2026-11-20', ...fields },
		lines: lines.map((each) => ({ fields: each })),
		source: { table: 'object_1', knackRecordId: 'record-1' },
		issues: [],
	};
}

describe('a timesheet', () => {
	let world: XeroInMemory;

	beforeEach(async () => {
		world = await xeroInMemory();
		world.sandbox.xero.configure({ limitsOn: false });
		world.sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg' });
	});

	async function context() {
		const client = world.anotherClient();
		const settings = await readOrganisationSettings(client);
		return { client, settings, clock: world.clock, turns: world.turns };
	}

	async function run(draft: Draft) {
		const previewing = await context();
		const preview = await previewDocuments(previewing, TIMESHEET, [draft], DEFAULT_OPTIONS);
		expect(previewing.client.calls().writes).toBe(0);
		const writing = await context();
		const { outcomes } = await upsertDocuments(writing, TIMESHEET, [draft], DEFAULT_OPTIONS);
		const [outcome] = outcomes;
		return {
			previewed: preview.outcomes[0]?.outcome,
			outcome: outcome?.outcome,
			codes: outcome?.issues.map(({ code }) => code),
			messages: outcome?.issues.map(({ message }) => message),
			text: JSON.stringify(outcome),
			writes: writing.client.calls().writes,
		};
	}

	const inXero = () => world.sandbox.xero.organisation().timesheets.all();

	it.each(['ida.berg@example.com', 'Ida Berg', 'IDA BERG'])(
		'of a person known as %s is a draft of the whole period, and is made once',
		async (employeeID) => {
			expect(await run(hours({ employeeID }))).toMatchObject({
				previewed: 'wouldCreate',
				outcome: 'created',
				codes: [],
				writes: 1,
			});
			expect(inXero()).toMatchObject([
				{ status: 'Draft', startDate: '2026-11-16', endDate: '2026-11-22', lines: [{}, {}] },
			]);
			world.sandbox.xero.configure({ secondTimesheet: 'taken' });
			const other = hours({ employeeID, startDate: '2026-11-22' });
			expect(await run(other)).toMatchObject({ outcome: 'unchanged', writes: 0 });
		},
	);

	it('of another period is another one', async () => {
		await run(hours());
		const later = [{ ...MONDAY, date: '2026-11-25' }];
		expect(await run(hours({ startDate: '2026-11-23' }, later))).toMatchObject({
			outcome: 'created',
		});
		expect(inXero()).toHaveLength(2);
	});

	it('tells nothing of birthdays and addresses', async () => {
		const { text } = await run(hours());
		expect(text).not.toMatch(/1990-01-01|High Street/);
	});

	it.each<[string, Draft, string]>([
		['an unknown person', hours({ employeeID: 'nobody@example.com' }), 'XERO_TARGET_MISSING'],
		['an unknown rate', hours({}, [{ ...MONDAY, earningsRateID: 'Night' }]), 'XERO_TARGET_MISSING'],
		[
			'a closed period',
			hours({ startDate: '2026-11-10' }, [{ ...MONDAY, date: '2026-11-10' }]),
			'XERO_TARGET_NOT_OPEN',
		],
		['a day outside', hours({}, [{ ...MONDAY, date: '2026-11-23' }]), 'XERO_TARGET_NOT_OPEN'],
		['no rate', hours({}, [{ ...MONDAY, earningsRateID: '' }]), 'XERO_TARGET_NOT_OPEN'],
		['no hours', hours({}, [{ ...MONDAY, numberOfUnits: '' }]), 'XERO_TARGET_NOT_OPEN'],
	])('is held for %s', async (_, draft, code) => {
		expect(await run(draft)).toMatchObject({ outcome: 'blocked', codes: [code], writes: 0 });
		expect(inXero()).toEqual([]);
	});

	it('is made once for each of 50 people and 4 weeks, delivered twice, by two workers, one of them killed', async () => {
		const weeks = ['2026-11-16', '2026-11-23', '2026-11-30', '2026-12-07'];
		const drafts: Draft[] = [];
		for (let person = 1; person <= 50; person += 1) {
			world.sandbox.xero.person.hire({ firstName: 'Worker', lastName: String(person) });
			for (const [at, monday] of weeks.entries()) {
				const line = {
					date: monday,
					earningsRateID: 'Ordinary Hours',
					numberOfUnits: `${(person + at) % 8}.25`,
				};
				drafts.push({
					...hours({ employeeID: `worker.${person}@example.com`, startDate: monday }, [line]),
					itemIndexes: [drafts.length],
					source: { table: 'object_1', knackRecordId: `record-${drafts.length}` },
				});
			}
		}
		world.sandbox.xero.configure({ secondTimesheet: 'taken' });
		const deliver = async (list: readonly Draft[], writesUntilKilled = Infinity) => {
			let writes = 0;
			const client = world.anotherClient((inner) => async (request) => {
				const answer = await inner(request);
				if (request.method !== 'GET') writes += 1;
				// The answer to the last one never comes.
				if (writes >= writesUntilKilled) throw new Error('killed');
				return answer;
			});
			const settings = await readOrganisationSettings(world.client);
			const run = { client, settings, clock: world.clock, turns: new Turns() };
			await upsertDocuments(run, TIMESHEET, list).catch((error: unknown) => {
				if (writesUntilKilled === Infinity) throw error;
			});
		};
		await deliver(drafts, 37);
		await Promise.all([deliver(drafts), deliver([...drafts].reverse(), 50)]);
		await deliver(drafts);
		const made = inXero();
		expect(made).toHaveLength(200);
		expect(new Set(made.map(({ employeeId, startDate }) => employeeId + startDate)).size).toBe(200);
		const total = (amounts: readonly string[]) =>
			sum(amounts.map((each) => decimal(each))).toFixed(2);
		expect(
			total(made.flatMap(({ lines }) => lines.map((each) => each.numberOfUnits.toFixed(2)))),
		).toBe(
			total(
				drafts.flatMap(
					({ lines }) => lines?.map(({ fields }) => String(fields.numberOfUnits)) ?? [],
				),
			),
		);
	}, 120_000);

	it('goes by the older API for people and rates in Australia', async () => {
		const { sandbox } = world;
		world = await xeroInMemory(sandbox, AUSTRALIAN_TENANT_ID);
		sandbox.xero.person.hire({ firstName: 'Bindi', lastName: 'Ray' }, 'Wattle Trade Pty Ltd');
		const bindi = hours({ employeeID: 'Bindi Ray' });
		expect(await run(bindi)).toMatchObject({ outcome: 'created', codes: [] });
		const made = sandbox.xero.organisation('Wattle Trade Pty Ltd').timesheets.all();
		expect(made).toMatchObject([{ status: 'Draft', startDate: '2026-11-16', lines: [{}, {}] }]);
		expect(await run(bindi)).toMatchObject({ outcome: 'unchanged', writes: 0 });
	});

	it('that differs by now is held', async () => {
		await run(hours());
		const changed = hours({}, [{ ...MONDAY, numberOfUnits: '8' }, TUESDAY]);
		expect(await run(changed)).toMatchObject({
			outcome: 'held',
			codes: ['XERO_CANNOT_BE_CHANGED'],
			writes: 0,
		});
	});
});
