import { parseDecimal, type Decimal } from '../../money';
import type {
	DocumentDefinition,
	FieldDefinition,
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
	return headerText(draft, 'status') ?? definition.defaultStatus;
}

export interface PlacedValue {
	/** Path for people and workflows: `lineItems[0].accountCode`. */
	readonly path: string;
	readonly field: FieldDefinition;
	readonly value: FieldValue;
	/** Index of the line; absent for the header. */
	readonly line?: number;
}

export function linePath(line: number, path: string): string {
	return `lineItems[${line}].${path}`;
}

/** Every value of the draft with its definition: the header's first, then line by line. */
export function placedValues(definition: DocumentDefinition, draft: Draft): PlacedValue[] {
	const placed: PlacedValue[] = [];
	for (const field of definition.fields) {
		const value = draft.fields[field.path];
		if (value !== undefined) placed.push({ path: field.path, field, value });
	}
	(draft.lines ?? []).forEach((line, index) => {
		for (const field of definition.lineFields ?? []) {
			const value = line.fields[field.path];
			if (value !== undefined) {
				placed.push({ path: linePath(index, field.path), field, value, line: index });
			}
		}
	});
	return placed;
}

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
