import { CASH_FORECAST } from '../../lib/n8n/insights/operations/cashForecast';
import { parameterReader } from '../../lib/n8n/parameters/reader';

/** The settings of Cash Forecast as they are saved, read for a run. */
function prepare(saved: Readonly<Record<string, unknown>>): unknown {
	const place = { parameters: { resource: 'money', operation: 'cashForecast' } };
	return CASH_FORECAST.prepare(parameterReader((name) => saved[name] ?? null, place));
}

describe('the settings of Cash Forecast', () => {
	it('need none', () => {
		expect(prepare({})).toBeInstanceOf(Function);
	});

	it.each([
		[{ plannedTable: 'object_9' }, 'no field with its amounts'],
		[{ plannedTable: 'object_9', plannedFields: { amount: 'field_1' } }, 'no field with its dates'],
		[{ unbilledTable: 'object_9' }, 'no field with its amounts'],
		[
			{ unbilledTable: 'object_9', unbilledFields: { amount: 'field_1' } },
			'not what tax its invoices will bear',
		],
		[{ forecastOptions: { opening: '1,000' } }, 'not a number'],
		[{ forecastOptions: { overdraft: '-1' } }, 'not 0 or more'],
		[{ forecastOptions: { lastForecast: '{}' } }, 'no list of rows'],
	])('refuse what is half set or unreadable: %j', (saved, message) => {
		expect(() => prepare(saved)).toThrow(message);
	});

	it('take no tax for an answer, where it is given', () => {
		const saved = {
			unbilledTable: 'object_9',
			unbilledFields: { amount: 'field_1' },
			unbilledTax: '0',
		};
		expect(prepare(saved)).toBeInstanceOf(Function);
		expect(prepare({ forecastOptions: { lastForecast: '[]' } })).toBeInstanceOf(Function);
	});
});
