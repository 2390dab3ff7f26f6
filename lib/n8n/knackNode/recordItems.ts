import type { IDataObject } from 'n8n-workflow';
import { z } from '../../vendor/zod';
import type { Issue } from '../../issue';
import type { KnackApp, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { placeInApp } from '../../knack/recordView';
import type { Inclusion } from '../../sync/knackItems';
import { knackItems } from '../../sync/knackItems';

export interface ShowOptions {
	/** Fields by label with clean values; otherwise the record as Knack sends it. */
	readonly simplify: boolean;
	readonly inclusions?: readonly Inclusion[];
}

const json = z.record(z.unknown()).transform((value): IDataObject => Object(value));

/** Records as they leave the node: the same shape that Knack Trigger gives, or raw ones. */
export async function recordItems(
	client: KnackClient,
	app: KnackApp,
	table: KnackTable,
	records: readonly KnackRecord[],
	{ simplify, inclusions = [] }: ShowOptions,
): Promise<IDataObject[]> {
	if (!simplify) {
		return records.map((record) =>
			json.parse({ ...record, knack: placeInApp(app, table, record) }),
		);
	}
	const shown = records.map((record) => ({ record }));
	const items = await knackItems(client, app, table, shown, { inclusions });
	return items.map((item) => json.parse(item));
}

/** Adds what became of the record to what tells its place. */
export function withOutcome(
	item: IDataObject,
	outcome: string,
	warnings: readonly Issue[],
): IDataObject {
	const place = json.parse(item['knack'] ?? {});
	const told = warnings.map((issue) => json.parse({ ...issue, severity: 'warn' }));
	return {
		...item,
		knack: { ...place, outcome, ...(told.length > 0 && { warnings: told }) },
	};
}
