import { foldText, isSameText } from '../../foldText';
import { parseDecimal } from '../../money';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient, KnackFilterRule } from '../../knack/client';
import { decodeField } from '../../knack/fields/codecs';
import { plainValue } from '../../knack/fields/shownValue';
import { recordsOfGroups, ruleGroups } from '../../knack/ruleGroups';
import { fieldLabel } from '../../knack/tables';
import { wholeTableIfCheaper } from '../connectedRecords';
import type { InvoiceSnapshot } from './invoiceSnapshot';

/** By what a record is recognised, surest first. */
export const MATCH_KEYS = [
	'invoiceId',
	'repeatingInvoiceId',
	'invoiceNumber',
	'reference',
] as const;

export type MatchKey = (typeof MATCH_KEYS)[number];

/** The fields of the Knack table that hold them; at least one. */
export type MatchFields = Readonly<Partial<Record<MatchKey, KnackField>>>;

/** An invoice whose record is wanted. */
export interface InvoiceSought {
	readonly invoice: Pick<InvoiceSnapshot, 'id' | 'number' | 'reference' | 'repeatingInvoiceId'>;
	/** The record that the item came from, when it says so. */
	readonly recordId?: string;
}

export type Located =
	| { readonly kind: 'found'; readonly record: KnackRecord; readonly by: MatchKey | 'recordId' }
	/** Never guessed. */
	| { readonly kind: 'several'; readonly records: readonly KnackRecord[]; readonly by: MatchKey }
	/** It would fit, but it says that it belongs to another invoice. */
	| {
			readonly kind: 'belongsElsewhere';
			readonly record: KnackRecord;
			readonly by: MatchKey | 'recordId';
			/** The field that says so, and what it holds. */
			readonly field: string;
			readonly holds: string;
	  }
	| {
			readonly kind: 'none';
			readonly tried: ReadonlyArray<{ readonly field: string; readonly value: string }>;
	  };

/**
 * Finds the record of each invoice: by the stored invoice id, then the record that the item came
 * from, then the repeating invoice that it was made from, then the number, then the reference. A record found by a weaker key that holds
 * another invoice under a surer key is not taken. Reads in bulk: conditions joined with "or" in a
 * few calls, or the whole table once where that is cheaper. One result each, in order. Throws
 * ServiceFaultError.
 */
export async function locateRecords(
	client: KnackClient,
	table: KnackTable,
	fields: MatchFields,
	sought: readonly InvoiceSought[],
): Promise<Located[]> {
	const whole = await wholeTableIfCheaper(client, table, callsAtMost(fields, sought));
	const found: Located[] = [];
	const settle = (index: number, located: Located | undefined): void => {
		if (located) found[index] = located;
	};
	const pending = (): Array<[number, InvoiceSought]> =>
		[...sought.entries()].filter(([index]) => found[index] === undefined);

	for (const key of MATCH_KEYS) {
		const field = fields[key];
		if (field) {
			const wanted = pending().flatMap(([, each]) => keyValue(each, key) ?? []);
			const records =
				whole ?? (await recordsOfGroups(client, table.key, conditionGroups(field, wanted)));
			const byValue = indexBy(records, field);
			for (const [index, each] of pending()) {
				const value = keyValue(each, key);
				const candidates = value === undefined ? [] : (byValue.get(foldText(value)) ?? []);
				settle(index, choose(table, fields, each, key, candidates));
			}
		}
		if (key === 'invoiceId') {
			for (const [index, each] of pending()) {
				if (each.recordId === undefined) continue;
				const record =
					whole?.find(({ id }) => id === each.recordId) ??
					(await client.record(table.key, each.recordId));
				settle(index, record && unlessElsewhere(table, fields, each, 'recordId', record));
			}
		}
	}
	return sought.map((each, index) => found[index] ?? notFound(table, fields, each));
}

