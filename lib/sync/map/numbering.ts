import type { Issue } from '../../issue';
import type { DocumentDefinition } from '../../xero/documents/definition';
import type { MappedValues } from './draftFromValues';
import { numberByTemplate, type NumberField } from './numberTemplate';
import type { ItemRecord } from './sampleShape';

/** Where the numbers of documents come from. */
export type Numbering =
	| { readonly by: 'mapping' }
	| { readonly by: 'template'; readonly template: string }
	| { readonly by: 'xero' };

/** Whether people know the document by a number, and not by a name as they know a contact. */
export function isNumbered({ lineFields }: DocumentDefinition): boolean {
	return lineFields !== undefined;
}

/** The mapped values with the number that the node is set to, and why there is none. */
export function numbered(
	definition: DocumentDefinition,
	numbering: Numbering,
	values: MappedValues,
	item: ItemRecord,
	timeZone: string,
): { readonly values: MappedValues; readonly issues: readonly Issue[] } {
	const path = definition.numberPath;
	if (numbering.by === 'mapping') return { values, issues: [] };
	const others = withoutNumber(definition, numbering, values);
	if (numbering.by === 'xero') return { values: others, issues: [] };
	const field = definition.fields.find((each) => each.path === path);
	const place: NumberField = {
		path,
		label: field?.label ?? path,
		timeZone,
		...(field?.maxLength === undefined ? {} : { maxLength: field.maxLength }),
	};
	const read = numberByTemplate(numbering.template, item, place);
	return read.kind === 'issue'
		? { values: others, issues: [read.issue] }
		: { values: { ...others, [path]: read.text }, issues: [] };
}

/** What the form or a default says of the number counts only where it is taken as mapped. */
export function withoutNumber<Value>(
	{ numberPath }: DocumentDefinition,
	numbering: Numbering,
	values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
	if (numbering.by === 'mapping') return values;
	return Object.fromEntries(Object.entries(values).filter(([path]) => path !== numberPath));
}
