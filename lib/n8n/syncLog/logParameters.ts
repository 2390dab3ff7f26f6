import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { collection, propertiesOf } from '../parameters/collections';
import { choice, locator, text, toggle } from '../parameters/kinds';
import type { ParameterReader } from '../parameters/reader';

const TABLE_OF_LOG =
	'The Knack table of the Sync Log. It needs the Paragraph Text fields Log Entry and Personal Values and the Short Text field Digest; others, such as When, Summary, Who and Xero ID, are filled in where the table has them.';

/** The table of a log, from the list of those that can be one. */
export function logTable(displayOptions: IDisplayOptions) {
	return logTableNamed('logTable', 'Log Table', TABLE_OF_LOG, displayOptions);
}

/** The same for a node that has another one besides. */
export function logTableNamed<const Name extends string>(
	name: Name,
	displayName: string,
	description: string,
	displayOptions: IDisplayOptions,
) {
	return locator({
		displayName,
		name,
		required: true,
		default: { mode: 'list', value: '' },
		description,
		displayOptions,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Choose a table',
				typeOptions: { searchListMethod: 'searchLogTables', searchable: true },
			},
			{ displayName: 'By Key', name: 'id', type: 'string', placeholder: 'e.g. object_12' },
		],
	});
}

/** The parameters of the log in a node that writes; `writing` shows them where it writes. */
export function logParameters(writing: IDisplayOptions) {
	const whereLogged: IDisplayOptions = { ...writing, show: { ...writing.show, writeLog: [true] } };
	const name = (displayName: string, parameter: string, example: string, description: string) =>
		text({
			displayName,
			name: parameter,
			default: '',
			placeholder: `e.g. ${example}`,
			description,
		});
	const write = toggle({
		displayName: 'Write to Log Table',
		name: 'writeLog',
		default: false,
		description:
			'Whether each record that is written, held or failed gets a row in a Knack table: when, who, why, what was done, before and after. Costs one Knack call for each row. Needs the Knack credential.',
		displayOptions: writing,
	});
	const table = logTable(whereLogged);
	const rows = choice({
		displayName: 'Records to Log',
		name: 'logRows',
		options: [
			{
				name: 'Written, Held or Failed',
				value: 'changes',
				description: 'Records that needed nothing get no row, and cost no call',
			},
			{
				name: 'All Records',
				value: 'all',
				description: 'Also those that were unchanged or skipped: one Knack call each',
			},
		],
		default: 'changes',
		description: 'Which records get a row',
		displayOptions: whereLogged,
	});
	const hands = collection(
		{
			displayName: 'Who and Why',
			name: 'logHands',
			placeholder: 'Add Field',
			description:
				'Xero shows all writes under the user who connected it. These say for each record who it really was, as far as the workflow knows.',
			displayOptions: whereLogged,
		},
		[
			name('Approved By', 'approver', "{{ $json['Approved By'] }}", 'Who approved or released it'),
			name(
				'Knack User',
				'knackUser',
				"{{ $json['Updated By'] }}",
				'Who edited the record in Knack',
			),
			name('N8n User', 'n8nUser', 'Pat Lee', 'Who ran the workflow by hand'),
			name('Reason', 'reason', "{{ $json['Reason'] }}", 'Why it was done'),
		],
	);
	return { write, table, rows, hands };
}

type LogParameters = ReturnType<typeof logParameters>;

export function logProperties({ write, table, rows, hands }: LogParameters): INodeProperties[] {
	return propertiesOf([write, table, rows, hands]);
}

/** What is set for the log; undefined where none is wanted. */
export interface ChosenLog {
	/** Key or name; empty where none is chosen. */
	readonly table: string;
	readonly logged: 'changes' | 'all';
}

export function readChosenLog(
	{ write, table, rows }: LogParameters,
	read: ParameterReader,
): ChosenLog | undefined {
	return read(write) ? { table: read(table) ?? '', logged: read(rows) } : undefined;
}
