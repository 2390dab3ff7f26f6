import { documentForm, formOfOthers, type FormSettings } from '../lib/n8n/documentForm';
import { lineForm } from '../lib/n8n/lineForm';
import { kindsInRules } from '../lib/n8n/mapUpsert/documentRules';
import { chosenColumn } from '../lib/sync/map/columnChoice';
import { DOCUMENTS } from '../lib/xero/documents';

interface Form {
	value: Record<string, string>;
	schema: Array<{ id: string; removed?: boolean }>;
}

interface ExampleNode {
	type: string;
	parameters: { document?: string; documentRules?: unknown; fields?: Form; lineFields?: Form };
}

interface Example {
	nodes: ExampleNode[];
}

/** Of no organisation: its accounts and tax rates come when a person opens the form. */
const noSettings: FormSettings = {
	accounts: [],
	taxRates: [],
	currencies: [],
	brandingThemes: [],
	trackingCategories: [],
};

/**
 * An example workflow with the forms of Map & Upsert to Xero as the node draws them now. A workflow
 * keeps a copy of its forms, and the editor calls them outdated where they differ.
 */
export function withPresentForms(text: string): string {
	const example: Example = JSON.parse(text);
	for (const { parameters } of example.nodes) {
		const definition = Object.values(DOCUMENTS).find(({ type }) => type === parameters.document);
		const { fields, lineFields, documentRules } = parameters;
		if (!definition || !fields) continue;
		const others = kindsInRules(documentRules).filter((each) => each !== definition);
		fields.schema = present(fields, [
			...documentForm(definition, noSettings),
			...formOfOthers(definition, others, noSettings),
		]);
		if (!lineFields) continue;
		const columns = Object.values(lineFields.value).flatMap((value) => chosenColumn(value) ?? []);
		const settings = { ...noSettings, trackingCategories: trackingIn(lineFields) };
		lineFields.schema = present(lineFields, lineForm(definition, settings, columns));
	}
	return written(example);
}

/** The tracking categories that lines are mapped to, by their names. */
function trackingIn({ value }: Form): FormSettings['trackingCategories'] {
	return Object.keys(value)
		.flatMap((id) => /^tracking\.(.+)$/.exec(id)?.[1] ?? [])
		.map((name) => ({ id: name, name, status: 'ACTIVE', options: [] }));
}

/** What is mapped, and what is usual, is shown; the rest waits under "Add field". */
function present(form: Form, fields: ReturnType<typeof documentForm>): Form['schema'] {
	return fields.map(({ defaultValue: _, ...field }) => ({
		...field,
		removed: field.removed === true && !(field.id in form.value),
		readOnly: false,
	}));
}

/** A line for each field of a form: there are many, and nobody reads them one by one. */
function written(example: Example): string {
	const lines: string[] = [];
	const marked = JSON.stringify(
		example,
		(key, value: unknown) =>
			key === 'schema' && Array.isArray(value)
				? value.map((entry) => `@@${lines.push(JSON.stringify(entry)) - 1}@@`)
				: value,
		'\t',
	);
	return `${marked.replace(/"@@(\d+)@@"/g, (_, index: string) => lines[Number(index)] ?? '')}\n`;
}
