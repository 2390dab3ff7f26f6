import { readFileSync } from 'node:fs';
import path from 'node:path';

import { contactColumns } from '../../lib/insights/ageing/contactRows';
import { documentColumns } from '../../lib/insights/ageing/documentRows';
import type { AgeingInput } from '../../lib/insights/ageing/input';
import { LINE_COLUMNS } from '../../lib/insights/cashForecast/lineRows';
import { WEEK_COLUMNS } from '../../lib/insights/cashForecast/weekRows';
import { customerColumns, lineColumns } from '../../lib/insights/customerStatement/statementRows';
import type { InsightColumn } from '../../lib/insights/insight';
import { JOB_COLUMNS } from '../../lib/insights/jobProfitability/jobRows';
import { PROJECT_COLUMNS } from '../../lib/insights/jobProfitability/projectRows';
import { day } from '../support/ageing';

const FOLDER = path.join(__dirname, '../../nodes/XeroInsights/__schema__/v1.0.0');

const TYPES: Readonly<Record<InsightColumn['kind'], string>> = {
	text: 'string',
	money: 'string',
	date: 'string',
	link: 'string',
	html: 'string',
	number: 'number',
	yesNo: 'boolean',
};

const AGEING: AgeingInput = {
	side: 'sales',
	day: day('2026-11-22'),
	buckets: 'days',
	detail: 'contacts',
};

/** n8n knows one schema for an operation: it has the columns of each way of its rows. */
describe('the schema of an operation of Xero Insights', () => {
	it.each([
		['jobs/jobProfitability', [...JOB_COLUMNS, ...PROJECT_COLUMNS]],
		['money/cashForecast', [...WEEK_COLUMNS, ...LINE_COLUMNS]],
		['money/customerStatement', [...customerColumns(day('2026-11-22')), ...lineColumns()]],
		['money/receivables', [...contactColumns(AGEING), ...documentColumns()]],
		['money/payables', [...contactColumns(AGEING), ...documentColumns()]],
	])('%s names every column, by its type', (file, columns) => {
		const text = readFileSync(path.join(FOLDER, `${file}.json`), 'utf8');
		const { properties } = JSON.parse(text) as {
			properties: Record<string, { readonly type: string }>;
		};
		const told = Object.fromEntries(
			Object.entries(properties).map(([key, { type }]) => [key, type]),
		);
		expect(told).toEqual({
			summary: 'string',
			...Object.fromEntries(columns.map(({ key, kind }) => [key, TYPES[kind]])),
			insight: 'object',
		});
	});
});
