import { MapUpsertToXero } from '../../nodes/MapUpsertToXero/MapUpsertToXero.node';
import { createHarness, type Harness } from './harness';
import { mapper, mapUpsert } from './mapUpsertItems';

const SCOPE =
	'offline_access accounting.settings payroll.timesheets payroll.employees.read payroll.settings.read';

describe('approved hours of Knack as draft timesheets, as the README of the examples says', () => {
	let harness: Harness;

	beforeEach(async () => {
		harness = await createHarness({
			nodes: { mapUpsertToXero: new MapUpsertToXero() },
			scope: SCOPE,
			sandbox: { nowMs: Date.UTC(2026, 10, 23, 9), freeze: true },
		});
		harness.sandbox.xero.configure({ limitsOn: false });
		harness.sandbox.xero.person.hire({ firstName: 'Ida', lastName: 'Berg' });
		harness.sandbox.xero.person.hire({ firstName: 'Jon', lastName: 'Hill' });
	});

	afterEach(async () => await harness.close());

	test('are one for each person and week, each of its hours a line', async () => {
		const sheet = (number: string, Person: string, day: string, Hours: number) => ({
			'Timesheet Number': number,
			Person,
			Date: day,
			Hours,
			knack: { recordId: `5a4db0c500000000000000${number.slice(1)}`, table: 'object_6' },
		});
		const hours = [
			sheet('T31', 'ida.berg@example.com', '2026-11-16', 7.5),
			sheet('T32', 'ida.berg@example.com', '2026-11-17', 6.25),
			sheet('T33', 'jon.hill@example.com', '2026-11-17', 8),
			sheet('T34', 'ida.berg@example.com', '2026-11-24', 4),
		];
		const week = '$json["Date"].toDateTime().endOf("week").toISODate()';
		const node = mapUpsert(harness, {
			document: 'timesheet',
			operation: 'upsert',
			fields: mapper({ employeeID: '={{ $json["Person"] }}', startDate: `={{ ${week} }}` }),
			lineSource: 'itemPerLine',
			groupBy: `={{ $json["Person"] + " " + ${week} }}`,
			lineFields: mapper({
				date: 'Column: Date',
				'allLines.earningsRateID': 'Ordinary Hours',
				numberOfUnits: 'Column: Hours',
			}),
		});
		const { output, error } = await harness.engine.runNode(node, hours);
		expect(error).toBeUndefined();
		expect(output?.[1]?.map(({ json }) => json)).toEqual([]);
		const inXero = harness.sandbox.xero
			.organisation()
			.timesheets.all()
			.map(({ status, startDate, lines }) => [status, startDate, lines.length]);
		expect(inXero).toEqual([
			['Draft', '2026-11-16', 2],
			['Draft', '2026-11-16', 1],
			['Draft', '2026-11-23', 1],
		]);
	});
});