function choose(
	table: KnackTable,
	fields: MatchFields,
	sought: InvoiceSought,
	key: MatchKey,
	candidates: readonly KnackRecord[],
): Located | undefined {
	const free = candidates.filter((record) => !otherInvoice(table, fields, sought, key, record));
	const [first] = free;
	const [taken] = candidates;
	if (free.length > 1) {
		// The record that the item came from is one of them: then it is that one.
		const own = free.find(({ id }) => id === sought.recordId);
		return own
			? { kind: 'found', record: own, by: 'recordId' }
			: { kind: 'several', records: free, by: key };
	}
	if (first) return { kind: 'found', record: first, by: key };
	return taken && unlessElsewhere(table, fields, sought, key, taken);
}

function unlessElsewhere(
	table: KnackTable,
	fields: MatchFields,
	sought: InvoiceSought,
	by: MatchKey | 'recordId',
	record: KnackRecord,
): Located {
	const other = otherInvoice(table, fields, sought, by, record);
	return other ? { kind: 'belongsElsewhere', record, by, ...other } : { kind: 'found', record, by };
}

/** What the record holds under a surer key, when that names another invoice. */
function otherInvoice(
	table: KnackTable,
	fields: MatchFields,
	sought: InvoiceSought,
	by: MatchKey | 'recordId',
	record: KnackRecord,
): { field: string; holds: string } | undefined {
	const surer =
		by === 'recordId' ? ['invoiceId' as const] : MATCH_KEYS.slice(0, MATCH_KEYS.indexOf(by));
	for (const key of surer) {
		const field = fields[key];
		const holds = field && textIn(record, field);
		const own = keyValue(sought, key);
		// An invoice that was made by itself may be of a record that has a repeating one as well.
		if (key === 'repeatingInvoiceId' && own === undefined) continue;
		if (field && holds !== undefined && (own === undefined || !isSameText(holds, own))) {
			return { field: fieldLabel(table, field), holds };
		}
	}
	return undefined;
}

function notFound(table: KnackTable, fields: MatchFields, sought: InvoiceSought): Located {
	const tried = MATCH_KEYS.flatMap((key) => {
		const field = fields[key];
		const value = keyValue(sought, key);
		return field && value !== undefined ? [{ field: fieldLabel(table, field), value }] : [];
	});
	return { kind: 'none', tried };
}

function keyValue({ invoice }: InvoiceSought, key: MatchKey): string | undefined {
	const { id, number, reference, repeatingInvoiceId } = invoice;
	const value = { invoiceId: id, repeatingInvoiceId, invoiceNumber: number, reference }[key];
	return value === undefined || value.trim() === '' ? undefined : value;
}

function textIn(record: KnackRecord, field: KnackField): string | undefined {
	const value = plainValue(decodeField(record, field));
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function indexBy(
	records: readonly KnackRecord[],
	field: KnackField,
): ReadonlyMap<string, readonly KnackRecord[]> {
	const byValue = new Map<string, KnackRecord[]>();
	for (const record of records) {
		const text = textIn(record, field);
		if (text === undefined) continue;
		const value = foldText(text);
		byValue.set(value, [...(byValue.get(value) ?? []), record]);
	}
	return byValue;
}

/** The conditions that the field holds one of the values, in groups; each group costs a call. */
function conditionGroups(field: KnackField, values: readonly string[]): KnackFilterRule[][] {
	const wanted = new Set(values.map((each) => each.trim()));
	return ruleGroups(
		[...wanted].map((value) => ({
			field: field.key,
			operator: 'is',
			value: asStored(field, value),
		})),
	);
}

/** A number field is compared with numbers. */
function asStored(field: KnackField, value: string): string | number {
	const isNumber = ['number', 'currency', 'auto_increment', 'equation'].includes(field.type);
	const number = isNumber ? parseDecimal(value) : undefined;
	return number ? number.toNumber() : value;
}

/** Calls that asking for each value may take. */
function callsAtMost(fields: MatchFields, sought: readonly InvoiceSought[]): number {
	let calls = sought.filter(({ recordId }) => recordId !== undefined).length;
	for (const key of MATCH_KEYS) {
		const field = fields[key];
		if (!field) continue;
		const values = sought.flatMap((each) => keyValue(each, key) ?? []);
		calls += conditionGroups(field, values).length;
	}
	return calls;
}
