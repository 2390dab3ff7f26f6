import { NodeOperationError } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import {
	chosenColumn,
	fieldForAllLines,
	forAllLines,
	lineFormFields,
	NOTHING_SAVED,
	type SavedLineForm,
} from '../../sync/map/columnChoice';
import type { MappingExpressions } from '../../sync/map/goneNames';
import { z } from '../../vendor/zod';
import type { DocumentDefinition } from '../../xero/documents/definition';

const option = z.object({ name: z.string(), value: z.string() });

const field = z.object({
	id: z.string(),
	defaultValue: z.unknown(),
	options: z.array(z.unknown()).catch([]).optional(),
});

/** A form that is filled in by hand; what its fields were is only a memory, read as far as it goes. */
const savedForm = z.object({
	mappingMode: z.literal('defineBelow'),
	value: z.record(z.unknown()),
	schema: z.array(z.unknown()).catch([]).optional(),
});

type SavedForm = z.infer<typeof savedForm>;

function textsOf(form: SavedForm | undefined): Record<string, string> {
	return Object.fromEntries(
		Object.entries(form?.value ?? {}).flatMap(([id, text]) =>
			typeof text === 'string' ? [[id, text] as const] : [],
		),
	);
}

/** What a form that is filled in by hand holds that is an expression, by field path. */
export function expressionsOf(stored: unknown): MappingExpressions {
	const texts = Object.entries(textsOf(savedForm.safeParse(stored).data));
	return Object.fromEntries(texts.filter(([, text]) => text.startsWith('=')));
}

/** What the form for lines holds, and what its lists called it. */
export function savedLineForm(stored: unknown): SavedLineForm {
	const form = savedForm.safeParse(stored).data;
	if (!form) return NOTHING_SAVED;
	const stores = textsOf(form);
	const columns = new Set<string>();
	const listed: Record<string, ReadonlyMap<string, string>> = {};
	for (const each of form.schema ?? []) {
		const { data } = field.safeParse(each);
		if (!data) continue;
		const options = (data.options ?? []).flatMap((entry) => option.safeParse(entry).data ?? []);
		listed[data.id] = new Map(options.map(({ name, value }) => [value, name]));
		const suggested = typeof data.defaultValue === 'string' ? [data.defaultValue] : [];
		for (const name of [...options.map((entry) => entry.name), ...suggested]) {
			const column = chosenColumn(name);
			if (column !== undefined) columns.add(column);
		}
		// 0.1.0 pre-filled the bare name of a column.
		for (const name of suggested) if (!name.startsWith('=')) columns.add(name);
	}
	return { stored: stores, listed, columns };
}

/** A field cannot come from a column and be one value for all lines. Throws NodeOperationError. */
export function requireOneSource(
	node: INode,
	definition: DocumentDefinition,
	{ stored }: SavedLineForm,
): void {
	const isFilled = (id: string) => (stored[id] ?? '').trim() !== '';
	const twice = Object.keys(stored)
		.flatMap((id) => fieldForAllLines(id) ?? [])
		.find((id) => isFilled(id) && isFilled(forAllLines(id)));
	if (twice === undefined) return;
	const { label = twice } =
		lineFormFields(definition, []).find(({ id }) => id === twice)?.field ?? {};
	throw new NodeOperationError(node, `${label} is filled in twice under Line Fields`, {
		description: `Remove one of them by the bin beside it: ${label} takes a column of the lines, ${label} for All Lines one value.`,
	});
}
