import { NodeHelpers } from 'n8n-workflow';
import { parameterReader } from '../../lib/n8n/parameters/reader';
import { INSIGHT_OPERATIONS } from '../../lib/n8n/insights/operations';
import { insightProperties } from '../../nodes/XeroInsights/properties/insightProperties';

/** Reads the settings of an operation as n8n gives them. */
function prepare(operation: string, values: Readonly<Record<string, unknown>>) {
	const found = INSIGHT_OPERATIONS.find(({ value }) => value === operation);
	if (!found) throw new Error(`There is no ${operation}.`);
	const place = { parameters: { resource: found.resource, operation }, timeZone: 'Europe/London' };
	return found.prepare(parameterReader((name) => values[name] ?? null, place));
}

const TABLE = { table: { __rl: true, mode: 'list', value: 'object_4' } };

describe('settings of jobs, tie-out, statements and on stop', () => {
	it.each([
		['jobProfitability', {}],
		['jobProfitability', { ...TABLE, jobFields: { budget: 'field_3' }, jobOptions: {} }],
		['jobProfitability', { jobsBy: 'project', asOf: null, trackingCategory: null }],
		['jobProfitability', { ...TABLE, jobsBy: 'project', jobFields: { job: 'field_3' } }],
		['tieOut', { ...TABLE, amountField: 'field_3', account: '620' }],
		[
			'tieOut',
			{
				...TABLE,
				amountField: 'field_3',
				account: '620',
				matchBy: 'contact',
				matchField: 'field_2',
			},
		],
		['customerStatement', {}],
		['customerStatement', { ...TABLE, promiseFields: { invoice: 'field_1' }, paymentLinks: true }],
		['onStop', TABLE],
		['onStop', { ...TABLE, onStopCustomer: 'Ash Ltd', onStopOrder: '1250.00' }],
	])('%s takes %j', (operation, values) => {
		expect(prepare(operation, values)).toBeInstanceOf(Function);
	});

	it.each([
		['jobProfitability', { jobsBy: 'phase' }, 'Jobs By'],
		['tieOut', {}, 'Table is not set'],
		['tieOut', TABLE, 'Amount Name or ID is not set'],
		['tieOut', { ...TABLE, amountField: 'field_3' }, 'Account Name or ID is not set'],
		[
			'tieOut',
			{ ...TABLE, amountField: 'field_3', account: '620', matchBy: 'number' },
			'Explain By Field Name or ID is not set',
		],
		['customerStatement', TABLE, 'does not say which invoice a record is for'],
		['onStop', {}, 'Table of Customers is not set'],
		['onStop', { ...TABLE, onStopOrder: '12' }, 'not whose it is'],
		['onStop', { ...TABLE, onStopCustomer: 'Ash Ltd', onStopOrder: 'much' }, 'not a number'],
	])('%s refuses %j: %s', (operation, values, message) => {
		expect(() => prepare(operation, values)).toThrow(message);
	});

	it('shows by which way jobs are told what belongs to it', () => {
		const shownBy = (jobsBy: string) => {
			const values = { resource: 'jobs', operation: 'jobProfitability', jobsBy };
			const shown = insightProperties.filter((property) =>
				NodeHelpers.displayParameter(values, property, null, null),
			);
			return shown.map(({ name }) => name);
		};
		const byTracking = ['asOf', 'trackingCategory', 'jobsFrom', 'jobOptions'];
		const byEither = ['jobsBy', 'table', 'jobFields'];
		expect(shownBy('trackingCategory')).toEqual(
			expect.arrayContaining([...byTracking, ...byEither]),
		);
		expect(shownBy('project')).toEqual(expect.arrayContaining(byEither));
		expect(shownBy('project').filter((name) => byTracking.includes(name))).toEqual([]);
		expect(shownBy('trackingCategory').filter((name) => name === 'asOf')).toHaveLength(1);
	});

	it('shows each setting for the operations that have it', () => {
		const names = insightProperties
			.filter(({ displayOptions }) => displayOptions?.show?.operation?.includes('tieOut'))
			.map(({ name }) => name);
		expect(names).toEqual(
			expect.arrayContaining(['table', 'amountField', 'filterBy', 'conditions', 'account']),
		);
	});
});
