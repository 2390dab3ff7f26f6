import type { DocumentDefinition, XeroDocument } from '../../xero/documents/definition';
import { fieldsByPath } from '../check/draftValues';
import type { FieldChange } from '../outcome';

const MOST_NAMED = 5;
const MOST_CHARACTERS = 1_000;

/** "Corrects INV-7 of 2026-11-20: Unit Price of line 1 is 900, not 200." */
export function reasonText(
	definition: DocumentDefinition,
	document: XeroDocument,
	changes: readonly FieldChange[],
	contactName: string | undefined,
): string {
	const shown = (value: FieldChange['before']) =>
		value === undefined || value === '' ? 'nothing' : String(value);
	const named = changes
		.slice(0, MOST_NAMED)
		.map(({ field, before, after }) =>
			field === 'contact'
				? `it is for ${contactName ?? 'another contact'}`
				: `${nameOf(definition, field)} is ${shown(after)}, not ${shown(before)}`,
		);
	const more = changes.length - named.length;
	const day = typeof document.fields.date === 'string' ? ` of ${document.fields.date}` : '';
	const what = `Corrects ${document.number ?? 'a document'}${day}`;
	const why =
		named.length === 0 ? '' : `: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
	return `${what}${why}.`.slice(0, MOST_CHARACTERS);
}

const OF_LINE = /^lineItems\[(\d+)\]\.(.+)$/;

function nameOf(definition: DocumentDefinition, path: string): string {
	const [, line, ofLine] = OF_LINE.exec(path) ?? [];
	if (line === undefined || ofLine === undefined) {
		return fieldsByPath(definition.fields).get(path)?.label ?? path;
	}
	const label = fieldsByPath(definition.lineFields ?? []).get(ofLine)?.label ?? ofLine;
	return `${label} of line ${Number(line) + 1}`;
}
