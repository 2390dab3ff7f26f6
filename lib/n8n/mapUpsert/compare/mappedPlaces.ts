import {
	PAID_IN_KNACK,
	STATUS_IN_KNACK,
	type SaidOfDocument,
} from '../../../sync/compare/comparing';
import type { KnackPlaces } from '../../../sync/compare/knackPlaces';
import { autoMapping } from '../../../sync/map/autoMap';
import { namesIn } from '../../../sync/map/goneNames';
import type { ItemRecord } from '../../../sync/map/sampleShape';
import type { ItemParameters } from '../itemParameters';
import type { RunParameters } from '../runParameters';

/** Fields of the records that other runs write, by their names. */
export interface OtherFields {
	readonly statusField?: string;
	readonly amountPaidField?: string;
}

/**
 * Where in Knack values of the header stand: those that the form takes from one field of the record
 * alone, by the field's name. What is worked out, or comes from a connected record, has no place.
 */
export function placesOf(
	run: RunParameters,
	items: readonly ItemParameters[],
	{ statusField, amountPaidField }: OtherFields,
): KnackPlaces {
	const places = new Map<string, string>();
	if (run.isAutoMapped) {
		const mapping = autoMapping(
			run.definition,
			items.map(({ json }) => json),
		);
		for (const [path, [name, inner]] of mapping) if (inner === undefined) places.set(path, name);
	} else {
		for (const [path, expression] of Object.entries(run.expressions)) {
			const [name, inner] = namesIn(expression) ?? [];
			if (name !== undefined && inner === undefined) places.set(path, name);
		}
	}
	if (statusField) places.set(STATUS_IN_KNACK, statusField);
	if (amountPaidField) places.set(PAID_IN_KNACK, amountPaidField);
	return places;
}

/**
 * What a record says of its document beside the mapping; a blank amount is nothing paid, and one that is
 * no number stays as it is.
 */
export function saidBy(json: ItemRecord, fields: OtherFields): SaidOfDocument {
	const textIn = (name: string | undefined): string | undefined => {
		const value = name ? json[name] : undefined;
		return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
	};
	const { statusField, amountPaidField } = fields;
	const status = textIn(statusField);
	const isNamed = amountPaidField !== undefined && amountPaidField in json;
	return {
		...(status === undefined ? {} : { status }),
		...(isNamed ? { amountPaid: textIn(amountPaidField)?.trim() || '0' } : {}),
	};
}

/** Of those fields the ones that no item has, as a person reads them: they may be misspelt. */
export function absentFields(
	items: ReadonlyArray<Pick<ItemParameters, 'json'>>,
	{ statusField, amountPaidField }: OtherFields,
): string[] {
	const named = [
		['Amount Paid Field', amountPaidField],
		['Status Field', statusField],
	] as const;
	return named.flatMap(([label, name]) =>
		name && !items.some(({ json }) => name in json) ? [`${label} "${name}"`] : [],
	);
}
