import { isSameText } from '../../foldText';
import type { KnackField, KnackRecord, KnackTable } from '../../knack/app';
import type { KnackClient } from '../../knack/client';
import { isOneOf, recordsOfGroups, ruleGroups } from '../../knack/ruleGroups';
import { wholeTableIfCheaper } from '../connectedRecords';

/** Types whose values Knack finds with "is" as they are written. Others are compared here. */
const FOUND_BY_FILTER: ReadonlySet<string> = new Set([
	'short_text',
	'email',
	'number',
	'currency',
	'auto_increment',
	'concatenation',
]);

/**
 * Records that may hold one of the values in the field: all of those that do, and perhaps others.
 * Asks in bulk, or reads the whole table where that takes fewer calls or the field's type cannot be
 * asked for. Throws ServiceFaultError.
 */
export async function recordsThatMayHold(
	client: Pick<KnackClient, 'records' | 'wholeTable'>,
	table: KnackTable,
	field: KnackField | undefined,
	values: readonly string[],
): Promise<KnackRecord[]> {
	const wanted = [...new Set(values)];
	if (wanted.length === 0) return [];
	const askable = field !== undefined && FOUND_BY_FILTER.has(field.type);
	if (!askable) return await client.records(table.key);
	const groups = ruleGroups(isOneOf(field.key, wanted.flatMap(spellings)));
	const whole = await wholeTableIfCheaper(client, table, groups.length);
	return whole ?? (await recordsOfGroups(client, table.key, groups));
}

/** Texts that came through a form may be kept with their special characters written as entities. */
function spellings(value: string): string[] {
	const escaped = value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	return escaped === value ? [value] : [value, escaped];
}

export type Found<Candidate> =
	| { readonly kind: 'none' }
	| { readonly kind: 'one'; readonly found: Candidate }
	| { readonly kind: 'many'; readonly candidates: readonly Candidate[] };

/** The one that has the text exactly, else the one that has it but for case and spaces. */
export function onlyOne<Candidate>(
	candidates: readonly Candidate[],
	textOf: (candidate: Candidate) => string,
	text: string,
): Found<Candidate> {
	const alike = candidates.filter((each) => isSameText(textOf(each), text));
	const exact = alike.filter((each) => textOf(each).trim() === text.trim());
	const left = exact.length > 0 ? exact : alike;
	const [first, ...others] = left;
	if (first === undefined) return { kind: 'none' };
	return others.length === 0 ? { kind: 'one', found: first } : { kind: 'many', candidates: left };
}
