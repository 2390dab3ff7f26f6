import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient, KnackFilters } from '../../knack/client';
import { missingFieldWords, tableOrFault } from '../../knack/fieldSuccessors';
import { decodeField } from '../../knack/fields/codecs';
import { shownText } from '../../knack/fields/shownValue';
import type { FilterFault } from '../../knack/filters';
import { readingOnce } from '../../knack/readingOnce';
import { recordTitle } from '../../knack/recordView';
import { findField } from '../../knack/tables';
import type { Decimal } from '../../money';
import { perObject } from '../../perObject';
import type { Result } from '../../result';
import { InsightInputError } from '../inputError';

/** A table of Knack that an insight reads, and which of its records. */
export interface KnackTableSource {
	readonly client: KnackClient;
	/** Key or name. */
	readonly table: string;
	/** Every record, where there is none. */
	readonly filters?: (table: KnackTable) => Result<KnackFilters | undefined, FilterFault>;
}

export interface KnackRows {
	readonly table: KnackTable;
	readonly records: readonly KnackRecord[];
}

/** A second operation of the run that asks the same reads nothing again. */
const onceInRun = perObject((client: KnackClient) => readingOnce(client));

/** The table's structure. Throws ServiceFaultError. */
async function knackTable({ client, table }: KnackTableSource): Promise<KnackTable> {
	return tableOrFault(await client.app(), table);
}

/**
 * The records of a table, each once; a call for 1,000. Throws ServiceFaultError, and
 * InsightInputError for a filter that cannot be asked.
 */
export async function knackRows(source: KnackTableSource): Promise<KnackRows> {
	const table = await knackTable(source);
	const filters = source.filters?.(table);
	if (filters && !filters.ok) {
		throw new InsightInputError(filters.failure.message, filters.failure.fix);
	}
	const asked = filters?.value;
	const query = asked ? { filters: asked } : {};
	return { table, records: await onceInRun(source.client).records(table.key, query) };
}

/** The field by its key or name. Throws InsightInputError with its likely successor. */
export function knackField(table: KnackTable, keyOrName: string): KnackField {
	const field = findField(table, keyOrName);
	if (field) return field;
	const { message, fix } = missingFieldWords(table, { key: keyOrName, name: keyOrName });
	throw new InsightInputError(message, fix);
}

/** The same for one that may not be chosen. */
export function optionalField(
	table: KnackTable,
	keyOrName: string | undefined,
): KnackField | undefined {
	return keyOrName === undefined ? undefined : knackField(table, keyOrName);
}

/**
 * The amount in a field; undefined where it is blank. Throws InsightInputError, which names the record,
 * for what is no number.
 */
export function amountIn(
	record: KnackRecord,
	table: KnackTable,
	field: KnackField,
): Decimal | undefined {
	const value = decodeField(record, field);
	if (value.kind === 'blank') return undefined;
	if (value.kind === 'number') return value.value;
	const shown = shownText(value);
	throw new InsightInputError(
		`${field.name} of ${recordTitle(record, table)} in ${table.name} is "${String(shown)}", which is no number.`,
		'Mend the record in Knack, or choose a field that holds numbers.',
	);
}

/** Whether a person has said so: yes, or anything at all in a field that is no yes or no. */
export function isSet(record: KnackRecord, field: KnackField): boolean {
	const value = decodeField(record, field);
	return value.kind === 'flag' ? value.value : value.kind !== 'blank';
}

/** What a person reads in the field; empty where it is blank. */
export function textIn(record: KnackRecord, field: KnackField): string {
	const shown = shownText(decodeField(record, field));
	return shown === undefined ? '' : String(shown).trim();
}
