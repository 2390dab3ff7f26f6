import type { CashForecastInput } from '../../../insights/cashForecast/input';
import type { PlannedCash } from '../../../insights/cashForecast/plannedCash';
import type { KnackClient } from '../../../knack/client';
import { collection } from '../../parameters/collections';
import { choice } from '../../parameters/kinds';
import { parameter, refuse } from '../../parameters/parameter';
import type { ParameterReader } from '../../parameters/reader';
import { SettingError } from '../../parameters/settingError';
import { fieldList, namedTable } from '../../tableParameter';
import { optionalAmount } from '../amountParameter';
import { shownFor, type InsightOperation } from '../operation';
import {
	readUnbilledSettings,
	UNBILLED_FIELDS,
	UNBILLED_TABLE,
	UNBILLED_TAX,
} from '../unbilledParameters';

/** Cash Forecast: what will be in the bank for 13 weeks. */

const SHOWN = shownFor('cashForecast');
const ON_TABLE = ['plannedTable.value'];

const DETAIL = choice({
	displayName: 'Rows',
	name: 'forecastDetail',
	displayOptions: SHOWN,
	options: [
		{ name: 'One for Each Week', value: 'weeks' },
		{ name: 'One for Each Line', value: 'lines', description: 'With its source and its days' },
	],
	default: 'weeks',
	description: 'What a row stands for',
});

const PLANNED_TABLE = namedTable({
	displayName: 'Table of Planned Cash',
	name: 'plannedTable',
	displayOptions: SHOWN,
	isOptional: true,
	example: 'object_9',
	description:
		'The Knack table of wages, rent, loans and whatever else no bill tells. Leave empty for what Xero has alone.',
});

const PLANNED_FIELDS = collection(
	{
		displayName: 'Fields of Planned Cash',
		name: 'plannedFields',
		placeholder: 'Add Field',
		displayOptions: SHOWN,
		default: { amount: '', date: '' },
	},
	[
		fieldList(
			'Amount',
			'amount',
			'getPlannedAmountFields',
			'How much, in the base currency',
			ON_TABLE,
		),
		fieldList(
			'Date',
			'date',
			'getPlannedDateFields',
			'On which day; the first, where it repeats',
			ON_TABLE,
		),
		fieldList(
			'Description',
			'description',
			'getPlannedFields',
			'What it is for. The name of one who is paid regularly takes the place of what was seen in Xero',
			ON_TABLE,
		),
		fieldList(
			'Paid',
			'paid',
			'getPlannedFields',
			'Set where it is paid: yes, or anything that is not blank. What is not paid on its day then counts now, as overdue. It concerns what comes once',
			ON_TABLE,
		),
		fieldList(
			'Repeats',
			'repeats',
			'getPlannedFields',
			'Holds once, weekly, fortnightly, four-weekly, monthly, quarterly or yearly; blank is once',
			ON_TABLE,
		),
	],
);

const ABOVE_ZERO = choice({
	displayName: 'Planned Amounts Above Zero Are',
	name: 'plannedAboveZero',
	displayOptions: SHOWN,
	options: [
		{ name: 'Payments', value: 'payments', description: 'And those below zero receipts' },
		{ name: 'Receipts', value: 'receipts', description: 'And those below zero payments' },
	],
	default: 'payments',
});

const lastForecast = parameter(
	{
		displayName: 'Last Forecast',
		name: 'lastForecast',
		type: 'json',
		default: '',
		description:
			'Rows of an earlier forecast by weeks, such as from a Knack table they were written to. Its last week that is over is held against what came.',
		hint: 'e.g. {{ $json.rows }} of an item that holds one',
	},
	undefined,
	(given, place): unknown => {
		if (Array.isArray(given)) return given;
		const rows = typeof given === 'string' ? parsed(given) : undefined;
		if (Array.isArray(rows)) return rows;
		refuse(
			'Last Forecast',
			given,
			'no list of rows',
			'Give the rows of an earlier forecast.',
			place,
		);
	},
);

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const OPTIONS = collection(
	{
		displayName: 'Options',
		name: 'forecastOptions',
		placeholder: 'Add Option',
		displayOptions: SHOWN,
	},
	[
		lastForecast,
		optionalAmount({
			displayName: 'Opening Balance',
			name: 'opening',
			placeholder: 'e.g. 10250.00',
			description:
				"What the bank statements say, in the base currency; its difference to Xero's ledger is shown. Empty is the ledger's.",
		}),
		optionalAmount({
			displayName: 'Overdraft Limit',
			name: 'overdraft',
			placeholder: 'e.g. 5000',
			least: 0,
			description: 'How far the bank lets you go below zero; it is added as headroom',
		}),
		optionalAmount({
			displayName: 'Tax Paid After (Days)',
			name: 'taxDaysAfter',
			placeholder: 'e.g. 37',
			least: 0,
			most: 365,
			description:
				'Days from the end of a tax period to its payment. Empty goes by the country: the days of the UK, Australia and New Zealand are known. Elsewhere it is the end of the next month, and that is said.',
		}),
	],
);

export const CASH_FORECAST: InsightOperation = {
	value: 'cashForecast',
	resource: 'money',
	name: 'Cash Forecast',
	description:
		'What will be in the bank for 13 weeks: best, likely and worst, each line with where it is known from',
	action: 'Get a cash forecast',
	hasDay: false,
	needsKnack: false,
	parameters: [
		DETAIL,
		PLANNED_TABLE,
		PLANNED_FIELDS,
		ABOVE_ZERO,
		UNBILLED_TABLE,
		UNBILLED_FIELDS,
		UNBILLED_TAX,
		OPTIONS,
	],
	prepare(read) {
		const { opening, overdraft, taxDaysAfter, lastForecast: rows } = read(OPTIONS);
		const asked = {
			detail: read(DETAIL),
			opening,
			overdraft,
			taxDaysAfter: taxDaysAfter?.toNumber(),
			lastForecast: rows,
		};
		const planned = readPlanned(read);
		const unbilled = readUnbilled(read);
		return async ({ books, knack }) => {
			const { reckonCashForecast } = await import('../../../insights/cashForecast/cashForecast');
			const client = planned || unbilled ? await knack() : undefined;
			return await reckonCashForecast(books, {
				...asked,
				day: books.today,
				...(client && { planned: planned?.(client), unbilled: unbilled?.(client) }),
			});
		};
	},
};

function readPlanned(read: ParameterReader): ((client: KnackClient) => PlannedCash) | undefined {
	const table = read(PLANNED_TABLE);
	if (table === undefined) return undefined;
	const { amount, date, description, repeats, paid } = read(PLANNED_FIELDS);
	if (amount === undefined || date === undefined) {
		throw new SettingError(
			`A table of planned cash is chosen, and no field with its ${amount === undefined ? 'amounts' : 'dates'}.`,
			'Choose Amount and Date under Fields of Planned Cash.',
		);
	}
	const aboveZero = read(ABOVE_ZERO);
	return (client) => ({
		source: { client, table },
		fields: { amount, date, description, repeats, paid },
		aboveZero,
	});
}

function readUnbilled(
	read: ParameterReader,
): ((client: KnackClient) => NonNullable<CashForecastInput['unbilled']>) | undefined {
	const work = readUnbilledSettings(read);
	if (!work) return undefined;
	const taxPercent = read(UNBILLED_TAX);
	if (!taxPercent) {
		throw new SettingError(
			'A table of unbilled work is chosen, and not what tax its invoices will bear.',
			'Set Tax on Unbilled Work (%), such as 20, or 0 for none.',
		);
	}
	return (client) => ({ work: work(client), taxPercent });
}
