import type { KnackApp, KnackField, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import type { RecordWrite, WriteAim } from '../../sync/knackRecords/preparedWrites';
import type { RecordWriteResult } from '../../sync/knackRecords/writeRecords';
import { writeRecords } from '../../sync/knackRecords/writeRecords';
import { itemParameter, parameterReader } from '../parameters/reader';
import type { ItemResults } from './itemResults';
import { itemTable } from './itemTables';
import { RECORD_ID, SIMPLIFY, TABLE, WRITE_OPTIONS } from './nodeParameters';
import type { Operation } from './operation';
import { recordItems, withOutcome } from './recordItems';
import { matchFieldOf, readMappedValues, readMatchColumn, valuesByName } from './recordParameters';

interface ItemWrite extends RecordWrite {
	readonly index: number;
	readonly table: KnackTable;
	readonly matchField?: KnackField;
}

export type WriteOperation = 'create' | 'update' | 'upsert';

/** Creates, updates, or creates or updates one record for each item, in bulk by table. */
export function writeItems(operation: WriteOperation): Operation {
	return (context, results, place) => {
		const whole = parameterReader(itemParameter(context, 0), place);
		const { emptyValues, timeZone } = whole(WRITE_OPTIONS);
		const simplify = whole(SIMPLIFY);
		const asked = results.read((index) => {
			const read = parameterReader(itemParameter(context, index), place);
			return {
				index,
				tableName: read(TABLE),
				mapped: readMappedValues(context, index),
				...(operation === 'update' && { recordId: read(RECORD_ID) ?? '' }),
				column: operation === 'upsert' ? readMatchColumn(context, index) : undefined,
			};
		});
		return {
			timeZone,
			async run(client) {
				const app = await client.app();
				const input = context.getInputData();
				const writes = results.resolve(asked, ({ mapped, column, ...one }): ItemWrite => {
					const table = itemTable(context, app, one);
					return {
						...one,
						table,
						values: mapped ?? valuesByName(input[one.index]?.json ?? {}, table),
						...(operation === 'upsert' && { matchField: matchFieldOf(table, column) }),
					};
				});
				const settings = { clearsBlanks: emptyValues === 'clear', simplify };
				await writeByTable({ client, app, results }, operation, writes, settings);
			},
		};
	};
}

interface Reached {
	readonly client: KnackClient;
	readonly app: KnackApp;
	readonly results: ItemResults;
}

async function writeByTable(
	{ client, app, results }: Reached,
	operation: WriteOperation,
	writes: readonly ItemWrite[],
	settings: { readonly clearsBlanks: boolean; readonly simplify: boolean },
): Promise<void> {
	const byTable = new Map<string, ItemWrite[]>();
	for (const write of writes) {
		byTable.set(write.table.key, [...(byTable.get(write.table.key) ?? []), write]);
	}
	const { clearsBlanks, simplify } = settings;
	for (const [first, ...others] of byTable.values()) {
		if (!first) continue;
		const { table } = first;
		const items = [first, ...others];
		const outcomes = await writeRecords(client, table, items, aimOf(operation, first), {
			clearsBlanks,
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
