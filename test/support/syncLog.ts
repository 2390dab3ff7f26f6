import type { KnackClient } from '../../lib/knack/client';
import type { LogTarget } from '../../lib/sync/log/chain';
import { createLogKey } from '../../lib/sync/log/logKey';
import { findLogTable } from '../../lib/sync/log/logTable';
import type { FieldDefinition } from '../../sandbox/knack/schema';
import type { Sandbox } from '../../sandbox/sandbox';
import { sandboxClock } from './xeroInMemory';

const COLUMNS: readonly FieldDefinition[] = [
	{
		name: 'When',
		type: 'date_time',
		format: { date_format: 'dd/mm/yyyy', time_format: 'HH:MM am', default_type: 'none' },
	},
	...['Workflow', 'Execution', 'Run', 'Kind', 'Who', 'Outcome', 'Document', 'Record'].map(
		(name): FieldDefinition => ({ name, type: 'short_text' }),
	),
	...['Knack Record ID', 'Xero ID', 'Request Key'].map(
		(name): FieldDefinition => ({ name, type: 'short_text' }),
	),
	...['Why', 'Summary', 'Before and After', 'Findings'].map(
		(name): FieldDefinition => ({ name, type: 'paragraph_text' }),
	),
	{ name: 'Row Number', type: 'number' },
	{ name: 'Calls', type: 'number' },
	{ name: 'Link', type: 'link' },
];

const CORE: readonly FieldDefinition[] = [
	{ name: 'Log Entry', type: 'paragraph_text' },
	{ name: 'Personal Values', type: 'paragraph_text' },
	{ name: 'Digest', type: 'short_text' },
];

/** A table that has all that a log can fill in, or no more than it needs. */
export function addLogTable(sandbox: Sandbox, name = 'Sync Log', hasColumns = true): string {
	return sandbox.knack.addTable({
		name,
		identifier: 'Digest',
		fields: [...(hasColumns ? COLUMNS : []), ...CORE],
	}).key;
}

export async function logTarget(
	sandbox: Sandbox,
	knack: KnackClient,
	table: string,
	execution = '1',
): Promise<LogTarget> {
	return {
		knack,
		log: findLogTable(await knack.app(), table),
		key: createLogKey('a secret of the test', knack.applicationId),
		clock: sandboxClock(sandbox),
		place: { workflow: 'Orders to Xero', workflowId: 'w1', execution, node: 'Map & Upsert' },
	};
}
