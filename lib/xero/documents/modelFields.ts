import type { FieldDefinition, FieldKind } from './definition';
import { property } from './wireSlots';
import type { WireSlot } from './wireSlots';
import { readWireValue, toWireValue } from './wireValues';

/** A model class of xero-node: its attributes by name and by name on the wire. */
export interface XeroModel {
	readonly name: string;
	readonly attributeTypeMap: ReadonlyArray<{ name: string; baseName: string; type: string }>;
}

/** What the model does not say of a field: how a person knows it and what may stand in it. */
export interface FieldFacts {
	readonly label: string;
	readonly kind?: FieldKind;
	readonly usual?: boolean;
	readonly requiredToCreate?: boolean;
	readonly requiredToApprove?: boolean;
	/** An id that a record may also give by name. */
	readonly byName?: boolean;
	readonly maxLength?: number;
	readonly places?: number;
	readonly leastPlaces?: number;
	readonly isNeverNegative?: boolean;
	readonly zeroIsNone?: boolean;
	readonly isWorkedOut?: boolean;
	readonly tellsApart?: boolean;
	readonly isPhone?: boolean;
	readonly isWhole?: boolean;
	readonly mayNotBeShown?: boolean;
	readonly countries?: FieldDefinition['countries'];
	readonly choices?: ReadonlyArray<{ readonly value: string; readonly label: string }>;
	readonly alsoCalled?: readonly string[];
	/** Where a choice is spelt otherwise on the wire than in drafts. */
	readonly spelling?: { toWire(value: string): string; fromWire(raw: string): string };
}

/** Where the fields of a model stand in a document: a prefix of the path and a slot around. */
export interface FieldPlace {
	readonly prefix?: string;
	/** Put before each label, such as "Street Address". */
	readonly labelPrefix?: string;
	around?(slot: WireSlot): WireSlot;
}

/** The definition of a field that stands in a slot. */
export function fieldInSlot(path: string, facts: FieldFacts, slot: WireSlot): FieldDefinition {
	const { spelling, kind = 'text', usual = false, ...rest } = facts;
	return {
		...rest,
		path,
		kind,
		usual,
		read: (element) => {
			const raw = slot.get(element);
			return readWireValue(
				kind,
				spelling && typeof raw === 'string' ? spelling.fromWire(raw) : raw,
			);
		},
		write: (element, value) => {
			const spelt = spelling && typeof value === 'string' ? spelling.toWire(value) : value;
			slot.put(element, toWireValue(kind, spelt));
		},
	};
}

/**
 * Field definitions for attributes of a model, in the order of the table. The names and the
 * wire casing are the model's own; a name that the model does not have is a mistake of ours.
 */
export function modelFields(
	model: XeroModel,
	table: Readonly<Record<string, FieldFacts>>,
	place: FieldPlace = {},
): FieldDefinition[] {
	return Object.entries(table).map(([name, facts]) => {
		const attribute = model.attributeTypeMap.find((entry) => entry.name === name);
		if (!attribute) throw new TypeError(`xero-node's ${model.name} has no attribute ${name}`);
		const slot = property(attribute.baseName);
		const label = place.labelPrefix ? `${place.labelPrefix} ${facts.label}` : facts.label;
		return fieldInSlot(
			`${place.prefix ?? ''}${name}`,
			{ ...facts, label },
			place.around ? place.around(slot) : slot,
		);
	});
}
