import type { IDisplayOptions } from 'n8n-workflow';
import { parseDecimal, type Decimal } from '../money';
import type { StopPlace } from '../sync/guard/guardSettings';
import { limitName } from '../sync/guard/guardWords';
import type { Counted, Span } from '../sync/guard/limits';
import { locator, text, toggle } from './parameters/kinds';
import { parameter, refuse } from './parameters/parameter';
import { SettingError } from './parameters/settingError';
import { CHOOSE } from './tableParameter';

/** Entries of the collection Guards that more than one node has. */

export const DEMO_COMPANY_ONLY = toggle({
	displayName: 'Demo Company Only',
	name: 'demoCompanyOnly',
	default: true,
	unset: false,
	description:
		'Whether to refuse to write unless Xero itself says, in this run, that the organisation is a demo company. Costs one Xero call.',
});

/** A limit; none where it is left blank. */
export function limit<const Name extends string>(
	declared: {
		readonly counted: Counted;
		readonly span: Span;
		readonly name: Name;
		readonly default: number;
		readonly what: string;
	},
	displayOptions?: IDisplayOptions,
) {
	const { counted, span, name, what } = declared;
	const displayName = limitName(counted, span);
	return parameter(
		{
			displayName,
			name,
			type: 'number',
			typeOptions: { minValue: 0 },
			default: declared.default,
			description: `${what}. Blank sets no limit.${span === 'day' ? OF_A_DAY : ''}`,
			...(displayOptions && { displayOptions }),
		},
		undefined,
		(given, place): Decimal => {
			const most = parseDecimal(given);
			if (most?.gte(0) && (counted === 'money' || most.eq(most.round(0)))) return most;
			const kind = counted === 'money' ? 'an amount' : 'a whole number';
			return refuse(displayName, given, `not ${kind} of 0 or more`, `Give ${kind}.`, place);
		},
	);
}

const OF_A_DAY =
	' Counted for this node, from midnight by the clock of the organisation. With Write to Log Table all n8n processes share it, in portions of a tenth; without, each counts for itself, and one that has just started begins at none.';

/** The switch in Knack, chosen from lists: a table, one of its records, and a Yes/No field. */
export const STOP_ENTRIES = [
	text({
		displayName: 'Stop Field Name or ID',
		name: 'stopField',
		type: 'options',
		typeOptions: {
			loadOptionsMethod: 'getStopFields',
			loadOptionsDependsOn: ['guards.stopTable.value'],
		},
		default: '',
		description: `The Yes/No field that stops all writing while it is Yes. ${CHOOSE}.`,
	}),
	locator({
		displayName: 'Stop Record',
		name: 'stopRecord',
		default: { mode: 'list', value: '' },
		description:
			'The record with the Stop field. It is read before each request that writes: one Knack call each. Where it cannot be read, nothing is written.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchStopRecords', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 5f6e8d3c2b1a4f0e9d8c7b6a',
			},
		],
	}),
	locator({
		displayName: 'Stop Table',
		name: 'stopTable',
		default: { mode: 'list', value: '' },
		description:
			'The Knack table with the record that stops all workflows which have it chosen here. Needs the Knack credential.',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchTables', searchable: true },
			},
			{ displayName: 'By Key', name: 'id', type: 'string', placeholder: 'e.g. object_9' },
		],
	}),
] as const;

/** Where Stop is; undefined where none is set. Throws SettingError for half of one. */
export function stopPlace(given: {
	readonly stopTable: string | undefined;
	readonly stopRecord: string | undefined;
	readonly stopField: string | undefined;
}): StopPlace | undefined {
	const { stopTable: table, stopRecord: record, stopField: field } = given;
	if (table === undefined && record === undefined && field === undefined) return undefined;
	if (table !== undefined && record !== undefined && field !== undefined) {
		return { table, record, field };
	}
	throw new SettingError(
		'Stop under Guards is set in part, so nothing would heed it.',
		'Choose Stop Table, Stop Record and Stop Field, or take all three away.',
	);
}
