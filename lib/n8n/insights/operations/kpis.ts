import type { InsightOperation } from '../operation';
import { readUnbilledSettings, UNBILLED_FIELDS, UNBILLED_TABLE } from '../unbilledParameters';

/** KPIs: the figures of a month in one row. */
export const KPIS: InsightOperation = {
	value: 'kpis',
	resource: 'money',
	name: 'KPIs',
	description:
		'Revenue, margin, cash, debts and days of the last whole month, with the change to the month and the year before',
	action: 'Get the key figures of a month',
	hasDay: true,
	needsKnack: false,
	parameters: [UNBILLED_TABLE, UNBILLED_FIELDS],
	prepare(read) {
		const unbilled = readUnbilledSettings(read);
		return async ({ books, day, knack }) => {
			const { reckonKpis } = await import('../../../insights/kpis/kpis');
			const work = unbilled && unbilled(await knack());
			return await reckonKpis(books, { day, ...(work && { unbilled: work }) });
		};
	},
};
