import { readInstant } from '../../dates';
import type { Issue } from '../../issue';
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
	return items.map((each) => {
		const item = withMoment(each, app.timeZone);
		const table = item.knackTable === undefined ? undefined : findTable(app, item.knackTable);
		const field = table && findField(table, fieldName);
		const value =
			item.json[shownLabel(item.json, table && field ? fieldLabel(table, field) : fieldName)];
		return typeof value !== 'string' || isBlank(value)
			? item
			: { ...item, source: { ...item.source, fingerprint: value.trim() } };
	});
}

/**
 * When its record was last edited. Knack's moments are the app's wall clock and name no zone; one of a day
 * alone would make every edit of it older than it is.
 */
function withMoment(item: ItemParameters, timeZone: string): ItemParameters {
	const { editedOn } = item;
	if (editedOn === undefined || isBlank(editedOn)) return item;
	const editedAtMs =
		typeof editedOn === 'string' && !WITH_TIME.test(editedOn)
			? undefined
			: readInstant(editedOn, timeZone);
	return editedAtMs === undefined
		? { ...item, issues: [...item.issues, UNREADABLE_MOMENT] }
		: { ...item, source: { ...item.source, editedAtMs } };
}

const WITH_TIME = /\dT\d/;

const UNREADABLE_MOMENT: Issue = {
	code: 'XERO_DATE_NOT_ON_CALENDAR',
	severity: 'block',
	field: 'recordEditedOn',
	message: 'What Record Edited On gives of the record is no day with a time.',
	fix: 'Choose a Date/Time field of Knack that keeps the time, as a Knack node gives it: 2026-11-30T14:00.',
};

/** The label that an item has for a field: Knack Trigger keeps the one of its activation. */
export function shownLabel({ knack }: ItemRecord, label: string): string {
	const renamed = isRecord(knack) && isRecord(knack.renamedFields) ? knack.renamedFields : {};
	return Object.keys(renamed).find((shown) => renamed[shown] === label) ?? label;
}
