import type { KnackClient } from '../../knack/client';
import { fieldLabel, findField, findTable } from '../../knack/tables';
import { isBlank } from '../../sync/map/readFieldValue';
import { isRecord, type ItemRecord } from '../../sync/map/sampleShape';
import type { ItemParameters } from './itemParameters';

/**
 * Items with what their records keep of what was last sent. Items name a field by its label and a
 * setting by its key, so the app's structure is asked for. Throws ServiceFaultError when it cannot
 * be read.
 */
export async function withFingerprints(
	items: readonly ItemParameters[],
	fieldName: string | undefined,
	knack: () => Promise<KnackClient>,
): Promise<readonly ItemParameters[]> {
	if (fieldName === undefined) return items;
	const app = await (await knack()).app();
	return items.map((item) => {
		const table = item.knackTable === undefined ? undefined : findTable(app, item.knackTable);
		const field = table && findField(table, fieldName);
		const value =
			item.json[shownLabel(item.json, table && field ? fieldLabel(table, field) : fieldName)];
		return typeof value !== 'string' || isBlank(value)
			? item
			: { ...item, source: { ...item.source, fingerprint: value.trim() } };
	});
}

/** The label that an item has for a field: Knack Trigger keeps the one of its activation. */
export function shownLabel({ knack }: ItemRecord, label: string): string {
	const renamed = isRecord(knack) && isRecord(knack.renamedFields) ? knack.renamedFields : {};
	return Object.keys(renamed).find((shown) => renamed[shown] === label) ?? label;
}
