import type {
	DocumentLine,
	FieldDefinition,
	FieldValue,
	FieldValues,
} from '../../xero/documents/definition';
import { fieldsByPath, linePath } from '../check/draftValues';
import type { DraftLine } from '../draft';
import type { FieldChange } from '../outcome';
import { sameValue } from './values';

export interface PlannedLine {
	/** LineItemID of the line in Xero that this one is. */
	readonly id?: string;
	/** Everything to send: Xero replaces a line by what is sent. */
	readonly fields: FieldValues;
}

export interface LinePlan {
	/** All lines that the document shall have; undefined when none needs to be sent. */
	readonly lines?: readonly PlannedLine[];
	readonly changes: readonly FieldChange[];
	/** Field paths that change in lines that exist, for the rules on paid documents. */
	readonly changedPaths: readonly string[];
	readonly added: number;
	readonly removed: number;
	/** Lines that only Xero has, and that stay. */
	readonly left: number;
}

/** Computed by Xero from the others; sending the old ones along with new amounts is refused. */
const COMPUTED: readonly string[] = ['lineAmount', 'taxAmount'];
const AMOUNT_PATHS: ReadonlySet<string> = new Set([
	'quantity',
	'unitAmount',
	'lineAmount',
	'taxAmount',
	'taxType',
	'accountCode',
	'discountRate',
	'discountAmount',
	'itemCode',
]);

const TRACKING: Pick<FieldDefinition, 'kind' | 'places'> = { kind: 'tracking' };

function fieldOf(
	fields: readonly FieldDefinition[],
	path: string,
): Pick<FieldDefinition, 'kind' | 'places'> {
	return fieldsByPath(fields).get(path) ?? TRACKING;
}

/** Paths in which a draft's line differs from the line in Xero; only what is mapped counts. */
function differingPaths(
	fields: readonly FieldDefinition[],
	wanted: FieldValues,
	present: FieldValues,
): string[] {
	return Object.keys(wanted).filter((path) => !isSameAt(fields, path, wanted, present));
}

function isSameAt(
	fields: readonly FieldDefinition[],
	path: string,
	wanted: FieldValues,
	present: FieldValues,
): boolean {
	const [ours, theirs] = [wanted[path], present[path]];
	return ours === theirs || sameValue(fieldOf(fields, path), ours, theirs);
}

/**
 * Finds for each line of the draft the line in Xero that it is, so that LineItemIDs are kept:
 * by id, then by equal content, then by what a line is mostly known by. A line that a person added
 * in Xero is taken for one of Knack's only when something of it agrees, or when both sides have
 * the same number of lines.
 */
export function pairLines(
	fields: readonly FieldDefinition[],
	wanted: readonly DraftLine[],
	present: readonly DocumentLine[],
): Array<DocumentLine | undefined> {
	const pairs: Array<DocumentLine | undefined> = wanted.map(() => undefined);
	const free = new Set(present);
	const take = (fits: (line: DraftLine, candidate: DocumentLine) => boolean) => {
		if (free.size === 0) return;
		wanted.forEach((line, index) => {
			if (pairs[index]) return;
			for (const candidate of free) {
				if (!fits(line, candidate)) continue;
				pairs[index] = candidate;
				free.delete(candidate);
				return;
			}
		});
	};
	const agree = (paths: readonly string[]) => (line: DraftLine, candidate: DocumentLine) =>
		paths.every(
			(path) =>
				line.fields[path] !== undefined &&
				sameValue(fieldOf(fields, path), line.fields[path], candidate.fields[path]),
		);
	if (wanted.some((line) => line.id !== undefined)) {
		take((line, candidate) => line.id !== undefined && line.id === candidate.id);
	}
	take((line, candidate) =>
		Object.keys(line.fields).every((path) => isSameAt(fields, path, line.fields, candidate.fields)),
	);
	take(agree(['itemCode', 'description']));
	take(agree(['description', 'unitAmount']));
	take(agree(['description']));
	take(agree(['itemCode']));
	if (wanted.length === present.length) take(() => true);
	else take(agree(['quantity', 'unitAmount']));
	return pairs;
}

export function planLines(
	fields: readonly FieldDefinition[],
	wanted: readonly DraftLine[],
	present: readonly DocumentLine[],
	options: {
		readonly removeOmitted: boolean;
		readonly dropTaxAmounts: boolean;
		/** Lines that a person added or changed in Xero, which are never removed. */
		readonly kept?: ReadonlySet<DocumentLine>;
	},
): LinePlan {
	const free = present.filter((line) => !options.kept?.has(line));
	const pairs = pairLines(fields, wanted, free);
	const differing = wanted.map((line, index) => {
		const pair = pairs[index];
		return pair ? differingPaths(fields, line.fields, pair.fields) : undefined;
	});
	const paired = new Set(pairs);
	const unpaired = present.filter((line) => !paired.has(line));
	const isRemoved = (line: DocumentLine) => options.removeOmitted && !options.kept?.has(line);
	const removed = unpaired.filter(isRemoved);
	const left = unpaired.filter((line) => !isRemoved(line));
	const changes = lineChanges(wanted, pairs, differing);
	removed.forEach((line) =>
		changes.push({ field: 'lineItems', before: line.fields.description ?? line.id ?? '' }),
	);
	const plan = {
		changes,
		changedPaths: [...new Set(differing.flatMap((paths) => paths ?? []))],
		added: differing.filter((paths) => paths === undefined).length,
		removed: removed.length,
		left: left.length,
	};
	if (changes.length === 0) return plan;
	const lines = wanted.map((line, index): PlannedLine => {
		const pair = pairs[index];
		if (!pair) return { fields: line.fields };
		const keepsAmounts =
			!options.dropTaxAmounts && !differing[index]?.some((path) => AMOUNT_PATHS.has(path));
		return { id: pair.id, fields: { ...sendable(pair.fields, keepsAmounts), ...line.fields } };
	});
	return {
		...plan,
		lines: [
			...lines,
			...left.map((line) => ({
				id: line.id,
				fields: sendable(line.fields, !options.dropTaxAmounts),
			})),
		],
	};
}

/** Field by field for a line that exists; a new line is told by its description. */
function lineChanges(
	wanted: readonly DraftLine[],
	pairs: ReadonlyArray<DocumentLine | undefined>,
	differing: ReadonlyArray<readonly string[] | undefined>,
): FieldChange[] {
	const changes: FieldChange[] = [];
	wanted.forEach((line, index) => {
		const paths = differing[index];
		if (!paths) {
			changes.push({ field: linePath(index, 'description'), after: line.fields.description ?? '' });
			return;
		}
		for (const path of paths) {
			const before = pairs[index]?.fields[path];
			changes.push({ field: linePath(index, path), before, after: line.fields[path] });
		}
	});
	return changes;
}

/** What of a line in Xero is sent back so that it stays as it is. */
function sendable(fields: FieldValues, keepsAmounts: boolean): FieldValues {
	const kept: Record<string, FieldValue> = { ...fields };
	const hasParts = kept.quantity !== undefined && kept.unitAmount !== undefined;
	for (const path of COMPUTED) {
		if (!keepsAmounts || (path === 'lineAmount' && hasParts)) delete kept[path];
	}
	return kept;
}
