import { parseDecimal, type Decimal } from '../../money';
import { perObject } from '../../perObject';
import type {
	DocumentDefinition,
	FieldDefinition,
	FieldKind,
	FieldValue,
} from '../../xero/documents/definition';
import type { Draft } from '../draft';

/**
 * Path under which a record may carry the total that Knack has worked out. It is held against the
 * lines and never sent.
 */
export const EXPECTED_TOTAL = 'expectedTotal';

export function textOf(value: FieldValue | undefined): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A text value of the draft's header; undefined when it is missing or blank. */
export function headerText(draft: Draft, path: string): string | undefined {
	return textOf(draft.fields[path]);
}

export function decimalOf(value: FieldValue | undefined): Decimal | undefined {
	return typeof value === 'string' ? parseDecimal(value) : undefined;
}

/** The status that the document shall have. */
export function wantedStatus(definition: DocumentDefinition, draft: Draft): string | undefined {
	return headerText(draft, 'status') ?? definition.lifecycle.initial;
}

/** A value of a draft with its field and its place. */
export class PlacedValue {
	constructor(
		readonly field: FieldDefinition,
		readonly value: FieldValue,
		/** Index of the line; undefined for the header. */
		readonly line?: number,
	) {}

	/** Path for people and workflows: `lineItems[0].accountCode`. */
	get path(): string {
		return this.line === undefined ? this.field.path : linePath(this.line, this.field.path);
	}
}

export function linePath(line: number, path: string): string {
	return `lineItems[${line}].${path}`;
}

/** The fields by path; made once for each registry entry, which is asked for every record of a run. */
export const fieldsByPath = perObject(
	(fields: readonly FieldDefinition[]): ReadonlyMap<string, FieldDefinition> =>
		new Map(fields.map((field) => [field.path, field])),
);

/** Whether a type has a field of a kind, such as the bank account of a payment. */
export function hasFieldOfKind({ fields }: DocumentDefinition, kind: FieldKind): boolean {
	return fields.some((field) => field.kind === kind);
}

/** Every value of a draft with its field: the header's first, then line by line. */
export class PlacedValues {
	readonly all: readonly PlacedValue[];

	private readonly kinds = new Map<FieldKind, PlacedValue[]>();

	constructor(definition: DocumentDefinition, draft: Draft) {
		const all: PlacedValue[] = [];
		const ofHeader = fieldsByPath(definition.fields);
		for (const path of Object.keys(draft.fields)) {
			const field = ofHeader.get(path);
			const value = draft.fields[path];
			if (field && value !== undefined) all.push(new PlacedValue(field, value));
		}
		const ofLines = fieldsByPath(definition.lineFields ?? NO_FIELDS);
		(draft.lines ?? []).forEach((line, index) => {
			for (const path of Object.keys(line.fields)) {
				const field = ofLines.get(path);
				const value = line.fields[path];
				if (field && value !== undefined) all.push(new PlacedValue(field, value, index));
			}
		});
		this.all = all;
		for (const placed of all) {
			const { kind } = placed.field;
			const others = this.kinds.get(kind);
			if (others) others.push(placed);
			else this.kinds.set(kind, [placed]);
		}
	}

	ofKind(kind: FieldKind): readonly PlacedValue[] {
		return this.kinds.get(kind) ?? NO_VALUES;
	}
}

const NO_VALUES: readonly PlacedValue[] = [];
const NO_FIELDS: readonly FieldDefinition[] = [];

/** The field's label, with the line that it stands in: "Account (line 2)". */
export function placedLabel(placed: PlacedValue): string {
	return placed.line === undefined
		? placed.field.label
		: `${placed.field.label} (line ${placed.line + 1})`;
}

/** A line that only carries words: it has neither an amount nor anything that makes one. */
export function isDescriptionOnly(fields: Readonly<Record<string, FieldValue>>): boolean {
	return !['quantity', 'unitAmount', 'lineAmount', 'itemCode'].some(
		(path) => textOf(fields[path]) !== undefined,
	);
}
