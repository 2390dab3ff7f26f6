import type { IExecuteFunctions } from 'n8n-workflow';
import type { KnackField, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import type { RecordWrite, WriteAim } from '../../sync/knackRecords/preparedWrites';
import type { RecordWriteResult } from '../../sync/knackRecords/writeRecords';
import { writeRecords } from '../../sync/knackRecords/writeRecords';
import type { ItemResults } from './itemResults';
import { chosenText, itemTable } from './itemTables';
import { recordItems, withOutcome } from './recordItems';
import { readMatchField, readOptions, readSimplify, readValues } from './recordParameters';

interface ItemWrite extends RecordWrite {
	readonly index: number;
	readonly table: KnackTable;
	readonly matchField?: KnackField;
}

export type WriteOperation = 'create' | 'update' | 'upsert';

/** Creates, updates, or creates or updates one record for each item, in bulk by table. */
export async function writeItems(
	context: IExecuteFunctions,
	client: KnackClient,
	operation: WriteOperation,
	results: ItemResults,
): Promise<void> {
	const app = await client.app();
	const writes = results.read((index): ItemWrite => {
		const table = itemTable(context, app, index);
		return {
			index,
			table,
			values: readValues(context, table, index),
			...(operation === 'update' && { recordId: chosenText(context, 'recordId', index) }),
			...(operation === 'upsert' && { matchField: readMatchField(context, table, index) }),
		};
	});
	const byTable = new Map<string, ItemWrite[]>();
	for (const write of writes) {
		byTable.set(write.table.key, [...(byTable.get(write.table.key) ?? []), write]);
	}
	const simplify = readSimplify(context, 0);
	const { emptyValues } = readOptions(context, 0);
	for (const [first, ...others] of byTable.values()) {
		if (!first) continue;
		const { table } = first;
		const items = [first, ...others];
		const outcomes = await writeRecords(client, table, items, aimOf(operation, first), {
			clearsBlanks: emptyValues === 'clear',
			stopsAtFirst: results.stopsAtFirst,
		});
		await tell(items, outcomes);
		results.throwFirst();
	}

	async function tell(
		items: readonly ItemWrite[],
		outcomes: readonly RecordWriteResult[],
	): Promise<void> {
		for (const [place, outcome] of outcomes.entries()) {
			const item = items[place];
			if (!item) continue;
			if (outcome.kind === 'failed') results.fail(item.index, outcome.issues, outcome.fault);
			if (outcome.kind !== 'written') continue;
			const shown = await recordItems(client, app, item.table, [outcome.record], { simplify });
			results.give(
				item.index,
				shown.map((json) => withOutcome(json, outcome.outcome, outcome.warnings)),
			);
			results.warn(outcome.warnings);
		}
	}
}

function aimOf(operation: WriteOperation, { matchField }: ItemWrite): WriteAim {
	if (matchField) return { kind: 'createOrUpdate', matchField };
	return { kind: operation === 'update' ? 'update' : 'create' };
}
